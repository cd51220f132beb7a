"""The examples for Spark and Ray Data are true; without them, what they call holds to its contract with plain Arrow."""

import inspect
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.batch import clean_batch
from pipeline.scale.frames import clean_batches, clean_table
from pipeline.schema import CLEANED

ROOT = Path(__file__).parent.parent
PAGES = pa.table(
    {
        "id": [f"page {n}" for n in range(6)],
        "text": [f"Condividi\n\nIt rained all day, and {n} people came to see the fair." for n in range(6)],
    }
)
ROWS = [row for batch in PAGES.to_batches() for row in clean_batch(batch).to_pylist()]


def example(function: Callable[..., Any]) -> str:
    """Return the code in the docstring of `function`."""
    found = re.search(r"::\n\n((?:    .*\n|\n)+)", f"{inspect.getdoc(function)}\n")
    assert found
    return inspect.cleandoc(found[1])


def test_batches_one_at_a_time() -> None:
    given = iter(PAGES.to_batches(max_chunksize=2))
    found = clean_batches(given)
    assert next(found).to_pylist() == ROWS[:2]
    assert next(given).num_rows == 2, "it reads no further than it is asked to"
    assert [batch.to_pylist() for batch in found] == [ROWS[4:]]


def test_tables() -> None:
    assert clean_table(PAGES).to_pylist() == ROWS
    assert clean_table(PAGES.slice(0, 0)).schema == CLEANED


def test_the_example_for_ray_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    ray = pytest.importorskip("ray", reason="ray is not installed (extra ray)")
    data = pytest.importorskip("ray.data", reason="what Ray Data needs is not installed (ray[data])")
    ray.init("local", num_cpus=1, include_dashboard=False, log_to_driver=False, object_store_memory=100 * 2**20)
    try:
        names = {"dataset": data.from_arrow(PAGES)}
        exec(example(clean_table), names)
        rows = pa.concat_tables(ray.get(names["cleaned"].to_arrow_refs())).to_pylist()
    finally:
        ray.shutdown()
    assert sorted(rows, key=lambda row: row["id"]) == ROWS


def test_the_example_for_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]))
    settings = {"spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    spark = sql.SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
    try:
        names = {"frame": spark.createDataFrame(PAGES)}
        exec(example(clean_batches), names)
        rows = names["cleaned"].toArrow().to_pylist()
        segments = names["segments"].count()
    finally:
        spark.stop()
    assert sorted(rows, key=lambda row: row["id"]) == ROWS
    assert segments == sum(len(row["segments"]) for row in ROWS)
