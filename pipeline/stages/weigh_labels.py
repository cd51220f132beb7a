"""Let the model of labels overrule what rules made of a segment where it is surer of another label."""

from collections.abc import Sequence
from dataclasses import replace
from math import exp, log

import numpy as np

from pipeline.document import KEPT_LABELS, LABELS, Document, Segment
from pipeline.heading_forms import alike_headings
from pipeline.label_model import LabelModel, Scores, shipped_labels

RULE = "model/labels"
MIN_SEGMENTS = 20
"""Segments of a page that the model can judge: it has learnt from whole pages, and most of what it sees is around."""
MARGIN = 0.5
"""Log odds by which another label must be likelier than the rules'; see the model's card."""
LOSS = 1.5
"""Further log odds for what would no longer be kept: a paragraph lost is worse than a line of furniture too many."""
GAIN = 2.0
"""Further log odds for furniture that would be kept: a card reads like an article."""
LEAST_SHARE = 0.2
"""Share of a label that may take the place of another: below, the model names it for want of those it may not give."""
SIGNING = 0.75
"""Further log odds for a line that would say who wrote the text: many names stand on a page."""
SIGNED = 2.0
"""Further log odds for a line that says for sure who wrote the text, or when: metadata is read from it."""
HEARD = 2.0
"""How much more the body model's log odds count against such a change than the label model's count for it."""
SURE = 0.85
"""Score of a rule that has read such a line by its words."""
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


def weigh_labels(doc: Document, *, model: LabelModel | None = None) -> Document:
    """Return `doc`, labelled by the rules, with the labels that `model`, the shipped one unless given, is surer of.

    What is kept changes on articles and forums alone, and not against the elements of a page in HTML. Where the body
    model has decided, what it says of the segment counts too: it has seen more pages, but none in other languages.
    """
    if len(doc.segments) < MIN_SEGMENTS:
        return doc
    odds = np.log((model or shipped_labels()).shares(doc.segments) + _LEAST)
    moves = [_move(segment, doc) for segment in doc.segments]
    weighed = _all_weighed(doc.segments, odds, moves)
    if any(segment.keep for segment in doc.segments) and not any(segment.keep for segment in weighed):
        # An article that was found does not vanish.
        weighed = _all_weighed(doc.segments, odds, [np.inf] * len(doc.segments))
    return replace(doc, segments=alike_headings(doc.segments, weighed))


def _move(segment: Segment, doc: Document) -> float:
    """Return the log odds that it takes to keep `segment` if it is not kept, and to keep it no longer if it is."""
    verdict = segment.verdict
    if doc.page_type not in _TOLD or (verdict is not None and doc.markup is not None):
        return np.inf
    against = log((verdict.score + _UNSURE) / (1 - verdict.score + _UNSURE)) if verdict is not None else 0.0
    return max(0.0, LOSS + HEARD * against if segment.keep else GAIN - HEARD * against)


def _all_weighed(segments: Sequence[Segment], odds: Scores, moves: Sequence[float]) -> tuple[Segment, ...]:
    own = [LABELS.index(segment.label) for segment in segments]
    kept = np.array([[segment.keep] for segment in segments])
    signed = np.array([[segment.label == "byline"] for segment in segments])
    able = odds - np.where(kept == _KEPT, 0.0, np.array(moves)[:, None]) - SIGNING * (_SIGNS & ~signed)
    rows = range(len(segments))
    best = able.argmax(axis=1).tolist()
    gains = (able[rows, best] - odds[rows, own]).tolist()
    return tuple(
        _labelled(segment, LABELS[label], float(row[label]))
        if row[label] >= _LEAST_ODDS and _gives_way(segment, gain, move)
        else segment
        for segment, gain, move, label, row in zip(segments, gains, moves, best, odds, strict=True)
    )


def _gives_way(segment: Segment, gain: float, move: float) -> bool:
    """Whether `gain`, log odds after all prices, makes another label of `segment`; what HTML keeps is settled."""
    is_settled = segment.keep and segment.verdict is not None and move == np.inf
    return not is_settled and gain > MARGIN + SIGNED * (segment.label == "byline" and segment.score >= SURE)


def _labelled(segment: Segment, label: str, odds: float) -> Segment:
    level = segment.level if label == "list_item" else 0
    labelled = segment.labelled(label, RULE, round(exp(odds), _DECIMALS))
    return labelled if level == labelled.level else labelled._replace(level=level)
