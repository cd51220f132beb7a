"""Rows of an OUT folder: the one way in which reports and scores read the tables of a finished run."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.arrays import array
from pipeline.errors import OutputError
from pipeline.io.folder import read_run
from pipeline.schema import TABLES, VERSION

Row = dict[str, Any]

BATCH_ROWS = 8192
"""Rows held in memory at once; a document's text can be large, so few beside the default of 131,072."""


def check_tables(out: Path) -> None:
    """Raise OutputError unless `out` is the output of a run, in a version of the schema that this code reads."""
    read_run(out)
    found = [path for name in TABLES for path in table_files(out, name)]
    if not found:
        raise OutputError(f"{out} is not the output of a run (no tables)")
    metadata: dict[bytes, bytes] = _schema(found[0]).metadata or {}
    said = metadata.get(b"clean_corpus.schema", VERSION.encode()).decode("ascii", "replace")
    if said != VERSION:
        raise OutputError(f"{out} was written with schema {said}; this version reads schema {VERSION}")


def table_files(out: Path, name: str) -> list[Path]:
    """Return the Parquet files of table `name` (a key of `TABLES`) below `out`, sorted."""
    return sorted((out / name).rglob("*.parquet"))


def rows(
    out: Path,
    name: str,
    *,
    columns: Sequence[str] | None = None,
    ids: Collection[str] | None = None,
    where: ds.Expression | None = None,
) -> Iterator[Row]:
    """Yield the rows of table `name`, in file order; with `ids` and `where`, those that fit both.

    A table without files has no rows. Raises OutputError where a file cannot be read or lacks a column.
    """
    files = table_files(out, name)
    if not files:
        return
    try:
        scanner = ds.dataset([str(file) for file in files], format="parquet").scanner(
            columns=list(columns or TABLES[name].names), filter=_both(ids, where), batch_size=BATCH_ROWS
        )
        for batch in scanner.to_batches():
            yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise OutputError(f"cannot read table {name} in {out}: {_first_line(error)}") from error


class Aligned:
    """The rows of one table, document by document, asked for in the order of `documents/`, which all tables have."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter("id"))
        self._next = next(self._groups, None)

    def take(self, id: str) -> list[Row]:
        """Return the rows of document `id`, none if it has none; documents come in order, none is left out."""
        if self._next is None or self._next[0] != id:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found

    def finish(self) -> None:
        """Raise OutputError if there are rows that no document asked for: nothing is left out in silence."""
        if self._next is not None:
            raise OutputError(
                f"rows of no document, or out of order: {self._next[0]}; `clean-corpus verify` tells more"
            )


def _both(ids: Collection[str] | None, where: ds.Expression | None) -> ds.Expression | None:
    if ids is None:
        return where
    wanted = ds.field("id").isin(array(sorted(ids), pa.string()))
    return wanted if where is None else wanted & where


def _schema(file: Path) -> pa.Schema:
    try:
        return ds.dataset([str(file)], format="parquet").schema
    except (pa.ArrowException, OSError) as error:
        raise OutputError(f"cannot read {file}: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
