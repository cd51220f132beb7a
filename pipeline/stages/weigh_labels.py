"""Let the model of labels overrule what rules made of a segment where it is surer of another label."""

from collections.abc import Sequence
from dataclasses import replace
from math import exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.document import KEPT_LABELS, LABELS, Document, Segment
from pipeline.labels.model import LabelModel, Scores, shipped_labels
from pipeline.languages.site_language import is_abroad
from pipeline.lines.shape import shape
from pipeline.lines.table_rows import TABLE_ROW
from pipeline.page.article import MAX_LINES, language_of_most
from pipeline.page.heading_forms import alike_headings
from pipeline.page.zone_openers import TEXT_MARKS

RULE = "model/labels"
MIN_SEGMENTS = 20
"""Segments of a page that the model can judge: it has learnt from whole pages, and most of what it sees is around."""
MARGIN = 0.5
"""Log odds by which another label must be likelier than the rules'; see the model's card."""
LOSS = 0.75
"""Further log odds for what would no longer be kept: a paragraph lost is worse than a line of furniture too many."""
GAIN = 2.0
"""Further log odds for furniture that would be kept: a card reads like an article."""
LEAST_SHARE = 0.3
"""Share of a label that may take the place of another: below, the model names it for want of those it may not give."""
SIGNING = 0.75
"""Further log odds for a line that would say who wrote the text: many names stand on a page."""
SIGNED = 2.0
"""Further log odds for a line that says for sure who wrote the text, or when: metadata is read from it."""
HEARD = 2.0
"""How much more the body model's log odds count against such a change than the label model's count for it."""
LOSS_ABROAD = GAIN_ABROAD = 1.0
"""What either takes where the site speaks another language than its article, which tells them apart."""
MARKED = 0.2
"""Share of the furniture that is marked as list items are, from which a mark tells nothing of a line outside the text.
So is text that was made of HTML, with a mark for each element of a list."""
SURE = 0.85
"""Score of a rule that has read such a line by its words."""
_FINAL = frozenset({"quotes/pulled", *TEXT_MARKS})
"""Rules of sentences that another paragraph of the page has word for word, and of the turns of an interview."""
_DECIMALS = 3
_LEAST = 1e-9
"""Share of a label that cannot be, so that its logarithm is finite."""
_UNSURE = 1e-3
"""Added to both sides of a verdict, so that its log odds are finite."""
_TOLD = ("article", "forum", "")
"""Kinds of pages that the model has learnt from; others have a body that looks like what stands around it."""

_LEAST_ODDS = log(LEAST_SHARE)
_KEPT = np.array([label in KEPT_LABELS for label in LABELS])
_SIGNS = np.array([label == "byline" for label in LABELS])
_LISTS = np.array([label == "list_item" for label in LABELS])
_SUMS = np.array([label == "summary" for label in LABELS])


class _Prices(NamedTuple):
    """What it takes, in log odds, to change what is kept of a page."""

    loss: float
    gain: float
    heard: float = 0.0
    is_summary_free: bool = False
    """Whether a paragraph may be called the page's abstract for nothing: the tables have that in a column."""


_IN_ENGLISH = _Prices(LOSS, GAIN, HEARD)
_IN_OTHERS = _Prices(LOSS, GAIN)
_ABROAD = _Prices(LOSS_ABROAD, GAIN_ABROAD, is_summary_free=True)
_NEVER = _Prices(np.inf, np.inf)


def weigh_labels(doc: Document, *, model: LabelModel | None = None) -> Document:
    """Return `doc`, labelled by the rules, with the labels that `model`, the shipped one unless given, is surer of.

    It does not see the rows of tables, and does not judge what is left of a page if that is little.
    What is kept changes on articles and forums alone, and not against the elements of a page in HTML. Where the body
    model has decided on a page in English, what it says of the segment counts too: it has seen more pages, but hardly
    any in other languages.
    """
    seen = [i for i, segment in enumerate(doc.segments) if segment.rule != TABLE_ROW]
    if len(seen) < MIN_SEGMENTS:
        return doc
    segments = [doc.segments[i] for i in seen]
    odds = np.log((model or shipped_labels()).shares(segments) + _LEAST)
    weighed = _weighed(doc, segments, odds, _prices_on(doc))
    if any(segment.keep for segment in segments) and not any(segment.keep for segment in weighed):
        # An article that was found does not vanish.
        weighed = _weighed(doc, segments, odds, _NEVER)
    labelled = list(doc.segments)
    for i, segment in zip(seen, weighed, strict=True):
        labelled[i] = segment
    return replace(doc, segments=alike_headings(doc.segments, tuple(labelled)))


