"""Byte streams out of files, unpacked, and their lines: memory stays bounded, whatever the length of either."""

import io
from collections.abc import Callable, Iterator
from typing import IO, cast

import pyarrow as pa

from pipeline.io.location import is_url, open_file

PACKED = {".gz": "gzip", ".zst": "zstd"}
"""How files may be packed, by their last suffix."""

_CHUNK = 2**20


def suffixes(name: str) -> tuple[str, str]:
    """Return the suffix that tells the format of a file and the one that tells how it is packed, in lower case.

    >>> suffixes("a.b/Crawl.JSONL.gz"), suffixes("page.txt"), suffixes("notes")
    (('.jsonl', '.gz'), ('.txt', ''), ('', ''))
    """
    stem, _, last = name.rpartition("/")[2].lower().rpartition(".")
    if not stem:
        return "", ""
    if f".{last}" not in PACKED:
        return f".{last}", ""
    _, dot, inner = stem.rpartition(".")
    return (f".{inner}" if dot else ""), f".{last}"


def is_packed(place: str) -> bool:
    """Whether the file at `place`, a path or a URL, is packed.

    >>> is_packed("a/crawl.jsonl.gz"), is_packed("s3://bucket/a.csv.zst?region=x"), is_packed("a.gz/page.txt")
    (True, True, False)
    """
    return bool(_packing(place))


def open_stream(place: str, start: int = 0) -> io.BufferedReader:
    """Return the file at `place`, unpacked, from byte `start` of what is in it; raises InputError or OSError."""
    packing = _packing(place)
    file = open_file(place)
    if not packing:
        file.seek(start)
        return _buffered(file)
    native = file if isinstance(file, pa.NativeFile) else pa.PythonFile(file, mode="r")
    stream = _buffered(pa.CompressedInputStream(native, PACKED[packing]))
    # There is no way into the middle of what is packed but through all that comes before it.
    for _ in read_pieces(stream, start):
        pass
    return stream


def read_pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """Yield the next `size` bytes of `stream` a piece at a time, fewer where it ends before."""
    left = size
    while left and (piece := stream.read(min(left, _CHUNK))):
        yield piece
        left -= len(piece)


def _packing(place: str) -> str:
    return suffixes(place.partition("?")[0] if is_url(place) else place)[1]


def _buffered(file: IO[bytes] | pa.NativeFile) -> io.BufferedReader:
    if isinstance(file, io.BufferedReader):
        return file
    return io.BufferedReader(cast("io.RawIOBase", file), _CHUNK)


def read_lines(
    stream: IO[bytes], max_bytes: int, stop: int | None = None, pass_by: Callable[[bytes], object] | None = None
) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines of `stream` until `stop` bytes are read: how long each is, and its bytes with the line end.

    There are no bytes (None) where a line is longer than `max_bytes`: `pass_by` is called with one piece of it after
    the other.
    """
    done = 0
    while (stop is None or done < stop) and (piece := stream.readline(max_bytes + 1)):
        size = len(piece)
        whole: bytes | None = piece
        while not piece.endswith(b"\n") and (more := stream.readline(_CHUNK)):
            if pass_by and whole is not None:
                pass_by(piece)
            whole, piece = None, more
            size += len(piece)
            if pass_by:
                pass_by(piece)
        done += size
        yield size, whole
