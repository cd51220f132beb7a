"""Label cards whose stamps no table knows: lines below titles that begin or end alike around a figure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from pipeline.document import Document, Segment
from pipeline.lines.shape import asks, shape, width
from pipeline.lines.stamps import fold

ALIKE = 0.7
"""Where that likeness alone decides."""

MIN_CARDS = 2
MIN_KEY = 3
MAX_STAMP = 60
"""Columns of a source and an age."""

_FIGURE = regex.compile(r"\d")
_FIELD = regex.compile(r"^[^\d:：]{3,30}[:：]")
_BEFORE = regex.compile(r"^[^\d]+")
_COUNT = regex.compile(r"\d[\d.,\u00a0\u202f]*\s?(?:\p{L}{1,5}\.?)")
"""A number with its unit: `8.1k`, `5,9 тис.`, `1.2万`."""
_LAST_WORD = regex.compile(r"\d.*?([\p{L}\p{M}]+)\W*$")


def label_alike(doc: Document) -> Document:
    """Return `doc` with cards below its article labelled, where stamps in no known words end each of them.

    What such stamps have in common is the source or label before the figure, or the word behind it.
    """
    segments = list(doc.segments)
    below = next((i + 1 for i in reversed(range(len(segments))) if segments[i].keep), len(segments))
    again = Counter(key for s in segments[below:] for key in {*_keys(s)})
    cards = [list(card) for i in range(below, len(segments)) if (card := _card(segments, i, below, again))]
    if len(cards) >= MIN_CARDS:
        for i, label in (entry for card in cards for entry in card):
            rule = "cards/counted" if label in ("popular", "stats") else "cards/alike"
            segments[i] = segments[i].labelled(label, rule, ALIKE)
    return replace(doc, segments=tuple(segments))


def _card(segments: Sequence[Segment], i: int, below: int, again: Counter[str]) -> list[tuple[int, str]]:
    """Return the segments of the card that the stamp at `i` ends, with their labels; none if it is no such stamp."""
    if not _is_stamp(segments[i], again):
        return []
    start = i
    while start > below and segments[start - 1].line == segments[i].line:
        start -= 1
    above = start - 1
    text = above if above > below and _is_open(segments[above], "prose") else None
    if text is not None and asks(segments[text].text) and not _could_be_title(segments[text - 1], again):
        text = None  # a question that another card's stamp stands above
    title = above - 1 if text is not None else above
    if title < below or not _could_be_title(segments[title], again):
        return []
    line = [j for j in range(start, len(segments)) if segments[j].line == segments[i].line and not segments[j].rule]
    # A number and nothing else tells how many have read what a ranking lists.
    counted = len(line) == 1 and _COUNT.fullmatch(segments[i].text) is not None
    names, stamps = ("popular", "stats") if counted else ("related_title", "related_meta")
    card = [(title, names), *((j, stamps) for j in line)]
    return card if text is None else [*card, (text, "popular" if counted else "related_summary")]


def _could_be_title(segment: Segment, again: Counter[str]) -> bool:
    titled = shape(segment.text) == "title" or asks(segment.text)
    return titled and not segment.rule and not segment.cue("ages", "days", "dates") and not _is_stamp(segment, again)


def _is_stamp(segment: Segment, again: Counter[str]) -> bool:
    return any(again[key] >= MIN_CARDS for key in _keys(segment))


def _keys(segment: Segment) -> Iterator[str]:
    """Yield what a short free line with a figure may have in common with others of its kind."""
    text = segment.text
    if segment.rule or shape(text) == "prose" or width(text) > MAX_STAMP:
        return
    field = _FIELD.match(text)
    if field is not None:
        yield fold(field.group())
    if not _FIGURE.search(text):
        return
    before, last = _BEFORE.match(text), _LAST_WORD.search(text)
    for key in (before and fold(before.group()), last and fold(last[1])):
        if key and len(key) >= MIN_KEY:
            yield key


def _is_open(segment: Segment, wanted: str) -> bool:
    return not segment.rule and shape(segment.text) == wanted
