"""A large run that is killed in the middle and goes on: what it takes, and whether everything holds in the end.

`python -m benchmarks.resumed [--documents N] [--kills N] [--workers N] [--folder FOLDER] [--save]`

It tells every minute how far it is. With --folder, the corpus and the tables stay there.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.broken_off import Attempt, Victim, attempt, verified
from benchmarks.record import keep, render
from benchmarks.throughput_corpora import write_crawl
from pipeline.corpus.passes import CLEAN, SKETCH
from pipeline.io.folder import RUN, WORK

DOCUMENTS = 100_000
KILLS = 2
WORKERS = 2

_TELL_SECONDS = 60.0

NOTES = """
Generated pages, from packed JSON lines to tables. All processes are killed (SIGKILL) each time a further part of the
units of work is finished, and the same command is given again. Seconds on the clock; peak MB of all processes together
and of the largest, shared memory counted once."""


class Result(NamedTuple):
    """What was run, and what `run.json` and `verify` say of it."""

    documents: int
    packed_megabytes: float
    attempts: Sequence[Attempt]
    account: dict[str, object]
    verify_seconds: float
    verified: str


class _InTheMiddle:
    """Kills all of a run as soon as it has finished `share` of its units of work, if any, and tells how far it is."""

    def __init__(self, out: Path, share: float | None) -> None:
        self._work, self._share = out / WORK, share
        self._told = 0.0

    def __call__(self, seconds: float) -> Victim | None:
        """Return whom to kill, `seconds` after the start."""
        # All units are sketched before the first is cleaned.
        sketched, cleaned = self._finished(SKETCH), self._finished(CLEAN)
        if seconds - self._told >= _TELL_SECONDS:
            self._told = seconds
            print(f"{seconds:,.0f} s: {sketched} units read, {cleaned} cleaned", file=sys.stderr, flush=True)
        if self._share is None or not sketched or not cleaned:
            return None
        return "all" if cleaned >= self._share * sketched else None

    def _finished(self, step: str) -> int:
        folder = self._work / step
        return sum(not path.name.startswith(".") for path in folder.iterdir()) if folder.is_dir() else 0


def run_resumed(folder: Path, documents: int, kills: int, workers: int) -> Result:
    """Clean a crawl of so many `documents` into `folder`, killed so often on the way; raises CommandError."""
    given, out = folder / "crawl", folder / "out"
    written = write_crawl(given, most_documents=documents)
    packed = sum(path.stat().st_size for path in given.iterdir()) / 10**6
    print(f"{written:,} documents, {packed:,.0f} MB packed", file=sys.stderr, flush=True)
    attempts = []
    for number in range(1, kills + 2):
        share = number / (kills + 1) if number <= kills else None
        attempts.append(attempt(given, out, workers, _InTheMiddle(out, share)))
        print(f"attempt {number}: {attempts[-1].seconds:,.0f} s", file=sys.stderr, flush=True)
        if attempts[-1].finished:
            break
    account = json.loads((out / RUN).read_text(encoding="utf-8"))
    return Result(written, packed, attempts, account, *verified(out))


def table(result: Result) -> str:
    """Return what was measured as a table."""
    attempts = [
        f"| {number} | {'finished' if one.finished else 'killed'} | {one.seconds:,.0f} | {one.together:.0f} "
        f"| {one.largest:.0f} |"
        for number, one in enumerate(result.attempts, 1)
    ]
    total = sum(one.seconds for one in result.attempts)
    resumed = next((line for line in result.attempts[-1].said.splitlines() if "broken off" in line), "none").strip()
    return "\n".join([
        f"{result.documents:,} documents, {result.packed_megabytes:,.0f} MB packed, {total:,.0f} seconds in all: "
        f"{result.documents / total:.1f} documents a second.",
        "",
        "| attempt | | seconds | peak MB, together | peak MB, largest |",
        "|--:|---|--:|--:|--:|",
        *attempts,
        "",
        f"- documents: {_told(result.account['documents'])}; rejects: {_number(result.account['rejects'])}",
        f"- rows: {_told(result.account['rows'])}",
        f"- the last attempt: {resumed}",
        f"- `clean-corpus verify`, {result.verify_seconds:,.0f} seconds: {result.verified.partition(' in ')[0]}",
    ])  # fmt: skip


def _told(counts: object) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items()) if isinstance(counts, dict) else ""


def _number(found: object) -> str:
    return f"{len(found):,}" if isinstance(found, list) else ""


def main() -> None:
    """Run, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Clean a large corpus, killed in the middle, and verify what came.")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help=f"pages to generate ({DOCUMENTS:,})")
    parser.add_argument("--kills", type=int, default=KILLS, help=f"how often to kill it ({KILLS})")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"worker processes ({WORKERS})")
    parser.add_argument("--folder", type=Path, help="where the corpus and the tables go and stay")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/resumed.md")
    options = parser.parse_args()
    how = (options.documents, options.kills, options.workers)
    if options.folder:
        result = run_resumed(options.folder, *how)
    else:
        with tempfile.TemporaryDirectory() as folder:
            result = run_resumed(Path(folder), *how)
    page = render("resumed", "A large run, killed in the middle", table(result) + "\n" + NOTES)
    print(page, end="")
    if options.save:
        keep("resumed", page)


if __name__ == "__main__":
    main()
