"""Rows of the tables, made from documents; the columns themselves are in `pipeline.schema`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from pipeline.arrays import array, record_batch
from pipeline.assemble import Paragraph, assemble, summarize
from pipeline.document import Candidate, Document, Fragment, Segment
from pipeline.languages.chinese import to_hans, to_hant
from pipeline.languages.language_tag import primary
from pipeline.schema import CLEANED, CORPUS_LANGUAGES, LEXICON, REJECTS
from pipeline.words.lexicon import LexiconEntry

Row = dict[str, Any]

NO_LANGUAGE = frozenset({"und", "zxx"})


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that failed: at which stage, with which class of error, and what that said."""

    id: str
    source: str
    stage: str
    error: str
    message: str
    source_sha256: str | None = None


def escape(text: str) -> str:
    r"""Return `text` fit for UTF-8: the bytes or surrogates that are not are spelled out.

    >>> escape("a\udcff"), escape("\ud800")
    ('a\\xff', '\\ud800')
    """
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "backslashreplace")
    return raw.decode("utf-8", "backslashreplace")


def corpus_language(language: str) -> str | None:
    """Return which corpus a document of `language` belongs to, or None.

    >>> corpus_language("zh-Hant"), corpus_language("en"), corpus_language("pt")
    ('zh', 'en', None)
    """
    tag = primary(language)
    return tag if tag in CORPUS_LANGUAGES else None


def status(language: str, text: str) -> str:
    """Return what became of a document in `language` whose corpus text is `text`, duplicates aside."""
    if not text:
        return "empty"
    return "clean" if corpus_language(language) else "other_language"


def chrome_languages(segments: Iterable[tuple[bool, str]], own: str) -> list[str]:
    """Return the languages, sorted, that a page's furniture is in and its article, in language `own`, is not.

    `segments` are (keep, language); another script of the same language is not another language.

    >>> chrome_languages([(False, "it"), (False, "zh"), (False, "und"), (True, "en")], "zh-Hans")
    ['it']
    """
    found = {language for keep, language in segments if not keep} - NO_LANGUAGE
    return sorted(language for language in found if primary(language) != primary(own))


def variants(language: str, text: str) -> tuple[str | None, str | None]:
    """Return `text` in simplified and in traditional characters; None for other languages than Chinese."""
    return (to_hans(text), to_hant(text)) if corpus_language(language) == "zh" else (None, None)


def cleaned_row(doc: Document, sha256: str) -> Row:
    """Return the row of `CLEANED` for `doc`, whose source bytes have the digest `sha256`."""
    text, paragraphs = assemble(doc.segments)
    shared = _shared(doc, sha256)
    state = status(doc.language, text)
    return shared | {
        "status": state,
        "chrome_languages": chrome_languages(((s.keep, s.language) for s in doc.segments), doc.language),
        "n_segments": len(doc.segments),
        "n_kept": len(doc.kept),
        "n_fragments": len(doc.fragments),
        "duplicate_of": None,
        "n_chars": len(doc.raw),
        "page_type": doc.page_type or None,
        "page_type_score": doc.page_type_score if doc.page_type else None,
        "url": doc.metadata.url,
        "stated": [{"field": field, "source": source} for field, source in doc.metadata.sources],
        "corpus": _corpus(doc, shared, text, paragraphs) if state == "clean" else None,
        "segments": [_segment(doc, ordinal, segment) for ordinal, segment in enumerate(doc.segments)],
        "fragments": [_fragment(doc, fragment) for fragment in doc.fragments],
        "ledger": [
            {
                "id": doc.id,
                "step": ordinal,
                "start": edit.start,
                "old": edit.old,
                "new": edit.new,
                "rule": edit.rule,
            }
            for ordinal, step in enumerate(doc.ledger)
            for edit in step
        ],
        "glosses": [asdict(gloss) for gloss in doc.glosses],
        "reject": None,
    }


def rejected_row(reject: Reject) -> Row:
    """Return the row of `CLEANED` for an input that failed."""
    nested: Row = {name: [] for name in ("segments", "fragments", "ledger", "glosses")}
    return {"id": reject.id, "source": reject.source, "reject": asdict(reject)} | nested


def cleaned(rows: list[Row]) -> pa.RecordBatch:
    """Return `rows` as Arrow; raises pa.ArrowException or UnicodeError where a value does not fit."""
    return record_batch(rows, CLEANED)


