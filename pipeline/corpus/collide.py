"""Which rows of many files have a value in common, in memory that does not grow with the files."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.arrays import array

ROWS_AT_ONCE = 2**22
"""About as many rows as are held at once, 100 MB; more make more turns through the files."""

KEYS = pa.schema([("key", pa.int64()), ("row", pa.int32())])
"""The columns of such files: a value, and what row it belongs to."""

Place = tuple[int, int]
"""The number of a file, and a row."""


def collisions(files: Sequence[Path], n_rows: int) -> Iterator[list[Place]]:
    """Yield the places of `files` (schema `KEYS`, about `n_rows` together) that share a key, each group in order."""
    turns = 1
    while n_rows > turns * ROWS_AT_ONCE:
        turns *= 2
    for turn in range(turns):
        parts = [_part(number, file, turns, turn) for number, file in enumerate(files)]
        yield from _groups(pa.concat_tables(parts)) if parts else ()


def _part(number: int, file: Path, turns: int, turn: int) -> pa.Table:
    with pq.ParquetFile(file) as opened:
        table = opened.read()
    if turns > 1:
        low = pc.bit_wise_and(table["key"], pa.scalar(turns - 1, pa.int64()))
        table = table.filter(pc.equal(low, pa.scalar(turn, pa.int64())))
    return table.append_column("file", array([number] * table.num_rows, pa.int32()))


def _groups(table: pa.Table) -> Iterator[list[Place]]:
    if table.num_rows < 2:
        return
    table = table.sort_by([("key", "ascending"), ("file", "ascending"), ("row", "ascending")]).combine_chunks()
    keys = table["key"].chunk(0)
    same = pc.equal(keys.slice(1), keys.slice(0, len(keys) - 1))
    no = array([False], pa.bool_())
    shared = pc.or_(pa.concat_arrays([no, same]), pa.concat_arrays([same, no]))
    for _, group in groupby(_rows(table.filter(shared)), key=itemgetter(0)):
        found = sorted({(file, row) for _, file, row in group})
        if len(found) > 1:
            yield found


def _rows(table: pa.Table) -> Iterator[tuple[int, int, int]]:
    """Yield key, file and row, some held at a time: as Python objects they take twenty times the memory."""
    for batch in table.to_batches(max_chunksize=8192):
        yield from zip(*(batch[name].to_pylist() for name in ("key", "file", "row")), strict=True)


def take_rows(file: Path, rows: Sequence[int], columns: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield `rows` of `file`, which are sorted, each with its number."""
    first = at = 0
    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches(8192, columns=columns):
            while at < len(rows) and rows[at] < first + batch.num_rows:
                yield rows[at], batch.slice(rows[at] - first, 1).to_pylist()[0]
                at += 1
            first += batch.num_rows
            if at == len(rows):
                return
