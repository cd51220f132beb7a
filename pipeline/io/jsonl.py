"""JSON lines: a record a line."""

import json
from collections.abc import Iterator

from pipeline.io.cut import Cutter
from pipeline.io.fields import record_of
from pipeline.io.record import Extent, Input, Options, Record
from pipeline.io.stream import is_packed, open_stream, read_lines

_MARKUP = 6
"""Times the bytes of a text that JSON may need for it: an escape of six for each."""


def scan(file: Input, options: Options) -> Iterator[Extent]:
    """Yield the extents of `file`; raises InputError or OSError where it cannot be read or unpacked."""
    cutter = Cutter(packed=is_packed(file.place))
    with open_stream(file.place) as stream:
        for size, line in read_lines(stream, _longest(options), pass_by=cutter.feed):
            # Nobody knows how long a line is before it is over, and of one that is too long nothing is held.
            if line is not None:
                if cutter.would_burst(size):
                    yield from cutter.cut()
                cutter.feed(line)
            cutter.add(size, n_records=int(line is None or not line.isspace()))
    yield from cutter.cut()


def read(file: Input, extent: Extent, options: Options) -> Iterator[Record]:
    """Yield the records of `extent`; a line that is no record says why."""
    with open_stream(file.place, extent.start) as stream:
        lines = read_lines(stream, _longest(options), extent.stop - extent.start)
        for ordinal, (size, line) in enumerate(lines, extent.first):
            if line is None:
                yield _broken(file, ordinal, f"a line of {size:,} bytes; at most {_longest(options):,} are read")
            elif not line.isspace():
                yield _record(file, ordinal, line, options)


def _record(file: Input, ordinal: int, line: bytes, options: Options) -> Record:
    try:
        row = json.loads(line)
    # A number of a million digits, brackets in brackets a million deep: all of it is somebody's line.
    except (ValueError, RecursionError) as error:
        return _broken(file, ordinal, f"not JSON: {error}")
    if not isinstance(row, dict):
        return _broken(file, ordinal, f"no JSON object but {type(row).__name__}")
    return record_of(row, ordinal, file.id, file.source, options.text_column)


def _broken(file: Input, ordinal: int, why: str) -> Record:
    return Record(ordinal, f"{file.id}#{ordinal}", file.source, None, why=why)


def _longest(options: Options) -> int:
    return options.max_bytes * _MARKUP
