"""What a whole run costs a MB of text, beside others over the same documents, and whether that grows with the corpus.

`python -m benchmarks.throughput [--wcxb FOLDER] [--megabytes N] [--crawl GIGABYTES…] [--peers PYTHON --model FILE]
[--save]`
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.record import keep, render
from benchmarks.throughput_corpora import CHINESE, MAIN, SEEDS, WHOLE, write_corpora, write_crawl
from benchmarks.throughput_process import Cost, cost

ONE, TWO = "clean-corpus, 1 worker", "clean-corpus, 2 workers"
FLOOR, LINGUA, DATATROVE = "memory scan", "lingua, 6 languages, a line at a time", "datatrove, five filters"

MEGABYTES = 10.0
CRAWLS = (0.01, 0.1)

MOST_OF_LINGUA = 0.6
MOST_CHINESE = 0.3
LEAST_OF_DATATROVE = {MAIN: 5.0, WHOLE: 3.0, SEEDS: 3.0}
LEAST_OF_TWO = 1.8
MOST_MEMORY = 400
"""What is aimed at: times lingua, seconds a MB, times faster than datatrove, times one worker, MB a process."""

_PEER = Path(__file__).with_name("throughput_peer.py")
_CLEAN_OR_REJECTS = (0, 3)

NOTES = """
Seconds of processors (user and system, all processes, start included) a MB (10^6 bytes) of UTF-8 text, everything from
JSON lines to the tables. The work differs: lingua only tags lines; datatrove's language, Gopher, C4 and FineWeb filters
keep or drop whole documents, with lid.176.ftz in place of its own model; the scan looks at each byte once. Ours cuts,
tags and labels every line, finds and repairs leftovers and duplicates, and writes seven tables. Peak: the most that all
processes hold together, shared memory counted once; in brackets the largest of them."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What each system cost on one corpus of so many MB."""

    name: str
    megabytes: float
    costs: Mapping[str, Cost]

    def rate(self, system: str) -> float:
        """Return the processor seconds a MB of a system."""
        return self.costs[system].processor / self.megabytes


def run_command(given: Path, out: Path, workers: int) -> list[str]:
    """Return the command that cleans `given`."""
    return [sys.executable, "-m", "pipeline.cli", "run", str(given), "--out", str(out), "--workers", str(workers)]


def commands(given: Path, out: Path, peers: str | None, model: str) -> dict[str, list[str]]:
    """Return what is measured on a file."""
    found = {name: [sys.executable, str(_PEER), what] for name, what in ((FLOOR, "scan"), (LINGUA, "lingua"))}
    if peers:
        found[DATATROVE] = [peers, str(_PEER), "datatrove"]
    todo = {name: [*command, str(given), str(out / task(name)), model] for name, command in found.items()}
    return todo | {name: run_command(given, out / task(name), n) for name, n in ((ONE, 1), (TWO, 2))}


def task(name: str) -> str:
    """Return a folder's name for a system.

    >>> task("clean-corpus, 1 worker")
    'clean-corpus--1-worker'
    """
    return "".join(c if c.isalnum() else "-" for c in name)


def measure(kinds: Mapping[str, Path], megabytes: float, peers: str | None, model: str) -> Iterator[Measured]:
    """Yield what every system costs on each kind of page."""
    for name, given in kinds.items():
        with tempfile.TemporaryDirectory() as out:
            todo = commands(given, Path(out), peers, model)
            yield Measured(name, megabytes, {one: cost(command, _CLEAN_OR_REJECTS) for one, command in todo.items()})


def grow(folder: Path, sizes: Sequence[float]) -> Iterator[Measured]:
    """Yield what crawls of so many GB cost, with one worker and with two."""
    for size in sizes:
        write_crawl(folder / str(size), size)
        costs = {}
        for name, workers in ((ONE, 1), (TWO, 2)):
            with tempfile.TemporaryDirectory() as out:
                costs[name] = cost(run_command(folder / str(size), Path(out), workers), _CLEAN_OR_REJECTS)
        yield Measured(f"crawl, {size:g} GB", size * 1000, costs)


def table(measured: Sequence[Measured]) -> str:
    """Return the costs as a table, and what each ratio is aimed at."""
    rows = [
        f"| {one.name} | {system} | {one.rate(system):.3f} | {one.megabytes / spent.wall:.2f} "
        f"| {spent.together:.0f} ({spent.largest:.0f}) |"
        for one in measured
        for system, spent in one.costs.items()
    ]
    head = ["| pages | what | processor s a MB | MB a second | peak MB |", "|---|---|--:|--:|--:|"]
    return "\n".join([*head, *rows, "", "| pages | ratio | measured | aim |", "|---|---|--:|--:|", *ratios(measured)])


def ratios(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield a row for each thing that is aimed at."""
    for one in measured:
        ours = one.rate(ONE)
        if one.name == CHINESE:
            yield f"| {one.name} | seconds a MB | {ours:.2f} | at most {MOST_CHINESE} |"
        elif LINGUA in one.costs:
            yield f"| {one.name} | times lingua's cost | {ours / one.rate(LINGUA):.2f} | at most {MOST_OF_LINGUA} |"
        if DATATROVE in one.costs and (aim := LEAST_OF_DATATROVE.get(one.name)):
            yield f"| {one.name} | times as fast as datatrove | {one.rate(DATATROVE) / ours:.2f} | at least {aim:g} |"
        speed = one.costs[ONE].wall / one.costs[TWO].wall
        yield f"| {one.name} | two workers, times one | {speed:.2f} | at least {LEAST_OF_TWO} |"
        yield f"| {one.name} | MB in the largest process | {one.costs[TWO].largest:.0f} | at most {MOST_MEMORY} |"


def main() -> None:
    """Measure, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Measure what a run costs a MB of text.")
    parser.add_argument("--wcxb", type=Path, help="a folder as WCXB's, for ordinary pages")
    parser.add_argument("--megabytes", type=float, default=MEGABYTES, help=f"size of each kind of page ({MEGABYTES:g})")
    parser.add_argument("--crawl", type=float, nargs="*", default=CRAWLS, help="sizes in GB of crawls that are made")
    parser.add_argument("--peers", help="a Python with datatrove, fasttext and spaCy")
    parser.add_argument("--model", default="", help="lid.176.ftz, for datatrove")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/throughput.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kinds = write_corpora(Path(folder), options.wcxb, options.megabytes)
        measured = list(measure(kinds, options.megabytes, options.peers, options.model))
        measured += grow(Path(folder) / "crawl", options.crawl)
    page = render("throughput", "What a run costs", table(measured) + "\n" + NOTES)
    print(page, end="")
    if options.save:
        keep("throughput", page)


if __name__ == "__main__":
    main()
