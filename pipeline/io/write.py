"""Parquet files: the same rows give the same bytes, and a file has its name only once it is whole."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import CORPUS_LANGUAGES, TABLES

PART = "part-00000.parquet"
"""The first file of a table, and the only one where there is one unit of work."""

BYTES_PER_GROUP = 32 * 2**20
"""Most bytes in a row group, in memory and unless one row has more: what bounds the memory of long texts."""

FOLDERS: dict[str, pa.Schema] = {
    **{f"corpus/{language}": TABLES["corpus"] for language in CORPUS_LANGUAGES},
    **{name: schema for name, schema in TABLES.items() if name != "corpus"},
}
"""Where the tables lie below OUT, with their schemas."""

ROWS_PER_GROUP = {"segments": 50_000, "fragments": 50_000, "ledger": 50_000, "lexicon": 50_000}
"""About as much text as the 2,000 documents that are a row group in the other tables."""

# Few different values, often repeated; a dictionary of anything else would only be given up half-way.
_REPEATED = frozenset({
    "id", "language", "publisher", "author", "status", "label", "script", "rule", "kind", "host_language",
    "term_language", "translation_language", "origin", "stage", "error",
})  # fmt: skip


class TableWriter:
    """Writes one table into `folder`, row group by row group, whatever portions it is given in.

    Use it as a context manager: on the way out the file is complete under its name or, after an
    exception, gone. Raises OSError where the disk is full or cannot be written to.
    """

    def __init__(self, folder: Path, schema: pa.Schema, *, rows_per_group: int = 2000, part: str = PART) -> None:
        self._path = folder / part
        self._partial = folder / f".{part}.tmp"
        self._schema = schema
        self._rows_per_group = rows_per_group
        self._waiting = pa.Table.from_batches([], schema=schema)
        folder.mkdir(parents=True, exist_ok=True)
        self._file = self._partial.open("wb")
        self._writer = pq.ParquetWriter(
            self._file,
            schema,
            compression="zstd",
            compression_level=3,
            use_dictionary=[name for name in schema.names if name in _REPEATED],
            write_statistics=True,
        )

    def write(self, table: pa.Table) -> None:
        """Append `table`, whose columns have to be those of the schema."""
        self._waiting = pa.concat_tables([self._waiting, table.cast(self._schema)])
        while full := self._full():
            self._write_group(self._waiting.slice(0, full))
            self._waiting = self._waiting.slice(full)

    def _full(self) -> int:
        """Return how many of the waiting rows are a row group, none where there may be room for more.

        It depends on the rows and not on the portions they come in.
        """
        rows = self._waiting.num_rows
        if self._waiting.nbytes <= BYTES_PER_GROUP:
            return self._rows_per_group if rows >= self._rows_per_group else 0
        low, high = 1, min(rows, self._rows_per_group)
        while low < high:
            middle = (low + high + 1) // 2
            if self._waiting.slice(0, middle).nbytes <= BYTES_PER_GROUP:
                low = middle
            else:
                high = middle - 1
        return low

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._writer.is_open = False  # or, unfinished, it would write on when it is collected
            self._file.close()
            self._partial.unlink(missing_ok=True)

    def _finish(self) -> None:
        if self._waiting.num_rows:
            self._write_group(self._waiting)
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._partial.replace(self._path)
        sync_folder(self._path.parent)

    def _write_group(self, rows: pa.Table) -> None:
        # Page borders follow the chunks of a table, and those follow the batches the rows came in.
        self._writer.write_table(rows.combine_chunks(), row_group_size=self._rows_per_group)


def part_name(number: int) -> str:
    """Return the name of the file that holds a table's rows of unit `number`, from 0.

    >>> part_name(7)
    'part-00007.parquet'
    """
    return f"part-{number:05}.parquet"


def open_table(out: Path, name: str, metadata: Mapping[str, str], part: str = PART) -> TableWriter:
    """Return a writer for a file of the folder `name`, a key of `FOLDERS`, below `out`."""
    schema = FOLDERS[name].with_metadata(dict(metadata))
    return TableWriter(out / name, schema, rows_per_group=ROWS_PER_GROUP.get(name, 2000), part=part)


@contextmanager
def table_writers(
    out: Path, metadata: Mapping[str, str], names: Iterable[str] = tuple(FOLDERS)
) -> Iterator[dict[str, TableWriter]]:
    """Open a writer for every folder of `names` below `out`; `metadata` goes into every file."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(open_table(out, name, metadata)) for name in names}


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, so that `path` holds all of it or what it held before."""
    partial = path.with_name(f".{path.name}.tmp")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
