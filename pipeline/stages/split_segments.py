"""Cut the text into segments: one a line, more where a line glues things together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.document import Document, Segment
from pipeline.edit import to_source
from pipeline.glue import Span, cut, line_spans
from pipeline.wrapping import join_wrapped


def split_segments(doc: Document) -> Document:
    r"""Return `doc` with its segments: spans in order, every non-space code point of the raw text in one.

    >>> [s.text for s in split_segments(Document.from_raw("NewsroomPublished 2026-05-29\n\nIt rained.")).segments]
    ['Newsroom', 'Published 2026-05-29', 'It rained.']
    """
    segments: list[Segment] = []
    groups = join_wrapped(doc.text, list(line_spans(doc.text)))
    lines = [(group[0][0], group[-1][1]) for group in groups]
    numbers = accumulate((len(group) for group in groups), initial=1)
    pieces = cut([doc.text[i:j] for i, j in lines])
    for number, (at, _), spans in zip(numbers, lines, pieces, strict=False):
        for i, j in spans:
            text = doc.text[at + i : at + j]
            segments.append(Segment(start=0, end=0, at=at + i, text=text, line=number, glued=len(spans) > 1))
    if not segments and doc.raw.strip():
        # Nothing but invisible characters: they still belong somewhere.
        segments.append(Segment(start=0, end=0, at=len(doc.text), text="", line=1))
    source = to_source(doc.ledger, [(s.at, s.until) for s in segments])
    covered = _covering(doc.raw, source)
    placed = (replace(s, start=i, end=j) for s, (i, j) in zip(segments, covered, strict=True))
    return replace(doc, segments=tuple(placed))


def _covering(raw: str, spans: Sequence[Span]) -> list[Span]:
    """Return `spans` cleared of overlaps and stretched over non-space characters that lie between them.

    Between lines only characters that an edit removed can be left over, a byte order mark say; they go
    to the segment before them, at the very start to the first one.
    """
    covered: list[Span] = []
    for index, (start, end) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else len(raw)
        end = min(end, following)
        start = max(start, covered[-1][1] if covered else 0)
        if not covered:
            before = raw[:start]
            start = len(before) - len(before.lstrip())
        end = max(end, start)
        rest = raw[end:following].rstrip()
        covered.append((start, end + len(rest) if rest.strip() else end))
    return covered
