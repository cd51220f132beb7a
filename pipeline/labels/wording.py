"""What a line sounds like: the shares of the labels by its letters, whatever stands around it.

The tables know what furniture calls itself word for word; a site has its own words for it, made of the same stems, and
its own sentences. What each run of letters speaks for is learnt from the strings of `rules/chrome.toml`, from sentences
of furniture, paragraphs of articles and annotated pages; see the card of `models/labels.npz`, which holds the weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.body.page_layers import Array, softmax
from pipeline.lines.stamps import fold

MAX_LINE = 300
"""Code points of a line that is judged by its letters; a longer one is judged by how it looks."""
MAX_SHORT = 60
"""Code points of a label, a button or a title. Longer lines are sentences and are heard apart: an A is no paragraph."""
BUCKET_BITS = 17
"""Runs of letters share this many rows of weights, as a power of two: the table has no list of them."""
GRAIN = 1 / 16
"""What weights are stored in multiples of, as one byte each."""
_RUNS = (2, 3, 4)
"""Code points of the runs."""
_LEAST = 1e-3
"""Share below which labels are all the same."""

_AT_ONCE = 64
"""Lines whose runs are looked up together, a row of the table each: those of a whole page would be tens of MB."""

_FIGURES = regex.compile(r"\p{Nd}+")
_SPREAD, _MIX = np.uint32(16_777_619), np.uint32(2_654_435_761)
"""An odd factor for each further letter (as FNV has it), and one that moves what tells runs apart to the upper bits."""
_APART = np.uint32(0x5BD1E995)
"""What parts the runs of long lines from the same ones in short lines."""

Buckets = NDArray[np.uint32]
Owners = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Wording:
    """The log odds that each bucket of runs adds to each label, and those that all lines begin with."""

    table: Array
    bias: Array

    @classmethod
    def stored(cls, grains: NDArray[np.int8], bias: Array) -> Self:
        """Return what is stored as `grains`, weights in multiples of GRAIN, and `bias`."""
        return cls(grains.astype(np.float32) * np.float32(GRAIN), bias.astype(np.float16).astype(np.float32))

    def grains(self) -> NDArray[np.int8]:
        """Return the table as it is stored."""
        return np.round(self.table / GRAIN).astype(np.int8)

    def hints(self, texts: Sequence[str]) -> Array:
        """Return how each of `texts` sounds: a row a text, a column a label, from 0, as for long texts, to 2.3."""
        told = np.zeros((len(texts), len(self.bias)), dtype=np.float32)
        short = [i for i, text in enumerate(texts) if len(text) <= MAX_LINE]
        for some in (short[at : at + _AT_ONCE] for at in range(0, len(short), _AT_ONCE)):
            shares = softmax(self.odds(*runs([texts[i] for i in some])))
            told[some] = np.log1p(shares / _LEAST) / 3
        return told

    def odds(self, buckets: Buckets, owners: Owners) -> Array:
        """Return the log odds of the labels by line, whose runs are those that `runs` returns."""
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        counts = np.diff(starts, append=len(owners))
        found: Array = np.add.reduceat(self.table.take(buckets, axis=0), starts, axis=0)
        found *= 1 / np.sqrt(counts, dtype=np.float32)[:, None]
        found += self.bias
        return found


def runs(texts: Sequence[str]) -> tuple[Buckets, Owners]:
    """Return the buckets of all runs of letters of `texts`, and which text each is of, in their order.

    Every text has some: the blanks around it count too.

    >>> runs(["a", "b"])[1].tolist()
    [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    """
    folded = [f" {_FIGURES.sub('0', fold(text))}  " for text in texts]
    letters = np.frombuffer("".join(folded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(folded)), [len(text) for text in folded])
    apart = np.array([_APART if len(text) > MAX_SHORT else 0 for text in texts], dtype=np.uint32)
    found, owners = [], []
    mixed = letters
    for length in range(2, max(_RUNS) + 1):
        mixed = mixed[:-1] * _SPREAD + letters[length - 1 :]
        own = owner[length - 1 :]
        inside = own == owner[: len(own)]
        if length in _RUNS:
            told_apart = mixed[inside] ^ apart[own[inside]]
            found.append((told_apart * _MIX) >> np.uint32(32 - BUCKET_BITS))
            owners.append(own[inside])
    together = np.concatenate(owners)
    order = np.argsort(together, kind="stable")
    return np.concatenate(found)[order], together[order]
