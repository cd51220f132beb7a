"""Duplicates: of documents with the same clean text, or nearly the same, only the first stays in the corpus."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa

from pipeline.arrays import array
from pipeline.corpus.near import THRESHOLD, Shingles, jaccard, shingles


class Repeats:
    """Tells which clean texts repeat an earlier one, given them in order, and holds their documents to it.

    `originals` are the ids that others are said to repeat: of those the text is remembered, of all others a digest.
    """

    def __init__(self, originals: Collection[str]) -> None:
        self._originals = originals
        self._first: dict[bytes, str] = {}
        self._texts: dict[str, Shingles] = {}

    def original(self, document: Mapping[str, Any], text: str) -> str | None:
        """Return what `document`, a row of `documents/` with the clean `text`, has to be a duplicate of, if anything.

        That is what it says if that is true; else the first document with the very same text, if there is one.
        """
        id, said = document["id"], document["duplicate_of"]
        first = self._first.setdefault(hashlib.sha256(text.encode()).digest(), id)
        own = shingles(text, document["language"])
        if said is None:
            if id in self._originals:
                self._texts[id] = own
            return None if first == id else first
        if said in self._texts and (said == first or jaccard(own, self._texts[said]) >= THRESHOLD):
            return str(said)
        return None if first == id else first


def settle(table: pa.Table, folder: str, original: Mapping[str, str]) -> pa.Table:
    """Return rows of `folder` with the ids in `original` marked in `documents`, and taken out of the corpus."""
    if folder == "documents":
        return _marked(table, original)
    if folder.startswith("corpus/"):
        return table.filter(array([id not in original for id in table["id"].to_pylist()], pa.bool_()))
    return table


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
