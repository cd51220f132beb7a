"""The network of `pipeline.body.network` on a tape, its loss, and the steps by which its weights are found."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from benchmarks.adamw import descend
from benchmarks.layers import FirstWeights, block, with_page
from benchmarks.tape import Array, Node, Rows, Tape
from pipeline.body.network import MIDDLE, SECOND_STEPS, STEPS

SMOOTH = 20.0
"""Words added to both sides of an F1, so that short bodies do not rule."""
SHARE_OF_LINES = 0.5
"""How much single lines count, against the page's F1."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Shares of columns that are left out at random, a page at a time, so that no other relies on one of them."""

    within: float = 0.15
    features: float = 0.05


DEFAULT = Dropped()


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages to learn from: scaled features and words by line, whether each line is body and inside its span."""

    features: Array
    words: Array
    body: Array
    span: Array
    rows: Rows


def first_weights(features: int, width: int, random: np.random.Generator) -> dict[str, Array]:
    """Return weights to start from."""
    weights = FirstWeights(width, random)
    weights.table("in", features, width, (2 / features) ** 0.5, "in_bias")
    for name in [*(f"block{i}" for i in range(len(STEPS))), *(f"late{i}" for i in range(len(SECOND_STEPS)))]:
        weights.block(name)
    for name in ("middle", "end"):
        weights.page(name)
    weights.table("first", width, 2, 0.1, "first_bias")
    weights.table("second", 3 * width + 6, width, (2 / (3 * width)) ** 0.5, "second_bias")
    weights.table("last", width, 1, 0.1, "last_bias")
    for name in ("first", "second", "last"):
        weights.gain(name)
    return weights


def forward(tape: Tape, features: Array, words: Array, dropped: Dropped = DEFAULT) -> tuple[Node, Node]:
    """Return the logits of the first pass (body, span) and of the second (body), by line."""
    amount = Node(words[:, None])
    lines = tape.ramp(tape.linear(tape.dropped(Node(features), dropped.features), "in", "in_bias"))
    for number, step in enumerate(STEPS):
        lines = block(tape, lines, f"block{number}", step, dropped.within)
        if number + 1 == MIDDLE:
            lines = with_page(tape, lines, "middle", amount)
    told = tape.even(with_page(tape, lines, "end", amount), "first_gain")
    logits = tape.linear(told, "first", "first_bias")
    first = tape.sigmoid(logits)
    amounts = tape.scaled(first, words[:, None])
    body = tape.page_mean(told, tape.first_columns(amounts, 1))
    second = tape.beside(told, body, tape.above_and_below(amounts), first, tape.times(told, body))
    lines = tape.ramp(tape.linear(tape.dropped(second, dropped.within), "second", "second_bias"))
    lines = tape.even(lines, "second_gain")
    for number, step in enumerate(SECOND_STEPS):
        lines = block(tape, lines, f"late{number}", step, dropped.within)
    decided = tape.linear(tape.even(lines, "last_gain"), "last", "last_bias")
    return logits, decided


def gradients(
    weights: dict[str, Array], batch: Batch, random: np.random.Generator | None, dropped: Dropped = DEFAULT
) -> dict[str, Array]:
    """Return the gradient of the loss by each weight."""
    tape = Tape(weights, batch.rows, random)
    first, second = forward(tape, batch.features, batch.words, dropped)
    pages = len(batch.rows.starts)
    share = (batch.words + 1)[:, None]
    share = SHARE_OF_LINES * share / batch.rows.sums(share)[batch.rows.page] / pages
    goal = batch.body[:, None]
    of_second = share * (_likely(second.value) - goal) + _by_f1(second.value, batch) / pages
    of_first = share * (_likely(first.value) - np.stack((batch.body, batch.span), axis=1))
    of_first[:, :1] += 0.5 * _by_f1(first.value[:, :1], batch) / pages
    seeds = [(node, g.astype(node.value.dtype)) for node, g in ((second, of_second), (first, of_first))]
    return tape.run_back(seeds)


def _likely(logits: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def _by_f1(logits: Array, batch: Batch) -> Array:
    """Return the gradient, by each logit, of 1 less each page's expected F1 by word."""
    likely, words, goal = _likely(logits), batch.words[:, None], batch.body[:, None]
    hits = 2 * batch.rows.sums(likely * words * goal) + SMOOTH
    both = batch.rows.sums(likely * words + words * goal) + SMOOTH
    page = batch.rows.page
    slope = (hits / both**2)[page] * words - 2 * words * goal / both[page]
    gradient: Array = slope * likely * (1 - likely)
    return gradient


def train(
    batches: Iterable[Batch],
    steps: int,
    weights: dict[str, Array],
    random: np.random.Generator,
    dropped: Dropped = DEFAULT,
) -> dict[str, Array]:
    """Return the weights after `steps` batches."""
    return descend(weights, (gradients(weights, batch, random, dropped) for batch in batches), steps)