def explode(batch: pa.RecordBatch) -> dict[str, pa.Table]:
    """Return the tables nested in `batch` of schema `CLEANED`, by folder name; the lexicon is not in it."""
    table = pa.Table.from_batches([batch])
    good = table.filter(table["reject"].is_null())
    corpus = _rows(good.filter(good["corpus"].is_valid())["corpus"])
    corpora = [corpus_language(language) for language in corpus["language"].to_pylist()]
    return {
        **{
            f"corpus/{name}": corpus.filter(array([p == name for p in corpora], pa.bool_()))
            for name in CORPUS_LANGUAGES
        },
        "documents": good.drop_columns(["corpus", "segments", "fragments", "ledger", "glosses", "reject"]),
        **{name: _rows(good[name], nested=True) for name in ("segments", "fragments", "ledger")},
        "rejects": _rows(table.filter(table["reject"].is_valid())["reject"]),
    }


def lexicon_table(entries: Iterable[LexiconEntry]) -> pa.Table:
    """Return the table `lexicon/`."""
    rows = [
        asdict(entry) | {"examples": [{"id": id, "start": start} for id, start in entry.examples]} for entry in entries
    ]
    return pa.Table.from_batches([record_batch(rows, LEXICON)])


def rejects_table(rejects: Iterable[Reject]) -> pa.Table:
    """Return the table `rejects/`, in the order given."""
    return pa.Table.from_batches([record_batch(map(asdict, rejects), REJECTS)])


def _rows(column: pa.ChunkedArray, nested: bool = False) -> pa.Table:
    kind = column.type.value_type if nested else column.type
    chunks = [chunk.flatten() if nested else chunk for chunk in column.chunks]
    return pa.Table.from_batches([pa.RecordBatch.from_struct_array(c) for c in chunks], schema=pa.schema(list(kind)))


def _shared(doc: Document, sha256: str) -> Row:
    page = doc.metadata
    return {
        "id": doc.id,
        "source": doc.source,
        "language": doc.language,
        "title": page.title,
        "publisher": page.publisher,
        "author": page.author,
        "published": page.published,
        "updated": page.updated,
        "source_sha256": sha256,
    }


def _corpus(doc: Document, shared: Row, text: str, paragraphs: tuple[Paragraph, ...]) -> Row:
    hans, hant = variants(doc.language, text)
    return shared | {
        "summary": summarize(doc.segments),
        "text": text,
        "paragraphs": [asdict(paragraph) for paragraph in paragraphs],
        # What stays glossed is understood as it stands, so only bare leftovers count.
        "n_residue": sum(
            fragment.kind == "residue" and not fragment.applied and doc.segments[fragment.segment].keep
            for fragment in doc.fragments
        ),
        "text_hans": hans,
        "text_hant": hant,
    }


def _segment(doc: Document, ordinal: int, segment: Segment) -> Row:
    return {
        "id": doc.id,
        "segment": ordinal,
        "start": segment.start,
        "end": segment.end,
        "line": segment.line,
        "label": segment.label,
        "keep": segment.keep,
        "language": segment.language,
        "language_score": segment.language_score,
        "script": segment.script,
        "rule": segment.rule,
        "score": segment.score,
        "raw": doc.raw[segment.start : segment.end],
        "text": segment.text,
        "runner_up": segment.runner_up or None,
        "runner_up_score": segment.runner_up_score if segment.runner_up else None,
        "sentences": None if segment.sentences is None else [asdict(tag) for tag in segment.sentences],
    }


def _origins(candidates: Sequence[Candidate]) -> Iterator[str]:
    """Yield the source of the first of `candidates`, then what those of the others name beyond it."""
    told: set[str] = set()
    # What an alternative comes from may ask for credit just as what is proposed.
    for group in (candidates[:1], candidates[1:]):
        named = [part for candidate in group for part in candidate.source.split("+") if part not in told]
        if named:
            yield "+".join(dict.fromkeys(named))
            told.update(named)


def _fragment(doc: Document, fragment: Fragment) -> Row:
    best = fragment.candidates[0] if fragment.candidates else None
    return {
        "id": doc.id,
        "segment": fragment.segment,
        "start": fragment.start,
        "end": fragment.end,
        # As it stands in the source, so that offsets and text agree; the stages saw it without its marks.
        "text": doc.raw[fragment.start : fragment.end],
        "kind": fragment.kind,
        "language": fragment.language,
        "host_language": fragment.host_language,
        "gloss": fragment.gloss if fragment.gloss_start is None else doc.raw[fragment.gloss_start : fragment.gloss_end],
        "gloss_start": fragment.gloss_start,
        "gloss_end": fragment.gloss_end,
        "proposal": best.text if best else None,
        "applied": fragment.applied,
        "source": "; ".join((fragment.source, *_origins(fragment.candidates))),
        "confidence": best.confidence if best else fragment.confidence,
        "alternatives": [candidate.text for candidate in fragment.candidates[1:]],
    }
