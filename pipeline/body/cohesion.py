"""How its words tie each line of a page to the rest of it, whatever the language.

An article comes back to its own words; the teasers, comments and legal texts around it, long as they may be, speak of
something else, each of them of its own. A word counts once a line, and the more the fewer lines of the page have it.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.body.place import best_run
from pipeline.lines.stretch_numbers import Ints

Column = NDArray[Any]
Mask = NDArray[np.bool_]

NEAR = 4
"""Lines within which a word that comes again ties a line to its neighbours."""
REACHES = (10, 40)
"""Lines to each side of a gap that may be tied across it."""
BESIDE = 5
"""Lines beside a line that are looked at together: a teaser is a heading, a text and a date."""
OPENING = 3
"""Lines above the best run that may be its title."""
NEVER = 1e-6
LINE_BITS = 40
"""Room for the number of a line below that of a word."""


@dataclass(frozen=True)
class Ties:
    """The words of a page, each once a line, in the order of words, then of lines; arrays by such a word."""

    count: int
    """Lines of the page."""
    word: Ints
    """Its number, from 0 upwards."""
    line: Ints
    again: Mask
    """Whether a line above has it too."""
    lines_of: Ints
    """How many lines have it."""

    @classmethod
    def of(cls, words: Ints, lines: Ints, count: int) -> "Ties":
        """Return the ties between the `count` lines of a page with the numbers `words` in `lines`."""
        keys = np.sort(words << LINE_BITS | lines)
        keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
        line = keys & ((1 << LINE_BITS) - 1)
        again = np.zeros(len(keys), dtype=bool)
        again[1:] = keys[1:] >> LINE_BITS == keys[:-1] >> LINE_BITS
        word = np.cumsum(~again) - 1
        return cls(count, word, line, again, np.bincount(word)[word] if len(word) else word)

    @cached_property
    def comes(self) -> Mask:
        """Whether a line below has it too."""
        return np.append(self.again[1:], False)[: len(self.again)]

    @cached_property
    def back(self) -> Ints:
        """Lines to the last line above that has it, 0 where there is none."""
        step = np.zeros(len(self.line), dtype=np.int64)
        step[1:] = self.line[1:] - self.line[:-1]
        return np.where(self.again, step, 0)

    @cached_property
    def forth(self) -> Ints:
        """Lines to the next line below that has it, 0 where there is none."""
        return np.append(self.back[1:], 0)[: len(self.back)]

    @cached_property
    def weight(self) -> Column:
        """How much it tells."""
        return np.log((self.count + 1) / np.maximum(self.lines_of, 1))

    @cached_property
    def whole(self) -> Column:
        """How much all words of each line tell."""
        return np.maximum(self.sums(self.weight), NEVER)

    def sums(self, values: Column) -> Column:
        """Return the sum of `values` on each line."""
        return np.bincount(self.line, values, minlength=self.count)

    def share(self, chosen: Mask) -> Column:
        """Return the share of what each line's words tell that the `chosen` words tell."""
        return self.sums(self.weight * chosen) / self.whole

    def of_word(self, chosen: Mask) -> Ints:
        """Return how many of the `chosen` lines have each word."""
        return np.bincount(self.word, chosen, minlength=1)[self.word].astype(np.int64)


def cohesion_features(words: Ints, lines: Ints, width: Column) -> dict[str, Column]:
    """Return what the `words` (numbers) in `lines` tell of each of the lines, so many columns wide each, by name."""
    ties = Ties.of(words, lines, len(width))
    first, last, _ = best_run(width)
    return _with_run(ties, first, last) | _with_neighbours(ties) | _across_gaps(ties) | _chains(ties)


def _with_run(ties: Ties, first: int, last: int) -> dict[str, Column]:
    """How much a line speaks of what the lines from `first` to `last` speak of, and of what others do."""
    inside = (ties.line >= first) & (ties.line <= last)
    in_run = ties.of_word(inside) - inside
    outside = ties.lines_of - 1 - in_run
    opening = (ties.line >= max(first - OPENING, 1)) & (ties.line <= first)
    in_run_share = ties.share(in_run > 0)
    words = ties.sums(np.ones(len(ties.line)))
    above, below = _beside(in_run_share * words), _beside(words)
    return {
        "of_run": in_run_share,
        "of_run_alone": ties.share((in_run > 0) & (outside == 0)),
        "of_others": ties.share(outside > 0),
        "of_others_alone": ties.share((outside > 0) & (in_run == 0)),
        "of_opening": ties.share((ties.of_word(opening) > 0) & ~opening),
        "of_title": ties.share(ties.of_word(ties.line == 0) > 0),
        "of_run_above": above[0] / (below[0] + NEVER),
        "of_run_below": above[1] / (below[1] + NEVER),
        "wordless": words == 0,
    }


def _beside(values: Column) -> tuple[Column, Column]:
    """Return the sums of `values` over each line and `BESIDE` above it, and over it and `BESIDE` below it."""
    sums = np.append(0, np.cumsum(values))
    at = np.arange(len(values))
    above = sums[at + 1] - sums[np.maximum(at - BESIDE, 0)]
    return above, sums[np.minimum(at + BESIDE + 1, len(values))] - sums[at]


def _with_neighbours(ties: Ties) -> dict[str, Column]:
    """How many of a line's words stand above or below it, and how far off."""
    again, comes = ties.sums(ties.again), ties.sums(ties.comes)
    return {
        "said_above": ties.share(ties.again),
        "said_below": ties.share(ties.comes),
        "said_near_above": ties.share(ties.again & (ties.back <= NEAR)),
        "said_near_below": ties.share(ties.comes & (ties.forth <= NEAR)),
        "said_since": ties.sums(np.log1p(ties.back)) / np.maximum(again, 1),
        "said_until": ties.sums(np.log1p(ties.forth)) / np.maximum(comes, 1),
    }


def _across_gaps(ties: Ties) -> dict[str, Column]:
    """How many words tie what stands above the gap below a line, or above it, to what stands beneath."""
    columns: dict[str, Column] = {}
    count, at = ties.count, np.arange(ties.count)
    words = np.append(0, np.cumsum(ties.sums(np.ones(len(ties.line)))))
    for reach in REACHES:
        tied = ties.again & (ties.back <= reach)
        opened = np.bincount((ties.line - ties.back)[tied], minlength=count)
        across = np.cumsum(opened - np.bincount(ties.line[tied], minlength=count))
        above = words[at + 1] - words[np.maximum(at + 1 - reach, 0)]
        below = words[np.minimum(at + 1 + reach, count)] - words[at + 1]
        tied_below = across / np.sqrt((above + 1) * (below + 1))
        columns[f"tied_{reach}_below"] = tied_below
        columns[f"tied_{reach}_above"] = np.append(0, tied_below[:-1])
    return columns


def _chains(ties: Ties) -> dict[str, Column]:
    """How many of the words that come more than once have their first or last line here, and have had it above."""
    words = np.maximum(ties.sums(np.ones(len(ties.line))), 1)
    opened, closed = ties.sums(~ties.again & ties.comes), ties.sums(ties.again & ~ties.comes)
    total = max(1.0, float(opened.sum()))
    opened_above, closed_above = np.cumsum(opened) / total, np.cumsum(closed) / total
    return {
        "chains_open": opened / words,
        "chains_close": closed / words,
        "chains_opened": opened_above,
        "chains_closed": closed_above,
        "chains": opened_above - closed_above,
    }
