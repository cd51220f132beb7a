"""The network of `pipeline.body_network` on a tape, its loss, and the steps by which its weights are found."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi

import numpy as np

from benchmarks.body_tape import Array, Node, Rows, Tape
from pipeline.body_network import MIDDLE, SECOND_STEPS, STEPS

SMOOTH = 20.0
"""Words added to both sides of an F1, so that short bodies do not rule."""
FASTEST = 0.003
"""Learning rate after the first steps, from where it falls to nothing."""
WARM_UP = 100
DECAY = 0.02
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
    weights: dict[str, Array] = {}

    def add(name: str, rows: int, columns: int, scale: float, bias: str = "") -> None:
        weights[name] = (random.standard_normal((rows, columns)) * scale).astype(np.float32)
        if bias:
            weights[bias] = np.zeros(columns, np.float32)

    small = 0.3 / width**0.5
    add("in", features, width, (2 / features) ** 0.5, "in_bias")
    for name in [*(f"block{i}" for i in range(len(STEPS))), *(f"late{i}" for i in range(len(SECOND_STEPS)))]:
        add(f"{name}_see", 3 * width, width, (2 / (3 * width)) ** 0.5, f"{name}_bias")
        add(f"{name}_add", width, width, small)
        weights[f"{name}_gain"] = np.ones(width, np.float32)
    for name in ("middle", "end"):
        add(f"{name}_add", 2 * width, width, small, f"{name}_bias")
        weights[f"{name}_gain"] = np.ones(width, np.float32)
    add("first", width, 2, 0.1, "first_bias")
    add("second", 3 * width + 6, width, (2 / (3 * width)) ** 0.5, "second_bias")
    add("last", width, 1, 0.1, "last_bias")
    for name in ("first", "second", "last"):
        weights[f"{name}_gain"] = np.ones(width, np.float32)
    return weights


def forward(tape: Tape, features: Array, words: Array, dropped: Dropped = DEFAULT) -> tuple[Node, Node]:
    """Return the logits of the first pass (body, span) and of the second (body), by line."""
    amount, each = Node(words[:, None]), Node(np.ones((len(words), 1), np.float32))

    def block(lines: Node, name: str, step: int) -> Node:
        seen = tape.ramp(tape.see(tape.even(lines, f"{name}_gain"), f"{name}_see", f"{name}_bias", step))
        return tape.add(lines, tape.linear(tape.dropped(seen, dropped.within), f"{name}_add"))

    def with_page(lines: Node, name: str) -> Node:
        seen = tape.even(lines, f"{name}_gain")
        means = tape.beside(tape.page_mean(seen, each), tape.page_mean(seen, amount))
        return tape.add(lines, tape.linear(means, f"{name}_add", f"{name}_bias"))

    lines = tape.ramp(tape.linear(tape.dropped(Node(features), dropped.features), "in", "in_bias"))
    for number, step in enumerate(STEPS):
        lines = block(lines, f"block{number}", step)
        if number + 1 == MIDDLE:
            lines = with_page(lines, "middle")
    told = tape.even(with_page(lines, "end"), "first_gain")
    logits = tape.linear(told, "first", "first_bias")
    first = tape.sigmoid(logits)
    amounts = tape.scaled(first, words[:, None])
    body = tape.page_mean(told, tape.first_columns(amounts, 1))
    second = tape.beside(told, body, tape.above_and_below(amounts), first, tape.times(told, body))
    lines = tape.ramp(tape.linear(tape.dropped(second, dropped.within), "second", "second_bias"))
    lines = tape.even(lines, "second_gain")
    for number, step in enumerate(SECOND_STEPS):
        lines = block(lines, f"late{number}", step)
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
    """Return the weights after `steps` batches (AdamW, the rate falling as a cosine; a running mean of the weights)."""
    speed = {name: np.zeros_like(w) for name, w in weights.items()}
    size = {name: np.zeros_like(w) for name, w in weights.items()}
    mean = {name: w.copy() for name, w in weights.items()}
    for step, batch in enumerate(batches, 1):
        found = gradients(weights, batch, random, dropped)
        length = sum(float((g * g).sum()) for g in found.values()) ** 0.5
        rate = FASTEST * min(1, step / WARM_UP) * (0.5 * (1 + cos(pi * step / steps)) + 0.01)
        for name, weight in weights.items():
            g = found[name] * np.float32(min(1, 1 / (length + 1e-9)))
            speed[name] += np.float32(0.1) * (g - speed[name])
            size[name] += np.float32(0.01) * (g * g - size[name])
            move = (speed[name] / (1 - 0.9**step)) / (np.sqrt(size[name] / (1 - 0.99**step)) + 1e-6)
            decay = DECAY if weight.ndim == 2 else 0.0
            weight -= (rate * (move + decay * weight)).astype(np.float32)
            mean[name] += np.float32(max(0.005, 10 / (step + 10))) * (weight - mean[name])
    return mean
