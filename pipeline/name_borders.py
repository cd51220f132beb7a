"""Where the name of an author begins or ends that shares its line with other things, without a stamp to part them."""

import regex

from pipeline.article import are_initials, is_name
from pipeline.shape import width
from pipeline.stamps import label_before

MAX_LINE = 60
"""Columns of a name and what is glued to it; longer lines are sentences."""

_INITIALS = regex.compile(r"(\p{Lu}{2,3})(?=\p{Lu}\p{Ll})")
_PAPER = regex.compile(r"(?:\p{Lu}[\p{L}\p{M}\p{N}&’'.-]*(?:\s\p{L}[\p{L}\p{M}\p{N}&’'.-]*){0,3})\s")


def name_borders(line: str) -> list[int]:
    """Return the offset at which a name is parted from what stands before or behind it, none where there is none.

    >>> name_borders("JDJane Doe"), name_borders("Harbour Post Author: Jane Doe"), name_borders("JPMorgan Chase")
    ([2], [13], [])
    """
    if width(line) > MAX_LINE:
        return []
    return _behind_initials(line) or _before_author(line)


def _behind_initials(line: str) -> list[int]:
    """Cut the initials that stand for an author's picture from the name they are of."""
    initials = _INITIALS.match(line)
    name = line[initials.end() :] if initials else ""
    return [initials.end()] if initials and is_name(name) and are_initials(initials[1], name) else []


def _before_author(line: str) -> list[int]:
    """Cut the name of a paper from the field for the author behind it."""
    colon = next((i for i, c in enumerate(line) if c in ":："), 0)
    label = label_before(line, colon, dated=False) if colon else None
    if label is None or label.rule != "chrome/author" or not line[label.start].isupper():
        return []
    signed = is_name(line[colon + 1 :].strip())
    return [label.start] if signed and _PAPER.fullmatch(line, 0, label.start) else []
