"""The shipped model of labels: what a segment is, by how it looks, what the rules say of it and what stands around it.

Two multinomial regressions, one after the other: the second sees what the first makes of the whole page. A rule that
fits all pages that its writer knew fits fewer of the next site; how far each can be believed, pages tell that no rule
was written for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.document import LABELS, Segment
from pipeline.label_columns import Columns, line_columns, place_columns

FIRST = "made of it"
"""The column of what the first regression makes of a segment; the columns of its places begin with this as well."""
EDGE = "the page ends"

Scores = NDArray[np.float32]
"""A row a segment, a column for each of LABELS."""
Weights = NDArray[np.float32]
"""A row for each thing seen, a column for each of LABELS."""
Codes = NDArray[np.int_]


class Seen(NamedTuple):
    """What is found in a column so many segments further down."""

    column: str
    offset: int
    value: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked up in a column: `codes` of its values from 1, and for each distance a row of weights a code.

    Code 0, a row of zeros, is what is not known.
    """

    codes: Mapping[str, int]
    weights: Mapping[int, Weights]


@dataclass(frozen=True, slots=True)
class Regression:
    """A multinomial regression over columns, each seen in the segment itself and in some of its neighbours."""

    sights: Mapping[str, Sight]

    def shares(self, columns: Columns) -> Scores:
        """Return how likely each label is for each segment of a page, summing to 1."""
        scores: Scores = np.zeros((len(next(iter(columns.values()))), len(LABELS)), dtype=np.float32)
        for name, sight in self.sights.items():
            codes = np.array([sight.codes.get(value, 0) for value in columns[name]])
            for offset, weights in sight.weights.items():
                np.add(scores, weights[shifted(codes, offset, sight.codes.get(EDGE, 0))], out=scores)
        powers: Scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Scores = powers / powers.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, slots=True)
class LabelModel:
    """The two regressions."""

    first: Regression
    second: Regression

    def shares(self, segments: Sequence[Segment]) -> Scores:
        """Return how likely each of LABELS is for each of `segments`, labelled by the rules."""
        columns = first_columns(segments)
        return self.second.shares(second_columns(segments, columns, self.first.shares(columns)))


def first_columns(segments: Sequence[Segment]) -> Columns:
    """Return what the first regression is told."""
    return {**line_columns(segments), **place_columns(segments, [segment.label for segment in segments])}


def second_columns(segments: Sequence[Segment], columns: Columns, shares: Scores) -> Columns:
    """Return what the second one is told: all that the first was, and by its `shares` what that made of the page."""
    labels = [LABELS[best] for best in shares.argmax(axis=1).tolist()]
    named = {f"{FIRST}, {name}": column for name, column in place_columns(segments, labels).items() if name != "label"}
    return {**columns, FIRST: labels, **named}


def shifted(codes: Codes, offset: int, edge: int) -> Codes:
    """Return what stands `offset` segments further down, for each segment of a page; `edge` beyond its ends.

    >>> shifted(np.array([7, 8, 9]), 1, 0).tolist(), shifted(np.array([7, 8, 9]), -2, 0).tolist()
    ([8, 9, 0], [0, 0, 7])
    """
    if offset == 0:
        return codes
    outside = np.full(min(abs(offset), len(codes)), edge)
    return np.concatenate((codes[offset:], outside) if offset > 0 else (outside, codes[:offset]))


@cache
def shipped_labels() -> LabelModel:
    """Return the model of this package; raises FileNotFoundError if it is missing."""
    return read_labels(files("pipeline").joinpath("models", "labels.npz").read_bytes())


def read_labels(data: bytes) -> LabelModel:
    """Return the model that `data`, an archive of arrays as `benchmarks.train_labels` writes it, holds."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        first, second = (
            regression(
                map(Seen, *(stored[f"{part}_{name}"].tolist() for name in ("columns", "offsets", "values"))),
                stored[f"{part}_weights"].astype(np.float32),
            )
            for part in ("first", "second")
        )
    return LabelModel(first, second)


def regression(seen: Iterable[Seen], weights: Weights) -> Regression:
    """Return the regression that has a row of `weights` for each thing `seen`, in this order."""
    rows = list(zip(seen, weights, strict=True))
    codes: dict[str, dict[str, int]] = {}
    for one, _ in rows:
        known = codes.setdefault(one.column, {})
        known.setdefault(one.value, len(known) + 1)
    tables: dict[str, dict[int, Weights]] = {}
    for one, row in rows:
        known = codes[one.column]
        blank = np.zeros((len(known) + 1, len(LABELS)), dtype=np.float32)
        tables.setdefault(one.column, {}).setdefault(one.offset, blank)[known[one.value]] = row
    return Regression({column: Sight(codes[column], tables[column]) for column in codes})
