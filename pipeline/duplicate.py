"""Exact duplicates: of documents with the same clean text only the first stays in the corpus."""

import hashlib
from collections.abc import Mapping

import pyarrow as pa

from pipeline.arrays import array
from pipeline.schema import CORPUS_LANGUAGES


class Duplicates:
    """Remembers the clean texts seen so far, as digests."""

    def __init__(self) -> None:
        self._first: dict[bytes, str] = {}

    def original(self, id: str, text: str) -> str | None:
        """Return the id that brought `text` first, or None if that is `id` itself."""
        first = self._first.setdefault(hashlib.sha256(text.encode()).digest(), id)
        return None if first == id else first


def settle(tables: Mapping[str, pa.Table], seen: Duplicates) -> dict[str, pa.Table]:
    """Return `tables`, by folder name, with duplicates marked in `documents` and taken out of the corpus.

    The first is the smallest id, provided that all tables of a run come in the order of ids.
    """
    folders = [f"corpus/{language}" for language in CORPUS_LANGUAGES]
    texts = sorted(
        pair
        for folder in folders
        for pair in zip(*(tables[folder][name].to_pylist() for name in ("id", "text")), strict=True)
    )
    original = {id: first for id, text in texts if (first := seen.original(id, text)) is not None}
    kept = {
        folder: tables[folder].filter(
            array([id not in original for id in tables[folder]["id"].to_pylist()], pa.bool_())
        )
        for folder in folders
    }
    return {**tables, **kept, "documents": _marked(tables["documents"], original)}


def _marked(documents: pa.Table, original: Mapping[str, str]) -> pa.Table:
    ids, states = documents["id"].to_pylist(), documents["status"].to_pylist()
    changed = {
        "status": ["duplicate" if id in original else state for id, state in zip(ids, states, strict=True)],
        "duplicate_of": [original.get(id) for id in ids],
    }
    for name, values in changed.items():
        at = documents.schema.get_field_index(name)
        documents = documents.set_column(at, documents.field(at), array(values, pa.string()))
    return documents
