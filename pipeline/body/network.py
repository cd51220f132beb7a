"""The network that scores lines as body: convolutions over the lines of one page, in two passes.

Every line becomes a vector; blocks let it see its neighbours, farther ones from block to block; the page's mean is
added to all lines. The first pass says how likely each line is body, and inside the span from the body's first to its
last line. The second is told how much of that lies above and below each line, and what the likely lines have in
common, and decides.

Numbers are as wide as the weights. The shipped model's are of 32 bits, which takes two thirds of the time of 64 bits:
sums in another order, on another kind of processor, move a score by less than a millionth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.body.page_layers import EVEN, Array, Weights, block, even, mean, with_page

Width = TypeVar("Width", bound=np.floating[Any])

STEPS = (1, 2, 4, 8, 16, 32)
"""Lines to each side that the blocks of the first pass look."""
SECOND_STEPS = (1, 4)
MIDDLE = 3
"""Blocks before the page's mean is added for the first time."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of each line, 0 to 1: that it is body, and that it stands within the body's span."""

    body: NDArray[np.float64]
    span: NDArray[np.float64]


def run_network(weights: Weights, features: Array, words: Array) -> Scores:
    """Return the scores of a page; `features` has a row a line and is scaled, `words` counts each line's."""
    lines: Array = features @ weights["in"] + weights["in_bias"]
    lines = np.maximum(lines, 0, out=lines)
    amount = words[:, None].astype(lines.dtype, copy=False)
    for number, step in enumerate(STEPS):
        lines = block(weights, f"block{number}", lines, step)
        if number + 1 == MIDDLE:
            lines = with_page(weights, "middle", lines, amount)
    told = even(with_page(weights, "end", lines, amount), weights["first_gain"])
    first = sigmoid(told @ weights["first"] + weights["first_bias"])
    likely = first[:, :1] * amount
    body = np.broadcast_to(mean(told, likely), told.shape)
    second = np.concatenate((told, body, _above_and_below(first * amount), first, told * body), axis=1)
    lines = second @ weights["second"] + weights["second_bias"]
    lines = even(np.maximum(lines, 0, out=lines), weights["second_gain"])
    for number, step in enumerate(SECOND_STEPS):
        lines = block(weights, f"late{number}", lines, step)
    decided = even(lines, weights["last_gain"]) @ weights["last"] + weights["last_bias"]
    return Scores(sigmoid(decided[:, 0]).astype(np.float64), first[:, 1].astype(np.float64))


def sigmoid(values: NDArray[Width]) -> NDArray[Width]:
    """Return what the logits `values` are as probabilities."""
    shares: NDArray[Width] = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return shares


def _above_and_below(amounts: Array) -> Array:
    """Return which share of each column's sum stands above each line, and which below it."""
    total = amounts.sum(axis=0) + EVEN
    above = (np.cumsum(amounts, axis=0) - amounts) / total
    return np.concatenate((above, 1 - above - amounts / total), axis=1)


def mean_scores(parts: Sequence[Scores]) -> Scores:
    """Return the mean of what several networks say of the same page."""
    body, span = (np.mean([getattr(part, name) for part in parts], axis=0) for name in ("body", "span"))
    return Scores(body, span)
