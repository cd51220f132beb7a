"""Cut the letters and words that stand for question and answer off what they mark, in the boxes of a site."""

from dataclasses import replace

import regex

from pipeline.borders.parting import parted
from pipeline.document import Document, Segment
from pipeline.lines.stamps import labels_of

MARKED = 0.8

_MARK = regex.compile(r"(\p{L}[\p{L}\p{M}]{0,9})\s?\d{0,2}\s?[.:：]\s?(?=\S)")


def part_turns(doc: Document) -> Document:
    """Return `doc` with a `marker` of its own for each mark that opens a question or an answer of a box (`Q: What …`).

    The turns of an interview, whose labels are others, keep theirs: they are the article's own text.
    """
    return replace(doc, segments=tuple(part for segment in doc.segments for part in _parted(doc, segment)))


def _parted(doc: Document, segment: Segment) -> tuple[Segment, ...]:
    found = _MARK.match(segment.text) if segment.label in ("qa_question", "qa_answer") else None
    if found is None or all(rule.id != "chrome/qa_marker" for rule, _ in labels_of(found[1])):
        return (segment,)
    mark, *turn = parted(doc, segment, found.end())
    if not turn:
        return (segment,)
    letter = mark.labelled("marker", "questions/mark", MARKED).tagged("und", 0.0, mark.script)
    return (letter._replace(cues=(), runner_up=""), *turn)
