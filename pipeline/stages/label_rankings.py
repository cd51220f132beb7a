"""Label rankings of a site's own articles: lines outside the article that count from one."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.document import Document, Segment
from pipeline.lines.shape import shape, width

COUNTED = 0.8
"""Where the counting alone decides."""

MIN_RANKS = 3
"""Lines that count from one, from which they are a ranking."""

MAX_ENTRY = 160
"""Columns of a title; longer ones are steps of a recipe or clauses of a contract."""

_RANK = regex.compile(r"^[#＃№]?\s?(\d{1,2})(?:[.):：、]|[.)]?\s|位|$)")


def label_rankings(doc: Document) -> Document:
    """Return `doc` with rankings outside the article labelled `popular`: three lines or more that count 1, 2, 3.

    The number stands before each title, or as a `marker` of its own.
    """
    segments = list(doc.segments)
    kept = [i for i, segment in enumerate(segments) if segment.keep]
    article = range(kept[0], kept[-1] + 1) if kept else range(0)
    for i in range(len(segments)):
        if i in article or _rank(segments[i]) != 1:
            continue
        entries = _entries(segments, i)
        if len(entries) >= MIN_RANKS:
            for entry in entries:
                for j in entry:
                    label = "marker" if len(entry) > 1 and j == entry[0] else "popular"
                    segments[j] = segments[j].labelled(label, "rankings/counted", COUNTED)
    return replace(doc, segments=tuple(segments))


def _entries(segments: Sequence[Segment], i: int) -> list[range]:
    """Return the entries that count from one at `i`, each the range of its number and its title."""
    entries: list[range] = []
    while i < len(segments) and _rank(segments[i]) == len(entries) + 1:
        alone = shape(segments[i].text) == "scrap"
        end = i + 1 + alone
        if alone and not (end <= len(segments) and _is_title(segments[end - 1])):
            break
        entries.append(range(i, end))
        while end < len(segments) and segments[end].line == segments[end - 1].line and not _is_free(segments[end]):
            end += 1  # how often it was read
        i = end
    return entries


def _rank(segment: Segment) -> int | None:
    """Return the number that a line not yet labelled, or labelled as one of a ranking, begins with."""
    match = _RANK.match(segment.text) if _is_free(segment) else None
    return int(match[1]) if match and width(segment.text) <= MAX_ENTRY else None


def _is_title(segment: Segment) -> bool:
    return _is_free(segment) and shape(segment.text) == "title" and width(segment.text) <= MAX_ENTRY


def _is_free(segment: Segment) -> bool:
    return not segment.rule or segment.label == "popular" or segment.rule in ("zone/popular", "rankings/counted")
