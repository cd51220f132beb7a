"""A folder for the Hugging Face hub: the run's own Parquet files, a card, and Croissant metadata.

OUT itself can be loaded by `datasets` too. This folder has only what is asked for, and nothing that is empty, which
`datasets` refuses.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipeline.export.croissant import render_croissant
from pipeline.export.source import TABLE_FOLDERS, count_rows
from pipeline.io.card import render_card
from pipeline.io.write import write_text
from pipeline.lookup import table_files


def write_folder(out: Path, stage: Path, tables: Sequence[str]) -> None:
    """Write the folder to `stage` from the `tables` of `out`, all of which have rows."""
    files = {table: table_files(out, TABLE_FOLDERS[table]) for table in tables}
    copies = {table: [_copied(file, out, stage) for file in found] for table, found in files.items()}
    write_text(stage / "README.md", render_card({TABLE_FOLDERS[table]: count_rows(out, table) for table in tables}))
    write_text(stage / "croissant.json", render_croissant(stage, copies))


def _copied(file: Path, out: Path, stage: Path) -> str:
    """Copy `file` of `out` to the same place in `stage`; return that place."""
    name = file.relative_to(out)
    (stage / name).parent.mkdir(parents=True, exist_ok=True)
    with file.open("rb") as source, (stage / name).open("xb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())
    return name.as_posix()
