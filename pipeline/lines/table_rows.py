"""Tables that were pasted as text: rows of cells parted by tabs, by bars, or by wide blanks, or cells a line each."""

from collections.abc import Sequence
from itertools import groupby

import regex

from pipeline.lines.cell_lines import cell_lines
from pipeline.lines.shape import ends_sentence, shape

TABLE_ROW = "table/row"
"""The rule for rows of a table among paragraphs. Models of pages do not see them: they take a table for the end of the
article, as most of what stands below one on their pages is furniture.
"""

MIN_BARS = 2
"""Bars of a row; a line with one may be a title and the name of its site."""

MIN_BARRED = 2
"""Rows with figures in a table parted by bars, which menus and cards are too."""

MIN_WORDED = 3
"""Rows of a table without figures; two lines parted alike are as often a box's."""

NEAR = 2
"""Lines that may stand between such a table and a paragraph: what it is called, where it is from."""

_FIGURE_CELL = regex.compile(r"\t[^\p{L}\t]{0,3}\d[^\t]*$")
_BAR = regex.compile(r"(?<=\S)\s*[|｜]\s*(?=\S)")
_BAR_FIGURE = regex.compile(r"[^\p{L}\d]{0,4}\d[^|｜]{0,15}")
_RULE = regex.compile(r"[|｜:+=—–\s-]*")
_WIDE = regex.compile(r"(?<=\S)(?:[ \u00a0]{2,}|\u3000+)(?=\S)")
_STAMP = regex.compile(r"\d{1,2}[:：]\d{2}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def table_rows(lines: Sequence[str]) -> set[int]:
    """Return which of `lines` are of a table: rows of as many cells, or cells that alternate alike.

    Most rows have figures, as a menu has none; nor does a menu stand between paragraphs, where they need none.

    >>> sorted(table_rows(["Year\\tTonnes", "2024\\t1,108", "2025\\t976", "About\\tContact", "Home"]))
    [0, 1, 2]
    """
    return _tabbed(lines) | _barred(lines) | _between_paragraphs(lines) | cell_lines(lines)


def bars_of(line: str) -> int:
    """Return how many bars part the cells of `line`; those before the first and behind the last part none.

    >>> bars_of("| Zinc | spot | 22,940 |"), bars_of("Zinc"), bars_of("Zinc | The Daily")
    (2, 0, 1)
    """
    return len(_BAR.findall(line.strip(" |｜\t"))) if "|" in line or "｜" in line else 0


def _between_paragraphs(lines: Sequence[str]) -> set[int]:
    """Return the rows, parted in whatever way, of tables that stand between two paragraphs, figures or not.

    >>> prose = "It rained all day, and nobody came to the harbour."
    >>> rows = ["Port | Operator", "Bremen | Nordhaven", "Kobe | Minato Lines"]
    >>> sorted(_between_paragraphs([prose, *rows, prose])), _between_paragraphs([prose, *rows, "Home"])
    ([1, 2, 3], set())
    """
    written = [i for i, line in enumerate(lines) if not _RULE.fullmatch(line)]
    rows: set[int] = set()
    for partings in (_tabs_of, bars_of, _wide_blanks_of):
        parted = [partings(lines[i]) for i in written]
        for much, group in groupby(range(len(written)), key=parted.__getitem__):
            block = list(group)
            first, last = block[0], block[-1] + 1
            sides = (written[max(0, first - NEAR - 1) : first], written[last : last + NEAR + 1])
            if much and len(block) >= MIN_WORDED and all(any(is_paragraph(lines[i]) for i in side) for side in sides):
                rows |= _worded(lines, written[first:last])
    return rows


def is_paragraph(line: str) -> bool:
    """Whether `line` is a paragraph, or an item of a list that is a sentence."""
    return shape(line) == "prose" or (shape(line) in ("bullet", "ordinal") and ends_sentence(line))


def _worded(lines: Sequence[str], block: Sequence[int]) -> set[int]:
    """Return `block`, lines parted alike, unless they are cards, which have days or all end on the name of a site."""
    # What Python takes for a blank, `\x1c` say, a pattern does not: no word may be left.
    ends = {tuple(lines[i].strip(" |｜").split()[-1:]) for i in block}
    return {*block} if len(ends) > 1 and not any(_STAMP.search(lines[i]) for i in block) else set()


def _tabs_of(line: str) -> int:
    return line.count("\t")


def _wide_blanks_of(line: str) -> int:
    """Return how many wide blanks part the cells of `line`; in a paragraph they part sentences."""
    may_have = ("  " in line or "\u3000" in line) and shape(line) != "prose"
    return len(_WIDE.findall(line)) if may_have else 0


def _barred(lines: Sequence[str]) -> set[int]:
    """Return the rows parted by bars: at most one blank line between two, a figure in a later cell of most of them.

    >>> sorted(_barred(["Metal | Market | Price", "", "Zinc | spot | 22,940", "Tin | spot | 264 yuan", "a | b | c"]))
    [0, 2, 3]
    >>> _barred(["Home | News | Sport", "About | Terms | Tel. 110", "Sport | 12 May | 17:05", "Art | 11 May | 16:40"])
    set()
    """
    rows: set[int] = set()
    table: list[int] = []
    for i, line in enumerate([*lines, "."]):
        if _RULE.fullmatch(line):
            continue
        if table and (i - table[-1] > 2 or bars_of(line) != bars_of(lines[table[-1]])):
            rows |= _figured_rows(lines, table)
            table = []
        if bars_of(line) >= MIN_BARS:
            table.append(i)
    return rows


def _figured_rows(lines: Sequence[str], block: Sequence[int]) -> set[int]:
    """Return what of `block`, lines with as many bars, is a table: to its last figures, the line above the first."""
    figured = [k for k, i in enumerate(block) if _is_figured(lines[i])]
    if len(figured) < MIN_BARRED:
        return set()
    table = block[max(figured[0] - 1, 0) : figured[-1] + 1]
    return {*table} if 2 * len(figured) >= len(table) else set()


def _is_figured(line: str) -> bool:
    """Whether a cell of a row but the first is a figure, and none of them the time or the day of a card."""
    later = _BAR.split(line.strip(" |｜\t"))[1:]
    return any(map(_BAR_FIGURE.fullmatch, later)) and not any(map(_STAMP.search, later))


def _tabbed(lines: Sequence[str]) -> set[int]:
    """Return the rows parted by tabs."""
    rows: set[int] = set()
    cells = [_tabs_of(line) for line in lines]
    for n_tabs, group in groupby(range(len(lines)), key=cells.__getitem__):
        block = list(group)
        figured = [i for i in block if n_tabs and _FIGURE_CELL.search(lines[i])]
        if not figured:
            continue
        # Above the figures stand their names.
        table = range(max(figured[0] - 1, block[0]), figured[-1] + 1)
        if len(table) > 1 and 2 * len(figured) >= len(table):
            rows |= {*table}
    return rows
