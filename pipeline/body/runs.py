"""From scores of lines to the runs of lines that are the body: the likeliest ones, each border having its price."""

import numpy as np
from numpy.typing import NDArray

SURE = 1e-4
"""Scores nearer to 0 or 1 count as this near: one line must not outweigh a page."""


def body_runs(
    score: NDArray[np.float64], words: NDArray[np.float64], *, cut: float, border: float
) -> NDArray[np.bool_]:
    """Return which lines are body, the best way to part the page into runs (Viterbi's algorithm).

    A line speaks for body by the log odds of its `score` against `cut`, times the root of its words: the more it
    holds, the more it costs to get it wrong, but a long legal text must not decide for its neighbours. `border` is
    what each change between body and furniture costs.

    >>> body_runs(np.array([0.1, 0.9, 0.4, 0.9, 0.1]), np.full(5, 8.0), cut=0.5, border=2.0).tolist()
    [False, True, True, True, False]
    """
    likely = np.clip(score, SURE, 1 - SURE)
    gains = (np.log(likely / (1 - likely)) - np.log(cut / (1 - cut))) * np.sqrt(words + 1)
    out, within = 0.0, -np.inf
    came_out, came_within = [], []
    for gain in gains.tolist():
        leaves, enters = within - border > out, out - border > within
        out, within = (within - border if leaves else out), (out - border if enters else within) + gain
        came_out.append(leaves)
        came_within.append(not enters)
    chosen = np.zeros(len(gains), dtype=bool)
    inside = within > out
    for i in reversed(range(len(gains))):
        chosen[i] = inside
        inside = came_within[i] if inside else came_out[i]
    return chosen
