"""Where the initials that stand for an author's picture end, glued to the name that they are of."""

import regex

from pipeline.lines.shape import width
from pipeline.page.article import are_initials, is_name

MAX_LINE = 60
"""Columns of a name and its initials; longer lines are sentences."""

_INITIALS = regex.compile(r"(\p{Lu}{2,3})(?=\p{Lu}\p{Ll})")


def name_borders(line: str) -> list[int]:
    """Return the offset in `line` at which a name begins behind its initials, none where there is none.

    >>> name_borders("JDJane Doe"), name_borders("JPMorgan Chase")
    ([2], [])
    """
    initials = _INITIALS.match(line) if width(line) <= MAX_LINE else None
    name = line[initials.end() :] if initials else ""
    return [initials.end()] if initials and is_name(name) and are_initials(initials[1], name) else []
