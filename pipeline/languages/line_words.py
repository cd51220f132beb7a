"""The words of a line, as detectors are asked about them."""

import re
import unicodedata

import regex

from pipeline.languages.script import runs

MAX_CHARS = 250
"""Longer texts are cropped: the answer stays the same, and lingua is dearest just above 100 characters."""
_HEAD = 1000
"""Code points that are searched for those words first; where there are none, all of the text is."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’\u200c\u200d]*+")
_ASCII_WORD = re.compile(r"[A-Za-z][A-Za-z']*")

_PARTICLES = frozenset((
    "al", "ben", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el",
    "ibn", "la", "le", "van", "von", "y",
))  # fmt: skip
"""Words without a capital that stand inside names."""
_MOST_NAMES = 3
_MAX_ADDRESS = 100


def words_of(text: str, script: str = "") -> str:
    """Return the first words of `text`, 250 code points with spaces between, in NFC.

    Words in other scripts than `script` are left out; without `script` none are.

    >>> words_of("Il 3 maggio 2026: 超额回报 e altro!", "Latn")
    'Il maggio e altro'
    """
    if script:
        text = _in_script(text, script)
    pattern = _ASCII_WORD if text.isascii() else _WORD
    words: list[str] = pattern.findall(text[:_HEAD]) or pattern.findall(text)
    joined = " ".join(words)
    if len(joined) > MAX_CHARS:
        cut = joined.rfind(" ", 0, MAX_CHARS + 1)
        joined = joined[: cut if cut > 0 else MAX_CHARS]
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)


def _in_script(text: str, script: str) -> str:
    kept, done = [], 0
    for run in runs(text, skip=script):
        kept.append(text[done : run.start])
        done = run.end
    return " ".join([*kept, text[done:]])


def is_address(text: str, words: str) -> bool:
    """Return whether a line of numbers, commas and words with capitals is as soon an address as a heading.

    The number of a house and a postcode stand first or last between two commas.

    >>> lines = ("Rua Augusta 1508, São Paulo", "In 2026, prices rose", "Elm Street, Home of the 24/7 Diner")
    >>> [is_address(line, words_of(line)) for line in lines]
    [True, False, False]
    """
    if "," not in text or len(text) > _MAX_ADDRESS or not any(map(str.isdigit, text)):
        return False
    numbered = [part.strip() for part in text.split(",") if any(map(str.isdigit, part))]
    if not any(part[0].isdigit() or part[-1].isdigit() for part in numbered):
        return False
    return all(word[0].isupper() or word in _PARTICLES for word in words.split())


def small_words(words: str) -> str:
    """Return those of `words` that begin with a small letter, or with one of a script without capitals."""
    return " ".join(word for word in words.split() if not word[0].isupper())


def count_names(words: str) -> int:
    """Return the number of words where up to three stand there, all with a capital, as in a name; else 0.

    The particles of names and short acronyms do not count, unless there is nothing else.

    >>> count_names("Ludwig van Beethoven"), count_names("The long road"), count_names("NASA")
    (2, 0, 1)
    """
    names = 0
    for word in words.split():
        if word[0].isupper():
            names += len(word) > _MOST_NAMES or not word.isupper()
        elif word not in _PARTICLES:
            return 0
    return max(names, 1) if names <= _MOST_NAMES else 0
