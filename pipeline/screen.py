"""Many patterns asked for at once: which of them may match a text, found in one pass over it.

A line of a page is furniture by one of several hundred patterns or, mostly, by none. RE2 follows all of them at once
with looser forms of them (see `relaxed`), and only those that it finds are searched for as they are written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Generic, TypeVar

import re2
import regex

from pipeline.errors import RuleError
from pipeline.relaxed import relaxed

T = TypeVar("T")

MEMORY = 16 << 20
"""Bytes that the states of one set may take; RE2 starts over with an empty table when they are full."""

MOST_LOOPS = 200
"""Repetitions in the patterns of one set."""

_Numbered = tuple[int, str]
_Set = tuple[re2.Set, list[int]]
"""Patterns of RE2 after an empty one, with their numbers."""


class Screen(Generic[T]):
    r"""Patterns of package `regex`, each with the value it stands for.

    >>> screen = Screen([("year", r"\b\d{4}\b"), ("share", "(?i)condividi")])
    >>> [(value, bool(pattern.search("Condividi!"))) for value, pattern in screen.candidates("Condividi!")]
    [('share', True)]
    """

    def __init__(self, rows: Iterable[tuple[T, str]]) -> None:
        self._rows = tuple(rows)
        kin: dict[str, list[_Numbered]] = {}
        for number, (_, pattern) in enumerate(self._rows):
            try:
                kin.setdefault(_kin(pattern), []).append((number, relaxed(pattern)))
            except RuleError:  # it is a candidate in every text
                continue
        self._sets = [one for group in kin.values() for part in _parts(group) for one in _sets(part)]
        self._always = sorted({*range(len(self._rows))}.difference(*(numbers for _, numbers in self._sets)))

    def candidates(self, text: str) -> Iterator[tuple[T, regex.Pattern[str]]]:
        """Yield the rows whose patterns may match in `text`, in their order; no other row's does."""
        for number in self._found(text):
            value, pattern = self._rows[number]
            yield value, compiled(pattern)

    def _found(self, text: str) -> Sequence[int]:
        try:
            encoded = text.encode()
        except UnicodeEncodeError:  # a lone surrogate, which no UTF-8 has
            return range(len(self._rows))
        return sorted(self._always + [number for one in self._sets for number in _matches(one, encoded)])


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """Return `pattern` ready for use: most patterns of a table never get a text that they may match in."""
    return regex.compile(pattern, regex.VERSION0)


def _kin(pattern: str) -> str:
    """Return in which set a pattern goes: those of one kind, as states multiply.

    Together, free and anchored patterns have five times the states; those with back-references, which stand for
    phrases of any words, three times.
    """
    anchored = re.match(r"(?:\(\?[is]+\))?\^", pattern)
    return (anchored[0] if anchored else "") + ("(?P=)" if "(?P=" in pattern else "")


def _parts(patterns: Sequence[_Numbered]) -> Iterator[list[_Numbered]]:
    """Yield `patterns` in groups: loops that are open at the same time multiply states, plain words only add some."""
    part: list[_Numbered] = []
    loops = 0
    for number, pattern in patterns:
        more = pattern.count("*") + pattern.count("+")
        if part and loops + more > MOST_LOOPS:
            yield part
            part, loops = [], 0
        part.append((number, pattern))
        loops += more
    if part:
        yield part


def _sets(patterns: Sequence[_Numbered]) -> Iterator[_Set]:
    """Yield sets of RE2 with the numbers of their patterns, as few as memory allows; a pattern may be in none."""
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    options.dot_nl = True
    made = re2.Set.SearchSet(options)
    try:
        made.Add("")
        for _, pattern in patterns:
            made.Add(pattern)
        made.Compile()
    except re2.error:
        if half := len(patterns) // 2:
            yield from _sets(patterns[:half])
            yield from _sets(patterns[half:])
    else:
        yield made, [number for number, _ in patterns]


def _matches(one: _Set, encoded: bytes) -> Sequence[int]:
    """Return the numbers of the patterns that match; of all where RE2 gave up, which it tells by finding nothing."""
    made, numbers = one
    found = made.Match(encoded)
    return [numbers[i - 1] for i in found if i] if found else numbers
