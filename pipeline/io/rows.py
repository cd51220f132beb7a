"""Rows in files of our own, such as a run leaves between its steps."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.arrays import record_batch
from pipeline.io.write import TableWriter

_ROWS_AT_ONCE = 10_000


def write_rows(folder: Path, name: str, schema: pa.Schema, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write `rows` to the file `name`.parquet in `folder`, synced, some at a time."""
    rest = iter(rows)
    with TableWriter(folder, schema, rows_per_group=20_000, part=f"{name}.parquet") as writer:
        while some := list(islice(rest, _ROWS_AT_ONCE)):
            writer.write(table_of(schema, some))


def read_rows(path: Path, columns: list[str] | None = None, at_once: int = 1024) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file, some held `at_once`."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(at_once, columns=columns):
            yield from batch.to_pylist()


def table_of(schema: pa.Schema, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return `rows` as a table."""
    return pa.Table.from_batches([record_batch(rows, schema)])
