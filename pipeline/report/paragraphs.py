"""A document's paragraphs as they are shown: the source with its leftovers marked, and the clean text beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document import why_held
from pipeline.report.changes import Span, differences
from pipeline.report.database import Database, Row
from pipeline.report.visible import runs

MAX_SHOWN = 2_500
"""Code points of a paragraph that are shown; how many more there are is told."""


@dataclass(frozen=True, slots=True)
class Bit:
    """A run of text; `acting` if it spells out characters that would act, `changed` if the other side lacks it."""

    text: str
    acting: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph: a fragment, or what stands between two."""

    bits: tuple[Bit, ...]
    fragment: Row | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A row of `segments/`, ready to be shown.

    `clean` is None where the segment is not kept; `cut` and `clean_cut` are the code points that are not shown.
    """

    row: Row
    source: tuple[Piece, ...]
    cut: int
    clean: tuple[Bit, ...] | None
    clean_cut: int
    fragments: tuple[Row, ...]
    held: str | None

    @property
    def same(self) -> bool:
        """Whether the clean text says nothing that the source, as it is shown, does not."""
        sides = (*(bit for piece in self.source for bit in piece.bits), *(self.clean or ()))
        return not any(bit.changed for bit in sides)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its fragments, each once."""
        return tuple(dict.fromkeys(fragment["kind"] for fragment in self.fragments))


def read_paragraphs(tables: Database, segments: Sequence[Row]) -> list[Paragraph]:
    """Return `segments`, rows of that table, each with its fragments from `tables`, ready to be shown."""
    keys = {(row["id"], row["segment"]) for row in segments}
    found: dict[tuple[str, int], list[Row]] = {}
    if keys:
        # The ids alone let the database skip what it need not read.
        ids = sorted({id for id, _ in keys})
        rows = tables.rows('SELECT * FROM fragments WHERE id IN (SELECT unnest(?)) ORDER BY id, start, "end"', [ids])
        for row in rows:
            if (key := (row["id"], row["segment"])) in keys:
                found.setdefault(key, []).append(row)
    return [paragraph(row, found.get((row["id"], row["segment"]), ())) for row in segments]


def paragraph(row: Row, fragments: Sequence[Row] = ()) -> Paragraph:
    """Return one row of `segments/` with its `fragments`, ready to be shown."""
    raw, text = row["raw"], row["text"].strip()
    shown, clean = raw[:MAX_SHOWN], text[:MAX_SHOWN]
    gone, new = differences(shown, clean) if row["keep"] else ([], [])
    if (len(shown), len(clean)) != (len(raw), len(text)):
        # Cut at one length, the two sides end with different words.
        gone, new = ([span for span in spans if span[1] < MAX_SHOWN] for spans in (gone, new))
    return Paragraph(
        row=row,
        source=tuple(_pieces(shown, row["start"], fragments, gone)),
        cut=len(raw) - len(shown),
        clean=tuple(_bits(clean, 0, len(clean), new)) if row["keep"] else None,
        clean_cut=len(text) - len(clean) if row["keep"] else 0,
        fragments=tuple(fragments),
        held=why_held(row["rule"]),
    )


def _pieces(raw: str, origin: int, fragments: Iterable[Row], changed: Sequence[Span]) -> Iterator[Piece]:
    done = 0
    for fragment in fragments:
        start, end = fragment["start"] - origin, min(fragment["end"] - origin, len(raw))
        if not done <= start < end:
            continue  # one that lies in another is told by the outer one
        if done < start:
            yield Piece(tuple(_bits(raw, done, start, changed)))
        yield Piece(tuple(_bits(raw, start, end, changed)), fragment)
        done = end
    if done < len(raw):
        yield Piece(tuple(_bits(raw, done, len(raw), changed)))


def _bits(text: str, start: int, end: int, changed: Sequence[Span]) -> Iterator[Bit]:
    """Yield text[start:end] in runs that are changed as a whole or not at all."""
    inside = [(max(start, first), min(end, last)) for first, last in changed if first < end and start < last]
    borders = sorted({start, end, *(border for span in inside for border in span)})
    for first, last in pairwise(borders):
        is_changed = any(left <= first < right for left, right in inside)
        for run, acting in runs(text[first:last]):
            yield Bit(run, acting, is_changed)


def told(fragment: Mapping[str, object]) -> str:
    """Return in words what is known of a fragment.

    >>> told({"kind": "residue", "language": "zh-Hans", "gloss": None, "proposal": "closed loop", "applied": False,
    ...       "confidence": 0.4})
    'residue, zh-Hans; perhaps “closed loop” (0.40)'
    """
    gloss, proposal, sure = fragment["gloss"], fragment["proposal"], fragment["confidence"]
    number = f" ({sure:.2f})" if isinstance(sure, float) else ""
    parts = [f"{fragment['kind']}, {fragment['language']}" + ("" if proposal else number)]
    if gloss:
        parts.append(f"translated beside it: “{gloss}”")
    if proposal == "":
        parts.append(("left out" if fragment["applied"] else "perhaps to be left out") + number)
    elif proposal:
        parts.append(f"{'replaced by' if fragment['applied'] else 'perhaps'} “{proposal}”{number}")
    return "; ".join(parts)
