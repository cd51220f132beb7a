"""Where the parts of an article's head begin that stand on one line without breaks: title, paper, date, authors."""

import regex

from pipeline.lines.glue_borders import borders
from pipeline.lines.stamps import find_dates

MIN_BORDERS = 2
"""Borders before a glued date from which they part a title and a paper; one may be inside a name."""

MAX_PUBLISHER = 40
"""Code points of a name before a stamp; longer heads are sentences."""

_BEHIND_DATE = regex.compile(r"\p{Ll}(?<!(?<!\p{L})Ma?c)(?=[\p{Lu}\d])")
_SENTENCE_END = regex.compile(r"[.!?。！？…][\"'”’」』)]?$")


def head_borders(line: str) -> list[int]:
    """Return the offsets of the parts of a head at every border of case or script, none without a glued date.

    >>> line = "Ships / PortsEleven ships wait for a tideHarbour Post9 March 2026Jane Doe4112 views"
    >>> [line[i:j] for i, j in zip(head_borders(line), [*head_borders(line)[1:], len(line)])]
    ['Eleven ships wait for a tide', 'Harbour Post', '9 March 2026', 'Jane Doe', '4112 views']
    """
    dates = find_dates(line)
    if not dates or dates[0].start == 0 or line[dates[0].start - 1].isspace() or _SENTENCE_END.search(line):
        return []
    start, end = dates[0].start, dates[-1].end
    found = borders(line[:start])
    if len(found) < MIN_BORDERS or start - found[-1] > MAX_PUBLISHER:
        return []
    behind = (match.end() for match in _BEHIND_DATE.finditer(line, end))
    return sorted({*found, start, *({end} if end < len(line) else ()), *behind})
