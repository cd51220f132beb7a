"""What the first pass notes of a unit for its sites: how many of their pages have a line."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.io.write import TableWriter
from pipeline.lines.site_lines import Keys, page_key, site_key

SITES = pa.schema([("site", pa.int64()), ("pages", pa.int64())])
SITE_LINES = pa.schema([("site", pa.int64()), ("line", pa.int64()), ("pages", pa.int64())])
"""`site` and `line` are keys; `pages` counts those of a unit, the same page at several addresses once."""

_ROWS_PER_GROUP = 20_000


class SiteSketch:
    """Counts the lines of the pages of one unit, as far as their sites are known."""

    def __init__(self) -> None:
        self._pages: set[tuple[int, bytes]] = set()
        self._sites: list[int] = []
        self._lines: list[Keys] = []

    def add(self, site: str, lines: Keys) -> None:
        """Count a page of `site` with `lines`, each once."""
        page = (site_key(site), page_key(lines))
        if page not in self._pages:
            self._pages.add(page)
            self._sites.append(page[0])
            self._lines.append(lines)

    def write(self, folder: Path) -> int:
        """Write `sites.parquet` and `site_lines.parquet` to `folder`; return how many lines there are."""
        of_page = np.array(self._sites, dtype=np.int64)
        write_numbers(folder, "sites", SITES, *np.unique(of_page, return_counts=True))
        sites = np.repeat(of_page, np.array([len(lines) for lines in self._lines], dtype=np.int64))
        lines = np.concatenate([*self._lines, np.empty(0, dtype=np.int64)])
        # By line: who gathers them takes a part of all lines from every unit.
        lines, sites, pages = add_up(lines, sites, np.ones_like(lines))
        write_numbers(folder, "site_lines", SITE_LINES, sites, lines, pages)
        return len(lines)


def add_up(first: Keys, second: Keys, numbers: Keys) -> tuple[Keys, Keys, Keys]:
    """Return each pair of `first` and `second` once, in order, with the sum of its `numbers`.

    >>> [column.tolist() for column in add_up(np.array([2, 1, 2]), np.array([7, 7, 7]), np.array([1, 1, 3]))]
    [[1, 2], [7, 7], [1, 4]]
    """
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    starts = np.flatnonzero(is_new)
    sums = np.add.reduceat(numbers[order], starts) if len(starts) else numbers
    return first[starts], second[starts], sums


def write_numbers(folder: Path, name: str, schema: pa.Schema, *columns: Keys) -> None:
    """Write `columns` to the file `name`.parquet in `folder`, synced."""
    # `pa.array` would import pandas to ask whether a column is one of its own.
    buffers = [pa.py_buffer(np.ascontiguousarray(column, dtype=np.int64)) for column in columns]
    arrays = [pa.Array.from_buffers(pa.int64(), len(columns[0]), [None, buffer]) for buffer in buffers]
    with TableWriter(folder, schema, rows_per_group=_ROWS_PER_GROUP, part=f"{name}.parquet") as writer:
        writer.write(pa.Table.from_arrays(arrays, schema=schema))
