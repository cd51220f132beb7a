"""How a network's weights are found, step by step (AdamW, the rate falling as a cosine; numpy)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, pi

import numpy as np
from numpy.typing import NDArray

from benchmarks.tape import Array

WARM_UP = 100


@dataclass(frozen=True, slots=True)
class Pace:
    """The learning rate after the first steps, from where it falls to nothing; and how fast tables of weights decay."""

    fastest: float = 0.003
    decay: float = 0.02


PACE = Pace()


def shuffled(examples: int, size: int, epochs: int, random: np.random.Generator) -> Iterator[NDArray[np.int_]]:
    """Yield the numbers of the examples of each step, `size` of them: all once an epoch, in an order by chance.

    >>> sorted(int(i) for some in shuffled(3, 2, 2, np.random.default_rng(0)) for i in some)
    [0, 0, 1, 1, 2, 2]
    """
    for _ in range(epochs):
        order = random.permutation(examples)
        for start in range(0, examples, size):
            yield order[start : start + size]


def descend(
    weights: dict[str, Array], gradients: Iterable[Mapping[str, Array]], steps: int, pace: Pace = PACE
) -> dict[str, Array]:
    """Return a running mean of `weights`, which are moved, after so many `steps`: one for each of the `gradients`.

    Each is asked for when the weights have moved by the one before.
    """
    speed = {name: np.zeros_like(w) for name, w in weights.items()}
    size = {name: np.zeros_like(w) for name, w in weights.items()}
    mean = {name: w.copy() for name, w in weights.items()}
    for step, found in enumerate(gradients, 1):
        length = sum(float((g * g).sum()) for g in found.values()) ** 0.5
        rate = pace.fastest * min(1, step / WARM_UP) * (0.5 * (1 + cos(pi * step / steps)) + 0.01)
        for name, weight in weights.items():
            g = found[name] * np.float32(min(1, 1 / (length + 1e-9)))
            speed[name] += np.float32(0.1) * (g - speed[name])
            size[name] += np.float32(0.01) * (g * g - size[name])
            move = (speed[name] / (1 - 0.9**step)) / (np.sqrt(size[name] / (1 - 0.99**step)) + 1e-6)
            decay = pace.decay if weight.ndim == 2 else 0.0
            weight -= (rate * (move + decay * weight)).astype(np.float32)
            mean[name] += np.float32(max(0.005, 10 / (step + 10))) * (weight - mean[name])
    return mean
