"""The tables of OUT as a database: SQL over the Parquet files, which are only ever read."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import duckdb

from pipeline.errors import OutputError
from pipeline.lookup import check_tables, table_files
from pipeline.schema import CORPUS_LANGUAGES, TABLES

Row = dict[str, Any]

MEMORY = "256MiB"
"""Held by queries unless told otherwise; what does not fit goes to temporary files."""

_CONFIG = {
    # No query may load code or reach the network.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


class Database:
    """A view for every table of a run, by the table's name; the two folders of the corpus are one, `corpus`.

    Rows come in the order in which they were written. Use it as a context manager. Raises OutputError where
    `out` is not the output of a run, or a table cannot be read.
    """

    def __init__(self, out: Path, memory: str = MEMORY) -> None:
        check_tables(out)
        self._spill = tempfile.TemporaryDirectory(prefix="clean-corpus-")
        threads = max(1, min(4, os.cpu_count() or 1))
        self._connection = duckdb.connect(config={
            **_CONFIG, "memory_limit": memory, "threads": threads, "temp_directory": self._spill.name,
        })  # fmt: skip
        for name in TABLES:
            self._add_view(out, name)
        for setting in (
            f"allowed_directories = [{_literal(f'{out.resolve()}/')}, {_literal(f'{self._spill.name}/')}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._connection.execute(f"SET {setting}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        with suppress(OSError):  # of no use to anybody, and the system sweeps it
            self._spill.cleanup()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return what `sql` finds, `values` standing for its question marks; safe to call from several threads."""
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(sql, list(values))
                names = [column[0] for column in cursor.description or ()]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            raise OutputError(f"cannot read the tables: {str(error).partition(chr(10))[0]}") from error

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row:
        """Return the only row that `sql` finds."""
        (row,) = self.rows(sql, values)
        return row

    def _add_view(self, out: Path, name: str) -> None:
        files = table_files(out.resolve(), name)
        if name == "corpus":
            files = [file for file in files if file.parent.name in CORPUS_LANGUAGES]
        if files:
            listed = ", ".join(_literal(file) for file in files)
            source = f"read_parquet([{listed}], hive_partitioning = false)"
        else:
            self._connection.register(f"_no_{name}", TABLES[name].empty_table())
            source = f"_no_{name}"
        try:
            self._connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {source}")
        except duckdb.Error as error:
            raise OutputError(f"cannot read table {name} in {out}: {str(error).partition(chr(10))[0]}") from error


def _literal(path: object) -> str:
    """Return a path as a string of SQL. Signs of patterns in it do no harm: a file of that very name goes first."""
    doubled = str(path).replace("'", "''")
    return f"'{doubled}'"
