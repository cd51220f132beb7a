"""WARC archives, packed or not: a page a record. Needs fastwarc, which the extra `warc` installs."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO, Any

from pipeline.errors import DecodeError, InputError
from pipeline.io.fields import host_of
from pipeline.io.html import html_source
from pipeline.io.location import open_file
from pipeline.io.record import Extent, Input, Options, Record, unit_bytes
from pipeline.io.stream import is_packed, open_stream, read_pieces
from pipeline.tables import escape

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN = "text/plain"
_OK = 200
_BROKEN = "broken"
_GZIP = b"\x1f\x8b"


def scan(file: Input, _options: Options) -> Iterator[Extent]:
    """Yield the extents of `file`; raises InputError or OSError.

    Each is a stretch of the file as it lies there or, where records are not packed one by one as they should be, of
    what is packed in it.
    """
    starts = _starts(file, packed=False)
    packed = is_packed(file.place) and not _one_by_one(file, [at for at, _ in starts])
    if packed:
        starts = _starts(file, packed=True)
    end = _size(file, packed=packed)
    with _opened(file, 0, packed=packed) as stream:
        begin, first, count = 0, 1, 0
        for at, (start, is_page) in enumerate(starts):
            stop = starts[at + 1][0] if at + 1 < len(starts) else end
            if count and stop - begin > unit_bytes(begin):
                yield _extent(stream, begin, start, first, count, packed=packed)
                begin, first, count = start, at + 1, 0
            count += is_page
        if count:
            yield _extent(stream, begin, end, first, count, packed=packed)


def read(file: Input, extent: Extent, options: Options) -> Iterator[Record]:
    """Yield the pages of `extent`: HTML or plain text. What is no page has no record."""
    for ordinal, record in enumerate(_pages(file, extent.start, packed=extent.packed), extent.first):
        if record.stream_pos >= extent.stop:
            return
        if kind := _kind(record):
            yield _record(file, ordinal, record, kind, options)


def _extent(stream: IO[bytes], start: int, stop: int, first: int, count: int, *, packed: bool) -> Extent:
    """Return the extent from `start`, where `stream` stands, to `stop`."""
    digest = hashlib.sha256()
    for piece in read_pieces(stream, stop - start):
        digest.update(piece)
    return Extent(start, stop, first, count, stop - start, digest.hexdigest(), packed)


def _size(file: Input, *, packed: bool) -> int:
    with _opened(file, 0, packed=packed) as stream:
        return sum(map(len, read_pieces(stream, sys.maxsize))) if packed else stream.seek(0, os.SEEK_END)


def _starts(file: Input, *, packed: bool) -> list[tuple[int, bool]]:
    """Return where each record begins, and whether it is a page."""
    return [(record.stream_pos, _kind(record) is not None) for record in _pages(file, 0, packed=packed)]


def _one_by_one(file: Input, starts: Sequence[int]) -> bool:
    """Whether what is packed begins anew at each of `starts`, so that it can be read from there."""
    if any(after <= before for before, after in pairwise(starts)):
        return False
    with open_file(file.place) as stream:
        for start in starts:
            stream.seek(start)
            if stream.read(len(_GZIP)) != _GZIP:
                return False
    return True


class _Placed:
    """A stream that knows where it is, as fastwarc wants it, though there is no way about in it."""

    def __init__(self, stream: IO[bytes], start: int) -> None:
        self._stream, self._at = stream, start

    def read(self, size: int) -> bytes:
        """Return the next bytes, `size` at most."""
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """Return how many bytes of the stream come before the next one."""
        return self._at


def _opened(file: Input, start: int, *, packed: bool) -> IO[bytes]:
    if packed:
        return open_stream(file.place, start)
    stream = open_file(file.place)
    stream.seek(start)
    return stream


def _pages(file: Input, start: int, *, packed: bool) -> Iterator[Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise InputError("WARC files need fastwarc: pip install 'clean-corpus[warc]'") from error
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    with _opened(file, start, packed=packed) as stream:
        source: Any = _Placed(stream, start) if packed else stream
        yield from ArchiveIterator(source, record_types=kinds, parse_http=True, auto_decode="all")


def _kind(record: Any) -> str | None:
    """Return the media type of a page that was delivered, None for anything else."""
    if record.is_http:
        code = record.http_headers.status_code if record.http_headers else None
        if code is None:
            return _BROKEN
        kind = (record.http_content_type or "").lower()
        return kind if code == _OK and (kind in _HTML or kind == _PLAIN) else None
    kind = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    return kind if kind in _HTML or kind == _PLAIN else None


def _record(file: Input, ordinal: int, record: Any, kind: str, options: Options) -> Record:
    url = record.headers.get("WARC-Target-URI") or ""
    id = escape((record.record_id or url or "").strip("<>")) or f"{file.id}#{ordinal}"
    site = host_of(url)
    if kind == _BROKEN:
        return Record(
            ordinal, id, file.source, None, why="its page cannot be read: no HTTP in it, or cut short", site=site
        )
    try:
        # One byte more than allowed tells of a page that is too large without reading the rest of it.
        data = record.reader.read(options.max_bytes + 1)
        if len(data) > options.max_bytes or kind == _PLAIN:
            return Record(ordinal, id, file.source, data, site=site)
        html = html_source(data, record.http_charset if record.is_http else None)
        return Record(ordinal, id, file.source, html.encode("utf-8", "replace"), kind="html", site=site)
    except (OSError, ValueError, DecodeError) as error:
        return Record(ordinal, id, file.source, None, why=f"its page cannot be read: {error}", site=site)
