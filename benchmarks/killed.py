"""Whether a run that is killed again and again gives the same tables, byte for byte, as one that is left alone.

`python -m benchmarks.killed [--kills N] [--megabytes X] [--seed N] [--save]`
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.broken_off import Attempt, Victim, attempt, table_digests, verified
from benchmarks.record import keep, render
from benchmarks.throughput_corpora import write_crawl
from pipeline.io.folder import STAGE

KILLS = 20
MEGABYTES = 5.4
WORKERS = 2

_FILE_BYTES = 200_000
_LARGE_BYTES = 4_400_000
"""Text in the one file that is more than a unit of work."""

_VICTIMS: tuple[Victim, ...] = ("all", "parent", "worker")
_PUBLISHING = 0.3
"""Share of the kills that are kept for when the tables are put into their place, which takes a moment only."""
_PUBLISHING_SECONDS = 0.5

NOTES = """
SIGKILL, at moments drawn at random: to all processes, to the one that was called, or to a worker. What is killed is
begun again with the same command; once a run has come to its end, its tables are compared, byte for byte, with those of
a run that was left alone, checked with `verify`, and the next kill meets a run from the start."""


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill: who was meant, when the tables were being `published` or at any time, and what the run did then."""

    victim: Victim
    published: bool
    after: float
    finished: bool


def write_corpus(folder: Path, megabytes: float) -> int:
    """Write a crawl to `folder`, a packed file of two units and several small ones; return how many documents."""
    documents = write_crawl(folder, megabytes / 1000, file_bytes=_FILE_BYTES)
    several = sorted(folder.iterdir())[: max(1, _LARGE_BYTES // _FILE_BYTES)]
    # Packed files one behind the other are a packed file.
    joined = b"".join(path.read_bytes() for path in several)
    for path in several[1:]:
        path.unlink()
    several[0].write_bytes(joined)
    return documents


class _Once:
    """Kills `victim` once: when the moment has come, counted from the start or from when tables are published."""

    def __init__(self, victim: Victim, moment: float, stage: Path | None) -> None:
        self._victim, self._moment, self._stage = victim, moment, stage
        self.after: float | None = None

    def __call__(self, seconds: float) -> Victim | None:
        """Return whom to kill, `seconds` after the start."""
        if self.after is not None:
            return None
        if self._stage is not None:
            if not any(self._stage.glob("*")):
                return None
            self._stage, self._moment = None, seconds + self._moment
        if seconds < self._moment:
            return None
        self.after = seconds
        return self._victim


def left_alone(_seconds: float) -> Victim | None:
    """Kill nobody."""
    return None


def kill_again_and_again(
    given: Path, out: Path, kills: int, whole: Attempt, expected: dict[str, str], chance: random.Random
) -> list[Kill]:
    """Kill runs of `given` into `out`, and compare each that ends; raises AssertionError where one is not as expected.

    `whole` is the run that was left alone, `expected` its tables.
    """
    found: list[Kill] = []
    while len(found) < kills:
        victim = chance.choice(_VICTIMS)
        published = chance.random() < _PUBLISHING
        moment = chance.uniform(0, _PUBLISHING_SECONDS if published else whole.seconds)
        watch = _Once(victim, moment, out / STAGE if published else None)
        done = attempt(given, out, WORKERS, watch)
        if watch.after is not None:
            found.append(Kill(victim, published, watch.after, done.finished))
            print(f"{len(found)}/{kills}: {found[-1]}", file=sys.stderr, flush=True)
        if done.finished:
            _compare(out, expected)
            shutil.rmtree(out)
    attempt(given, out, WORKERS, left_alone)
    _compare(out, expected)
    return found


def _compare(out: Path, expected: dict[str, str]) -> None:
    found = table_digests(out)
    different = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    if different:
        raise AssertionError(f"tables differ: {', '.join(different)}")
    left = [path.name for path in out.iterdir() if path.name.startswith(".")]
    if left:
        raise AssertionError(f"left behind: {', '.join(left)}")
    verified(out)


def table(found: Sequence[Kill], documents: int, whole: Attempt, expected: dict[str, str]) -> str:
    """Return what was done as a table."""
    counts = Counter((kill.victim, kill.published, kill.finished) for kill in found)
    rows = [
        f"| {victim} | {'while tables are published' if published else 'any'} "
        f"| {'went on to its end' if finished else 'was begun again'} | {number} |"
        for (victim, published, finished), number in sorted(counts.items())
    ]
    told = (
        f"{documents} documents; left alone, {whole.seconds:.0f} seconds with {WORKERS} workers and "
        f"{len(expected)} table files. {len(found)} kills: the same bytes each time."
    )
    return "\n".join([told, "", "| killed | moment | the run | times |", "|---|---|---|--:|", *rows])


def main() -> None:
    """Kill, compare, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Kill runs at random moments, and compare what comes of them.")
    parser.add_argument("--kills", type=int, default=KILLS, help=f"how often ({KILLS})")
    parser.add_argument("--megabytes", type=float, default=MEGABYTES, help=f"text in the corpus ({MEGABYTES:g})")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments (1)")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/killed.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        given, whole_out, out = (Path(folder) / name for name in ("in", "whole", "out"))
        documents = write_corpus(given, options.megabytes)
        whole = attempt(given, whole_out, WORKERS, left_alone)
        expected = table_digests(whole_out)
        chance = random.Random(options.seed)
        found = kill_again_and_again(given, out, options.kills, whole, expected, chance)
    page = render("killed", "Runs that are killed", table(found, documents, whole, expected) + "\n" + NOTES)
    print(page, end="")
    if options.save:
        keep("killed", page)


if __name__ == "__main__":
    main()
