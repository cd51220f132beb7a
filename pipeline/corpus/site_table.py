"""Between the passes: which lines are of the template of their site, told by the sketches of all units together."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from pipeline.corpus.site_sketch import SITE_LINES, add_up, write_numbers
from pipeline.io.work import Work
from pipeline.lines.site_lines import LEAST_PAGES, LEAST_SHARE, Keys, Templates
from pipeline.resume import digest_of

SITE_TABLE = "sites"

ROWS_AT_ONCE = 2**21
"""About as many rows as are held at once, some 250 MB while they are added up; more make more turns."""


@dataclass(frozen=True, slots=True)
class SiteTable:
    """The lines of templates: the file that has them, site by site, and its digest."""

    path: Path
    digest: str


def gather_sites(work: Work, keys: Sequence[str], sketches: Sequence[Path], n_lines: int) -> SiteTable:
    """Return the lines that at least `LEAST_PAGES` pages of their site have, and one in `LEAST_SHARE` of them.

    `sketches` are the folders of the first pass, by `keys`, with `n_lines` together.
    """
    key = digest_of(list(keys))
    work.sweep(SITE_TABLE, {key})
    made = work.done(SITE_TABLE, key) or work.make(SITE_TABLE, key, lambda folder: _write(folder, sketches, n_lines))
    return SiteTable(work.folder(SITE_TABLE, key) / "lines.parquet", made["digest"])


def read_templates(table: Path, sketch: Path) -> Templates:
    """Return the lines of the templates of the sites that stand in the unit that `sketch` is of."""
    own, _ = _read(sketch / "sites.parquet")

    def has_some(least: int, most: int) -> bool:
        return bool(np.searchsorted(own, least) < np.searchsorted(own, most, side="right"))

    sites, lines, _ = _read(table, "site", has_some)
    chosen = np.isin(sites, own)
    sites, lines = sites[chosen], lines[chosen]
    each, starts = np.unique(sites, return_index=True)
    return dict(zip(each.tolist(), np.split(lines, starts[1:]), strict=True)) if len(each) else {}


def _write(folder: Path, sketches: Sequence[Path], n_lines: int) -> dict[str, Any]:
    of_units = [_read(sketch / "sites.parquet") for sketch in sketches]
    sites, pages = (np.concatenate(columns) for columns in zip(*of_units, strict=True))
    each, _, n_pages = add_up(sites, np.zeros_like(sites), pages)
    found = [_of_templates(_lines(sketches, *bounds), each, n_pages) for bounds in _turns(n_lines)]
    write_numbers(
        folder, "lines", SITE_LINES, *add_up(*(np.concatenate(columns) for columns in zip(*found, strict=True)))
    )
    return {"digest": hashlib.sha256((folder / "lines.parquet").read_bytes()).hexdigest()}


def _turns(n_lines: int) -> Iterator[tuple[int, int]]:
    """Yield the least and the largest key of each turn, about as many of `n_lines` in each."""
    n_turns = max(1, -(-n_lines // ROWS_AT_ONCE))
    bounds = [2**64 * turn // n_turns - 2**63 for turn in range(n_turns + 1)]
    yield from ((least, above - 1) for least, above in pairwise(bounds))


def _lines(sketches: Sequence[Path], least: int, most: int) -> list[Keys]:
    """Return the columns (site, line, pages) of all `sketches`, of the lines with keys from `least` to `most`."""
    parts = []
    for sketch in sketches:
        columns = _read(sketch / "site_lines.parquet", "line", lambda first, last: first <= most and last >= least)
        chosen = (columns[1] >= least) & (columns[1] <= most)
        parts.append([column[chosen] for column in columns])
    return [np.concatenate(columns) for columns in zip(*parts, strict=True)]


def _of_templates(columns: Sequence[Keys], each: Keys, n_pages: Keys) -> tuple[Keys, Keys, Keys]:
    """Return what is of templates in `columns` (site, line, pages of a unit); `each` site has `n_pages`."""
    sites, lines, pages = add_up(*columns)
    all_pages = n_pages[np.searchsorted(each, sites)]
    enough = (pages >= LEAST_PAGES) & (LEAST_SHARE * pages >= all_pages)
    return sites[enough], lines[enough], pages[enough]


def _read(path: Path, column: str = "", is_wanted: Callable[[int, int], bool] | None = None) -> list[Keys]:
    """Return the columns of a file of numbers, all rows or those of row groups where bounds of `column` are wanted."""
    with pq.ParquetFile(path) as file:
        groups = list(range(file.num_row_groups))
        if is_wanted is not None:
            at = file.schema_arrow.names.index(column)
            bounds = [file.metadata.row_group(group).column(at).statistics for group in groups]
            groups = [group for group in groups if is_wanted(bounds[group].min, bounds[group].max)]
        return [numbers.to_numpy() for numbers in file.read_row_groups(groups, use_threads=False).columns]
