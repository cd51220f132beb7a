"""Many patterns asked for at once: which of them may match a text, found in one pass over it.

A line of a page is furniture by one of several hundred patterns or, mostly, by none. Most of them need a word or
another that RE2 looks for all at once, whatever they have besides; the others it follows with looser forms of them
(see `relaxed`). Only those that may match are searched for as they are written.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Generic, TypeVar

import re2
import regex

from pipeline.errors import RuleError
from pipeline.relaxed import relaxed

T = TypeVar("T")
Made = TypeVar("Made")

MEMORY = 16 << 20
"""Bytes that the states of one set may take; RE2 starts over with an empty table when they are full."""

MOST_LOOPS = 200
"""Repetitions in the patterns of one set."""

CANARY = b"\x02canary\x03"
"""Put behind each text in which words are looked for: RE2 gives up in silence, and misses it then as all else."""

_CLASS = re.compile(r"(\\[^pP])|\[(?:\\.|[^\]\\]){5,}\]|\\[pP]\{\^?\w+\}")
"""An escape, or what stands for one of many characters in a pattern of RE2: that tells no words, and costs time."""

_Numbered = tuple[int, str]


class Screen(Generic[T]):
    r"""Patterns of package `regex`, each with the value it stands for.

    >>> screen = Screen([("year", r"\b\d{4}\b"), ("share", "(?i)condividi")])
    >>> [(value, bool(pattern.search("Condividi!"))) for value, pattern in screen.candidates("Condividi!")]
    [('share', True)]
    """

    def __init__(self, rows: Iterable[tuple[T, str]]) -> None:
        self._rows = tuple(rows)
        worded: list[_Numbered] = []
        kin: dict[str, list[_Numbered]] = {}
        for number, (_, pattern) in enumerate(self._rows):
            try:
                loose = relaxed(pattern)
            except RuleError:  # it is a candidate in every text
                continue
            words = _CLASS.sub(lambda found: found[1] or ".", loose)
            if _needs_words(words):
                worded.append((number, words))
            else:
                kin.setdefault(_kin(pattern), []).append((number, loose))
        self._filters = list(_made(worded, _filter))
        self._sets = [one for group in kin.values() for part in _parts(group) for one in _made(part, _set)]
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
        found = [number for made, numbers in self._sets for number in _told(made.Match(encoded), numbers)]
        encoded += CANARY
        for made, numbers in self._filters:
            found += _told(made.Match(encoded, potential=True), numbers)
        return sorted(self._always + found)


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


def _filter(patterns: Iterable[str]) -> re2.Filter:
    made = re2.Filter()
    for pattern in (re2.escape(CANARY), *patterns):
        made.Add(pattern, _options())
    made.Compile()
    return made


def _needs_words(pattern: str) -> bool:
    """Return whether RE2 can tell words, of three bytes or more each, without which `pattern` matches nowhere."""
    try:
        return not _filter([pattern]).Match(b"", potential=True)
    except re2.error:
        return False


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
