"""What it costs to read a packed file in units of work, against its size: with copies of the units, and without.

`python -m benchmarks.packed [--megabytes N…] [--save]`
"""

import argparse
import gzip
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

from benchmarks.record import keep, render
from benchmarks.throughput_corpora import write_crawl
from pipeline.io.copies import with_copies
from pipeline.io.read import find
from pipeline.io.record import Options, Unit
from pipeline.io.units import read_unit, scan
from pipeline.io.work import Work

MEGABYTES = (10.0, 50.0, 200.0)
PASSES = 2
"""Times that a run reads each unit."""

_SOURCE_GIGABYTES = 0.02

NOTES = """
Seconds of one processor, for a gzip file of JSON lines of so many MB (10^6 bytes), as it is packed. A run cuts it into
units (*cut*), copies what lies behind the first one (*copy*), and reads each unit in two passes (*read twice*).
*Without copies* is what the two passes cost where each unit is reached through all that comes before it."""


class Measured(NamedTuple):
    """What a file of so many MB, packed and unpacked, costs in seconds, and the MB that its copies take."""

    packed: float
    unpacked: float
    units: int
    cut: float
    copy: float
    read: float
    without: float
    copies: float


def write_packed(path: Path, megabytes: float) -> None:
    """Write pages of a crawl to `path`, again and again under other ids, until it has so many MB."""
    with tempfile.TemporaryDirectory() as folder:
        write_crawl(Path(folder), _SOURCE_GIGABYTES)
        lines = [line for file in sorted(Path(folder).iterdir()) for line in _lines(file)]
    with gzip.open(path, "wb", compresslevel=3) as file:
        for turn in count():
            for line in lines:
                file.write(line.replace(b'{"id": "', b'{"id": "%d-' % turn, 1))
                if path.stat().st_size >= megabytes * 10**6:
                    return


def _lines(file: Path) -> list[bytes]:
    return gzip.decompress(file.read_bytes()).splitlines(keepends=True)


def measure(path: Path, work: Path) -> Measured:
    """Return what reading the file at `path` costs; copies go to `work`."""
    (file,) = find([path]).inputs
    options = Options()
    units: list[Unit] = []
    copied: list[Unit] = []
    cut = seconds(lambda: units.extend(part for part in scan((file,), options) if isinstance(part, Unit)))
    copy = seconds(lambda: copied.extend(with_copies(units, Work(work))))
    read, without = (seconds(partial(read_all, found, options)) for found in (copied, units))
    size = sum(unit.n_bytes for unit in units) / 10**6
    held = sum(unit.copy.path.stat().st_size for unit in copied if unit.copy) / 10**6
    return Measured(file.size / 10**6, size, len(units), cut, copy, read, without, held)


def read_all(units: Sequence[Unit], options: Options) -> None:
    """Read all records as often as a run does."""
    for _ in range(PASSES):
        for unit in units:
            for _record in read_unit(unit, options):
                pass


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that `work` takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def table(measured: Sequence[Measured]) -> str:
    """Return what was measured as a table."""
    head = [
        "| packed MB | unpacked MB | units | cut | copy | read twice | together | a packed MB | without copies "
        "| a packed MB | copies, MB |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    return "\n".join([*head, *map(_row, measured)])


def _row(one: Measured) -> str:
    together, without = one.cut + one.copy + one.read, one.cut + one.without
    return (
        f"| {one.packed:.0f} | {one.unpacked:.0f} | {one.units} | {one.cut:.1f} | {one.copy:.1f} | {one.read:.1f} "
        f"| {together:.1f} | {together / one.packed:.3f} | {without:.1f} | {without / one.packed:.3f} "
        f"| {one.copies:.0f} |"
    )


def main() -> None:
    """Measure, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Measure what it costs to read a packed file in units of work.")
    parser.add_argument("--megabytes", type=float, nargs="+", default=MEGABYTES, help="sizes of the files, packed")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/packed.md")
    options = parser.parse_args()
    measured = []
    for size in options.megabytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "crawl.jsonl.gz"
            write_packed(path, size)
            measured.append(measure(path, Path(folder) / "work"))
        print(_row(measured[-1]), file=sys.stderr)
    page = render("packed", "What it costs to read a packed file", table(measured) + "\n" + NOTES)
    print(page, end="")
    if options.save:
        keep("packed", page)


if __name__ == "__main__":
    main()
