"""Who published a page: the likeliest of the names around its article, by a model that learnt it from annotated pages.

A page says in many ways whose it is, each of which is wrong on some pages. What each tells is a weight; the weights of
all that is known of a name are added up. `models/publisher.md` says how they were found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import fsum

import numpy as np

from pipeline.publisher_candidates import Told, find_candidates
from pipeline.publisher_columns import Columns, read_columns
from pipeline.publisher_furniture import read_furniture


@dataclass(frozen=True, slots=True)
class PublisherModel:
    """A weight for each column, in log odds against that none of the names is the publisher's."""

    weights: Mapping[str, float]

    def log_odds(self, columns: Columns) -> float:
        """Return how much likelier it is that a name with `columns` is the publisher's than that none is."""
        # Summed without rounding: the columns come in any order.
        return fsum(value * self.weights.get(name, 0.0) for name, value in columns.items())


@cache
def shipped_publisher() -> PublisherModel:
    """Return the model of this package; raises FileNotFoundError if it is missing."""
    return read_publisher(files("pipeline").joinpath("models", "publisher.npz").read_bytes())


def read_publisher(data: bytes) -> PublisherModel:
    """Return the model that `data`, an archive of arrays as `benchmarks.train_publisher` writes it, holds."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return PublisherModel(
            dict(zip(stored["names"].tolist(), stored["weights"].astype(np.float64).tolist(), strict=True))
        )


def choose_publisher(told: Told, model: PublisherModel | None = None) -> str | None:
    """Return the likeliest publisher by `model` (the shipped one unless another is given), None if none is likelier."""
    model = model or shipped_publisher()
    furniture = read_furniture(told.segments)
    named = read_columns(told, furniture, find_candidates(told, furniture))
    odds, name = max(((model.log_odds(columns), name) for name, columns in named), default=(0.0, ""))
    return name if odds > 0 else None
