"""HTML as it lies on disk or comes from a server: from bytes to the text of its source, as browsers decode it."""

import regex
import webencodings

from pipeline.errors import DecodeError
from pipeline.io.decode import decode

MAX_BROKEN = 0.01
"""Share of characters that may be broken, where a page says its encoding: browsers put U+FFFD for each."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 4096
"""Bytes in which a page may say its encoding; the standard asks for the first 1024."""
_SAID = regex.compile(rb"<meta\s[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", regex.IGNORECASE)
_DECLARED = regex.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']", regex.IGNORECASE)


def html_source(data: bytes, charset: str | None = None) -> str:
    """Return the HTML in `data`; raises DecodeError where it is no text.

    A byte order mark decides, then `charset`, what the server said, then what the page says of itself; if none of
    them fits the bytes, the bytes do.

    >>> html_source('<meta charset="gb2312"><p>中文'.encode("gb18030"))
    '<meta charset="gb2312"><p>中文'
    """
    if data.startswith(_MARKS):
        return str(webencodings.decode(data, webencodings.UTF8)[0])
    named = [encoding for encoding in (_encoding(charset), _said(data)) if encoding]
    for encoding in named:
        try:
            return str(encoding.codec_info.decode(data, "strict")[0])
        except UnicodeDecodeError:
            continue
    try:
        return decode(data).text
    except DecodeError:
        for encoding in named:
            text = str(encoding.codec_info.decode(data, "replace")[0])
            if text.count("\ufffd") <= MAX_BROKEN * len(text):
                return text
        raise


def _said(data: bytes) -> webencodings.Encoding | None:
    """Return the encoding that the page says it is in; bytes that say UTF-16 in ASCII are UTF-8."""
    match = _DECLARED.search(data[:_LOOKED_AT]) or _SAID.search(data[:_LOOKED_AT])
    encoding = _encoding(match[1].decode("ascii")) if match else None
    return webencodings.UTF8 if encoding and encoding.name.startswith("utf-16") else encoding


def _encoding(label: str | None) -> webencodings.Encoding | None:
    return webencodings.lookup(label) if label else None
