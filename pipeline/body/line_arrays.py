"""A text of lines as arrays: its characters, its lines, its words, and a number for each that equals for equal ones.

Everything here is done for all characters of a text at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.lines.char_classes import BEYOND, CharClass, tables
from pipeline.lines.stretch_numbers import Ints, Numbers, stretch_numbers

BUCKETS = 1 << 16
"""Places for words that share their number's upper bits."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text's characters and lines; arrays by character, by line, or by word (in the order of the text)."""

    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    line_of: Ints
    """Of each character."""
    starts: Ints
    ends: Ints
    """Of each line, in characters."""
    numbers: Numbers
    """Of each line, from its letters and digits alone: whatever their case, whichever the digits."""
    word_starts: Ints
    word_ends: Ints
    word_numbers: Numbers
    word_lines: Ints
    pairs: Ints
    """Where two wide characters stand beside each other; they stand in for words where no space parts these."""
    pair_numbers: Numbers

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.starts)


def read_lines(text: str) -> Lines:
    r"""Return `text`, lines parted by newlines, as arrays.

    >>> lines = read_lines("Part 1: Rain\npart 2 rain")
    >>> lines.count, bool(lines.numbers[0] == lines.numbers[1]), bool(lines.word_numbers[2] == lines.word_numbers[5])
    (2, True, True)
    """
    table = tables()
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), BEYOND)
    kinds, in_word, wide = table.kind.take(codes), table.in_word.take(codes), table.wide.take(codes)
    breaks = np.flatnonzero(kinds == CharClass.NEWLINE)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(codes))
    line_of = np.zeros(len(codes) + 1, dtype=np.int64)
    line_of[breaks + 1] = 1
    place = np.append(0, np.cumsum(in_word, dtype=np.int64))
    of_words = stretch_numbers(table.number[codes[in_word]])

    def number(first: Ints, last: Ints) -> Numbers:
        return of_words(place[first], place[last])

    spaced = np.concatenate(([False], in_word & ~wide, [False]))
    word_starts = np.flatnonzero(spaced[1:-1] & ~spaced[:-2])
    word_ends = np.flatnonzero(spaced[1:-1] & ~spaced[2:]) + 1
    pairs = np.flatnonzero(wide[:-1] & wide[1:])
    line_of = np.cumsum(line_of)[:-1]
    return Lines(
        codes, kinds, line_of, starts, ends, number(starts, ends),
        word_starts, word_ends, number(word_starts, word_ends), line_of[word_starts],
        pairs, number(pairs, pairs + 2),
    )  # fmt: skip


def bucket(numbers: Numbers) -> Ints:
    """Return the place of each number among `BUCKETS`."""
    return (numbers >> np.uint64(48)).astype(np.int64)
