"""Layers of networks over the lines of one page: each line a vector, which sees its neighbours and the whole page."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

Array = NDArray[np.floating[Any]]
Weights = Mapping[str, Array]

EVEN = 1e-3
"""Keeps means of nothing finite."""


def one_thread() -> AbstractContextManager[object]:
    """Return what keeps a network to one thread.

    A page is too small to share: with a thread a processor, BLAS takes several times as long to the same end.
    """
    limit: AbstractContextManager[object] = _pools().limit(limits=1, user_api="blas")
    return limit


@cache
def _pools() -> ThreadpoolController:
    # Looking for the libraries that have threads is what takes time.
    return ThreadpoolController()


def block(weights: Weights, name: str, lines: Array, step: int) -> Array:
    """Return `lines` with what each sees in itself and in the lines `step` above and below added to it."""
    seen = even(lines, weights[f"{name}_gain"])
    see, width = weights[f"{name}_see"], lines.shape[1]
    above, own, below = see[:width], see[width : 2 * width], see[2 * width :]
    out = seen @ own
    out += weights[f"{name}_bias"]
    if step < len(lines):
        out[step:] += seen[:-step] @ above
        out[:-step] += seen[step:] @ below
    added: Array = np.maximum(out, 0, out=out) @ weights[f"{name}_add"]
    added += lines
    return added


def with_page(weights: Weights, name: str, lines: Array, amount: Array) -> Array:
    """Return `lines` with what their means over the page say, by line and by `amount` (one column), added to each."""
    seen = even(lines, weights[f"{name}_gain"])
    means = np.concatenate((mean(seen, np.ones_like(amount)), mean(seen, amount)))
    return lines + (means @ weights[f"{name}_add"] + weights[f"{name}_bias"])


def even(lines: Array, gain: Array) -> Array:
    """Return `lines` brought to the same length, a root mean square of 1, times `gain`."""
    shrink = 1 / np.sqrt(np.einsum("ij,ij->i", lines, lines) / lines.shape[1] + EVEN)
    evened: Array = lines * gain
    evened *= shrink[:, None]
    return evened


def softmax(odds: Array) -> Array:
    """Return the shares that log `odds` come to, row by row.

    >>> softmax(np.zeros((1, 4))).tolist()
    [[0.25, 0.25, 0.25, 0.25]]
    """
    powers: Array = np.exp(odds - odds.max(axis=1, keepdims=True))
    shares: Array = powers / powers.sum(axis=1, keepdims=True)
    return shares


def mean(lines: Array, amount: Array) -> Array:
    """Return the mean of `lines`, each counted as `amount` says."""
    total: Array = (amount.T @ lines)[0]
    total /= amount.sum() + EVEN
    return total
