"""What looks like words and says nothing of a language: addresses, paths, hashes, code."""

import regex

NOISE = regex.compile(
    r"(?:https?|ftp)://[!-~]++|www\.[!-~]++"  # addresses
    r"|(?<![\w.+-])[\w.+-]++@[\w.-]*+|(?<!\w)@\w++"  # e-mail, handles
    r"|(?<![A-Za-z0-9.-])[A-Za-z0-9.-]++(?<=\.(?:com|org|net|io|gov|edu|xyz|info|co|cn|eu|html?|php|py|js|json)\.?)"
    r"(?:/[!-~]*+)?"
    r"|(?<!\S)(?:[A-Za-z]:)?[~.]*+[/\\][!-~]++"  # paths
    r"|(?<![A-Za-z0-9_-])(?:0x)?[0-9A-Fa-f-]{16,}+(?![A-Za-z0-9_])"  # hashes
    r"|(?<![A-Za-z0-9_])(?=[A-Za-z]*+\d)[A-Za-z0-9_]{20,}+"  # keys, wallet addresses
    r"|(?<![A-Za-z0-9_.])[A-Za-z0-9.]++(?:_[A-Za-z0-9_.]*+|\()[!-~]*+",  # identifiers, calls
)
"""Stretches of a line that are no words."""

_CODE_END = regex.compile(r"(?:[;{}]|\):)\s*+\Z")
_CODE_INSIDE = regex.compile(r"[={}<>]|\w\(")
_CODE_START = regex.compile(r"""\s*+(?:[{\[]\s*+["{\[]|<[a-z!/])""")
_MAX_CODE_CHARS = 120


def is_code(text: str) -> bool:
    """Return whether `text` is plainly code or data, whose words are English and mean nothing.

    >>> is_code("for (i = 0; i < n; i++) {"), is_code("For a while nothing happened.")
    (True, False)
    """
    if _CODE_START.match(text):
        return True
    return len(text) <= _MAX_CODE_CHARS and bool(_CODE_END.search(text) and _CODE_INSIDE.search(text))
