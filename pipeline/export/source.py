"""What an export reads: the tables of a run by their short names, and how many rows they have."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import OutputError
from pipeline.io.write import FOLDERS
from pipeline.lookup import Row, table_files

TABLE_FOLDERS = {folder.rpartition("/")[2]: folder for folder in FOLDERS}
"""The name of a table, as `load_dataset` takes it too, to its folder: `en` to `corpus/en`."""

BATCH_ROWS = 512
"""Rows made Python objects at a time."""

CORPUS = ("en", "zh")
"""The product."""


def table_schema(table: str) -> pa.Schema:
    """Return the schema of `table`, a key of `TABLE_FOLDERS`."""
    return FOLDERS[TABLE_FOLDERS[table]]


def table_rows(out: Path, table: str, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of `table` in file order, with all their columns or those named.

    No more than a row group is in memory. Raises OutputError where they cannot be read.
    """
    wanted = list(columns or table_schema(table).names)
    with _explained(out, table):
        for path in table_files(out, TABLE_FOLDERS[table]):
            with pq.ParquetFile(path, pre_buffer=False) as file:
                for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=wanted):
                    yield from batch.select(wanted).to_pylist()


def count_rows(out: Path, table: str) -> int:
    """Return how many rows `table` has; raises OutputError where a file of it cannot be read."""
    with _explained(out, table):
        return sum(pq.read_metadata(path).num_rows for path in table_files(out, TABLE_FOLDERS[table]))


@contextmanager
def _explained(out: Path, table: str) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        told = str(error).partition("\n")[0]
        raise OutputError(f"cannot read table {table} in {out}: {told}") from error
