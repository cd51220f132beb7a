"""CSV with a header: a record a row, also where values hold line ends."""

import csv
import hashlib
from collections.abc import Iterator
from typing import IO

from pipeline.errors import InputError
from pipeline.io.cut import Cutter
from pipeline.io.fields import record_of, text_field
from pipeline.io.record import Extent, Input, Options, Record
from pipeline.io.stream import is_packed, open_stream, read_lines

_MOST_HEADER_BYTES = 2**20


def scan(file: Input, options: Options) -> Iterator[Extent]:
    """Yield the extents of `file`; raises InputError where it has no header or no text column, or OSError."""
    with open_stream(file.place) as stream:
        names, head = _header(stream)
        text_field(names, options.text_column)
        cutter = Cutter(head, packed=is_packed(file.place))
        for size, digest, _ in _rows(stream, options):
            if cutter.would_burst(size):
                yield from cutter.cut()
            cutter.feed(digest)
            cutter.add(size)
    yield from cutter.cut()


def read(file: Input, extent: Extent, options: Options) -> Iterator[Record]:
    """Yield the records of `extent`; a row that does not fit the header says why."""
    with open_stream(file.place) as stream:
        names, _ = _header(stream)
    with open_stream(file.place, extent.start) as stream:
        rows = _rows(stream, options, extent.stop - extent.start)
        for ordinal, (_, _, values) in enumerate(rows, extent.first):
            if isinstance(values, str):
                yield _broken(file, ordinal, values)
            elif len(values) != len(names):
                yield _broken(file, ordinal, f"{len(values)} values for {len(names)} columns")
            else:
                row = dict(zip(names, values, strict=True))
                yield record_of(row, ordinal, file.id, file.source, options.text_column)


def _header(stream: IO[bytes]) -> tuple[list[str], bytes]:
    """Return the names of the columns, and the line they stand in."""
    line = stream.readline(_MOST_HEADER_BYTES)
    names = next(csv.reader([_text(line).removeprefix("\ufeff")]), [])
    if not names:
        raise InputError("it has no header")
    return names, line


def _rows(stream: IO[bytes], options: Options, stop: int | None = None) -> Iterator[tuple[int, bytes, list[str] | str]]:
    """Yield each row that is not blank: its size and digest, blank lines before it included, and its values.

    In place of values stands why there are none.
    """
    # Python's own limit is 128 KB; without one, a quote that nobody closes would take in the rest of the file.
    csv.field_size_limit(min(2 * options.max_bytes, 2**31 - 1))
    lines = _Lines(stream, options.max_bytes, stop)
    reader = csv.reader(lines)
    while True:
        try:
            values: list[str] | str | None = next(reader, None)
        except (csv.Error, _TooLongError) as error:
            values, reader = f"not CSV: {error}", csv.reader(lines)
        if values is None:
            return
        if values:
            yield *lines.taken(), values


class _TooLongError(Exception):
    """A line has more bytes than a record may have."""


class _Lines:
    """The lines of a stream as text, each at most about as long as a record may be."""

    def __init__(self, stream: IO[bytes], max_bytes: int, stop: int | None) -> None:
        self._digest, self._size = hashlib.sha256(), 0
        self._lines = read_lines(stream, max_bytes * 2, stop, lambda piece: self._digest.update(piece))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        size, line = next(self._lines)
        self._size += size
        if line is None:
            raise _TooLongError(f"a line of {size:,} bytes")
        self._digest.update(line)
        return _text(line)

    def taken(self) -> tuple[int, bytes]:
        """Return the size and the digest of what was read since this was last asked."""
        found = self._size, self._digest.digest()
        self._digest, self._size = hashlib.sha256(), 0
        return found


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")


def _broken(file: Input, ordinal: int, why: str) -> Record:
    return Record(ordinal, f"{file.id}#{ordinal}", file.source, None, why=why)
