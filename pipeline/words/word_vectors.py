"""The shipped table of English words by their meaning: which of them are nearest to a word of any language.

A row a word, as the sentence encoder sees it, cut to the directions in which words differ most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NearWord:
    """An English word in its base form: the cosine of its vector, and on how many of some thousand pages it stood."""

    text: str
    nearness: float
    pages: int


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """`rows` holds a unit vector a word; `basis` takes a vector of the encoder to them."""

    words: Sequence[str]
    pages: NDArray[np.uint16]
    rows: Array
    basis: Array

    def nearest(self, vector: Array, most: int) -> tuple[NearWord, ...]:
        """Return the `most` words nearest to `vector`, the encoder's; cosines in hundredths, as machines agree on."""
        place = vector @ self.basis
        unit = place / max(float(np.linalg.norm(place)), 1e-9)
        # No product by BLAS: its threads go on waiting for more while the encoder runs.
        near = np.round(np.einsum("ij,j->i", self.rows, unit), 2)
        least = np.partition(near, -most)[-most] if most < len(near) else near.min()
        among = np.flatnonzero(near >= least)
        # Equal ones in the order of the table, which is the alphabet's.
        best = among[np.argsort(-near[among], kind="stable")][:most]
        return tuple(NearWord(self.words[i], round(float(near[i]), 2), int(self.pages[i])) for i in best)


@cache
def shipped_words() -> WordVectors:
    """Return the table of this package; raises FileNotFoundError if it is missing."""
    return read_words(files("pipeline").joinpath("models", "words.npz").read_bytes())


@cache
def shipped_vocabulary() -> frozenset[str]:
    """Return the words of the table alone, which take a twentieth of its time to read."""
    data = files("pipeline").joinpath("models", "words.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return frozenset(stored["words"].tolist())


def read_words(data: bytes) -> WordVectors:
    """Return the table that `data`, an archive of arrays as `benchmarks.train_words` writes it, holds."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        rows = stored["rows"].astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return WordVectors(stored["words"].tolist(), stored["pages"], rows, stored["basis"].astype(np.float32))
