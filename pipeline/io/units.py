"""Units of work: what is found is cut into them, and the records of one are read."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from pipeline.errors import DecodeError, InputError
from pipeline.io import columnar, csv_rows, jsonl, warc
from pipeline.io.html import html_source
from pipeline.io.record import LOOSE, Extent, Input, Options, Record, Unit, unit_bytes
from pipeline.io.stream import open_stream, suffixes

KNOWN = ".txt, .html, .jsonl, .csv (all of them also .gz or .zst), .parquet, .arrow, .warc or .warc.gz file"
"""What can be read, for a message."""

MOST_FILES = 10_000
"""Loose files in one unit: many tiny ones are much work too."""

_HTML = frozenset({".html", ".htm"})
_FILES = frozenset({".txt", *_HTML})


class _Format(NamedTuple):
    scan: Callable[[Input, Options], Iterator[Extent]]
    read: Callable[[Input, Extent, Options], Iterator[Record]]
    packings: frozenset[str]


_PACKED = frozenset({"", ".gz", ".zst"})
_FORMATS = {
    ".jsonl": _Format(jsonl.scan, jsonl.read, _PACKED),
    ".ndjson": _Format(jsonl.scan, jsonl.read, _PACKED),
    ".csv": _Format(csv_rows.scan, csv_rows.read, _PACKED),
    ".parquet": _Format(columnar.scan, columnar.read, frozenset({""})),
    ".arrow": _Format(columnar.scan, columnar.read, frozenset({""})),
    ".warc": _Format(warc.scan, warc.read, frozenset({"", ".gz"})),
}
"""Containers, by the suffix of their files: more than one record a file."""

_DAMAGE = (InputError, OSError, EOFError, ValueError)
"""What reading a container can raise: it is not there any more, cut short, damaged, of another kind."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A container that cannot be read at all, or not to its end, and why."""

    file: Input
    why: str


def is_known(name: str) -> bool:
    """Whether a file of that name can be read.

    >>> is_known("a/page.TXT"), is_known("crawl.jsonl.zst"), is_known("x.parquet.gz"), is_known("notes.md")
    (True, True, False, False)
    """
    suffix, packing = suffixes(name)
    return suffix in _FILES or (suffix in _FORMATS and packing in _FORMATS[suffix].packings)


def is_container(name: str) -> bool:
    """Whether a file of that name holds many records.

    >>> is_container("crawl.jsonl.zst"), is_container("page.txt")
    (True, False)
    """
    return is_known(name) and suffixes(name)[0] in _FORMATS


def group(inputs: Sequence[Input]) -> Iterator[tuple[Input, ...]]:
    """Yield what is scanned at once, in order: a container, or some loose files."""
    start = 0
    for loose, files in groupby(inputs, key=lambda file: _format(file) == LOOSE):
        if not loose:
            yield from ((file,) for file in files)
            continue
        held: list[Input] = []
        size = 0
        for file in files:
            if held and (size + file.size > unit_bytes(start) or len(held) >= MOST_FILES):
                yield tuple(held)
                held, start, size = [], start + size, 0
            held.append(file)
            size += file.size
        yield tuple(held)
        start += size


def scan(files: tuple[Input, ...], options: Options) -> Iterator[Unit | Broken]:
    """Yield the units that a group of `files` makes; what a container holds before its damage is kept."""
    kind = _format(files[0])
    if kind == LOOSE:
        yield _loose(files, options)
        return
    try:
        for extent in _FORMATS[kind].scan(files[0], options):
            yield Unit(kind, files, extent, extent.digest, extent.n_records, extent.n_bytes)
    except _DAMAGE as error:
        yield Broken(files[0], _told(error))


def read_unit(unit: Unit, options: Options) -> Iterator[Record]:
    """Yield the records of `unit`, in order; raises InputError where a container is not what it was when scanned."""
    if unit.extent is None:
        for ordinal, file in enumerate(unit.files, 1):
            yield _read_file(file, ordinal, options)
        return
    file, extent = unit.files[0], unit.extent
    if unit.copy is not None:
        file = replace(file, path=unit.copy.path, url="")
        extent = replace(extent, start=unit.copy.start, stop=unit.copy.start + extent.n_bytes)
    try:
        yield from _FORMATS[unit.format].read(file, extent, options)
    except _DAMAGE as error:
        raise InputError(f"{unit.name} was changed while it was read: {_told(error)}") from error


def read_all(file: Input, options: Options) -> Iterator[Record]:
    """Yield all records of `file`, whatever it is, as they are read in units, but in one go."""
    units = [unit for unit in scan((file,), options) if isinstance(unit, Unit)]
    if not units:
        return
    whole, last = units[0], units[-1].extent
    if whole.extent is not None and last is not None:
        whole = replace(whole, extent=replace(whole.extent, stop=last.stop))
    yield from read_unit(whole, options)


def _format(file: Input) -> str:
    suffix = suffixes(file.id)[0]
    return suffix if suffix in _FORMATS else LOOSE


def _loose(files: tuple[Input, ...], options: Options) -> Unit:
    digest, size = hashlib.sha256(), 0
    for file in files:
        try:
            content = _load(file, options)
        except _DAMAGE as error:
            content = _told(error).encode()
        digest.update(hashlib.sha256(content).digest())
        size += len(content)
    return Unit(LOOSE, files, None, digest.hexdigest(), len(files), size)


def _read_file(file: Input, ordinal: int, options: Options) -> Record:
    try:
        data = _load(file, options)
        if suffixes(file.id)[0] in _HTML and data:
            return Record(ordinal, file.id, file.source, html_source(data).encode("utf-8", "replace"), kind="html")
    except (*_DAMAGE, DecodeError) as error:
        return Record(ordinal, file.id, file.source, None, why=_told(error))
    return Record(ordinal, file.id, file.source, data)


def _load(file: Input, options: Options) -> bytes:
    with open_stream(file.place) as stream:
        # One byte more than allowed tells of a file that is too large without reading the rest of it.
        data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise InputError(f"more than {options.max_bytes:,} bytes, the most that is read (max_document_bytes)")
    return data


def _told(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said.partition("\n")[0] or type(error).__name__
