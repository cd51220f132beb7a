"""Marks that say that an article is over: what follows tells of who sent it out, and how to reach them."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.lines.shape import width

MARK = "lines/end-mark"

LEAST_ABOVE = 0.5
"""Share of the article that stands above its end: chapters are parted by such marks too."""


def before_end_mark(segments: Sequence[Segment], start: int, end: int) -> int:
    """Return `end`, or where the mark stands that ends the article from `start` to `end` before that.

    >>> lines = ("The plant will open in May, and hire ninety people.", "###", "About Skarvik Works")
    >>> segments = [Segment(0, 0, 0, line, i) for i, line in enumerate(lines)]
    >>> before_end_mark(segments, 0, 3), before_end_mark([segments[0], segments[1].labelled("marker", MARK, 1.0)], 0, 2)
    (3, 1)
    """
    total, above = sum(width(s.text) for s in segments[start:end]), 0
    for i in range(start, end):
        if segments[i].rule == MARK and above >= LEAST_ABOVE * total:
            return i
        above += width(segments[i].text)
    return end
