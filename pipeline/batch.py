"""The one function that local workers, Ray and Spark all call: documents in, their tables out, as Arrow."""

import hashlib
from collections.abc import Iterator
from types import TracebackType

import pyarrow as pa

from pipeline import plan
from pipeline.document import Document, GlossPair
from pipeline.errors import DecodeError, InputError, RuleError, SettingsError
from pipeline.io.decode import decode
from pipeline.lexicon import LexiconEntry
from pipeline.settings import Settings
from pipeline.tables import Reject, cleaned, cleaned_row, escape, rejected_row

DEFAULT = Settings()

PROGRAM_FAULTS = (RuleError, SettingsError, ImportError)
"""No page can be blamed for these, and every page would meet them: the run has to stop."""


def clean_batch(
    batch: pa.RecordBatch, *, settings: Settings = DEFAULT, lexicon: tuple[LexiconEntry, ...] = ()
) -> pa.RecordBatch:
    """Return `batch` cleaned, one row of schema `CLEANED` a row of it, in the same order.

    `batch` has the columns `id` and either `raw` (bytes) or `text`; `source` is optional. A document
    that cannot be processed comes back as a reject. Raises InputError where the columns are others,
    and what says that the program itself is broken (PROGRAM_FAULTS).
    """
    kind = _content_column(batch)
    parts = [_clean_one(batch, row, kind, settings, lexicon) for row in range(batch.num_rows)]
    return pa.Table.from_batches(parts).combine_chunks().to_batches()[0] if parts else cleaned([])


def sketch_batch(
    batch: pa.RecordBatch, *, settings: Settings = DEFAULT
) -> Iterator[tuple[str, tuple[GlossPair, ...] | Reject]]:
    """Yield the id and the harvest of each document of `batch`, or why there is none: the first pass."""
    kind = _content_column(batch)
    for row in range(batch.num_rows):
        id, source, digest = _text(batch, row, "id"), _text(batch, row, "source"), _digest(batch, row, kind)
        try:
            yield id, plan.sketch(_content(batch, row, kind, settings), id=id, source=source).glosses
        except PROGRAM_FAULTS:
            raise
        except Exception as error:  # as in _clean_one
            yield id, _reject(error, id, source, digest)


def _clean_one(
    batch: pa.RecordBatch, row: int, kind: str, settings: Settings, lexicon: tuple[LexiconEntry, ...]
) -> pa.RecordBatch:
    id, source, digest = _text(batch, row, "id"), _text(batch, row, "source"), _digest(batch, row, kind)
    try:
        text = _content(batch, row, kind, settings)
        doc: Document = plan.clean(text, id=id, source=source, settings=settings, lexicon=lexicon)
        return cleaned([cleaned_row(doc, digest or "")])
    except PROGRAM_FAULTS:
        raise
    # Whatever one page provokes in the stages, in a library below them or in Arrow must not cost its
    # neighbours, and nothing is hidden: the error becomes a row that the exit status tells of.
    except Exception as error:
        return cleaned([rejected_row(_reject(error, id, source, digest))])


def _content_column(batch: pa.RecordBatch) -> str:
    names = set(batch.schema.names)
    if "id" not in names or len(names & {"raw", "text"}) != 1:
        raise InputError(f"a batch needs the columns id and either raw or text, not {sorted(names)}")
    return "raw" if "raw" in names else "text"


def _text(batch: pa.RecordBatch, row: int, column: str) -> str:
    value = batch.column(column)[row].as_py() if column in batch.schema.names else None
    return "" if value is None else escape(str(value))


def _content(batch: pa.RecordBatch, row: int, kind: str, settings: Settings) -> str:
    data = batch.column(kind)[row].as_buffer()
    if data is None or data.size == 0:
        raise InputError("the document is empty")
    if data.size > settings.max_document_bytes:
        raise InputError(f"{data.size:,} bytes; at most {settings.max_document_bytes:,} are read (max_document_bytes)")
    raw: bytes = data.to_pybytes()
    # A text column is UTF-8 by Arrow's own rule; only bytes leave their encoding to be found out.
    return decode(raw).text if kind == "raw" else raw.decode()


def _digest(batch: pa.RecordBatch, row: int, kind: str) -> str | None:
    data = batch.column(kind)[row].as_buffer()
    return None if data is None else hashlib.sha256(data).hexdigest()


def _reject(error: Exception, id: str, source: str, digest: str | None) -> Reject:
    # A MemoryError, for one, says nothing.
    return Reject(id, source, _stage(error), type(error).__name__, escape(str(error)) or type(error).__name__, digest)


def _stage(error: Exception) -> str:
    """Return the stage `error` came from: the last stage module it passed through."""
    if isinstance(error, InputError):
        return "read"
    if isinstance(error, DecodeError):
        return "decode"
    return next(reversed([name for name in _modules(error.__traceback__) if name]), "clean")


def _modules(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        name: str = trace.tb_frame.f_globals.get("__name__", "")
        yield name.removeprefix("pipeline.stages.") if name.startswith("pipeline.stages.") else ""
        trace = trace.tb_next
