"""How alike two texts are: shingles, a signature that finds likely pairs, and the exact measure that decides.

A signature is one-permutation MinHash (Li, Owen, Zhang 2012) with empty bins filled from the next full one
(Shrivastava, Li 2014); bands of it are equal in likely pairs (Broder 1997; Leskovec, Rajaraman, Ullman, ch. 3).
"""

import hashlib
import re
import zlib
from array import array
from collections.abc import Collection
from collections.abc import Set as AbstractSet

from pipeline.language_tag import primary

THRESHOLD = 0.8
"""Least Jaccard similarity of near duplicates, as in RefinedWeb; FineWeb and C4's successors take 0.7 to 0.8."""

LEAST_SHINGLES = 20
"""A text with fewer is too short to be a copy of another one by more than chance."""

BANDS, ROWS = 21, 6
"""Texts at the threshold share a band with probability 0.998, at 0.5 with 0.28: the exact measure sorts those out."""

_WORDS = 5
_CHARACTERS = 5
_UNSPACED = frozenset({"zh", "ja"})
_WORD = re.compile(r"\w+")
_BINS = BANDS * ROWS
_STEP = 0x9E3779B1
"""Makes a value that was borrowed from another bin differ from what that bin itself holds."""


def shingles(text: str, language: str) -> frozenset[int]:
    """Return hashes (32 bits) of all runs of five words of `text`; of five characters where words are not parted.

    >>> len(shingles("One two three, four five; six.", "en")), len(shingles("一二三四，五六", "zh-Hans"))
    (2, 2)
    """
    if primary(language) in _UNSPACED:
        solid = "".join(_WORD.findall(text))
        return frozenset(
            zlib.crc32(solid[at : at + _CHARACTERS].encode()) for at in range(len(solid) - _CHARACTERS + 1)
        )
    words = _WORD.findall(text.casefold())
    return frozenset(
        zlib.crc32(" ".join(words[at : at + _WORDS]).encode()) for at in range(len(words) - _WORDS + 1)
    )  # fmt: skip


def bands(found: AbstractSet[int]) -> list[int]:
    """Return the bands of the signature of `found`, hashed (64 bits, signed); none where there are too few shingles."""
    if len(found) < LEAST_SHINGLES:
        return []
    least = [-1] * _BINS
    for value in sorted(found, reverse=True):
        least[(value * _BINS) >> 32] = value
    values = array("I", _filled(least))
    return [_hash(band, values[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _filled(least: list[int]) -> list[int]:
    filled = list(least)
    distance, value = 0, 0
    # Twice around, so that the last bins find the first ones.
    for at in range(2 * _BINS - 1, -1, -1):
        if least[at % _BINS] >= 0:
            distance, value = 0, least[at % _BINS]
        elif at < _BINS or filled[at % _BINS] < 0:
            distance += 1
            filled[at % _BINS] = (value + distance * _STEP) & 0xFFFFFFFF
    return filled


def _hash(band: int, values: "array[int]") -> int:
    digest = hashlib.blake2b(values.tobytes(), digest_size=8, salt=band.to_bytes(2, "little")).digest()
    return int.from_bytes(digest, "little", signed=True)


def jaccard(one: frozenset[int], other: Collection[int]) -> float:
    """Return the share of the shingles of both that they have in common; `other` has each of its own once.

    >>> jaccard(frozenset((1, 2, 3)), (2, 3, 4))
    0.5
    """
    both = len(one.intersection(other))
    return both / (len(one) + len(other) - both) if both else 0.0
