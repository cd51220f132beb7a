"""Makes a large OUT to look at: the tables of a small run, over and over, no two paragraphs alike."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipeline.io.folder import RUN
from pipeline.schema import VERSION

FOLDERS = ("documents", "segments", "fragments", "ledger", "corpus/en", "corpus/zh", "rejects")
LARGE_GROUPS = ("segments", "fragments", "ledger")
"""Tables with groups of 50,000 rows, as a run writes them; the others have 2,000."""

AT_ONCE = 500
"""Copies that make one file."""

_ID = "concat(printf('%06d_', n), {name})"
_OWN = "concat({name}, ' ', md5(concat(n, ' ', {key})))"
"""Something of its own at the end of each text: repeated as they are, all texts would compress to nothing."""

_CHANGED: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "title": _OWN.format(name="title", key="id"),
        "status": "CASE WHEN n % 50 = 49 THEN 'duplicate' WHEN n % 40 = 39 THEN 'empty' ELSE status END",
        "duplicate_of": f"CASE WHEN n % 50 = 49 THEN {_ID.format(name='id')} END",
    },
    "segments": {name: _OWN.format(name=name, key="segment") for name in ("raw", "text")},
}
_ORDER = {"segments": "n, id, segment", "fragments": "n, id, start"}


def make_tables(small: Path, out: Path, documents: int) -> int:
    """Write to `out` what a run over about `documents` would, out of the run in `small`; return how many they are.

    One in fifty is a duplicate, one in forty empty.
    """
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        (there,) = connection.execute(f"SELECT count(*) FROM '{small}/documents/*.parquet'").fetchone() or (0,)
        copies = -(-documents // there)
        for folder in FOLDERS:
            (out / folder).mkdir(parents=True)
            for part, first in enumerate(range(0, copies, AT_ONCE)):
                numbers = range(first, min(first + AT_ONCE, copies))
                connection.execute(_copy(small, out / folder / f"part-{part:05}.parquet", folder, numbers))
    (out / RUN).write_bytes((small / RUN).read_bytes())
    return int(copies * there)


def _copy(small: Path, to: Path, folder: str, numbers: range) -> str:
    changed = {"id": _ID.format(name="id"), **_CHANGED.get(folder, {})}
    replaced = ", ".join(f"{value} AS {name}" for name, value in changed.items())
    return f"""
        COPY (
            SELECT t.* REPLACE ({replaced})
            FROM range({numbers.start}, {numbers.stop}) AS numbers(n), '{small}/{folder}/*.parquet' AS t
            ORDER BY {_ORDER.get(folder, "n, id")}
        ) TO '{to}' (
            FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {50_000 if folder in LARGE_GROUPS else 2_000},
            KV_METADATA {{'clean_corpus.schema': '{VERSION}'}}
        )
    """
