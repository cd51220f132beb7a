"""`clean_batch` in the shapes that Spark and Ray Data ask for, for who holds a frame or a dataset there already.

There is one pass: a document is repaired from itself, the settings' glossary and the dictionary, not from the rest of
the corpus, and duplicates stay. `clean-corpus run --engine ray` does both. Neither Spark nor Ray is imported here.
"""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from pipeline.batch import DEFAULT, clean_batch
from pipeline.schema import CLEANED
from pipeline.settings import Settings


def clean_batches(batches: Iterable[pa.RecordBatch], settings: Settings = DEFAULT) -> Iterator[pa.RecordBatch]:
    """Yield `batches`, with the columns `id` and `text` or `raw`, cleaned, as rows of schema `CLEANED`.

    It is what Spark's `mapInArrow` asks for, given a `frame` with such columns::

        from pyspark.sql.pandas.types import from_arrow_schema
        from pipeline.scale.frames import clean_batches
        from pipeline.schema import CLEANED

        cleaned = frame.select("id", "text").mapInArrow(clean_batches, from_arrow_schema(CLEANED))
        segments = cleaned.selectExpr("inline(segments)")
    """
    for batch in batches:
        yield clean_batch(batch, settings=settings)


def clean_table(table: pa.Table, settings: Settings = DEFAULT) -> pa.Table:
    """Return `table`, with the columns `id` and `text` or `raw`, cleaned, as rows of schema `CLEANED`.

    It is what Ray Data's `map_batches` asks for, given a `dataset` with such columns::

        from pipeline.scale.frames import clean_table

        cleaned = dataset.map_batches(clean_table, batch_format="pyarrow", batch_size=64)

    >>> page = "Condividi\\n\\nIt rained all day, and nobody came to see the fair."
    >>> row = clean_table(pa.table({"id": ["a"], "text": [page]})).to_pylist()[0]
    >>> [segment["label"] for segment in row["segments"]]
    ['nav', 'body']
    """
    return pa.Table.from_batches(clean_batches(table.to_batches(), settings), CLEANED)
