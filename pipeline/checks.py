"""What has to hold between the rows of one document and its source. Every check yields what is wrong."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.assemble import Paragraph, join, trim
from pipeline.document import KEPT_LABELS, why_held
from pipeline.edit import Step, restore
from pipeline.replay import Place, carry
from pipeline.tables import chrome_languages, corpus_language, status, variants

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One document as OUT holds it; `corpus` has a row a corpus folder the document is in, by language."""

    document: Row
    segments: list[Row]
    fragments: list[Row]
    corpus: dict[str, Row]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs its corpus text has to consist of."""
        made = (Paragraph(r["segment"], r["label"], trim(r["label"], r["text"])) for r in self.segments if r["keep"])
        return [paragraph for paragraph in made if paragraph.text]


def check_segments(raw: str, segments: Sequence[Row]) -> Iterator[str]:
    """Segments are slices of the source, in order; nothing but space is outside them or in two of them."""
    for ordinal, row in enumerate(segments):
        start, end = row["start"], row["end"]
        if row["segment"] != ordinal:
            yield f"segment {row['segment']} stands where {ordinal} belongs"
        if not 0 <= start <= end <= len(raw):
            yield f"segment {ordinal}: {start}-{end} is not in the source"
        elif raw[start:end] != row["raw"]:
            yield f"segment {ordinal}: raw is not the source at {start}-{end}"
        # A strict run holds paragraphs back that their label would keep, and says so.
        if row["keep"] != (row["label"] in KEPT_LABELS and why_held(row["rule"]) is None):
            yield f"segment {ordinal}: keep is {row['keep']} for label {row['label']} by {row['rule']}"
    yield from _check_coverage(raw, [(row["start"], row["end"]) for row in segments])


def _check_coverage(raw: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    done = 0
    for start, end in (*spans, (len(raw), len(raw))):
        if raw[done:start].strip():
            yield f"the source at {done}-{start} is in no segment"
        if raw[max(start, 0) : min(done, end)].strip():
            yield f"the source at {start}-{min(done, end)} is in two segments"
        done = max(done, end)


def check_ledger(raw: str, texts: Sequence[str], ledger: Sequence[Step], segments: Sequence[Row]) -> Iterator[str]:
    """Undoing the ledger gives the source, and each segment's text is what the ledger leaves of its span."""
    final = texts[-1]
    if restore(final, ledger) != raw:
        yield "undoing the ledger does not give the source"
    places = carry(ledger, (Place(row["start"], row["end"]) for row in segments))
    for row, place in zip(segments, places, strict=True):
        left = final[place.start : place.end]
        # A span holds the deleted marks at its ends, and with them the space between those and its words.
        fits = row["text"] in (left, left.rstrip(), left.strip())
        # Where an edit reached across a border, only the plan knows which part of `new` is whose.
        if not fits and (place.exact or row["text"].strip() not in left):
            yield f"segment {row['segment']}: text is not what the ledger leaves of its span"


def check_fragments(raw: str, case: Case) -> Iterator[str]:
    """Fragments and their glosses are slices of the source, and each lies in its segment."""
    for row in case.fragments:
        name = f"fragment at {row['start']}"
        if raw[row["start"] : row["end"]] != row["text"] or not row["text"]:
            yield f"{name}: text is not the source there"
        if row["gloss"] is not None and raw[row["gloss_start"] or 0 : row["gloss_end"] or 0] != row["gloss"]:
            yield f"{name}: gloss is not the source at {row['gloss_start']}-{row['gloss_end']}"
        if not 0 <= row["segment"] < len(case.segments):
            yield f"{name}: there is no segment {row['segment']}"
            continue
        host = case.segments[row["segment"]]
        if not host["start"] <= row["start"] <= row["end"] <= host["end"]:
            yield f"{name}: it is not in segment {row['segment']}"


def check_document(raw: str, case: Case, original: str | None) -> Iterator[str]:
    """The document's own row agrees with its other rows; `original` is the id whose clean text it repeats."""
    row = case.document
    state = status(row["language"], join(case.paragraphs))
    expected = {
        "status": "duplicate" if original else state,
        "duplicate_of": original,
        "n_chars": len(raw),
        "n_segments": len(case.segments),
        "n_kept": sum(segment["keep"] for segment in case.segments),
        "n_fragments": len(case.fragments),
        "chrome_languages": chrome_languages(((s["keep"], s["language"]) for s in case.segments), row["language"]),
    }
    yield from _differences("documents", row, expected)


def check_corpus(case: Case) -> Iterator[str]:
    """The product is there for clean documents only, in its language, and holds the kept segments."""
    document = case.document
    language = corpus_language(document["language"]) if document["status"] == "clean" else None
    if set(case.corpus) != ({language} if language else set()):
        yield f"it is in the corpus of {sorted(case.corpus)}, not of {language}"
    for row in case.corpus.values():
        yield from _differences("corpus", row, _expected_corpus(case))
        if not unicodedata.is_normalized("NFC", row["text"] or ""):
            yield "corpus: text is not in NFC"


def _expected_corpus(case: Case) -> Row:
    paragraphs = case.paragraphs
    text = join(paragraphs)
    hans, hant = variants(case.document["language"], text)
    summaries = (row["text"].strip() for row in case.segments if row["label"] == "summary")
    shared = ("source", "language", "title", "publisher", "author", "published", "updated", "source_sha256")
    kept = {row["segment"] for row in case.segments if row["keep"]}
    return {name: case.document[name] for name in shared} | {
        "summary": "\n\n".join(part for part in summaries if part) or None,
        "text": text,
        "paragraphs": [{"segment": p.segment, "label": p.label, "text": p.text} for p in paragraphs],
        "n_residue": sum(
            row["kind"] == "residue" and not row["applied"] and row["segment"] in kept for row in case.fragments
        ),
        "text_hans": hans,
        "text_hant": hant,
    }


def _differences(table: str, row: Row, expected: Row) -> Iterator[str]:
    for name, value in expected.items():
        if row[name] != value:
            yield f"{table}: {name} is {_short(row[name])}, but {_short(value)} follows from the other tables"


def _short(value: object, limit: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= limit else f"{text[:limit]}…"
