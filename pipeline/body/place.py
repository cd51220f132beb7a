"""Where a line stands on its page, and what kind of page that is, for the model that finds the body."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]

CAP = 400
"""Columns of one line that count at most, so that one legal text does not outweigh an article."""
COSTS = (25, 60)
"""What each line takes off a run of lines; long lines pay it back."""
MIN_WRITTEN = 60
"""Columns from which a line counts as written text rather than as a label."""

SUMMED_UP = ("width_40", "all_capital", "sentences", "ends", "listed", "wide", "caseless", "digits", "times")
"""Features whose mean over the page each line is given."""


def place_features(width: Column, of_lines: Mapping[str, Column]) -> dict[str, Column]:
    """Return what the place of each line tells, by name; `of_lines` as `line_features` returns it."""
    count, total = len(width), max(float(width.sum()), 1.0)
    at = np.arange(count)
    written = np.minimum(width, CAP) * (width > MIN_WRITTEN)
    so_far, of_all = np.cumsum(written), max(float(written.sum()), 1.0)
    columns = {
        "place": at / max(count, 1),
        "lines_above": np.log1p(at),
        "lines_below": np.log1p(count - 1 - at),
        "text_above": (np.cumsum(width) - width) / total,
        "written_until": so_far / of_all,
        "written_above": (so_far - written) / of_all,
        "page_lines": np.full(count, np.log1p(count)),
        "page_width": np.full(count, np.log1p(total)),
        "page_written": np.full(count, of_all / total),
    }
    for cost in COSTS:
        columns |= {f"run_{cost}_{name}": column for name, column in _run(width, cost, total).items()}
    return columns | {f"page_{name}": np.full(count, of_lines[name].mean()) for name in SUMMED_UP}


def best_run(width: Column, cost: int = COSTS[-1]) -> tuple[int, int, float]:
    """Return first and last line of the run that has most text above the `cost` of its lines, and how much.

    That is Kadane's algorithm.

    >>> best_run(np.array([20, 200, 300, 10]))
    (1, 2, 380.0)
    """
    gains = np.where(width >= cost, np.minimum(width, CAP) - cost, 0.5 * width - cost)
    sums = np.append(0, np.cumsum(gains))
    lowest = np.minimum.accumulate(sums)
    last = int(np.argmax(sums[1:] - lowest[:-1]))
    first = int(np.argmin(sums[: last + 1]))
    return first, last, float(sums[last + 1] - sums[first])


def _run(width: Column, cost: int, total: float) -> dict[str, Column]:
    """Return how each line lies to the best run at that `cost`."""
    first, last, gain = best_run(width, cost)
    at = np.arange(len(width))
    return {
        "inside": (at >= first) & (at <= last),
        "before": np.log1p(np.maximum(first - at, 0)),
        "after": np.log1p(np.maximum(at - last, 0)),
        "gain": np.full(len(width), gain / total),
        "part": np.clip((at - first) / max(last - first, 1), -1, 2),
    }
