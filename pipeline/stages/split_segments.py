"""Cut the text into segments: one a line, more where a line glues things together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.borders.glue import cut, line_spans
from pipeline.borders.menu_lines import Span
from pipeline.borders.wrapping import join_wrapped
from pipeline.document import Document, Segment
from pipeline.edit import to_source


def split_segments(doc: Document) -> Document:
    r"""Return `doc` with its segments: spans in order, every non-space code point of the raw text in one.

    >>> [s.text for s in split_segments(Document.from_raw("NewsroomPublished 2026-05-29\n\nIt rained.")).segments]
    ['Newsroom', 'Published 2026-05-29', 'It rained.']
    """
    found: list[tuple[int, str, int, bool]] = []
    given = list(line_spans(doc.text))
    # The lines of HTML are whole: nothing there wraps them.
    groups = join_wrapped(doc.text, given) if doc.markup is None else [[span] for span in given]
    lines = [(group[0][0], group[-1][1]) for group in groups]
    numbers = accumulate((len(group) for group in groups), initial=1)
    pieces = cut([doc.text[i:j] for i, j in lines])
    for number, (at, _), spans in zip(numbers, lines, pieces, strict=False):
        for i, j in spans:
            found.append((at + i, doc.text[at + i : at + j], number, len(spans) > 1))
    if not found and doc.raw.strip():
        # Nothing but invisible characters: they still belong somewhere.
        found.append((len(doc.text), "", 1, False))
    covered = _covering(doc.raw, to_source(doc.ledger, [(at, at + len(text)) for at, text, _, _ in found]))
    segments = (
        Segment(start=start, end=end, at=at, text=text, line=line, glued=glued)
        for (start, end), (at, text, line, glued) in zip(covered, found, strict=True)
    )
    return replace(doc, segments=tuple(segments))


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
