"""Builds a small OUT by hand, so that what reads a run can be tested without one."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import TABLES, VERSION


def write_out(out: Path, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Path:
    """Write `tables` (keys such as `corpus/en`, rows with any of the columns) and a run.json to `out`."""
    for name in {"corpus/en", "documents", "segments", "fragments", "ledger", "lexicon", "rejects", *tables}:
        schema = TABLES[name.partition("/")[0]].with_metadata({"clean_corpus.schema": VERSION})
        folder = out / name
        folder.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(list(tables.get(name, ())), schema=schema), folder / "part-00000.parquet")
    (out / "run.json").write_text(json.dumps({"program": "clean-corpus"}), encoding="utf-8")
    return out


def segments_of(id: str, raw: str, *rows: tuple[str, str, str]) -> list[dict[str, Any]]:
    """Return the rows of `segments/` for a page: each of `rows` is a text in it, its label and language."""
    found, at = [], 0
    for ordinal, (text, label, language) in enumerate(rows):
        start = raw.index(text, at)
        at = start + len(text)
        found.append({
            "id": id, "segment": ordinal, "start": start, "end": at, "line": 1, "label": label,
            "keep": label in ("body", "heading", "list_item"), "language": language, "language_score": 0.9,
            "script": "Latn", "rule": "test/row", "score": 0.8, "raw": text, "text": text,
        })  # fmt: skip
    return found


def fragment_of(id: str, raw: str, text: str, kind: str, segment: int = 0, **more: Any) -> dict[str, Any]:
    """Return the row of `fragments/` for the first `text` in `raw`."""
    start = raw.index(text)
    return {
        "id": id, "segment": segment, "start": start, "end": start + len(text), "text": text, "kind": kind,
        "language": "zh-Hans", "host_language": "en", "applied": False, "source": "test/row",
        "gloss": None, "proposal": None, "confidence": 0.75, "alternatives": [],
    } | more  # fmt: skip
