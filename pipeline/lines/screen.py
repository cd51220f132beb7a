"""Many patterns asked for at once: which of them may match a text, found in one pass over it.

A line of a page is furniture by one of several hundred patterns or, mostly, by none. Most of them need a word or
another that RE2 looks for all at once, whatever they have besides; the others it follows with looser forms of them
(see `relaxed`). Only those that may match are searched for as they are written.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Generic, TypeVar

import re2
import regex

from pipeline.errors import RuleError
from pipeline.lines.relaxed import relaxed

T = TypeVar("T")
Made = TypeVar("Made")

MEMORY = 16 << 20
"""Bytes that the states of one set may take; RE2 starts over with an empty table when they are full."""

MOST_LOOPS = 500
"""Repetitions in the patterns of one set: loops that are open at the same time multiply states."""

MOST_LETTERS = 50_000
"""Length of all patterns whose words are looked for together; RE2 has 8 MB for their states, and more fill them."""

CANARY = b"\x02canary\x03"
"""Put behind each text in which words are looked for: RE2 gives up in silence, and misses it then as all else."""

_CLASS = re.compile(r"(\\[^pP])|\[(?:\\.|[^\]\\]){5,}\]|\\[pP]\{\^?\w+\}")
"""An escape, or what stands for one of many characters in a pattern of RE2: that tells no words, and costs time."""

_NONE = [0]
"""What RE2 finds in most texts: nothing but the first pattern, which has to be found."""

_Numbered = tuple[int, str]


class Screen(Generic[T]):
    r"""Patterns of package `regex`, each with the value it stands for.

    >>> screen = Screen([("year", r"\b\d{4}\b"), ("share", "(?i)condividi")])
    >>> [(value, bool(pattern.search("Condividi!"))) for value, pattern in screen.candidates("Condividi!")]
    [('share', True)]
    """

    def __init__(self, rows: Iterable[tuple[T, str]]) -> None:
        self._rows = tuple(rows)
        self._loose: dict[int, str] = {}
        for number, (_, pattern) in enumerate(self._rows):
            with suppress(RuleError):  # it is a candidate in every text
                self._loose[number] = relaxed(pattern)
        self._filters = _filters(self._loose)
        filtered = {number for _, numbers in self._filters for number in numbers}
        kin: dict[str, list[_Numbered]] = {}
        for number, loose in self._loose.items():
            if number not in filtered:
                kin.setdefault(_kin(self._rows[number][1]), []).append((number, loose))
        self._sets = [
            one for group in kin.values() for part in _parts(group, _loops, MOST_LOOPS) for one in _made(part, _set)
        ]
        screened = (numbers for _, numbers in (*self._filters, *self._sets))
        self._always = sorted({*range(len(self._rows))}.difference(*screened))

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
        found = [*self._always]
        for made, numbers in self._sets:
            if (told := made.Match(encoded)) != _NONE:
                found += _told(told, numbers)
        marked = encoded + CANARY
        for made, numbers in self._filters:
            if (told := made.Match(marked, potential=True)) != _NONE:
                found += [number for number in _told(told, numbers) if _matches(self._loose[number], encoded)]
        return sorted(found)


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


def _loops(pattern: str) -> int:
    return pattern.count("*") + pattern.count("+")


def _parts(patterns: Sequence[_Numbered], size: Callable[[str], int], most: int) -> Iterator[list[_Numbered]]:
    """Yield `patterns` in groups, in each of which their sizes add up to `most`."""
    part: list[_Numbered] = []
    taken = 0
    for number, pattern in patterns:
        more = size(pattern)
        if part and taken + more > most:
            yield part
            part, taken = [], 0
        part.append((number, pattern))
        taken += more
    if part:
        yield part


def _made(patterns: Sequence[_Numbered], make: Callable[[Sequence[str]], Made]) -> Iterator[tuple[Made, list[int]]]:
    """Yield what `make` makes of `patterns`, with their numbers: as few as memory allows; a pattern may be in none."""
    if not patterns:
        return
    try:
        made = make([pattern for _, pattern in patterns])
    except re2.error:
        if half := len(patterns) // 2:
            yield from _made(patterns[:half], make)
            yield from _made(patterns[half:], make)
    else:
        yield made, [number for number, _ in patterns]


def _set(patterns: Iterable[str]) -> re2.Set:
    made = re2.Set.SearchSet(_options())
    for pattern in ("", *patterns):
        made.Add(pattern)
    made.Compile()
    return made


def _filters(loose: Mapping[int, str]) -> list[tuple[re2.Filter, list[int]]]:
    """Return what finds the words that patterns need, with the numbers of those that need any."""
    words = [(number, _CLASS.sub(lambda found: found[1] or ".", pattern)) for number, pattern in loose.items()]
    filters = [one for part in _parts(words, len, MOST_LETTERS) for one in _made(part, _filter)]
    free = {numbers[i - 1] for made, numbers in filters for i in made.Match(b"", potential=True) or ()}
    return _filters({number: loose[number] for number in loose if number not in free}) if free else filters


def _filter(patterns: Iterable[str]) -> re2.Filter:
    made = re2.Filter()
    for pattern in (re2.escape(CANARY), *patterns):
        made.Add(pattern, _options())
    made.Compile()
    return made


def may_match(pattern: str, text: str) -> bool:
    """Return whether `pattern` of RE2 matches in `text`; true as well where RE2 gives up."""
    try:
        return _matches(pattern, text.encode())
    except UnicodeEncodeError:  # a lone surrogate, which no UTF-8 has
        return True


def _matches(pattern: str, encoded: bytes) -> bool:
    return bool(_alone(pattern).Match(encoded) != _NONE)


@cache
def _alone(pattern: str) -> re2.Set:
    """Return a set for one pattern; one that matches everywhere where that takes too much memory."""
    try:
        return _set([pattern])
    except re2.error:
        return _set([""])


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    options.dot_nl = True
    return options


def _told(found: Sequence[int] | None, numbers: Sequence[int]) -> Sequence[int]:
    """Return those of `numbers` whose patterns RE2 `found`, after one that has to be; all where it gave up."""
    return [numbers[i - 1] for i in found if i] if found and 0 in found else numbers
