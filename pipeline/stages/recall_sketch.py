"""Take up what the first pass over a corpus has found of a document: its segments and its glosses."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple, Self

from pipeline.document import Document, GlossPair, Segment


class Cut(NamedTuple):
    """Where a segment lies, as `Segment` says it; `length` is that of its text."""

    start: int
    end: int
    at: int
    length: int
    line: int
    glued: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a document tells by itself, however often it is asked."""

    cuts: tuple[Cut, ...]
    glosses: tuple[GlossPair, ...]

    @classmethod
    def of(cls, doc: Document) -> Self:
        """Return the sketch of `doc`, which is cut into segments of which nothing more is known."""
        cuts = (Cut(s.start, s.end, s.at, len(s.text), s.line, s.glued) for s in doc.segments)
        return cls(tuple(cuts), doc.glosses)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Return the sketch that `as_row` gave as plain data."""
        return cls(tuple(Cut(**cut) for cut in row["cuts"]), tuple(GlossPair(**gloss) for gloss in row["glosses"]))

    def as_row(self) -> dict[str, Any]:
        """Return the sketch as plain data."""
        return {"cuts": [cut._asdict() for cut in self.cuts], "glosses": [asdict(gloss) for gloss in self.glosses]}


def recall_sketch(doc: Document, sketch: Sketch) -> Document:
    """Return `doc`, whose text is as it was when `sketch` was made of it, with the segments and glosses of that.

    >>> doc = Document.from_raw("It rained.")
    >>> [s.text for s in recall_sketch(doc, Sketch((Cut(0, 10, 0, 10, 1, False),), ())).segments]
    ['It rained.']
    """
    segments = (
        Segment(cut.start, cut.end, cut.at, doc.text[cut.at : cut.at + cut.length], cut.line, glued=cut.glued)
        for cut in sketch.cuts
    )
    return replace(doc, segments=tuple(segments), glosses=sketch.glosses)
