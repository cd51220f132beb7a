"""Boxes inside an article that were sold: lines right below the word for advertising, up to the next blank line."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.lines.shape import shape
from pipeline.page.article import is_foreign

MAX_LINES = 5
"""Lines of such a box."""

MARKER = "chrome/advertisement"


def sold_lines(segments: Sequence[Segment], language: str) -> frozenset[int]:
    """Return the places in `segments`, an article's in `language`, of what stands in such a box below its marker.

    The marker begins a block between blank lines that has no paragraph of the article's. One line alone below it may
    be the article's next heading, unless the site's language or a share of the marker's line tells otherwise.
    """
    found: set[int] = set()
    for i, segment in enumerate(segments):
        end = _end(segments, i) if segment.rule == MARKER else i
        box = segments[i + 1 : end]
        told = len(box) > 1 or any(s.line == segment.line or is_foreign(s, language) for s in box)
        if told and not any(shape(s.text) == "prose" and not is_foreign(s, language) for s in box):
            found.update(range(i + 1, end))
    return frozenset(found)


def _end(segments: Sequence[Segment], i: int) -> int:
    """Return where the block ends that begins with segment `i`; `i` if no blank lines part it from what is around."""
    if i > 0 and segments[i - 1].line >= segments[i].line - 1:
        return i
    end = i + 1
    while end < len(segments) and segments[end].line <= segments[end - 1].line + 1:
        end += 1
    return end if end < len(segments) and segments[end - 1].line - segments[i].line < MAX_LINES else i
