"""What is known of a line in which an author may be named: its label and rule, its place, and what stands around it."""

from collections.abc import Iterator, Sequence

from pipeline.document import Segment
from pipeline.lines.shape import width
from pipeline.lines.stamps import labels_of
from pipeline.metadata.author_candidates import Frame
from pipeline.metadata.signatures import words_of

SIGNED = ("byline", "attribution", "author_bio")
"""Labels of lines that tell who wrote."""

MAX_LINE = 40
"""Columns of a short line."""
MAX_ROLE = 80
"""Code points of a line that may say what somebody does."""

_RULES = ("head", "model", "field")
"""Tables whose rules have a column each."""


def read_line(segments: Sequence[Segment], at: int, frame: Frame) -> Iterator[str]:
    """Yield the columns of segment `at` of a page."""
    segment = segments[at]
    yield f"in {segment.label}"
    table = segment.rule.partition("/")[0]
    yield f"rule {segment.rule if table in _RULES else table}"
    if segment.glued:
        yield "glued"
    if width(segment.text) < MAX_LINE:
        yield "short line"
    yield from _of_place(at, frame)
    yield from _of_neighbours(at, segments)


def _of_place(at: int, frame: Frame) -> Iterator[str]:
    """Yield where a segment stands beside title and article."""
    if at < frame.title:
        yield "above title"
    elif at < frame.first:
        yield "right below title" if at == frame.title + 1 else "below title"
    else:
        yield "amid" if at <= frame.last else "below article"
    if at == frame.title + 2:
        yield "two below title"
    if at == frame.first - 1:
        yield "right above article"
    if frame.last < at <= frame.last + 2:
        yield "right below article"
    if at == frame.byline:
        yield "first byline"


def _of_neighbours(at: int, segments: Sequence[Segment]) -> Iterator[str]:
    """Yield what stands above and below a segment."""
    if at + 1 < len(segments):
        yield f"above {segments[at + 1].label}"
        if words_of("role").search(segments[at + 1].text[:MAX_ROLE]):
            yield "above role"
    if at:
        yield f"under {segments[at - 1].label}"
        if any(rule.opens == "author" for rule, _ in labels_of(segments[at - 1].text[:MAX_LINE])):
            yield "under label of author"
