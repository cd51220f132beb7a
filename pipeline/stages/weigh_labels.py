"""Let the model of labels overrule what rules made of a segment where it is surer of another label."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.document import KEPT_LABELS, LABELS, Document, Segment
from pipeline.heading_forms import alike_headings
from pipeline.label_model import LabelModel, Scores, shipped_labels
from pipeline.shape import shape

RULE = "model/labels"
MIN_SEGMENTS = 20
"""Segments of a page that the model can judge: it has learnt from whole pages, and most of what it sees is around."""
MARGIN = 1.0
"""Log odds by which another label must be likelier than the rules'; see the model's card."""
LOSS = 2.0
"""Further log odds for what would no longer be kept: a paragraph lost is worse than a line of furniture too many."""
SIGNED = 2.0
"""Further log odds for a line that says for sure who wrote the text, or when: metadata is read from it."""
SURE = 0.85
"""Score of a rule that has read such a line by its words."""
_READ = ("chrome/row", "foot/author-box", "lines/hashtags", "zone/disclaimer", "zone/topics")
"""Rules that are as sure as a byline that is read.

Several labels of menus on one line, a writer's name and life, words behind their signs, what stands below the word for
legal text or for topics.
"""
COMMENTS = "zone/discussion"
NEAR_TIME = 2
"""The rule for what stands below the word for comments, and segments from each comment's time to its name and words.

Such a box is one thing, whatever one of its lines looks like.
"""
_COMPARED = (
    *("quotes/pulled", "reports/time", "reports/heading", "sources/head", "sources/listed"),
    *("cards/counted", "lines/quotes-glued"),
)
"""Rules that have read twice what the model sees once."""
_BOXES = ("chrome/related_reading", "openers/related")
MAX_ORDERS = 2
"""Buttons between the word for comments and the first of them: in which order they are shown."""
_DECIMALS = 3
_LEAST = 1e-9
"""Share of a label that cannot be, so that its logarithm is finite."""
_ARTICLES = ("article", "")
"""Kinds of pages that the model has learnt from; others have a body that looks like what stands around it."""

_KEPT = np.array([label in KEPT_LABELS for label in LABELS])


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
    if not any(segment.label == "title" for segment in weighed):
        # Nor does its title, where the model knows no better one.
        pairs = zip(doc.segments, weighed, strict=True)
        weighed = tuple(old if old.rule == "title/best" else new for old, new in pairs)
    return replace(doc, segments=alike_headings(doc.segments, weighed))


def _all_weighed(segments: Sequence[Segment], odds: Scores, *, may_move: bool) -> tuple[Segment, ...]:
    weighed = tuple(_weighed(segment, row, may_move) for segment, row in zip(segments, odds, strict=True))
    compared = {*_COMPARED}
    if any(segment.rule == "title/best" for segment in weighed):
        compared.add("title/repeated")
    # What rules have read twice the model sees once; an entry of a menu may lead to the page that it stands on.
    known = [segment.rule in compared and shape(segment.text) != "bullet" for segment in segments]
    of_boxes = (_heads_box, _is_of_comment, _ends_box)
    known = [is_known or any(is_of(segments, i) for is_of in of_boxes) for i, is_known in enumerate(known)]
    return tuple(old if is_known else new for old, new, is_known in zip(segments, weighed, known, strict=True))


def _is_of_comment(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` stands in a box of comments beside the time of one."""
    if segments[i].rule != COMMENTS:
        return False
    near = segments[max(0, i - NEAR_TIME) : i + NEAR_TIME + 1]
    return any(s.rule == COMMENTS and s.cue("ages", "days", "dates") for s in near)


def _heads_box(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` has by its words opened the box below it."""
    below = [s.rule for s in segments[i + 1 : i + 2 + MAX_ORDERS] if s.rule != "chrome/sort"][:1]
    named = segments[i].label == "section_label" and segments[i].rule.startswith(("chrome/", "openers/"))
    return named and any(rule.startswith("zone/") for rule in below)


def _ends_box(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is the button below a box of cards that rules have read: `Read more`."""
    above = segments[i - 1].rule if i else ""
    return segments[i].label == "nav" and segments[i].rule.startswith(_BOXES) and above.startswith("zone/")


def _weighed(segment: Segment, odds: Scores, may_move: bool) -> Segment:
    if segment.keep and segment.verdict is not None:
        return segment
    price = LOSS * segment.keep if may_move and segment.verdict is None else np.inf
    able = odds - np.where(segment.keep == _KEPT, 0.0, price)
    best = int(able.argmax())
    margin = MARGIN + SIGNED * (segment.rule.startswith(_READ) or (segment.label == "byline" and segment.score >= SURE))
    if able[best] - odds[LABELS.index(segment.label)] <= margin:
        return segment
    level = segment.level if LABELS[best] == "list_item" else 0
    return segment.labelled(LABELS[best], RULE, round(float(np.exp(odds[best])), _DECIMALS))._replace(level=level)
