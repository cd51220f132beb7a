"""Which of the names on a page is meant: a weight for each thing that is known of a name, added up.

A page says in many ways whose it is and who wrote it, each of which is wrong on some pages. What each tells is a weight
that a model learnt from annotated pages. `models/publisher.md` and `models/author.md` say how they were found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import fsum

import numpy as np

Columns = Mapping[str, float]
"""What is known of a name: named numbers from 0 to 1."""


@dataclass(frozen=True, slots=True)
class NameModel:
    """A weight for each column, in log odds against that none of the names is right."""

    weights: Mapping[str, float]

    def log_odds(self, columns: Columns) -> float:
        """Return how much likelier it is that a name with `columns` is right than that none is."""
        # Summed without rounding: the columns come in any order.
        return fsum(value * self.weights.get(name, 0.0) for name, value in columns.items())

    def choose(self, named: Iterable[tuple[str, Columns]]) -> str | None:
        """Return the likeliest of the names in `named`, None if none is likelier."""
        odds, name = max(((self.log_odds(columns), name) for name, columns in named), default=(0.0, ""))
        return name if odds > 0 else None


@cache
def shipped_names(field: str) -> NameModel:
    """Return the model of this package for `field`; raises FileNotFoundError if it is missing."""
    return read_names(files("pipeline").joinpath("models", f"{field}.npz").read_bytes())


def read_names(data: bytes) -> NameModel:
    """Return the model that `data`, an archive of arrays as `benchmarks.train_names` writes it, holds."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return NameModel(
            dict(zip(stored["names"].tolist(), stored["weights"].astype(np.float64).tolist(), strict=True))
        )
