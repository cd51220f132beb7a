"""From bytes to text, exactly: encoding the text again gives the bytes, or the document is rejected."""

from dataclasses import dataclass

import regex

from pipeline.errors import DecodeError
from pipeline.io.legacy import guess_encodings, read

BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8"),
)
"""Byte order marks, the longer ones first, since one begins like another. The codecs named here leave
the mark in the text as U+FEFF, so that offsets and bytes can be had back."""

MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"%PDF-", "PDF document"),
    (b"PK\x03\x04", "ZIP archive (or an Office document)"),
    (b"\x1f\x8b", "gzip file"),
    (b"\x28\xb5\x2f\xfd", "Zstandard file"),
    (b"\xfd7zXZ\x00", "xz file"),
    (b"BZh91AY&SY", "bzip2 file"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"wOFF", "web font"),
    (b"wOF2", "web font"),
)
"""How files begin that are not text, whatever their name says."""

MAX_CONTROL_SHARE = 0.05
"""A text with more control characters than this is binary data that happens to decode."""

_CONTROL = regex.compile(r"[\x00-\x08\x0E-\x1A\x1F\x7F-\x84\x86-\x9F]")
_NOT_WRITING = regex.compile(r"[\p{Cn}\p{Co}]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the codec under which it is exactly the bytes it came from."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Return the text in `data`; a byte order mark stays in it as U+FEFF, line ends stay as they are.

    Tried in this order: byte order mark, UTF-8, UTF-16 without a mark, then the legacy encodings of
    East Asia and the single-byte ones. Raises DecodeError, saying what was tried and where it broke,
    for binary data, for UTF-8 with broken bytes, and where no encoding gives natural text.

    >>> decode("naïve".encode())
    Decoded(text='naïve', encoding='utf-8')
    """
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise DecodeError(f"not text: the data begins like a {what}")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding)
    for reader in (_decode_utf8, _decode_utf16, _decode_legacy):
        if (decoded := reader(data)) is not None:
            return decoded
    raise DecodeError(f"not text: {_utf8_fault(data)}, and no other encoding reads it as natural text")


def _decode_as(data: bytes, encoding: str) -> Decoded:
    """Return the text that a byte order mark promises."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"invalid {encoding.upper()} at byte {error.start} after a byte order mark: {error.reason}"
        raise DecodeError(message) from error
    _refuse_binary(text, encoding)
    return Decoded(text, encoding)


def _decode_utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_broken_utf8(data, tolerance=0.5)
        return None
    # UTF-16 of ASCII is valid UTF-8 too, with a NUL beside every letter.
    if _is_binary(text) and _decode_utf16(data) is not None:
        return None
    _refuse_binary(text, "utf-8")
    return Decoded(text, "utf-8")


def _decode_utf16(data: bytes) -> Decoded | None:
    """Return the text of UTF-16 without a mark: its spaces, digits and line ends have NULs on one side."""
    n_even, n_odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or min(n_even, n_odd) or not n_even + n_odd:
        return None
    encoding = "utf-16-be" if n_even else "utf-16-le"
    text = read(data, encoding)
    if text is None or _is_binary(text) or _NOT_WRITING.search(text):
        return None
    return Decoded(text, encoding)


def _decode_legacy(data: bytes) -> Decoded | None:
    # No legacy encoding has NULs, and a detector must not be asked about binary data.
    if b"\x00" in data:
        raise DecodeError(f"not text: {_utf8_fault(data)}, and NUL at byte {data.index(0)}")
    for encoding in guess_encodings(data):
        text = read(data, encoding)
        if text is None or _is_binary(text) or _NOT_WRITING.search(text):
            continue
        if len(text) == len(data):
            # Valid UTF-8 sequences are chance in a two-byte encoding, but not in a single-byte one.
            _refuse_broken_utf8(data, tolerance=4.0)
        return Decoded(text, encoding)
    return None


def _refuse_broken_utf8(data: bytes, *, tolerance: float) -> None:
    """Raise DecodeError if `data` is UTF-8 but for at most `tolerance` broken bytes a good sequence."""
    text = data.decode("utf-8", "surrogateescape")
    beyond_ascii = len(text) - sum(map(str.isascii, text))
    n_broken = sum("\udc80" <= char <= "\udcff" for char in text)
    n_good = beyond_ascii - n_broken
    if n_good and n_broken <= tolerance * n_good:
        raise DecodeError(f"{_utf8_fault(data)}; {n_broken} broken bytes beside {n_good} good sequences")


def _utf8_fault(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"invalid UTF-8 at byte {error.start} ({error.reason})"
    return "valid UTF-8"


def _is_binary(text: str) -> bool:
    # One stray control character is no sign of binary data, however short the text.
    return sum(1 for _ in _CONTROL.finditer(text)) > max(1.0, MAX_CONTROL_SHARE * len(text))


def _refuse_binary(text: str, encoding: str) -> None:
    if _is_binary(text):
        first = _CONTROL.search(text)
        where = f" (the first at {first.start()})" if first else ""
        raise DecodeError(f"not text: {encoding} reads it, but it is full of control characters{where}")
