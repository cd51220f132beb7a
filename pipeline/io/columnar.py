"""Parquet and Arrow files: a record a row."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError
from pipeline.io.fields import ID_NAMES, URL_NAMES, record_of, text_field
from pipeline.io.location import is_url, open_file
from pipeline.io.record import Extent, Input, Options, Record, unit_bytes

_BATCH_ROWS = 64
"""Rows held at once: texts can be long."""


def scan(file: Input, options: Options) -> Iterator[Extent]:
    """Yield the extents of `file`; raises InputError where it is damaged or has no text column, or OSError."""
    with _opened(file) as groups:
        text_field(groups.names, options.text_column)
        digest = _digest(file.place)
        start = stop = size = done = 0
        for rows, n_bytes in groups.sizes():
            parts = -(-n_bytes // unit_bytes(done + size)) or 1
            for part in range(parts):
                if stop > start and size + n_bytes // parts > unit_bytes(done):
                    yield _extent(start, stop, size, digest)
                    start, done, size = stop, done + size, 0
                # The rows of a large group are taken to be alike.
                stop += rows * (part + 1) // parts - rows * part // parts
                size += n_bytes // parts
        if stop > start:
            yield _extent(start, stop, size, digest)


def read(file: Input, extent: Extent, options: Options) -> Iterator[Record]:
    """Yield the records of `extent`."""
    with _opened(file) as groups:
        text = text_field(groups.names, options.text_column)
        columns = list(dict.fromkeys((text, *(name for name in (*ID_NAMES, *URL_NAMES) if name in groups.names))))
        ordinal = extent.start
        for batch in groups.batches(columns, extent.start, extent.stop):
            for row in batch.to_pylist():
                ordinal += 1
                yield record_of(row, ordinal, file.id, file.source, text)


def _extent(start: int, stop: int, size: int, digest: str) -> Extent:
    return Extent(start, stop, start + 1, stop - start, size, digest)


class _Groups:
    """A file as groups of rows, which are read one after the other."""

    def __init__(self, file: pq.ParquetFile) -> None:
        self._file = file
        self.names: list[str] = list(file.schema_arrow.names)

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Yield how many rows and bytes, unpacked, each group has."""
        for number in range(self._file.num_row_groups):
            group = self._file.metadata.row_group(number)
            yield group.num_rows, group.total_byte_size

    def batches(self, columns: list[str], start: int, stop: int) -> Iterator[pa.RecordBatch]:
        """Yield `columns` of the rows from `start` to `stop`."""
        first = 0
        for number, (rows, _) in enumerate(self.sizes()):
            if first < stop and first + rows > start:
                found = self._file.iter_batches(_BATCH_ROWS, row_groups=[number], columns=columns)
                yield from _between(found, first, start, stop)
            first += rows


class _ArrowGroups(_Groups):
    """The same of an Arrow file, whose record batches are the groups."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.names = list(stream.schema.names)

    def sizes(self) -> Iterator[tuple[int, int]]:
        for batch in self._all():
            yield batch.num_rows, batch.nbytes

    def batches(self, columns: list[str], start: int, stop: int) -> Iterator[pa.RecordBatch]:
        for batch in _between(self._all(), 0, start, stop):
            yield from (batch.select(columns).slice(at, _BATCH_ROWS) for at in range(0, batch.num_rows, _BATCH_ROWS))

    def _all(self) -> Iterator[pa.RecordBatch]:
        if isinstance(self._stream, pa.RecordBatchFileReader):
            yield from map(self._stream.get_batch, range(self._stream.num_record_batches))
        else:
            yield from self._stream


def _between(batches: Iterator[pa.RecordBatch], first: int, start: int, stop: int) -> Iterator[pa.RecordBatch]:
    """Yield of `batches`, the first row of which is row `first`, the rows from `start` to `stop`."""
    for batch in batches:
        if first >= stop:
            return
        low, high = max(start - first, 0), min(stop - first, batch.num_rows)
        if low < high:
            yield batch.slice(low, high - low)
        first += batch.num_rows


@contextmanager
def _opened(file: Input) -> Iterator[_Groups]:
    with ExitStack() as stack:
        try:
            if file.id.lower().endswith(".parquet"):
                source = stack.enter_context(open_file(file.place))
                yield _Groups(stack.enter_context(pq.ParquetFile(source)))
            else:
                yield _ArrowGroups(_open_arrow(file.place, stack))
        except pa.ArrowException as error:
            raise InputError(f"cannot be read: {str(error).partition(chr(10))[0]}") from error


def _open_arrow(place: str, stack: ExitStack) -> Any:
    # Memory is mapped where that can be done: an Arrow file is as large as what is in it.
    source = open_file(place) if is_url(place) else pa.memory_map(place)
    stack.enter_context(source)
    try:
        return stack.enter_context(pa.ipc.open_file(source))
    except pa.ArrowInvalid:
        source.seek(0)
        return stack.enter_context(pa.ipc.open_stream(source))


def _digest(place: str) -> str:
    digest = hashlib.sha256()
    with open_file(place) as file:
        while data := file.read(2**20):
            digest.update(data)
    return digest.hexdigest()
