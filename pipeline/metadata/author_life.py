"""Paragraphs below an article that tell who its author is: they begin with the name that stands above it."""

from collections.abc import Iterator, Sequence

import regex

from pipeline.document import Segment
from pipeline.lines.shape import shape, width
from pipeline.metadata.signatures import is_full_name, signs, words_of
from pipeline.page.article import MAX_LIFE, MAX_REST

LAST = 6
"""Segments at an article's end among which such a paragraph may still stand."""

_NOTE_MARKS = "*†• "
"""Marks before the name in such a paragraph; behind a dash somebody speaks."""

BESIDE = 2
"""Segments that may stand between a name alone on its line and the date of its byline."""

_STAMPS = ("dates", "chrome/published", "chrome/updated", "ages", "days", "reading_times")

_TOLD = regex.compile(r"\s?[,،，、(（|｜—–]|\s-\s|\s\p{Ll}|\s?[是为為系現现任著]|[은는이가はが]\s?|\s[\p{Lo}\p{M}]")
"""What follows a name of which something is told; behind a colon its bearer speaks."""


def authors_above(segments: Sequence[Segment], start: int) -> tuple[str, ...]:
    """Return the full names that stand above place `start` as those of authors do: labelled, or near a date."""
    return tuple(dict.fromkeys(name for i in range(start) for name in _names(segments, i)))


def tells_of(text: str, authors: Sequence[str]) -> bool:
    """Whether the paragraph `text` begins with the name of one of `authors` and goes on about that person.

    >>> tells_of("* Jane Doe writes about rivers.", ("Jane Doe",)), tells_of("Jane Doe: Why rivers?", ("Jane Doe",))
    (True, False)
    """
    told = text.lstrip(_NOTE_MARKS)
    if width(told) > MAX_LIFE or shape(told) not in ("prose", "title"):
        return False
    return any(told.startswith(name) and _TOLD.match(told, len(name)) is not None for name in authors)


def before_life(segments: Sequence[Segment], start: int, end: int) -> int:
    """Return `end`, or where the paragraph on its author begins that closes the article from `start` to `end`."""
    authors = authors_above(segments, start)
    total = sum(width(s.text) for s in segments[start:end])
    for i in range(max(start + 1, end - LAST), end) if authors else ():
        rest = sum(width(s.text) for s in segments[i:end])
        if not segments[i].rule and rest <= MAX_REST * total and tells_of(segments[i].text, authors):
            return _without_titles(segments, start, i)
    return end


def _without_titles(segments: Sequence[Segment], start: int, end: int) -> int:
    while end > start + 1 and (segments[end - 1].rule or shape(segments[end - 1].text) in ("title", "scrap")):
        end -= 1
    return end


def _names(segments: Sequence[Segment], i: int) -> Iterator[str]:
    segment = segments[i]
    for cue in segment.cues:
        if cue.value and signs(cue):
            yield from filter(is_full_name, words_of("and").split(cue.value))
    if is_full_name(segment.text):
        near = (*segments[max(0, i - BESIDE) : i], *segments[i + 1 : i + 1 + BESIDE])
        if segment.label == "byline" or any(s.cue(*_STAMPS) for s in near):
            yield segment.text
