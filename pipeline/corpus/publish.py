"""The last step: the finished units become the tables of OUT."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.corpus.duplicate import settle
from pipeline.corpus.passes import PER_DOCUMENT
from pipeline.corpus.settle import Originals
from pipeline.io.write import PART, open_table, part_name, sync_folder
from pipeline.summary import Tally

_ROWS_AT_ONCE = 1000


def publish_units(
    stage: Path, done: Sequence[tuple[Path, Mapping[str, Any]]], originals: Originals, metadata: Mapping[str, str]
) -> Tally:
    """Write the tables of the `done` units (folder and counts, in order) to `stage`, duplicates told; count them.

    A table has a file a unit, but for units without rows in it; if no unit has any, one file without rows.
    """
    tally = Tally()
    for number, (folder, counts) in enumerate(done):
        tally.merge(counts["tally"])
        original = originals.get(number, {})
        for name in PER_DOCUMENT:
            rows = counts["tally"]["rows"].get(name, 0)
            if rows:
                left = _publish(stage, folder, name, part_name(number), original, metadata)
                tally.rows[name] += left - rows
        for table in _tables(folder, "documents", ["id", "status", "duplicate_of"]):
            tally.add_documents(settle(table, "documents", original))
    for name in PER_DOCUMENT:
        if not any((stage / name).glob("*.parquet")):
            with open_table(stage, name, metadata):
                pass
        sync_folder(stage / name)
    return tally


def _publish(
    stage: Path, folder: Path, name: str, part: str, original: Mapping[str, str], metadata: Mapping[str, str]
) -> int:
    """Put a table of a unit into its place, and return how many rows are left of it."""
    if original and (name == "documents" or name.startswith("corpus/")):
        return _rewrite(stage, folder, name, part, original, metadata)
    target = stage / name / part
    target.parent.mkdir(parents=True, exist_ok=True)
    link(folder / name / PART, target)
    rows: int = pq.read_metadata(target).num_rows
    return rows


def _rewrite(
    stage: Path, folder: Path, name: str, part: str, original: Mapping[str, str], metadata: Mapping[str, str]
) -> int:
    rows = 0
    with open_table(stage, name, metadata, part) as writer:
        for table in _tables(folder, name):
            settled = settle(table, name, original)
            rows += settled.num_rows
            writer.write(settled)
    if not rows:
        (stage / name / part).unlink()
    return rows


def _tables(folder: Path, name: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
    with pq.ParquetFile(folder / name / PART) as file:
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns):
            yield pa.Table.from_batches([batch])


def link(source: Path, target: Path) -> None:
    """Give a finished file a second name, or copy it where a file system has no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())
