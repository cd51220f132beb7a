"""How far each line is from the marks of a page: labels of furniture, dates, long lines, and how many lie above it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]

MARKS = (
    "chrome_line_after", "chrome_line_around", "chrome_line_about", "like_date", "width_160", "repeated", "address",
)  # fmt: skip
"""Features that mark a line."""
SHORT = 60
"""Columns below which a line with a word of a label is one."""
FAR = 6.0
"""Stands for the distance to a mark that there is not: some 400 lines, as a logarithm."""


def mark_features(width: Column, of_lines: Mapping[str, Column]) -> dict[str, Column]:
    """Return how far marks are and how many, by name; `of_lines` as `line_features` returns it."""
    told = (of_lines["chrome_words_after"] > 0) & (width < SHORT)
    marked = np.stack([*(of_lines[name] > 0 for name in MARKS), told])
    above = np.cumsum(marked, axis=1)
    columns = {
        "since": _since(marked),
        "until": _since(marked[:, ::-1])[:, ::-1],
        "above": np.log1p(above - marked),
        "below": np.log1p(above[:, -1:] - above),
    }
    names = (*MARKS, "label_after")
    return {f"{name}_{place}": row for place, rows in columns.items() for name, row in zip(names, rows, strict=True)}


def _since(marked: Column) -> Column:
    """Return how many lines each line is below the last marked one, as a logarithm; a row a mark."""
    at = np.arange(marked.shape[1])
    last = np.maximum.accumulate(np.where(marked, at, -1), axis=1)
    return np.where(last < 0, FAR, np.log1p(at - last))
