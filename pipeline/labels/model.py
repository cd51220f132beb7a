"""The shipped model of labels: what a segment is, by its looks and letters, what rules say of it and what is around it.

A small network over the segments of one page. What is seen of a segment, in columns of named values, speaks for labels
by itself, and makes a vector that takes in those of its neighbours and of the page. So does what a line sounds like,
if it is not long. A rule that fits all pages that its writer knew fits fewer of the next site; how far each can be
believed, pages tell that no rule was written for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from pipeline.body.page_layers import Array, Weights, block, even, one_thread, softmax, with_page
from pipeline.document import Segment
from pipeline.labels.columns import Columns, line_columns, place_columns
from pipeline.labels.wording import Wording
from pipeline.lines.shape import width

STEPS = (1, 2, 4, 1)
"""Segments to each side that the blocks look."""
MIDDLE = 1
"""Blocks before the page's mean is added for the first time."""

Scores = NDArray[np.float32]
"""A row a segment, a column for each label."""
Codes = NDArray[np.int_]
"""A row a segment, a column for each column that it is seen in: rows of tables of weights, 0 for what is not known."""


@dataclass(frozen=True, slots=True)
class LabelModel:
    """The networks, whose shares are averaged, the rows of their tables by column and value, and how lines sound."""

    codes: Mapping[str, Mapping[str, int]]
    wording: Wording
    networks: Sequence[Weights]

    def shares(self, segments: Sequence[Segment]) -> Scores:
        """Return how likely each label is for each of `segments`, labelled by the rules; a row sums to 1."""
        seen = coded(self.codes, columns_of(segments))
        amount = amounts(segments)
        heard = self.wording.hints([segment.text for segment in segments])
        with one_thread():
            odds = [odds_of(weights, seen, heard, amount) for weights in self.networks]
            told: Scores = np.mean([softmax(one) for one in odds], axis=0)
        return told


def columns_of(segments: Sequence[Segment]) -> Columns:
    """Return what the model is told of `segments`, labelled by the rules."""
    return {**line_columns(segments), **place_columns(segments, [segment.label for segment in segments])}


def coded(codes: Mapping[str, Mapping[str, int]], columns: Columns) -> Codes:
    """Return the values in `columns` by number.

    >>> coded({"shape": {"prose": 1, "title": 2}}, {"shape": ["title", "a thing never seen"]}).tolist()
    [[2], [0]]
    """
    return np.array([[known.get(value, 0) for value in columns[name]] for name, known in codes.items()]).T


def amounts(segments: Sequence[Segment]) -> Scores:
    """Return how much is written in each of `segments`, in one column."""
    return np.array([[width(segment.text)] for segment in segments], dtype=np.float32)


def odds_of(weights: Weights, seen: Codes, heard: Array, amount: Scores) -> Scores:
    """Return the log odds of each label, by what is `seen` and `heard` of each segment and the `amount` written."""
    lines: Array = summed(weights["in"], seen) + weights["in_bias"]
    lines += heard @ weights["heard"]
    lines = np.maximum(lines, 0, out=lines)
    for number, step in enumerate(STEPS):
        lines = block(weights, f"block{number}", lines, step)
        if number + 1 == MIDDLE:
            lines = with_page(weights, "middle", lines, amount)
    told = even(with_page(weights, "end", lines, amount), weights["last_gain"])
    odds = told @ weights["last"] + weights["last_bias"] + summed(weights["direct"], seen)
    odds += heard @ weights["heard_direct"]
    return odds.astype(np.float32, copy=False)


def summed(table: Array, seen: Codes) -> Array:
    """Return for each segment the sum of the rows of `table` that it is `seen` in.

    Column by column, which takes a third of the time of one array of all those rows.

    >>> summed(np.array([[0.0], [1.0], [10.0]]), np.array([[1, 2], [0, 1]])).tolist()
    [[11.0], [1.0]]
    """
    first, *rest = np.ascontiguousarray(seen.T)
    total: Array = table.take(first, axis=0)
    row = np.empty_like(total)
    for column in rest:
        # In this mode it writes to `out` at once; no number is outside of the table.
        total += table.take(column, axis=0, out=row, mode="clip")
    return total


@cache
def shipped_labels() -> LabelModel:
    """Return the model of this package; raises FileNotFoundError if it is missing."""
    return read_labels(files("pipeline").joinpath("models", "labels.npz").read_bytes())


def read_labels(data: bytes) -> LabelModel:
    """Return the model that `data`, an archive of arrays as `benchmarks.train_labels` writes it, holds."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        known = list(zip(stored["columns"].tolist(), stored["values"].tolist(), strict=True))
        tables = {name: stored[name].astype(np.float32) for name in stored.files if "/" in name}
        wording = Wording.stored(stored["wording"], stored["wording_bias"])
    numbers = sorted({int(name.split("/")[0]) for name in tables})
    networks = [{name.split("/")[1]: t for name, t in tables.items() if name.startswith(f"{n}/")} for n in numbers]
    return LabelModel(by_column(known), wording, networks)


def by_column(known: Sequence[tuple[str, str]]) -> Mapping[str, Mapping[str, int]]:
    """Return the numbers, from 1, of the pairs of column and value that are `known`, in their order."""
    codes: dict[str, dict[str, int]] = {}
    for number, (column, value) in enumerate(known, start=1):
        codes.setdefault(column, {})[value] = number
    return codes
