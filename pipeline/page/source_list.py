"""Lists of what an article was written from: books, papers, letters, below the word for sources at its end."""

from collections.abc import Sequence

import regex

from pipeline.document import Segment
from pipeline.lines.shape import shape, width
from pipeline.page.zone_openers import is_below_text

SOURCES = "chrome/source"
"""The rule for the word."""

MIN_SOURCES = 2
MIN_WIDTH = 20
MAX_WIDTH = 400
"""Lines of such a list, and columns of each: one short line is the name of a paper that had the article first."""

MIN_CITED = 0.5
"""Share of lines with a year, a page, a day or an address."""

_CITED = regex.compile(r"\d|https?:|www\.")


def source_list(segments: Sequence[Segment], i: int) -> range:
    """Return the lines of the list that segment `i` heads, none if it heads none.

    They stand right below it, one below the other, and nothing of the article comes after them.
    """
    head = segments[i]
    if head.rule != SOURCES or head.glued or not is_below_text(segments, i):
        return range(0)
    end = i + 1
    while end < len(segments) and segments[end].line == segments[end - 1].line + 1 and _could_be_source(segments[end]):
        end += 1
    lines = segments[i + 1 : end]
    apart = end == len(segments) or segments[end].line > segments[end - 1].line + 1 or bool(segments[end].rule)
    cited = sum(_CITED.search(line.text) is not None for line in lines)
    enough = len(lines) >= MIN_SOURCES and cited >= MIN_CITED * len(lines)
    return range(i + 1, end) if apart and enough else range(0)


def _could_be_source(segment: Segment) -> bool:
    return not segment.rule and shape(segment.text) != "scrap" and MIN_WIDTH <= width(segment.text) <= MAX_WIDTH
