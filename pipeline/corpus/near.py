"""How alike two texts are: shingles, a signature that finds likely pairs, and the exact measure that decides.

A signature is one-permutation MinHash (Li, Owen, Zhang 2012) with empty bins filled from the next full one
(Shrivastava, Li 2014); bands of it are equal in likely pairs (Broder 1997; Leskovec, Rajaraman, Ullman, ch. 3).
"""

import hashlib
import re

import numpy as np
from numpy.typing import NDArray

from pipeline.languages.language_tag import primary
from pipeline.lines.stretch_numbers import stretch_numbers

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

Shingles = NDArray[np.uint32]
"""Hashes in order, each once."""


def shingles(text: str, language: str) -> Shingles:
    """Return hashes of all runs of five words of `text`; of five characters where words are not parted.

    >>> len(shingles("One two three, four five; six.", "en")), len(shingles("一二三四，五六", "zh-Hans"))
    (2, 2)
    """
    if primary(language) in _UNSPACED:
        solid = "".join(_WORD.findall(text))
        starts = np.arange(max(len(solid) - _CHARACTERS + 1, 0))
        ends = starts + _CHARACTERS
    else:
        words = _WORD.findall(text.casefold())
        solid = " ".join(words)
        after = np.cumsum(np.fromiter(map(len, words), dtype=np.int64, count=len(words)) + 1)
        runs = max(len(words) - _WORDS + 1, 0)
        starts, ends = np.append(0, after)[:runs], after[_WORDS - 1 :] - 1
    codes = np.frombuffer(solid.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    return np.unique((stretch_numbers(codes)(starts, ends) >> np.uint64(32)).astype(np.uint32))


def bands(found: Shingles) -> list[int]:
    """Return the bands of the signature of `found`, hashed (64 bits, signed); none where there are too few shingles."""
    if len(found) < LEAST_SHINGLES:
        return []
    bins = (found.astype(np.uint64) * np.uint64(_BINS)) >> np.uint64(32)
    full, first = np.unique(bins, return_index=True)
    least = np.full(_BINS, -1, dtype=np.int64)
    least[full.astype(np.int64)] = found[first]
    values = np.array(_filled(least.tolist()), dtype="<u4")
    return [_hash(band, values[band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS)]


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


def _hash(band: int, values: bytes) -> int:
    digest = hashlib.blake2b(values, digest_size=8, salt=band.to_bytes(2, "little")).digest()
    return int.from_bytes(digest, "little", signed=True)


def jaccard(one: Shingles, other: Shingles) -> float:
    """Return the share of the shingles of both that they have in common.

    >>> jaccard(np.array([1, 2, 3], dtype=np.uint32), np.array([2, 3, 4], dtype=np.uint32))
    0.5
    """
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both) if both else 0.0
