"""Tables that were pasted as text: rows of cells parted by tabs."""

from collections.abc import Sequence
from itertools import groupby

import regex

_FIGURE_CELL = regex.compile(r"\t[^\p{L}\t]{0,3}\d[^\t]*$")


def table_rows(lines: Sequence[str]) -> set[int]:
    """Return which of `lines` are rows of a table: in a row, of as many cells, most of them with figures.

    A menu parted by tabs has no figures.

    >>> sorted(table_rows(["Year\\tTonnes", "2024\\t1,108", "2025\\t976", "About\\tContact", "Home"]))
    [0, 1, 2]
    """
    rows: set[int] = set()
    cells = [line.count("\t") for line in lines]
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
