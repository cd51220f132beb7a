"""The layers of `pipeline.body.page_layers` on a tape, and the weights that they start from."""

import numpy as np

from benchmarks.tape import Array, Node, Tape


class FirstWeights(dict[str, Array]):
    """Weights to start from, drawn at random, for layers `width` wide."""

    def __init__(self, width: int, random: np.random.Generator) -> None:
        super().__init__()
        self._width, self._random = width, random
        self._small = 0.3 / width**0.5

    def table(self, name: str, rows: int, columns: int, scale: float, bias: str = "") -> None:
        """Add a table and, if it is named, a bias of nothing."""
        self[name] = (self._random.standard_normal((rows, columns)) * scale).astype(np.float32)
        if bias:
            self[bias] = np.zeros(columns, np.float32)

    def block(self, name: str) -> None:
        """Add what `block` needs."""
        width = self._width
        self.table(f"{name}_see", 3 * width, width, (2 / (3 * width)) ** 0.5, f"{name}_bias")
        self.table(f"{name}_add", width, width, self._small)
        self.gain(name)

    def page(self, name: str) -> None:
        """Add what `with_page` needs."""
        self.table(f"{name}_add", 2 * self._width, self._width, self._small, f"{name}_bias")
        self.gain(name)

    def gain(self, name: str) -> None:
        """Add a gain of one a column."""
        self[f"{name}_gain"] = np.ones(self._width, np.float32)


def block(tape: Tape, lines: Node, name: str, step: int, rate: float) -> Node:
    """Each line with what it sees in itself and in those `step` above and below; some of that is dropped."""
    seen = tape.ramp(tape.see(tape.even(lines, f"{name}_gain"), f"{name}_see", f"{name}_bias", step))
    return tape.add(lines, tape.linear(tape.dropped(seen, rate), f"{name}_add"))


def with_page(tape: Tape, lines: Node, name: str, amount: Node) -> Node:
    """Each line with what their means over the page say, by line and by `amount`."""
    seen, each = tape.even(lines, f"{name}_gain"), Node(np.ones_like(amount.value))
    means = tape.beside(tape.page_mean(seen, each), tape.page_mean(seen, amount))
    return tape.add(lines, tape.linear(means, f"{name}_add", f"{name}_bias"))
