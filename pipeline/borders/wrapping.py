"""Paragraphs whose lines were broken at a fixed width, as mail and old pages write them."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.borders.page_width import SMALL, SURE, Span, is_full, join_full
from pipeline.lines.shape import BULLET, ORDINAL, ends_sentence, width

NARROW, WIDE = 50, 130
"""Columns between which the width lies at which somebody broke the lines."""

FULL = 0.7
"""Share of that width that every line but the last one fills."""

MAX_SCRAP = 24
"""Columns of an age with its unit."""

FEW = 3
"""Lines that may as well be a title with a name or an address, and a button, as long as no sentence ends there."""

MOST_SLACK = 4
"""Columns that lines of solid writing differ by: a mark that may not begin a line draws one letter with it."""

_WIDE_LETTER = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_CASELESS = regex.compile(r"\p{Lo}")
_CASED = regex.compile(r"[\p{Ll}\p{Lu}]")


def join_wrapped(text: str, lines: Sequence[Span]) -> list[list[Span]]:
    """Return `lines` (spans of `text`, empty ones for blank lines) in groups: wrapped paragraphs whole, others alone.

    Lines in a row are a wrapped paragraph where all but the last fill one width, and enough of them go on in small
    letters where the line above broke off in mid-sentence; in Chinese and Japanese, where all fill the very same width;
    in other writing without small letters, where the first word of each line but the first had no room above.
    Where a whole page is wrapped so, its titles and what has only two lines are, too.
    """
    blocks = _blocks(text, lines)
    texts = [[text[i:j] for i, j in block] for block in blocks]
    wrapped = [_is_wrapped(block) for block in texts]
    solid = [fits and _is_solid(block) for fits, block in zip(wrapped, texts, strict=True)]
    widths = _solid_widths([block for block, is_solid in zip(texts, solid, strict=True) if is_solid])
    groups: list[list[Span]] = []
    for block, written, fits, is_solid in zip(blocks, texts, wrapped, solid, strict=True):
        known = not is_solid or any(abs(_widest(written) - columns) <= MOST_SLACK for columns in widths)
        groups += [block] if fits and known else [[line] for line in block]
    return join_full(text, groups)


def _blocks(text: str, lines: Sequence[Span]) -> list[list[Span]]:
    """Return the lines in a row up to a short or blank one."""
    blocks: list[list[Span]] = [[]]
    for line in lines:
        columns = width(text[slice(*line)])
        if not columns:
            blocks += [[line], []]
        else:
            blocks[-1].append(line)
            blocks += [[]] if columns < NARROW else []
    return [block for block in blocks if block]


def _solid_widths(blocks: Sequence[Sequence[str]]) -> list[int]:
    """Return the widths of paragraphs in solid writing; two lines are too few to tell one by, unless others agree."""
    few = [_widest(block) for block in blocks if len(block) == 2]
    agreed = [one for one in few if sum(abs(one - other) <= MOST_SLACK for other in few) >= SURE]
    return [_widest(block) for block in blocks if len(block) > 2] + agreed


def _widest(block: Sequence[str]) -> int:
    return max(map(width, block))


def _is_wrapped(block: Sequence[str]) -> bool:
    if len(block) < 2 or any(BULLET.match(line) or ORDINAL.match(line) for line in block):
        return False
    if len(block) <= FEW and not ends_sentence(block[-1]):
        return False  # below a title stands a name, an address or a field in small letters
    widest, least = _widest(block), min(map(width, block[:-1]))
    if not NARROW <= widest <= WIDE or least < FULL * widest:
        return False
    broken_off = [not ends_sentence(line) for line in block[:-1]]
    if _is_solid(block):
        return widest - least <= MOST_SLACK and 2 * sum(broken_off) >= len(broken_off)
    if _is_caseless(block):
        full = all(is_full(*pair, widest) for pair in pairwise(block))
        return full and len(block) > 2 and 2 * sum(broken_off) >= len(broken_off)
    if len(block) == 2 and _is_scrap(block[1]):
        return False
    going_on = [bool(SMALL.match(below)) for below in block[1:]]
    together = sum(map(min, broken_off, going_on))
    # Where no line but the last ends a sentence, it says little that names begin some.
    enough = 3 if all(broken_off) and ends_sentence(block[-1]) else 2
    return enough * together >= len(broken_off)


def _is_scrap(line: str) -> bool:
    """Whether `line` may as well be a name or an age in small letters below a long title."""
    return " " not in line or (width(line) <= MAX_SCRAP and any(map(str.isdigit, line)))


def _is_solid(block: Sequence[str]) -> bool:
    """Whether `block` is written without spaces between words, so that a line may break anywhere."""
    return 2 * sum(len(_WIDE_LETTER.findall(line)) for line in block) > sum(map(len, block))


def _is_caseless(block: Sequence[str]) -> bool:
    """Whether `block` is in letters that are neither small nor capital, as in Arabic, Hindi, Korean and Thai."""
    return sum(len(_CASELESS.findall(line)) - len(_CASED.findall(line)) for line in block) > 0
