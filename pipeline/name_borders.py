"""Where the name of an author begins or ends that shares its line with other things, without a stamp to part them."""

import regex

from pipeline.article import are_initials, is_name
from pipeline.shape import width
from pipeline.stamps import MAX_LABEL, label_before, labels_of

MAX_LINE = 60
"""Columns of a name and what is glued to it; longer lines are sentences."""

MIN_LAST = 4
"""Letters of a name's last word before a button; shorter ones are the button's own article or preposition."""

_INITIALS = regex.compile(r"(\p{Lu}{2,3})(?=\p{Lu}\p{Ll})")
_CASELESS = r"\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Bengali}\p{Tamil}\p{Telugu}\p{Georgian}"
_CASELESS_NAME = regex.compile(rf"[{_CASELESS}][{_CASELESS}\p{{M}}'’.-]+(?:\s[{_CASELESS}\p{{M}}'’.-]+){{1,3}}")
_ENDS_CASELESS = regex.compile(rf"[{_CASELESS}]$")
_PAPER = regex.compile(r"(?:\p{Lu}[\p{L}\p{M}\p{N}&’'.-]*(?:\s\p{L}[\p{L}\p{M}\p{N}&’'.-]*){0,3})\s")


def name_borders(line: str) -> list[int]:
    """Return the offset at which a name is parted from what stands before or behind it, none where there is none.

    >>> name_borders("JDJane Doe"), name_borders("Harbour Post Author: Jane Doe"), name_borders("JPMorgan Chase")
    ([2], [13], [])
    """
    if width(line) > MAX_LINE:
        return []
    return _behind_initials(line) or _before_button(line) or _before_author(line)


def _behind_initials(line: str) -> list[int]:
    """Cut the initials that stand for an author's picture from the name they are of."""
    initials = _INITIALS.match(line)
    name = line[initials.end() :] if initials else ""
    return [initials.end()] if initials and is_name(name) and are_initials(initials[1], name) else []


def _before_button(line: str) -> list[int]:
    """Cut the button to follow an author from the name, in letters whose case marks no border."""
    if not _ENDS_CASELESS.search(line):
        return []
    for at in range(max(1, len(line) - MAX_LABEL), len(line) - 1):
        last = line[:at].split()[-1:] if line[at - 1 : at].isalpha() else []
        if last and len(last[0]) >= MIN_LAST and _CASELESS_NAME.fullmatch(line, 0, at) and _is_button(line[at:]):
            return [at]
    return []


def _is_button(text: str) -> bool:
    return text[:1].isalpha() and any(rule.id == "chrome/follow" for rule, _ in labels_of(text))


def _before_author(line: str) -> list[int]:
    """Cut the name of a paper from the field for the author behind it."""
    colon = next((i for i, c in enumerate(line) if c in ":："), 0)
    label = label_before(line, colon, dated=False) if colon else None
    if label is None or label.rule != "chrome/author" or not line[label.start].isupper():
        return []
    signed = is_name(line[colon + 1 :].strip())
    return [label.start] if signed and _PAPER.fullmatch(line, 0, label.start) else []
