"""Makes a large OUT to look at: the tables of a small run, over and over, no two documents alike."""

import random
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipeline.io.folder import RUN
from pipeline.schema import VERSION

GROUPS = {"documents": 2_000, "corpus/en": 2_000, "corpus/zh": 2_000, "rejects": 2_000}
MANY = 50_000
"""Rows of a group in the other tables, as a run writes them."""

LETTERS = "aeiostnrlu"
"""Swapped among each other, otherwise in each copy: repeated as they are, texts would compress to nothing."""

_ID = "concat(printf('%06d_', n), {name})"
_CHANGED: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "title": "{swapped}",
        "status": "CASE WHEN n % 50 = 49 THEN 'duplicate' WHEN n % 40 = 39 THEN 'empty' ELSE status END",
        "duplicate_of": f"CASE WHEN n % 50 = 49 THEN {_ID.format(name='id')} END",
    },
    "segments": {"raw": "{swapped}", "text": "{swapped}"},
    "corpus/en": {"text": "{swapped}"},
    "corpus/zh": {"text": "{swapped}"},
}
_ORDER = {"segments": "n, id, segment", "fragments": "n, id, start"}


def make_tables(small: Path, out: Path, documents: int) -> int:
    """Write to `out` what a run over about `documents` would, out of the run in `small`; return how many they are.

    One in fifty is a duplicate, one in forty empty.
    """
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        (there,) = connection.execute(f"SELECT count(*) FROM '{small}/documents/*.parquet'").fetchone() or (0,)
        copies = -(-documents // there)
        for folder in ("documents", "segments", "fragments", "ledger", "corpus/en", "corpus/zh", "lexicon", "rejects"):
            (out / folder).mkdir(parents=True)
            connection.execute(_copy(small, out, folder, 1 if folder == "lexicon" else copies))
    (out / RUN).write_bytes((small / RUN).read_bytes())
    return int(copies * there)


def _copy(small: Path, out: Path, folder: str, copies: int) -> str:
    changed = {} if folder == "lexicon" else {"id": _ID.format(name="id")}
    for name, value in _CHANGED.get(folder, {}).items():
        changed[name] = value.format(swapped=f"translate({name}, '{LETTERS}', {_alphabet()})")
    replaced = f"REPLACE ({', '.join(f'{value} AS {name}' for name, value in changed.items())})" if changed else ""
    return f"""
        COPY (
            SELECT t.* {replaced} FROM range({copies}) AS numbers(n), '{small}/{folder}/*.parquet' AS t
            ORDER BY {_ORDER.get(folder, "n")}
        ) TO '{out}/{folder}/part-00000.parquet' (
            FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUPS.get(folder, MANY)},
            KV_METADATA {{'clean_corpus.schema': '{VERSION}'}}
        )
    """


def _alphabet() -> str:
    """Return the expression of SQL that picks an order of `LETTERS` by the number of the copy."""
    chance = random.Random(0)
    orders = ("".join(chance.sample(LETTERS, len(LETTERS))) for _ in range(500))
    listed = ", ".join(f"'{order}'" for order in orders)
    return f"([{listed}])[1 + n % 500]"
