"""Where a headline begins behind the words for news that break, or behind a label in capitals glued to it."""

from itertools import islice

import regex

from pipeline.borders.label_rows import row_languages
from pipeline.lines.shape import width
from pipeline.lines.stamps import labels_of

BREAKING = ("chrome/breaking", "chrome/latest")

MAX_WORDS, MAX_COLUMNS = 3, 32
MIN_HEADLINE = 20
"""Words and code points of such a label, and columns of the headline behind it."""

_CAPITALS = regex.compile(r"\p{Lu}[\p{Lu} ]{1,30}\p{Lu}(?=\p{Lu}\p{Ll})")
_BLANK = regex.compile(r"\s(?=[\p{L}\d\"“«„])")
_CASED = regex.compile(r"[\p{Lu}\p{Ll}]")
_SPACED = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Bengali}]")
_SHOUTED = regex.compile(r"\p{Lu}{2}")


def headline_border(line: str) -> int:
    """Return the offset in `line` at which the headline begins, 0 where no such label stands before it.

    >>> headline_border("JUST INThe port is closed"), headline_border("URGENT Le tunnel est fermé ce soir")
    (7, 7)
    >>> headline_border("عاجل الذهب يتراجع من أعلى مستوى"), headline_border("BREAKING POINT Why the river rose again")
    (5, 0)
    """
    glued = _CAPITALS.match(line)
    if glued is not None and labels_of(glued.group()):
        return glued.end()
    return _behind_blank(line)


def _behind_blank(line: str) -> int:
    """Return where the headline begins behind a label in capitals, or in a script without, and a blank."""
    first = line[:MAX_COLUMNS].partition(" ")[0]
    if first != first.upper():
        return 0
    is_cased = _CASED.search(line) is not None
    if not (is_cased or _SPACED.match(line)):
        return 0
    for blank in islice(_BLANK.finditer(line, 0, min(MAX_COLUMNS, len(line))), MAX_WORDS):
        head, tail = line[: blank.start()], line[blank.end() :]
        if head != head.upper() or not head[-1].isalpha() or width(tail) < MIN_HEADLINE:
            return 0
        shouted = is_cased and _SHOUTED.match(tail) is not None
        if not shouted and any(rule.id in BREAKING for rule, _ in labels_of(head)):
            return 0 if row_languages(line) is not None else blank.end()
    return 0
