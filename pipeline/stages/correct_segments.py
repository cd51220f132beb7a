"""Put a reviewer's labels and languages in the place of those that were found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.correction import LABEL, LANGUAGE, Correction, corrections_of
from pipeline.document import Document, Segment

Span = tuple[int, int]


def correct_segments(doc: Document, *, corrections: Sequence[Correction]) -> Document:
    """Return `doc` with the labels and languages that `corrections`, sorted, state for its segments.

    One of a span that is no segment, or whose text has changed, does nothing.
    """
    mine = [each for each in corrections_of(corrections, doc.id) if each.fits(doc.raw)]
    labels = {(each.start, each.end): each.value for each in mine if each.what == "label"}
    languages = {(each.start, each.end): each.value for each in mine if each.what == "language"}
    if not labels and not languages:
        return doc
    return replace(doc, segments=tuple(_corrected(segment, labels, languages) for segment in doc.segments))


def _corrected(segment: Segment, labels: Mapping[Span, str], languages: Mapping[Span, str]) -> Segment:
    span = segment.start, segment.end
    if label := labels.get(span):
        segment = segment.labelled(label, LABEL, 1.0)
    if language := languages.get(span):
        segment = segment._replace(
            rule=f"{segment.rule}+{LANGUAGE}",
            language=language,
            language_score=1.0,
            runner_up="",
            runner_up_score=0.0,
        )
    return segment
