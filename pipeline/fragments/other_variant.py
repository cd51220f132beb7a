"""Clauses of Chinese in the other variant than their page: simplified in traditional text, or the other way round.

A letter or two are a slip of a converter and normalization's business; a clause with several and with none of
the host's was left as it came.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.languages.chinese import Variant, letters_of
from pipeline.lines.quotations import is_within, quotations
from pipeline.lines.sentences import sentences

_LEAST_OTHER = 3
"""Different letters of the other variant that make a clause."""
_LEAST_LETTERS = 6
_PIECE = re.compile(r"[^，,；;：:。！？!?、…]+")
_LETTER = re.compile(r"[\u3400-\u9fff]")
_QUOTED = re.compile(r"[“「『《][^“”「」『』《》]*[”」』》]")
_EDGE = re.compile(r"[^\W_](?:.*[^\W_])?", re.S)
_STOPS = re.compile(r"[。！？!?…]+[”’」』）)]?\s*")
_LAST = "\u9fff"


def may_hold_other(text: str, host: Variant) -> bool:
    """Return, at a glance, whether `text` may hold clauses that `other_variant` would yield.

    >>> may_hold_other("公司宣布关闭工厂", "Hans"), may_hold_other("公司宣布关闭工厂", "Hant")
    (False, True)
    """
    return _letters("Hant" if host == "Hans" else "Hans").search(text) is not None


def other_variant(text: str, host: Variant, least: int = _LEAST_OTHER) -> Iterator[tuple[int, int]]:
    """Yield start and end of the clauses of `text` that are written in the other variant than `host`.

    They hold `least` different letters of it, or more.

    >>> text = "这家公司宣布关闭工厂。員工們對這個決定感到憤怒，罷工將繼續。工会没有回应。"
    >>> [text[start:end] for start, end in other_variant(text, "Hans")]
    ['員工們對這個決定感到憤怒，罷工將繼續']
    """
    other: Variant = "Hant" if host == "Hans" else "Hans"
    if not may_hold_other(text, host):
        return
    quoted = quotations(text)
    pending: tuple[int, int] | None = None
    for start, end in sentences(text):
        for first, last in _stretches(text, (start, end), host, other, least):
            found = _EDGE.search(text, first, last)
            if not found or is_within(*found.span(), quoted):
                continue
            if pending and _STOPS.fullmatch(text, pending[1], found.start()):
                # One sentence after the other: they were left together.
                pending = pending[0], found.end()
                continue
            if pending:
                yield pending
            pending = found.span()
    if pending:
        yield pending


def _stretches(
    text: str, sentence: tuple[int, int], host: Variant, other: Variant, least: int
) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a sentence between clauses that hold letters of the host's variant."""
    pieces = [piece.span() for piece in _PIECE.finditer(text, *sentence)]
    end = sentence[1]
    free: list[tuple[int, int]] = []
    for left, right in [*pieces, (end, end)]:
        if left < right and not _letters(host).search(text, left, right):
            free.append((left, right))
            continue
        # Clauses that tell nothing go with their neighbours only where the whole sentence is free of the host's.
        if len(free) < len(pieces):
            free = _without_edges(text, free, other)
        if free and _is_other(text[free[0][0] : free[-1][1]], other, least):
            yield free[0][0], free[-1][1]
        free = []


def _without_edges(text: str, free: list[tuple[int, int]], other: Variant) -> list[tuple[int, int]]:
    telling = [i for i, (left, right) in enumerate(free) if _letters(other).search(text, left, right)]
    return free[telling[0] : telling[-1] + 1] if telling else []


def _is_other(stretch: str, other: Variant, least: int) -> bool:
    own_words = _QUOTED.sub("", stretch)
    distinct = set(_letters(other).findall(own_words))
    return len(distinct) >= least and len(_LETTER.findall(stretch)) >= _LEAST_LETTERS


@cache
def _letters(side: Variant) -> re.Pattern[str]:
    """Return what finds a letter that only this variant uses; of the first plane, where a class of them is quick."""
    return re.compile(f"[{''.join(letter for letter in letters_of(side) if letter <= _LAST)}]")
