"""How the regression is found that tells what kind of page it is."""

import numpy as np
from numpy.typing import NDArray

from pipeline.body.page_layers import softmax

Array = NDArray[np.float64]

PENALTY = 0.03
"""Weight of the squared weights in the loss; features number more than a third of the pages."""
STEPS = 400
RATE = 0.05


def fit_kinds(pages: Array, kinds: Array) -> tuple[Array, Array]:
    """Return weights and bias; `pages` has a page a row, `kinds` a 1 in the column of its kind (Adam, full batches)."""
    mean, spread = pages.mean(axis=0), pages.std(axis=0) + 1e-3
    table = np.column_stack(((pages - mean) / spread, np.ones(len(pages))))
    found = np.zeros((table.shape[1], kinds.shape[1]))
    speed, size = np.zeros_like(found), np.zeros_like(found)
    free = np.ones((len(found), 1))
    free[-1] = 0
    for step in range(1, STEPS + 1):
        gradient = table.T @ (softmax(table @ found) - kinds) / len(pages)
        gradient += PENALTY * free * found
        speed += 0.1 * (gradient - speed)
        size += 0.001 * (gradient**2 - size)
        found -= RATE * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
    weights = found[:-1] / spread[:, None]
    return weights, found[-1] - mean @ weights
