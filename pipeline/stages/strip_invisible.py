"""Remove what cannot be seen and is not needed to read the text."""

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from pipeline.document import Document
from pipeline.edit import Edit
from pipeline.lines.screen import Screen
from pipeline.rules import EditRule

_SURROGATE = regex.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


def strip_invisible(doc: Document, *, rules: Sequence[EditRule]) -> Document:
    r"""Return the document without what `rules` match; one step a rule, in their order.

    The order counts: rules that look at neighbours come last, when the neighbours can be trusted.
    Lone surrogates are mended here in code, since a rule table cannot hold them: no text can.

    >>> from pipeline.rules import load_rules
    >>> strip_invisible(Document.from_raw("co\u00adop"), rules=load_rules("invisible", EditRule)).text
    'coop'
    """
    if not _is_whole(doc.text):
        doc = doc.edited(_mend_surrogates(doc.text))
    screen = _screen(tuple(rules))
    done = 0
    # What one rule removes may bring together what a later one looks for, so the text is screened anew.
    while found := next(((at, rule) for (at, rule), _ in screen.candidates(doc.text) if at >= done), None):
        at, rule = found
        doc = doc.edited(rule.propose(doc.text))
        done = at + 1
    return doc


@cache
def _screen(rules: tuple[EditRule, ...]) -> Screen[tuple[int, EditRule]]:
    return Screen(((at, rule), rule.pattern.pattern) for at, rule in enumerate(rules))


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _mend_surrogates(text: str) -> Iterator[Edit]:
    """Yield edits that join halves of one character and mark halves that stand alone with U+FFFD."""
    for match in _SURROGATE.finditer(text):
        old = match.group()
        if len(old) == 2:
            new = old.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            yield Edit(match.start(), old, new, "invisible/surrogate-pair")
        else:
            yield Edit(match.start(), old, "\ufffd", "invisible/lone-surrogate")
