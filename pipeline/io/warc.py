"""WARC archives, packed or not: a page a record. Needs fastwarc, which the extra `warc` installs."""

import hashlib
from collections.abc import Iterator
from typing import Any

from pipeline.errors import DecodeError, InputError
from pipeline.io.fields import host_of
from pipeline.io.html import html_source
from pipeline.io.location import open_file
from pipeline.io.record import Extent, Input, Options, Record, unit_bytes
from pipeline.tables import escape

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN = "text/plain"
_OK = 200
_BROKEN = "broken"


def scan(file: Input, _options: Options) -> Iterator[Extent]:
    """Yield the extents of `file`, each a stretch of the file as it lies there; raises InputError or OSError."""
    starts = [(record.stream_pos, _kind(record) is not None) for record in _pages(file, 0)]
    with open_file(file.place) as stream:
        end = stream.seek(0, 2)
        begin, first, count = 0, 1, 0
        for at, (_, is_page) in enumerate(starts):
            stop = starts[at + 1][0] if at + 1 < len(starts) else end
            if count and stop - begin > unit_bytes(begin):
                yield _extent(stream, begin, starts[at][0], first, count)
                begin, first, count = starts[at][0], at + 1, 0
            count += is_page
        if count:
            yield _extent(stream, begin, end, first, count)


def read(file: Input, extent: Extent, options: Options) -> Iterator[Record]:
    """Yield the pages of `extent`: HTML or plain text. What is no page has no record."""
    for ordinal, record in enumerate(_pages(file, extent.start), extent.first):
        if record.stream_pos >= extent.stop:
            return
        if kind := _kind(record):
            yield _record(file, ordinal, record, kind, options)


def _extent(stream: Any, start: int, stop: int, first: int, count: int) -> Extent:
    digest, left = hashlib.sha256(), stop - start
    stream.seek(start)
    while left and (data := stream.read(min(left, 2**20))):
        digest.update(data)
        left -= len(data)
    return Extent(start, stop, first, count, stop - start, digest.hexdigest())


def _pages(file: Input, start: int) -> Iterator[Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise InputError("WARC files need fastwarc: pip install 'clean-corpus[warc]'") from error
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    with open_file(file.place) as stream:
        stream.seek(start)
        yield from ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="all")


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
