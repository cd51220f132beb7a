"""The tree of a page's elements as arrays, so that something can be counted of all of them at once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.html.markup import Markup
from pipeline.html.tags import INLINE

Column = NDArray[Any]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements of a page by index, and the line's places among them."""

    tags: tuple[str, ...]
    parent: Ints
    """Of the outermost elements: themselves."""
    depth: Ints
    levels: tuple[Ints, ...]
    """The elements of each depth below the outermost."""
    block: Ints
    """The innermost element around each, itself among them, that is not part of a line only."""
    of_line: Ints
    """The innermost element around each line."""

    @classmethod
    def of(cls, markup: Markup) -> "Tree":
        """Return the tree of `markup`, which has at least one line."""
        parents, depths, blocks = list[int](), list[int](), list[int]()
        for i, element in enumerate(markup.elements):
            has_parent = element.parent >= 0
            parents.append(element.parent if has_parent else i)
            depths.append(depths[element.parent] + 1 if has_parent else 0)
            blocks.append(blocks[element.parent] if has_parent and element.tag in INLINE else i)
        depth = np.array(depths, dtype=np.int64)
        order = np.argsort(depth, kind="stable")
        levels = np.split(order, np.cumsum(np.bincount(depth))[:-1])[1:]
        of_line = np.array([line.element for line in markup.lines], dtype=np.int64)
        tags = tuple(element.tag for element in markup.elements)
        return cls(tags, np.array(parents), depth, tuple(levels), np.array(blocks), of_line)

    def sums(self, values: Column) -> Column:
        """Return the sum of what each line has over all lines in each element."""
        return self.upward(np.bincount(self.of_line, weights=values, minlength=len(self.tags)).astype(np.float64))

    def upward(self, values: Column) -> Column:
        """Return the sum of what each element has over itself and all elements in it."""
        total = values.copy()
        for level in reversed(self.levels):
            np.add.at(total, self.parent[level], total[level])
        return total

    def downward(self, own: Bits) -> Bits:
        """Return for each element its own bits and those of all around it."""
        bits = own.copy()
        for level in self.levels:
            bits[level] |= bits[self.parent[level]]
        return bits

    def near(self, own: Bits, steps: int) -> Bits:
        """Return for each element its own bits and those of so many around it."""
        bits = own
        for _ in range(steps):
            bits = bits | bits[self.parent]
        return bits

    def innermost(self, chosen: Mask) -> Ints:
        """Return for each element the innermost one around it, itself among them, that is `chosen`, else the root."""
        found = np.arange(len(chosen))
        for level in self.levels:
            found[level] = np.where(chosen[level], level, found[self.parent[level]])
        return found

    def tagged(self, *tags: str) -> Column:
        """Return whether each line stands in an element with one of `tags`."""
        bits = np.array([tag in tags for tag in self.tags], dtype=np.uint64)
        return self.downward(bits)[self.of_line] > 0

    def nested(self, tag: str) -> Column:
        """Return in how many elements with `tag` each line stands."""
        count = np.array([name == tag for name in self.tags], dtype=np.int64)
        for level in self.levels:
            count[level] += count[self.parent[level]]
        return count[self.of_line]


def bit_columns(bits: Bits, count: int) -> NDArray[np.bool_]:
    """Return a column for each of `count` bits."""
    columns: NDArray[np.bool_] = ((bits[:, None] >> np.arange(count, dtype=np.uint64)) & np.uint64(1)) > 0
    return columns
