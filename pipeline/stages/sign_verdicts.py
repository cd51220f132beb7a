"""Say of every label that a verdict decided how sure it is, and where it was the model's against the rules."""

from dataclasses import replace

from pipeline.document import Document, Segment


def sign_verdicts(doc: Document) -> Document:
    """Return `doc` with scores from the verdicts on its segments; the labels stay as they are.

    A segment outside the body is as sure as it is not body. Where the model overruled the rules, it is named.
    """
    return replace(doc, segments=tuple(map(_signed, doc.segments)))


def _signed(segment: Segment) -> Segment:
    verdict = segment.verdict
    if verdict is None or verdict.is_body or segment.keep or not segment.rule.startswith(("outside/", "body/")):
        return segment
    rule = "model/furniture" if verdict.overrules else segment.rule
    return segment.labelled(segment.label, rule, round(1 - verdict.score, 3))
