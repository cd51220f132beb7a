"""Label comments that no label announces: name, time, what was said, again and again below the article."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from pipeline.article import is_name
from pipeline.document import Document, Segment
from pipeline.shape import ends_sentence, shape, width

RHYTHM = 0.8
"""Where the rhythm of comments alone decides."""

MIN_COMMENTS = 2
MAX_HANDLE = 30
"""Columns of the name somebody comments under; a card's title is longer."""


def label_comments(doc: Document) -> Document:
    """Return `doc` with unannounced comments labelled: below the article, each name with its time and words."""
    segments = list(doc.segments)
    starts = [i for i in range(len(segments)) if _said_at(segments, i)]
    # In a thread the first post has an author and a time like those that answer it.
    below = _end_of_article(segments)
    starts = [i for i in starts if i >= below]
    if len(starts) < MIN_COMMENTS or all(_is_titled(segments, i) for i in starts):
        return doc
    for start, following in pairwise([*starts, len(segments)]):
        said = _said_at(segments, start) or start
        for i in range(start, min(following, _end(segments, said))):
            if not segments[i].rule or segments[i].label == "byline":
                segments[i] = segments[i].labelled("discussion", "comments/rhythm", RHYTHM)
    return replace(doc, segments=tuple(segments))


def _end_of_article(segments: Sequence[Segment]) -> int:
    """Return the first segment above which most of what is written on the page stands."""
    written = list(accumulate(width(s.text) if shape(s.text) == "prose" and not s.rule else 0 for s in segments))
    return 1 + next((i for i, above in enumerate(written) if 2 * above > written[-1]), len(written))


def _is_titled(segments: Sequence[Segment], i: int) -> bool:
    """Whether a title stands right above `i`: a card's source and age, not a comment's author and time."""
    return i > 0 and not segments[i - 1].rule and shape(segments[i - 1].text) == "title"


def _said_at(segments: Sequence[Segment], i: int) -> int | None:
    """Return where the words of a comment that starts at `i` stand, None if none does.

    A comment is a name or handle, a time within two lines of it, then something said.
    """
    text = segments[i].text
    if segments[i].rule or width(text) > MAX_HANDLE or not (is_name(text) or " " not in text):
        return None
    time = next((k for k in range(i + 1, min(i + 3, len(segments))) if _is_time(segments[k])), None)
    if time is None or time + 1 >= len(segments):
        return None
    said = segments[time + 1]
    return time + 1 if not said.rule and (shape(said.text) == "prose" or ends_sentence(said.text)) else None


def _is_time(segment: Segment) -> bool:
    cue = segment.cue("ages", "days", "dates")
    return cue is not None and cue.whole


def _end(segments: Sequence[Segment], said: int) -> int:
    """Return where a comment ends: after its paragraphs."""
    i = said + 1
    while i < len(segments) and not segments[i].rule and shape(segments[i].text) == "prose":
        i += 1
    return i