def _prices_on(doc: Document) -> _Prices:
    if doc.page_type not in _TOLD:
        return _NEVER
    if is_abroad(doc.segments):
        return _ABROAD
    english = language_of_most(segment for segment in doc.segments if segment.keep) == "en"
    return _IN_ENGLISH if english else _IN_OTHERS


def _weighed(doc: Document, segments: Sequence[Segment], odds: Scores, prices: _Prices) -> tuple[Segment, ...]:
    """Return `segments`, some of those of `doc`, with the labels that `odds` speak for at these `prices`."""
    own = [LABELS.index(segment.label) for segment in segments]
    # Settled once for all by the body model: by elements in HTML, and where the model of labels has no say.
    final = doc.markup is not None or prices is _NEVER
    settled = np.array([final and segment.verdict is not None for segment in segments])
    able = odds - _price_of_each(segments, prices, settled[:, None])
    rows = range(len(segments))
    able[rows, own] = odds[rows, own] + [_held(*one) for one in zip(segments, settled, strict=True)]
    best = able.argmax(axis=1).tolist()
    return tuple(
        _labelled(segment, LABELS[label], float(row[label])) if label != mine and row[label] >= _LEAST_ODDS else segment
        for segment, mine, label, row in zip(segments, own, best, odds, strict=True)
    )


def _price_of_each(segments: Sequence[Segment], prices: _Prices, settled: NDArray[np.bool_]) -> Scores:
    """Return the log odds by which each label must be likelier than that of the rules; a row a segment."""
    kept = np.array([[segment.keep] for segment in segments])
    signed = np.array([[segment.label == "byline"] for segment in segments])
    heard = prices.heard * np.array([[_said(segment)] for segment in segments])
    moved = np.maximum(0.0, np.where(kept, prices.loss + heard, prices.gain - heard))
    moved = np.where(settled, np.inf, moved)
    moved = np.where(_LISTS & _marked_outside(segments)[:, None], np.inf, moved)
    price: Scores = MARGIN + np.where(kept == _KEPT, 0.0, moved) + SIGNING * (_SIGNS & ~signed)
    body = np.array([[segment.label == "body"] for segment in segments])
    return np.where(body & _SUMS & ~settled, 0.0, price) if prices.is_summary_free else price


def _marked_outside(segments: Sequence[Segment]) -> NDArray[np.bool_]:
    """Return which of `segments` stand outside the text of a page whose furniture is marked as lists are."""
    written = [i for i, segment in enumerate(segments) if segment.keep and segment.label != "list_item"]
    outside = np.ones(len(segments), dtype=bool)
    if written:
        outside[written[0] : _list_end(segments, written[-1] + 1)] = False
    furniture = [s for s, is_outside in zip(segments, outside, strict=True) if is_outside and not s.keep]
    marked = sum(shape(segment.text) == "bullet" for segment in furniture)
    return outside & (marked > MARKED * len(furniture))


def _list_end(segments: Sequence[Segment], start: int) -> int:
    """Return where a list ends that may close the text above `start`, with a line that leads to it or without."""
    first = next((i for i in (start, start + 1) if i < len(segments) and shape(segments[i].text) == "bullet"), start)
    rest = range(first, len(segments))
    end = next((i for i in rest if shape(segments[i].text) != "bullet"), len(segments))
    return end if end - first <= MAX_LINES else start


def _held(segment: Segment, is_settled: bool) -> float:
    """Return the log odds in favour of the label that the rules gave."""
    if (is_settled and segment.keep) or segment.rule in _FINAL:
        return np.inf
    return SIGNED * (segment.label == "byline" and segment.score >= SURE)


def _said(segment: Segment) -> float:
    """Return the log odds that the body model gives `segment`, 0 where it has not decided."""
    if segment.verdict is None:
        return 0.0
    return log((segment.verdict.score + _UNSURE) / (1 - segment.verdict.score + _UNSURE))


def _labelled(segment: Segment, label: str, odds: float) -> Segment:
    level = segment.level if label == "list_item" else 0
    labelled = segment.labelled(label, RULE, round(exp(odds), _DECIMALS))
    return labelled if level == labelled.level else labelled._replace(level=level)
