"""Who may be meant as the author of a page: every name that its bylines and the lines around its article have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from pipeline.document import Segment
from pipeline.lines.glue_borders import borders
from pipeline.lines.shape import width
from pipeline.metadata.author_spans import LABELS, Span, is_role, kind_of, spans_in
from pipeline.metadata.signatures import MAX_NAME, is_full_name

MAX_SIGNED = {"byline": 120, "attribution": 240, "author_bio": 60}
"""Code points that are read of lines that tell who wrote, by their label."""
MAX_NEAR = 60
"""Code points of another line near the article; a longer one is a sentence."""
ABOVE = 6
BELOW = 4
"""Lines above the title and below the article that are read."""
MOST_LINES = 40
MOST_CANDIDATES = 100
"""Hostile pages have more."""

_NEAR = ("nav", "caption", "other", "heading", "body", "summary")
"""Labels of other lines in which a name may stand."""
_TELLING = ("by", "label of author", "role", "colon")
"""What stands before a name in a line that no rule takes for a byline."""


class Found(NamedTuple):
    """Where a name stands: the number of the segment, and how."""

    at: int
    span: Span


@dataclass(frozen=True, slots=True)
class Frame:
    """Where title, byline and article stand among the segments of a page."""

    title: int
    """The last title above the article; -1 if there is none."""
    first: int
    last: int
    """The first segment of the article, and the last."""
    byline: int
    """The first byline below the title; -1 if there is none."""


def frame_of(segments: Sequence[Segment]) -> Frame:
    """Return where title, byline and article stand in `segments`."""
    kept = [i for i, segment in enumerate(segments) if segment.keep]
    first = kept[0] if kept else len(segments)
    title = max((i for i, segment in enumerate(segments[:first]) if segment.label == "title"), default=-1)
    byline = next((i for i in range(title + 1, len(segments)) if segments[i].label == "byline"), -1)
    return Frame(title, first, kept[-1] if kept else -1, byline)


def find_names(segments: Sequence[Segment], frame: Frame) -> Mapping[str, list[Found]]:
    """Return the names that may be an author's, each with where it stands."""
    names: dict[str, list[Found]] = {}
    for i in islice(_lines(segments, frame), MOST_LINES):
        label = segments[i].label
        line = " ".join(segments[i].text[: MAX_SIGNED.get(label, MAX_NEAR)].split())
        for span in spans_in(line):
            if label == "author_bio" and not line.startswith(span.name):
                continue
            if _may_be_name(span, line, signed=label in MAX_SIGNED) and len(names) < MOST_CANDIDATES:
                names.setdefault(span.name, []).append(Found(i, span))
    return names


def _lines(segments: Sequence[Segment], frame: Frame) -> Iterator[int]:
    above = max(0, frame.title - ABOVE if frame.title >= 0 else frame.first - ABOVE)
    for i, segment in enumerate(segments):
        near = above <= i < frame.first + 2 or frame.last <= i <= frame.last + BELOW
        if segment.label in MAX_SIGNED or (
            near
            and segment.label in _NEAR
            and len(segment.text) <= MAX_NEAR
            and not any(cue.table == "chrome" and cue.whole for cue in segment.cues)
        ):
            yield i


def _may_be_name(span: Span, line: str, *, signed: bool) -> bool:
    name = span.name
    if not name or width(name) > MAX_NAME or not any(map(str.isalpha, name)) or "@" in name:
        return False
    words = name.split()
    if len(words) > 1 and (
        (name[0].islower() and name[1].islower())
        or any(kind_of(word.strip(".") or ".") in LABELS for word in (words[0], words[-1]))
    ):
        return False
    if any(is_role(name[border:]) for border in borders(name)):
        return False  # it is glued to the name
    if signed or span.before in _TELLING or span.behind == "day" or name == line or ", " in name:
        return True
    return len(words) > 1 and is_full_name(name)
