"""Cuts a stream of records into extents, and digests what is in each."""

import hashlib
from collections.abc import Iterator
from typing import Protocol

from pipeline.io.record import Extent, unit_bytes


class Digest(Protocol):
    """A hash that grows."""

    def update(self, data: bytes, /) -> None:
        """Take in `data`."""

    def hexdigest(self) -> str:
        """Return the hash of all that was taken in."""


class Cutter:
    """Takes records one after the other, by size, and gives an extent whenever one is full.

    `head` is what the container begins with: it tells how the records are read, so it is in every digest.
    """

    def __init__(self, head: bytes = b"", *, packed: bool = False) -> None:
        self._head, self._packed = head, packed
        self._start = self._stop = len(head)
        self._first = self._next = 1
        self._records = 0
        self._digest: Digest = hashlib.sha256(head)

    def feed(self, data: bytes) -> None:
        """Take in bytes of the record that comes next."""
        self._digest.update(data)

    def would_burst(self, size: int) -> bool:
        """Whether a record of `size` bytes more is too much for this extent."""
        return self._stop > self._start and self._stop - self._start + size > unit_bytes(self._start)

    def add(self, size: int, *, n_records: int = 1, n_lines: int = 1) -> None:
        """Count what was fed as `n_records` in `n_lines` ordinals of `size` bytes."""
        self._stop += size
        self._next += n_lines
        self._records += n_records

    def cut(self) -> Iterator[Extent]:
        """Yield what has come since the last cut, if anything has."""
        if self._stop > self._start:
            size = self._stop - self._start
            digest = self._digest.hexdigest()
            yield Extent(self._start, self._stop, self._first, self._records, size, digest, self._packed)
        self._start, self._first, self._records = self._stop, self._next, 0
        self._digest = hashlib.sha256(self._head)
