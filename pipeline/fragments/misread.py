"""Whole stretches of text whose encoding was taken for Latin-1 or Windows-1252: `°³¹ß` for `개발`.

A page has one encoding, so that all its stretches decide together which one it was; a single word cannot tell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.edit import Edit
from pipeline.rules import PatternRule, load_rules

_SIGNS = bytes(byte for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)).decode("cp1252")
_BYTES = {ord(sign): sign.encode("cp1252")[0] for sign in _SIGNS}
_HINTS = (regex.compile("[\xa1-\xff]{4}"), re.compile("[‚ƒ\x82\x83].[‚ƒ\x82\x83].[‚ƒ\x82\x83]"))
"""What a page must hold: four bytes in a row, or the first bytes of three kana. Each with the faster of two engines."""
_HIGH = re.compile(f"[\x80-\x9f\xa1-\xff{_SIGNS}]")
_MARK = regex.compile(r"[\x00-\x7F\p{P}\p{S}\p{Z}\p{N}]")

LEAST_LETTERS = 4
"""Letters that a stretch must come to; fewer say nothing."""
LEAST_DIFFERENT = 3
"""Different letters among them: a row of dots or a border of one sign is no word."""
LEAST_WRITING = 0.8
"""Share of a stretch that must be letters of the writing that its encoding is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MisreadRule(PatternRule):
    """An encoding and how to tell what is written in it; see the head of misread.toml."""

    codec: str
    letters: str
    common: tuple[str, ...]
    least: float
    enough: int


def may_be_misread(text: str) -> bool:
    """Return, at a glance, whether `text` may hold a stretch that `reread` changes.

    >>> may_be_misread("´ëÀåµ¿"), may_be_misread("Où êtes-vous, là-bas ?")
    (True, False)
    """
    return not text.isascii() and any(hint.search(text) for hint in _HINTS)


def count_high(text: str) -> int:
    """Return how many letters and signs of `text` stand for a byte from 0x80 on in Latin-1 or Windows-1252."""
    return len(_HIGH.findall(text))


def reread(text: str) -> Iterator[Edit]:
    """Yield an edit for each stretch of `text` that was read in the wrong encoding, if the page tells the right one.

    >>> [edit.new for edit in reread("´ëÀåµ¿ °³¹ß")]
    ['대장동 개발']
    """
    if not may_be_misread(text):
        return
    # Every sign has one byte, so that offsets stay as they are.
    data = text.translate(_BYTES)
    pages = [(rule, list(_readings(rule, data))) for rule in load_rules("misread", MisreadRule)]
    good = [(rule, found) for rule, found in pages if _is_good(rule, found)]
    # What reads well by chance is short, so the most common letters win rather than the greatest share of them.
    rule, found = max(good, key=lambda page: _count_common(*page), default=(None, []))
    if rule is None:
        return
    for start, new in found:
        old = text[start : start + len(new.encode(rule.codec))]
        yield Edit(start, old, new, rule.id)


def _readings(rule: MisreadRule, data: str) -> Iterator[tuple[int, str]]:
    """Yield the start of each stretch of `data` (a code point a byte) that `rule` can read, and its reading."""
    for match in rule.pattern.finditer(data):
        stretch = match.group().encode("latin-1")
        if _is_utf8(stretch):
            continue
        try:
            new = stretch.decode(rule.codec)
        except UnicodeDecodeError:
            continue
        if new.encode(rule.codec) == stretch and _is_writing(rule, new):
            yield match.start(), new


def _is_utf8(stretch: bytes) -> bool:
    try:
        stretch.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_writing(rule: MisreadRule, new: str) -> bool:
    letters = _letters(rule.letters).findall(new)
    if len(letters) < LEAST_LETTERS or len(set(letters)) < LEAST_DIFFERENT:
        return False
    return len(letters) >= LEAST_WRITING * (len(new) - len(_MARK.findall(new)))


def _is_good(rule: MisreadRule, readings: list[tuple[int, str]]) -> bool:
    """Return whether `readings` are enough letters, and enough of them common ones."""
    letters = sum(len(_letters(rule.letters).findall(new)) for _, new in readings)
    return letters >= rule.enough and _count_common(rule, readings) >= rule.least * letters


def _count_common(rule: MisreadRule, readings: list[tuple[int, str]]) -> int:
    page = "\n".join(new for _, new in readings)
    pattern = _common(rule.common)
    return len({at for match in pattern.finditer(page, overlapped=True) for at in range(*match.span())})


@cache
def _letters(letters: str) -> regex.Pattern[str]:
    return regex.compile(letters)


@cache
def _common(common: tuple[str, ...]) -> regex.Pattern[str]:
    """Return a pattern of what stands in `common`: the letters of long rows, the pairs of short ones."""
    if all(len(item) == 2 for item in common):
        return regex.compile("|".join(common))
    return regex.compile(f"[{''.join(common)}]")
