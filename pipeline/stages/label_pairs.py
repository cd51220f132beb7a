"""Label boxes whose lines come in pairs outside the article: a title with its rating, a name with its figure."""

from collections.abc import Callable
from dataclasses import replace

import regex

from pipeline.document import Document, Segment
from pipeline.lines.shape import shape, width

PAIRED = 0.7
"""Where the rhythm of two lines alone decides."""

MIN_PAIRS = 2
MAX_NAME = 40
"""Columns of what a figure is said of."""

_FIGURE = regex.compile(r"[<≈~]?\s?\d[\d.,]*\s?(?:\p{L}{1,5}\.?|%|°\p{L}?)")
"""A number with its unit: `512 kcal`, `3,1 g`."""
_NAMED_FIGURE = regex.compile(r"\p{L}[^\d:：]{1,38}[:：]?\s\d[\d.,]*\s?(?:\p{L}{1,5}\.?|%)")
"""The same behind its name: `Energia 512 kcal`."""


def label_pairs(doc: Document) -> Document:
    """Return `doc` with rated titles as cards, and figures with their names as what they are, a box of facts."""
    segments = list(doc.segments)
    _label_runs(segments, ("related_title", "related_meta"), "pairs/rated", _is_rated)
    _label_runs(segments, ("other", "other"), "pairs/figure", _is_measured)
    _label_runs(segments, ("other", "other"), "pairs/figure", _are_measured)
    return replace(doc, segments=tuple(segments))


def _label_runs(
    segments: list[Segment], labels: tuple[str, str], rule: str, is_pair: Callable[[Segment, Segment], bool]
) -> None:
    """Label the free segments that come as pairs, two pairs or more in a row."""
    i = 0
    while i + 1 < len(segments):
        end = i
        while end + 1 < len(segments) and not segments[end].rule and is_pair(segments[end], segments[end + 1]):
            end += 2
        if end - i >= 2 * MIN_PAIRS:
            for j in range(i, end):
                segments[j] = segments[j].labelled(labels[(j - i) % 2], rule, PAIRED)
        i = max(end, i + 1)


def _is_rated(title: Segment, rating: Segment) -> bool:
    """Whether a line without a letter stands below a title: its stars, its rank, how often it was read."""
    figure = shape(rating.text) == "scrap" and any(map(str.isdigit, rating.text))
    return figure and not rating.rule and shape(title.text) == "title"


def _is_measured(name: Segment, figure: Segment) -> bool:
    named = shape(name.text) == "title" and width(name.text) <= MAX_NAME and not any(map(str.isdigit, name.text))
    return named and not figure.rule and _FIGURE.fullmatch(figure.text) is not None


def _are_measured(first: Segment, second: Segment) -> bool:
    return not second.rule and all(_NAMED_FIGURE.fullmatch(s.text) for s in (first, second))
