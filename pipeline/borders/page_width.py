"""Pages of which a program broke every line at one width, titles and notes as well as paragraphs."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.lines.shape import BULLET, ORDINAL, ends_sentence, width

SURE = 3
"""Lines of a paragraph, and such paragraphs, that show the width at which a page was wrapped."""

WIDEST = 130
"""Columns beyond which lines are no longer broken to be read more easily."""

SMALL = regex.compile(r"\p{Ll}(?!\p{Ll}?\p{Lu})")
"""A line that goes on in small letters; `iPhone` begins one of its own."""

Span = tuple[int, int]
_FIRST = regex.compile(r"(?P<solid>[\p{Han}\p{Hiragana}\p{Katakana}]\p{P}*+)|\S++")


def join_full(text: str, groups: list[list[Span]]) -> list[list[Span]]:
    """Return `groups` of lines (spans of `text`), joined where the page's width alone has parted them.

    Where some lines follow each other that the width did not part, it may be chance that it would have parted two
    others, a title and a name. Unless these stand alone between blank lines, they are joined only where the second goes
    on in small letters or to the end of a sentence.
    """
    columns = _page_width(text, groups)
    if not columns:
        return groups
    rows = [[text[i:j] for i, j in group] for group in groups]
    is_blank = [True, *(not row[0].strip() for row in rows), True]
    blocks = not any(_are_parted(above[-1], below[0], columns) for above, below in pairwise(rows))
    joined = groups[:1]
    for at, (above, below) in enumerate(pairwise(rows)):
        alone = is_blank[at] and is_blank[at + 3]
        if _is_one(above[-1], below[0], columns, sure=blocks or alone or len(joined[-1]) >= SURE):
            joined[-1] = [*joined[-1], *groups[at + 1]]
        else:
            joined.append(groups[at + 1])
    return joined


def is_full(above: str, below: str, columns: int) -> bool:
    """Whether the first word of the line `below` had no room in the line `above`, neither of them blank.

    >>> is_full("The ferry", "sank at once", 12), is_full("The ferry", "sank at once", 15)
    (True, False)
    """
    word = _FIRST.search(below)
    if not word or not above.strip():
        return False
    blank = 0 if word["solid"] else 1
    return width(above.rstrip()) + blank + width(word.group()) > columns


def _page_width(text: str, groups: Sequence[Sequence[Span]]) -> int:
    """Return the columns at which all lines of a page were broken; 0 where they were not.

    A program that does so leaves no line wider, unless an address is in it, and a blank line between paragraphs.
    """
    sure = [at for at, group in enumerate(groups) if len(group) >= SURE]
    if len(sure) < SURE:
        return 0
    rows = [[text[i:j] for i, j in group] for group in groups]
    columns = max(width(line) for row in rows for line in row if "://" not in line)
    beside = [rows[at + step] for at in sure for step in (-1, 1) if 0 <= at + step < len(rows)]
    if columns > WIDEST or any(line.strip() for row in beside for line in row):
        return 0
    return columns if all(is_full(*pair, columns) for at in sure for pair in pairwise(rows[at])) else 0


def _are_parted(above: str, below: str, columns: int) -> bool:
    """Whether somebody parted two lines that would have gone into one."""
    return bool(above.strip() and below.strip()) and not _is_item(below) and not is_full(above, below, columns)


def _is_one(above: str, below: str, columns: int, *, sure: bool) -> bool:
    if _is_item(below) or not is_full(above, below, columns):
        return False
    if sure or SMALL.match(below):
        return True
    return not ends_sentence(above) and (ends_sentence(below) or width(below) > columns / 2)


def _is_item(line: str) -> bool:
    return bool(BULLET.match(line) or ORDINAL.match(line))
