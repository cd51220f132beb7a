"""Let the model of labels overrule what rules made of a segment where it is surer of another label."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.document import KEPT_LABELS, LABELS, Document, Segment
from pipeline.heading_forms import alike_headings
from pipeline.label_model import LabelModel, Scores, shipped_labels

RULE = "model/labels"
MIN_SEGMENTS = 20
"""Segments of a page that the model can judge: it has learnt from whole pages, and most of what it sees is around."""
MARGIN = 0.5
"""Log odds by which another label must be likelier than the rules'; see the model's card."""
LOSS = 2.0
"""Further log odds for what would no longer be kept: a paragraph lost is worse than a line of furniture too many."""
GAIN = 1.5
"""Further log odds for furniture that would be kept, or would say who wrote the text: a card reads like both."""
SIGNED = 2.0
"""Further log odds for a line that says for sure who wrote the text, or when: metadata is read from it."""
SURE = 0.85
"""Score of a rule that has read such a line by its words."""
_DECIMALS = 3
_LEAST = 1e-9
"""Share of a label that cannot be, so that its logarithm is finite."""
_ARTICLES = ("article", "")
"""Kinds of pages that the model has learnt from; others have a body that looks like what stands around it."""

_KEPT = np.array([label in KEPT_LABELS for label in LABELS])
_SIGNS = np.array([label == "byline" for label in LABELS])


def weigh_labels(doc: Document, *, model: LabelModel | None = None) -> Document:
    """Return `doc`, labelled by the rules, with the labels that `model`, the shipped one unless given, is surer of.

    What is kept changes on articles alone, and only where the body model has not decided: that one has seen more pages.
    What it keeps stays as it is, the elements of a page in HTML above all.
    """
    if len(doc.segments) < MIN_SEGMENTS:
        return doc
    odds = np.log((model or shipped_labels()).shares(doc.segments) + _LEAST)
    weighed = _all_weighed(doc.segments, odds, may_move=doc.page_type in _ARTICLES)
    if any(segment.keep for segment in doc.segments) and not any(segment.keep for segment in weighed):
        # An article that rules have found does not vanish.
        weighed = _all_weighed(doc.segments, odds, may_move=False)
    return replace(doc, segments=alike_headings(doc.segments, weighed))


def _all_weighed(segments: Sequence[Segment], odds: Scores, *, may_move: bool) -> tuple[Segment, ...]:
    return tuple(_weighed(segment, row, may_move) for segment, row in zip(segments, odds, strict=True))


def _weighed(segment: Segment, odds: Scores, may_move: bool) -> Segment:
    own = LABELS.index(segment.label)
    if odds.argmax() == own or (segment.keep and segment.verdict is not None):
        return segment
    move = (LOSS if segment.keep else GAIN) if may_move and segment.verdict is None else np.inf
    price = np.where(segment.keep == _KEPT, 0.0, move) + GAIN * (_SIGNS if segment.label != "byline" else 0.0)
    able = odds - price
    best = int(able.argmax())
    margin = MARGIN + SIGNED * (segment.label == "byline" and segment.score >= SURE)
    if able[best] - odds[own] <= margin:
        return segment
    level = segment.level if LABELS[best] == "list_item" else 0
    return segment.labelled(LABELS[best], RULE, round(float(np.exp(odds[best])), _DECIMALS))._replace(level=level)
