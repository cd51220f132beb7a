"""Simplified or traditional: which one a Chinese text is written in, and each made from the other.

The tables are OpenCC's own: what its t2s changes is traditional, what its s2t changes is simplified.
"""

from functools import cache
from typing import Any, Literal

import numpy as np
import opencc
import regex
from numpy.typing import NDArray

Variant = Literal["Hans", "Hant"]
_VARIANTS: tuple[Variant, ...] = ("Hans", "Hant")

_LEAST_SHARE = 0.9
"""Share of the distinctive letters that one side needs: a name quoted in the other variant undoes nothing."""

# OpenCC refuses lone surrogates, and a NUL may end a string in C.
_UNSAFE = regex.compile("([\x00\ud800-\udfff]+)")
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2A6E0))
"""Blocks whose code points are tried: the rarer extensions hold next to nothing that has two forms."""
_BEYOND = _HAN[-1][1]


def variant(text: str) -> Variant | None:
    """Return the variant that 90 % of the distinctive letters of `text` belong to; None if neither has that.

    Ask it about Chinese only: Japanese mixes simplified and traditional forms.

    >>> variant("这个国家"), variant("這個國家"), variant("前路漫漫")
    ('Hans', 'Hant', None)
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    votes = np.bincount(_side_numbers()[np.minimum(codes, _BEYOND)], minlength=len(_VARIANTS) + 1)[1:]
    for side, number in zip(_VARIANTS, votes.tolist(), strict=True):
        if number and number >= _LEAST_SHARE * votes.sum():
            return side
    return None


def letters_of(side: Variant) -> list[str]:
    """Return the letters that only variant `side` uses, those that no side is told by left out."""
    return [letter for letter, used_by in _sides().items() if used_by == side]


def to_hans(text: str) -> str:
    """Return `text` in simplified letters; what is not Chinese stays as it is.

    >>> to_hans("這個國家")
    '这个国家'
    """
    return _convert(text, "t2s")


def to_hant(text: str) -> str:
    """Return `text` in traditional letters (OpenCC's standard, no regional words); the rest stays as it is.

    >>> to_hant("这个国家的皇后")
    '這個國家的皇后'
    """
    return _convert(text, "s2t")


def reformed_in_japan(text: str) -> str:
    """Return `text` with the letters that Japan simplified in 1946 as they are written there since.

    >>> reformed_in_japan("學說的這個")
    '学説的這個'
    """
    return _convert(text, "t2jp")


def _convert(text: str, config: str) -> str:
    if text.isascii():
        return text
    converter = _converter(config)
    parts = _UNSAFE.split(text)
    parts[::2] = [str(converter.convert(part)) if part else "" for part in parts[::2]]
    return "".join(parts)


@cache
def _converter(config: str) -> Any:
    return opencc.OpenCC(config)


@cache
def _sides() -> dict[str, Variant]:
    """Return the letters that only one variant uses, with the variant.

    A letter with two jobs tells nothing: 后 is 後 simplified, but stands in traditional 皇后 as well. The
    national character sets know them: Big5 holds the letters of traditional writing, GB 2312 of simplified.
    """
    letters = [chr(code) for first, end in _HAN for code in range(first, end)]
    lines = "\n".join(letters)
    simplified, traditional = to_hans(lines).split("\n"), to_hant(lines).split("\n")
    sides: dict[str, Variant] = {}
    for letter, hans, hant in zip(letters, simplified, traditional, strict=True):
        if hans != letter and hant == letter and not _is_in(letter, "gb2312"):
            sides[letter] = "Hant"
        elif hant != letter and hans == letter and not _is_in(letter, "big5"):
            sides[letter] = "Hans"
    return sides


@cache
def _side_numbers() -> NDArray[np.uint8]:
    """Return for each code point 1 if only the first variant uses it, 2 if only the second does, else 0."""
    numbers = np.zeros(_BEYOND + 1, dtype=np.uint8)
    for letter, side in _sides().items():
        numbers[ord(letter)] = 1 + _VARIANTS.index(side)
    return numbers


def _is_in(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
