"""How the weights of names are found: a choice between the names of a page and that none of them is right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from benchmarks.name_examples import Example
from pipeline.metadata.name_model import NameModel

LEAST = 4
"""Pages on which a column must stand."""

PENALTY = 3.0
"""Half the weight of the squared weights beside the log odds of all pages; from 1 to 6 little changes."""

STEPS = 300
RATE = 0.05

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Table:
    """All names of all pages: a row a name, of which `page` is the number of its page."""

    columns: Array
    page: NDArray[np.int64]
    is_right: Array
    weight: Array
    """Of each page."""


def learn(examples: Sequence[Example]) -> NameModel:
    """Return the model learnt from `examples`."""
    counts = Counter(column for one in examples for column in {name for _, columns in one.names for name in columns})
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    weights = _descend(_table(examples, {name: at for at, name in enumerate(names)}))
    # As they will be stored, so that what is scored is what is shipped.
    return NameModel(dict(zip(names, weights.astype(np.float16).astype(np.float64).tolist(), strict=True)))


def stored(model: NameModel) -> bytes:
    """Return `model` as `pipeline.metadata.name_model.read_names` reads it."""
    data = BytesIO()
    weights = np.array(list(model.weights.values()), dtype=np.float16)
    np.savez_compressed(data, names=np.array(list(model.weights)), weights=weights)
    return data.getvalue()


def _table(examples: Sequence[Example], at: dict[str, int]) -> Table:
    rows = [(page, columns) for page, one in enumerate(examples) for _, columns in one.names]
    table = np.zeros((len(rows), len(at)), dtype=np.float32)
    for row, (_, columns) in zip(table, rows, strict=True):
        known = [(at[name], value) for name, value in columns.items() if name in at]
        row[[i for i, _ in known]] = [value for _, value in known]
    return Table(
        table,
        np.array([page for page, _ in rows]),
        np.array([right for one in examples for right in one.right], dtype=np.float32),
        np.array([one.weight for one in examples], dtype=np.float32),
    )


def _descend(table: Table) -> Array:
    """Return the weights (Adam, full batches) that make likely that one of the right names is chosen.

    Where none of the names is right, that is the right choice; its log odds are 0.
    """
    pages = len(table.weight)
    has_right = np.bincount(table.page, table.is_right, pages) > 0
    found = np.zeros(table.columns.shape[1], dtype=np.float32)
    speed, size = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, STEPS + 1):
        odds = table.columns @ found
        highest = np.zeros(pages, dtype=np.float32)
        np.maximum.at(highest, table.page, odds)
        powers, none = np.exp(odds - highest[table.page]), np.exp(-highest)
        shares = powers / (np.bincount(table.page, powers, pages) + none)[table.page]
        right = powers * table.is_right
        wanted = right / np.where(has_right, np.bincount(table.page, right, pages), 1)[table.page]
        error = ((shares - wanted) * table.weight[table.page]).astype(np.float32)
        gradient = (table.columns.T @ error + PENALTY * found) / pages
        speed += 0.1 * (gradient - speed)
        size += 0.01 * (gradient**2 - size)
        rate = RATE * (1 - step / (STEPS + 1))
        found -= rate * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.99**step)) + 1e-8)
    return found
