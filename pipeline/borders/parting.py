"""Cut a segment in two where only its place on the page tells that it is two things: a rank and a title."""

from pipeline.document import Document, Segment
from pipeline.edit import to_source


def parted(doc: Document, segment: Segment, at: int) -> tuple[Segment, ...]:
    """Return `segment` of `doc` as two that share a line, the second from offset `at` of its text on.

    It stays whole where an edit has made both of one stretch of the source. Both keep what was found out about it.

    >>> doc = Document.from_raw("1. Ice")
    >>> [(part.start, part.end, part.text) for part in parted(doc, Segment(0, 6, 0, "1. Ice", 1), 2)]
    [(0, 2, '1.'), (3, 6, 'Ice')]
    """
    head, tail = segment.text[:at].rstrip(), segment.text[at:].lstrip()
    if not head or not tail:
        return (segment,)
    begins = segment.until - len(tail)
    ((start, _),) = to_source(doc.ledger, [(begins, segment.until)])
    end = len(doc.raw[:start].rstrip())
    if not segment.start < end <= start < segment.end:
        return (segment,)
    return (
        segment._replace(end=end, text=head, glued=True),
        segment._replace(start=start, at=begins, text=tail, glued=True),
    )
