"""Let the body model judge what rules have left to place and habit, and tell the page's type."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.body.judgement import Judgement, judge
from pipeline.body.lines import body_labels, line_of_each
from pipeline.body.markup_judgement import judge_markup
from pipeline.body.model import Model
from pipeline.document import VERDICT, Document, Segment
from pipeline.lines.shape import ends_sentence, shape
from pipeline.record import changed


def weigh_body(doc: Document, *, model: Model | None = None) -> Document:
    """Return `doc` with body, heading and list_item labels where `model`, the shipped one unless given, sees the body.

    What rules alone took for body is free again, for the stages that label the rest of the page. Nothing changes where
    the rules know the site; see `judge` and, for pages in HTML, `judge_markup`.
    """
    judgement = _judged(doc, model)
    if judgement is None:
        return doc
    segments = list(doc.segments)
    for i, verdict in judgement.verdicts.items():
        segments[i] = changed(segments[i], VERDICT, verdict)
        if verdict.overrules and not verdict.is_body:
            segments[i] = segments[i].labelled("other", "", 0.0)._replace(level=0)
    tagged = _tagged(doc)
    for i, verdict in judgement.verdicts.items():
        if verdict.is_body:
            label, rule = (tagged[i], "model/markup") if tagged else (_label(segments, i), "model/body")
            if not verdict.overrules and not tagged:
                label, rule = segments[i].label, segments[i].rule
            segments[i] = segments[i].labelled(label, rule, verdict.score)
    return replace(doc, segments=tuple(segments), page_type=judgement.kind, page_type_score=judgement.kind_score)


def _judged(doc: Document, model: Model | None) -> Judgement | None:
    if doc.markup is None:
        return judge(doc.segments, model)
    return judge_markup(doc.raw, doc.segments, doc.markup, model)


def _tagged(doc: Document) -> list[str]:
    """Return what each segment of a page in HTML is by its element if it is of the body; nothing for plain text."""
    if doc.markup is None:
        return []
    labels = body_labels(doc.markup)
    return [labels[line] for line in line_of_each(doc.markup, [segment.start for segment in doc.segments])]


def _label(segments: Sequence[Segment], i: int) -> str:
    """Return the label of segment `i`, which the model alone takes for body; a row of short lines is no heading."""
    kind = shape(segments[i].text)
    if kind in ("bullet", "ordinal"):
        return "list_item"
    below = segments[i + 1] if i + 1 < len(segments) else None
    leads = below is not None and below.verdict is not None and below.verdict.is_body
    heads = leads and below is not None and shape(below.text) == "prose"
    return "heading" if kind == "title" and heads and not ends_sentence(segments[i].text) else "body"
