"""Copies of what lies in the middle of packed files, so that nobody has to read through all that comes before it."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO

import pyarrow as pa

from pipeline.errors import InputError
from pipeline.io.record import Copy, Extent, Unit
from pipeline.io.stream import open_stream, read_pieces
from pipeline.io.work import Work

COPIES = "copies"

_NAME = "unit.zst"


def with_copies(units: Sequence[Unit], work: Work) -> list[Unit]:
    """Return the `units` of one container, in order, with a copy for each that lies behind another in what is packed.

    The container is unpacked once for all of them; copies that are there already stay, being named by content. Raises
    InputError where it is not what it was when it was cut, OSError where a copy cannot be written.
    """
    behind = [unit for unit in units[1:] if unit.extent and unit.extent.packed]
    if not behind:
        return list(units)
    head = _extent(units[0]).start
    missing = [unit for unit in behind if work.done(COPIES, unit.digest) is None]
    if missing:
        _copy(missing, head, work)
    return [units[0], *(replace(unit, copy=Copy(work.folder(COPIES, unit.digest) / _NAME, head)) for unit in behind)]


def sweep_copies(units: Collection[Unit], work: Work) -> None:
    """Remove all copies but those of `units`."""
    work.sweep(COPIES, {unit.digest for unit in units if unit.copy})


def _copy(units: Sequence[Unit], head: int, work: Work) -> None:
    with open_stream(units[0].files[0].place) as stream:
        begin = b"".join(_pieces(stream, head, units[0]))
        at = head
        for unit in units:
            extent = _extent(unit)
            for _ in _pieces(stream, extent.start - at, unit):
                pass
            work.make(COPIES, unit.digest, partial(_write, stream, begin, unit))
            at = extent.stop


def _write(stream: IO[bytes], begin: bytes, unit: Unit, folder: Path) -> dict[str, int]:
    path = folder / _NAME
    with pa.CompressedOutputStream(path, "zstd") as file:
        file.write(begin)
        for piece in _pieces(stream, unit.n_bytes, unit):
            file.write(piece)
    with path.open("rb") as written:
        os.fsync(written.fileno())
    return {}


def _pieces(stream: IO[bytes], size: int, unit: Unit) -> Iterator[bytes]:
    """Yield the next `size` bytes of `stream` a piece at a time; raises InputError where there are fewer."""
    try:
        for piece in read_pieces(stream, size):
            size -= len(piece)
            yield piece
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{unit.name} was changed while it was read: {error}") from error
    if size:
        raise InputError(f"{unit.name} was changed while it was read: it is shorter now")


def _extent(unit: Unit) -> Extent:
    assert unit.extent is not None, "a unit of a container has one"
    return unit.extent
