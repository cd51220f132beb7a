"""Tables whose cells stand each on a line of its own, as what is left of a page without its markup has them."""

from collections.abc import Iterator, Sequence

import regex

from pipeline.lines.shape import ends_sentence, shape, width

MAX_CELL = 32
"""Columns of a cell."""
MAX_COLUMNS = 8
MIN_ROWS = 3
"""Rows with figures that follow each other alike; a list of counters has not so many."""

_FIGURE = regex.compile(r"[^\p{L}\d]{0,4}\d[\d.,:/%\s\p{Sc}+–-]*\p{L}{0,4}\.?[%)]?")


def cell_lines(lines: Sequence[str]) -> set[int]:
    """Return which of `lines` are the cells of a table between two paragraphs: words and figures, row after row alike.

    >>> prose = "It rained all day, and nobody came to the harbour."
    >>> sorted(cell_lines([prose, "Port", "Tonnes", "Bremen", "12", "Kobe", "1,204", "Callao", "88", prose]))
    [1, 2, 3, 4, 5, 6, 7, 8]
    >>> cell_lines([prose, "12", "Share", "4", "Comments", prose])
    set()
    """
    written = [i for i, line in enumerate(lines) if line]
    found = [lines[i] for i in written]
    return {written[i] for start, end in _blocks(found) for i in _of_table(found, start, end)}


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where there are short lines with a paragraph right above and right below them."""
    start = 0
    for i, line in enumerate(lines):
        if width(line) <= MAX_CELL and not ends_sentence(line):
            continue
        if 0 < start < i and shape(lines[start - 1]) == shape(line) == "prose":
            yield start, i
        start = i + 1


def _is_figure(line: str) -> bool:
    return _FIGURE.fullmatch(line) is not None


def _of_table(lines: Sequence[str], start: int, end: int) -> range:
    """Return which of the lines from `start` to `end` are a table, without what it may be called above it."""
    figures = [*map(_is_figure, lines[start:end])]
    return next((range(start + title, end) for title in (0, 1) if _is_table(figures[title:])), range(0))


def _is_table(figures: Sequence[bool]) -> bool:
    """Whether rows of as many cells, figures in the same places of each, stand below one row of names or none."""
    for columns in range(2, MAX_COLUMNS + 1):
        for head in (0, columns):
            rows = [tuple(figures[i : i + columns]) for i in range(head, len(figures), columns)]
            is_told = any(rows[:1] and rows[0]) and (head or not all(rows[0]))  # numbers alone are those of pages
            if is_told and len(rows) >= MIN_ROWS and len(set(rows)) == 1 and not any(figures[:head]):
                return True
    return False
