"""What looks like words and says nothing of a language: addresses, paths, hashes, code."""

import re

import regex

_NOISE = regex.compile(
    r"(?:https?|ftp)://[!-~]++|www\.[!-~]++"  # addresses
    r"|(?<![\w.+-])[\w.+-]++@[\w.-]*+|(?<!\w)@\w++"  # e-mail, handles
    r"|(?<![A-Za-z0-9.-])[A-Za-z0-9.-]++(?<=\.(?:com|org|net|io|gov|edu|xyz|info|co|cn|eu|html?|php|py|js|json)\.?)"
    r"(?:/[!-~]*+)?"
    r"|(?<!\S)(?:[A-Za-z]:)?[~.]*+[/\\][!-~]++"  # paths
    r"|(?<![A-Za-z0-9_-])(?:0x)?[0-9A-Fa-f-]{16,}+(?![A-Za-z0-9_])"  # hashes
    r"|(?<![A-Za-z0-9_])(?=[A-Za-z]*+\d)[A-Za-z0-9_]{20,}+"  # keys, wallet addresses
    r"|(?<![A-Za-z0-9_.])[A-Za-z0-9.]++(?:_[A-Za-z0-9_.]*+|\()[!-~]*+"  # identifiers, calls
    r"|(?<!\w)(?:\p{L}\.){2,}+\p{Lu}?(?!\w)",  # initials, legal forms: S.p.A., J.K.
)
"""Stretches of a line that are no words."""
_MARKS = re.compile(r"[/\\@_.(](?:(?<=[/\\@_])|(?<=\.)(?=[A-Za-z])|(?<=[A-Za-z0-9.]\())")
"""Slashes, at signs, underscores, full stops before and brackets after a letter. All begin with one of few characters,
which makes the search for them several times as quick."""
_LEAST_HASH = 16
_LONG = re.compile(rf"[A-Za-z0-9-]{{{_LEAST_HASH}}}")
"""Without one of those marks or a word of that length there is no such stretch; most lines have neither."""

_CODE_END = regex.compile(r"(?:[;{}]|\):)\s*+\Z")
_CODE_INSIDE = regex.compile(r"[={}<>]|\w\(")
_CODE_START = regex.compile(r"""\s*+(?:[{\[]\s*+["{\[]|<[a-z!/]|#(?:include|define|ifdef|pragma)\b|\$ ?+[a-z]++ )""")
_COMMAND = regex.compile(r"^\W*+[a-z][a-z0-9._-]*+ .*?(?<=\s)--?[a-z][a-z-]*+(?:[ =]|\Z)")
_MAX_CODE_CHARS = 120


def without_noise(text: str) -> str:
    """Return `text` with a space for every stretch that is no words; the same object where there is none.

    >>> without_noise("See https://example.org/a for news"), without_noise("It rained.")
    ('See   for news', 'It rained.')
    """
    if not (_MARKS.search(text) or _LONG.search(text)):
        return text
    # No such stretch holds a space, and looking for all of them at every letter is dear.
    return " ".join([_without_noise(word) for word in text.split(" ")])


def _without_noise(word: str) -> str:
    if word.isalpha() and len(word) < _LEAST_HASH:
        return word  # the quickest test by far, and most words pass it
    return _NOISE.sub(" ", word) if _MARKS.search(word) or _LONG.search(word) else word


def is_code(text: str) -> bool:
    """Return whether `text` is plainly code or data, whose words are English and mean nothing.

    >>> [is_code(text) for text in ("for (i = 0; i < n; i++) {", "git log --oneline", "For a while nothing happened.")]
    [True, True, False]
    """
    if _CODE_START.match(text):
        return True
    if len(text) <= _MAX_CODE_CHARS and " -" in text and _COMMAND.search(text):
        return True
    return len(text) <= _MAX_CODE_CHARS and bool(_CODE_END.search(text) and _CODE_INSIDE.search(text))
