"""Paragraphs whose lines were broken at a fixed width, as mail and old pages write them."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.shape import BULLET, ORDINAL, ends_sentence, width

NARROW, WIDE = 50, 130
"""Columns between which the width lies at which somebody broke the lines."""

FULL = 0.7
"""Share of that width that every line but the last one fills."""

Span = tuple[int, int]
_GOES_ON = regex.compile(r"\p{Ll}(?!\p{Ll}?\p{Lu})")  # `iPhone` begins a line of its own


def join_wrapped(text: str, lines: Sequence[Span]) -> list[list[Span]]:
    """Return `lines` (spans of `text`, empty ones for blank lines) in groups: wrapped paragraphs whole, others alone.

    Lines in a row are a wrapped paragraph where all but the last fill one width and half of them or more
    go on in small letters where the line above broke off in mid-sentence.
    """
    groups: list[list[Span]] = []
    run: list[Span] = []
    for line in [*lines, (0, 0)]:
        columns = width(text[slice(*line)])
        if columns:
            run.append(line)
        # A blank line or a short one ends a paragraph.
        if columns < NARROW:
            groups += _grouped(text, run)
            run = []
        if not columns:
            groups.append([line])
    return groups[:-1]


def _grouped(text: str, run: list[Span]) -> list[list[Span]]:
    return [run] if _is_wrapped([text[i:j] for i, j in run]) else [[line] for line in run]


def _is_wrapped(block: Sequence[str]) -> bool:
    if len(block) < 2 or any(BULLET.match(line) or ORDINAL.match(line) for line in block):
        return False
    widest = max(width(line) for line in block)
    if not NARROW <= widest <= WIDE or min(width(line) for line in block[:-1]) < FULL * widest:
        return False
    pairs = pairwise(block)
    going_on = [not ends_sentence(line) and bool(_GOES_ON.match(below)) for line, below in pairs]
    return 2 * sum(going_on) >= len(going_on)
