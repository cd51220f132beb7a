"""A number for any stretch of a sequence that equals for equal stretches, for many of them at once.

A stretch's number is a polynomial over its values, read off running sums: the sum up to its end less that up to its
start, brought back to the first power (Karp, Rabin 1987, modulo 2 to the 64).
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_BASE = 0x9E3779B97F4A7C15
_BASE_INVERSE = pow(_BASE, -1, 1 << 64)
_LEAST_POWERS = 1 << 14

Ints = NDArray[np.int64]
Numbers = NDArray[np.uint64]


def stretch_numbers(values: Numbers) -> Callable[[Ints, Ints], Numbers]:
    """Return what gives the numbers of the stretches of `values` from the first offsets to before the last ones.

    >>> number = stretch_numbers(np.array([7, 9, 7, 9], dtype=np.uint64))
    >>> numbers = number(np.array([0, 1, 2]), np.array([2, 3, 4]))
    >>> bool(numbers[0] == numbers[2]), bool(numbers[0] == numbers[1])
    (True, False)
    """
    # Rounded up, so that texts of about one length share the powers.
    up, down = _powers(1 << max(len(values) + 1, _LEAST_POWERS).bit_length())
    sums = np.append(np.uint64(0), np.cumsum(values * up[: len(values)], dtype=np.uint64))

    def number(first: Ints, last: Ints) -> Numbers:
        return mixed((sums[last] - sums[first]) * down[first])

    return number


def mixed(numbers: Numbers) -> Numbers:
    """Return `numbers` with their bits spread over all places (the finalizer of splitmix64)."""
    with np.errstate(over="ignore"):
        numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    spread: Numbers = numbers ^ (numbers >> np.uint64(31))
    return spread


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Numbers, Numbers]:
    """Return the first `count` powers of the base and of its inverse, modulo 2 to the 64."""
    up, down = np.full(count, _BASE, dtype=np.uint64), np.full(count, _BASE_INVERSE, dtype=np.uint64)
    up[0] = down[0] = 1
    return np.multiply.accumulate(up), np.multiply.accumulate(down)
