"""Array operations that can be taken back: what it needs to train networks over pages with numpy alone.

Each operation computes its value and notes how a gradient flows back through it. Rows are the lines of several pages,
one page after the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.body.page_layers import EVEN

Array = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]


@dataclass(slots=True)
class Node:
    """A value and, on the way back, the gradient of the loss by it."""

    value: Array
    gradient: Array | None = None

    def receive(self, gradient: Array) -> None:
        self.gradient = gradient if self.gradient is None else self.gradient + gradient


@dataclass(frozen=True, slots=True)
class Rows:
    """Which page each row belongs to: the first row of each page, and the page of each row."""

    starts: Ints
    page: Ints

    @classmethod
    def of(cls, lengths: Sequence[int]) -> "Rows":
        """Return the rows of pages with so many lines each."""
        return cls(np.append(0, np.cumsum(lengths)[:-1]), np.repeat(np.arange(len(lengths)), lengths))

    def sums(self, values: Array) -> Array:
        """Return the sum over each page."""
        return np.add.reduceat(values, self.starts, axis=0)


@dataclass(slots=True)
class Tape:
    """The operations of one pass over a batch of pages."""

    weights: dict[str, Array]
    rows: Rows
    random: np.random.Generator | None = None
    """Where what is dropped comes from; None to drop nothing."""
    gradients: dict[str, Array] = field(default_factory=dict)
    _back: list[tuple[Node, Callable[[Array], None]]] = field(default_factory=list)

    def note(self, value: Array, back: Callable[[Array], None]) -> Node:
        node = Node(value)
        self._back.append((node, back))
        return node

    def give(self, name: str, gradient: Array) -> None:
        known = self.gradients.get(name)
        self.gradients[name] = gradient if known is None else known + gradient

    def run_back(self, seeds: Sequence[tuple[Node, Array]]) -> dict[str, Array]:
        """Return the gradient by each weight, given those by some nodes."""
        for node, gradient in seeds:
            node.receive(gradient)
        # Emptied on the way: operations know the tape and the tape them, and all their values would wait for the
        # garbage collector, 20 GB of them.
        while self._back:
            node, back = self._back.pop()
            if node.gradient is not None:
                back(node.gradient)
                node.gradient = None
        return self.gradients

    def linear(self, x: Node, name: str, bias: str = "") -> Node:
        weight, value = self.weights[name], x.value

        def back(g: Array) -> None:
            self.give(name, value.T @ g)
            if bias:
                self.give(bias, g.sum(axis=0))
            x.receive(g @ weight.T)

        return self.note(value @ weight + (self.weights[bias] if bias else np.float32(0)), back)

    def ramp(self, x: Node) -> Node:
        """Nothing below 0."""
        value = np.maximum(x.value, 0)
        return self.note(value, lambda g: x.receive(g * (value > 0)))

    def add(self, a: Node, b: Node) -> Node:
        def back(g: Array) -> None:
            a.receive(g)
            b.receive(g)

        return self.note(a.value + b.value, back)

    def times(self, a: Node, b: Node) -> Node:
        def back(g: Array) -> None:
            a.receive(g * b.value)
            b.receive(g * a.value)

        return self.note(a.value * b.value, back)

    def scaled(self, x: Node, by: Array) -> Node:
        return self.note(x.value * by, lambda g: x.receive(g * by))

    def dropped(self, x: Node, rate: float) -> Node:
        """Some columns of each page set to 0, others larger for it."""
        if self.random is None:
            return x
        pages = (len(self.rows.starts), x.value.shape[1])
        kept = (self.random.random(pages, dtype=np.float32) > rate).astype(np.float32) / (1 - rate)
        return self.scaled(x, kept[self.rows.page])

    def beside(self, *parts: Node) -> Node:
        widths = np.cumsum([part.value.shape[1] for part in parts])[:-1]

        def back(g: Array) -> None:
            for part, piece in zip(parts, np.split(g, widths, axis=1), strict=True):
                part.receive(piece)

        return self.note(np.concatenate([part.value for part in parts], axis=1), back)

    def first_columns(self, x: Node, count: int) -> Node:
        def back(g: Array) -> None:
            whole = np.zeros_like(x.value)
            whole[:, :count] = g
            x.receive(whole)

        return self.note(x.value[:, :count], back)

    def even(self, x: Node, gain: str) -> Node:
        """Each row brought to a root mean square of 1, times a gain a column."""
        shrink = 1 / np.sqrt((x.value * x.value).mean(axis=1, keepdims=True) + EVEN)
        level, gains = x.value * shrink, self.weights[gain]

        def back(g: Array) -> None:
            self.give(gain, (g * level).sum(axis=0))
            h = g * gains
            x.receive(shrink * (h - level * (h * level).mean(axis=1, keepdims=True)))

        return self.note(level * gains, back)

    def see(self, x: Node, name: str, bias: str, step: int) -> Node:
        """Of each row what it, the one `step` above and the one `step` below hold, inside their page."""
        value, weight = x.value, self.weights[name]
        above, own, below = np.split(weight, 3)
        step = min(step, len(value))
        same = (self.rows.page[step:] == self.rows.page[: len(value) - step])[:, None]
        upper, lower = value[: len(value) - step] * same, value[step:] * same
        out = value @ own + self.weights[bias]
        out[step:] += upper @ above
        out[: len(value) - step] += lower @ below

        def back(g: Array) -> None:
            down, up = g[step:], g[: len(value) - step]
            self.give(name, np.concatenate((upper.T @ down, value.T @ g, lower.T @ up)))
            self.give(bias, g.sum(axis=0))
            flow = g @ own.T
            flow[: len(value) - step] += (down @ above.T) * same
            flow[step:] += (up @ below.T) * same
            x.receive(flow)

        return self.note(out, back)

    def sigmoid(self, x: Node) -> Node:
        value = 1 / (1 + np.exp(-np.clip(x.value, -30, 30)))
        return self.note(value, lambda g: x.receive(g * value * (1 - value)))

    def page_mean(self, x: Node, amount: Node) -> Node:
        """The mean of each page, rows weighing as `amount` (one column) says, in each of its rows."""
        total = self.rows.sums(amount.value) + EVEN
        mean = self.rows.sums(x.value * amount.value) / total

        def back(g: Array) -> None:
            share = (self.rows.sums(g) / total)[self.rows.page]
            x.receive(share * amount.value)
            amount.receive(((x.value - mean[self.rows.page]) * share).sum(axis=1, keepdims=True))

        return self.note(mean[self.rows.page], back)

    def above_and_below(self, amount: Node) -> Node:
        """Which share of its page's sum of each column stands above each row, and which below it."""
        rows, width = self.rows, amount.value.shape[1]
        total = (rows.sums(amount.value) + EVEN)[rows.page]
        above = _sums_above(amount.value, rows) / total
        below = 1 - above - amount.value / total

        def back(g: Array) -> None:
            of_above, of_below = g[:, :width], g[:, width:]
            whole = rows.sums(of_above * above + of_below * below)[rows.page]
            # 1 less what is above and at the row holds the EVEN in the total too, which is small enough to forget.
            after = rows.sums(of_above)[rows.page] - _sums_above(of_above, rows) - of_above
            amount.receive((after + _sums_above(of_below, rows) - whole) / total)

        return self.note(np.concatenate((above, below), axis=1), back)


def _sums_above(values: Array, rows: Rows) -> Array:
    sums = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)))
    return (sums[:-1] - sums[rows.starts][rows.page]).astype(values.dtype)
