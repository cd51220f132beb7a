"""Records some at a time, as the stages take them, each with what the first pass has found of it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.arrays import record_batch
from pipeline.io.record import Record
from pipeline.io.rows import read_rows
from pipeline.schema import GLOSSES

MAX_BATCH_DOCUMENTS = 32
MAX_BATCH_BYTES = 8 * 2**20
"""A batch is full at either; neither shows in the tables."""

_CUT = [(name, pa.int64()) for name in ("start", "end", "at", "length")]
SKETCH = pa.struct([
    ("cuts", pa.list_(pa.struct([*_CUT, ("line", pa.int64()), ("glued", pa.bool_())]))),
    ("glosses", pa.list_(pa.struct(list(GLOSSES)))),
])  # fmt: skip
SKETCHES = pa.schema([("ordinal", pa.int64()), ("sketch", SKETCH)])


class Sketches:
    """The sketches of a unit's documents, asked for in the order of its records."""

    def __init__(self, rows: Iterable[Mapping[str, Any]] = ()) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    @classmethod
    def read(cls, path: Path) -> "Sketches":
        """Return those in a file of `SKETCHES`."""
        return cls(read_rows(path, at_once=MAX_BATCH_DOCUMENTS))

    def of(self, ordinal: int) -> Any:
        """Return the sketch of record `ordinal` as plain data, None where the first pass has made none."""
        while self._next is not None and self._next["ordinal"] < ordinal:
            self._next = next(self._rows, None)
        return self._next["sketch"] if self._next is not None and self._next["ordinal"] == ordinal else None


def grouped(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records some at a time, each kind apart."""
    full: list[Record] = []
    size = 0
    for record in records:
        if full and full[0].kind != record.kind:
            yield full
            full, size = [], 0
        full.append(record)
        size += len(record.content or b"")
        if len(full) >= MAX_BATCH_DOCUMENTS or size >= MAX_BATCH_BYTES:
            yield full
            full, size = [], 0
    if full:
        yield full


def batch_of(group: list[Record], sketches: Sketches) -> pa.RecordBatch:
    """Return the records of a `group` as what `pipeline.batch` takes."""
    kind = group[0].kind
    rows = (
        {"id": one.id, "source": one.source, "site": one.site, kind: one.content, "sketch": sketches.of(one.ordinal)}
        for one in group
    )
    told = [(name, pa.string()) for name in ("id", "source", "site")]
    content = (kind, pa.binary() if kind == "raw" else pa.string())
    return record_batch(rows, pa.schema([*told, content, ("sketch", SKETCH)]))
