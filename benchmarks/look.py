"""What it costs to look at a large run: the report on many documents, and the server's pages.

`python -m benchmarks.look [--documents N] [--segments N] [--rounds N] [--save]`
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from benchmarks.look_tables import make_tables
from benchmarks.record import RESULTS, ROOT, render
from pipeline.report.page import REPORT
from pipeline.run import run

DOCUMENTS = 100_000
SEGMENTS = 1_000_000
SEEDS_SEGMENTS_A_DOCUMENT = 84
ROUNDS = 5

FILTERS = (
    "label=related_title", "label=footnote", "label=nav&language=it", "language=pt", "language=und&keep=yes",
    "kind=residue", "kind=name&language=en", "keep=no&label=caption", "doubtful=yes", "doubtful=yes&label=byline",
    "label=body&page=200", "label=disclaimer&page=20", "language=zh-Hans&keep=yes&page=1000",
)  # fmt: skip
SEARCHES = ("text=OpenAI", "text=OpenAI&label=heading", "text=比特币", "text=nobody+says+this")

NOTES = """
The tables are those of a run over the five seeds, over and over, each paragraph with 32 letters of its own at its end.
Processor time and peak memory are of the whole process, its start included. The server is asked over HTTP, one request
at a time, for pages of 50 paragraphs; each time is the median of the rounds. A search for something rare reads
all texts; the filters need not."""


# Not what wait4 tells of the memory: that counts what this process had when it started the other.
_REPORT = """
import sys, time
from pathlib import Path
from pipeline.report.page import write_report
write_report(Path(sys.argv[1]))
told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(time.process_time(), told["VmHWM"].split()[0])
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the report cost; sizes in bytes, time in seconds of processor."""

    documents: int
    segments: int
    seconds: float
    memory: int
    size: int


def measure_report(out: Path, documents: int, segments: int) -> Cost:
    """Return what the report costs for the run in `out`, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _REPORT, str(out)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, kibibytes = done.stdout.split()
    return Cost(documents, segments, float(seconds), int(kibibytes) * 1024, (out / REPORT).stat().st_size)


@contextmanager
def server(out: Path) -> Iterator[str]:
    """Serve the run in `out`, and give the server's address."""
    command = [sys.executable, "-m", "pipeline.cli", "serve", str(out), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[0]
        finally:
            process.terminate()


def measure_pages(address: str, queries: Sequence[str], rounds: int) -> dict[str, float]:
    """Return the seconds until a page of paragraphs was there, by its query: the median of the rounds."""
    _seconds(f"{address}paragraphs")  # what the menus offer is found out once
    turns = [{query: _seconds(f"{address}paragraphs?{_quoted(query)}") for query in queries} for _ in range(rounds)]
    return {query: median(turn[query] for turn in turns) for query in queries}


def _seconds(url: str) -> float:
    started = time.perf_counter()
    with urlopen(url) as answer:
        answer.read()
    return time.perf_counter() - started


def _quoted(query: str) -> str:
    from urllib.parse import quote

    return quote(query, safe="=&+")


def table(cost: Cost, first: float, filtered: dict[str, float], searched: dict[str, float], segments: int) -> str:
    """Return the figures as tables."""
    rows = [f"| `{query}` | {1000 * seconds:.0f} |" for query, seconds in {**filtered, **searched}.items()]
    return "\n".join([
        f"| the report on {cost.documents:,} documents, {cost.segments:,} paragraphs | |", "|---|--:|",
        f"| processor time, s | {cost.seconds:.1f} |", f"| peak memory, MB | {cost.memory / 1e6:.0f} |",
        f"| size of the file, MB | {cost.size / 1e6:.1f} |", "",
        f"| a page of {segments:,} paragraphs, by filter | ms |", "|---|--:|", *rows,
        f"| **median of the filters** | **{1000 * median(filtered.values()):.0f}** |",
        f"| median of the searches | {1000 * median(searched.values()):.0f} |",
        f"| the overview, when it is first asked for | {1000 * first:.0f} |",
    ])  # fmt: skip


def main() -> None:
    """Measure, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Measure what it costs to look at a large run.")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help=f"of the report ({DOCUMENTS:,})")
    parser.add_argument("--segments", type=int, default=SEGMENTS, help=f"of the server ({SEGMENTS:,})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each page is asked for ({ROUNDS})")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/look.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large, served = (Path(folder) / name for name in ("small", "large", "served"))
        run([ROOT / "seeds"], small)
        documents = make_tables(small, large, options.documents)
        cost = measure_report(large, documents, documents * SEEDS_SEGMENTS_A_DOCUMENT)
        segments = make_tables(small, served, options.segments // SEEDS_SEGMENTS_A_DOCUMENT) * SEEDS_SEGMENTS_A_DOCUMENT
        with server(served) as address:
            first = _seconds(address)
            filtered = measure_pages(address, FILTERS, max(1, options.rounds))
            searched = measure_pages(address, SEARCHES, max(1, options.rounds))
    page = render("look", "Looking at a large run", table(cost, first, filtered, searched, segments) + "\n" + NOTES)
    print(page, end="")
    if options.save:
        (ROOT / RESULTS / "look.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
