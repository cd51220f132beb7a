"""Text in XML: what has a meaning there escaped, what may not stand there at all replaced."""

import regex

# All but the characters of XML 1.0, section 2.2. Parsers refuse a file with one of them, however it is written.
_ILLEGAL = regex.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")

# A parser turns a bare carriage return into a line feed, and in an attribute each of these into a space.
_ESCAPED = {
    ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("\r"): "&#13;", ord("\t"): "&#9;",
    ord("\n"): "&#10;",
}  # fmt: skip


def escaped(text: str) -> str:
    r"""Return `text` fit for the content or a quoted attribute of an XML element.

    What XML cannot hold becomes U+FFFD, so that it shows that something is missing.

    >>> escaped('<a b="c">\x00&\r')
    '&lt;a b=&quot;c&quot;&gt;\ufffd&amp;&#13;'
    """
    legal: str = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
    return legal.translate(_ESCAPED)
