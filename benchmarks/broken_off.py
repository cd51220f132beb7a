"""A run of the real thing that somebody breaks off: what is asked while it goes on, and what came of it."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal

from benchmarks.record import ROOT
from benchmarks.throughput_process import CommandError, family, held_by

Victim = Literal["all", "parent", "worker"]
"""Whose SIGKILL: all processes of a run, the one that was called, or one of those that it has started."""

Watch = Callable[[float], Victim | None]
"""Asked again and again, with the seconds since the start, whom to kill now."""

_FINISHED = (0, 3)
_EVERY_SECONDS = 0.05
_MEMORY_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a run: whether it came to its end, its seconds on the clock, and peaks in MB.

    `together` is of all processes, `largest` of one of them; `said` is what it has printed.
    """

    finished: bool
    seconds: float
    together: float
    largest: float
    said: str


def attempt(given: Path, out: Path, workers: int, watch: Watch) -> Attempt:
    """Clean `given` into `out`, and kill whom `watch` names; raises CommandError where it fails by itself."""
    command = [sys.executable, "-m", "pipeline.cli", "run", str(given), "--out", str(out), "--workers", str(workers)]
    began = looked = time.monotonic()
    together = largest = 0.0
    killed = False
    with TemporaryFile() as said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT) as run:
        while run.poll() is None:
            if (now := time.monotonic()) - looked >= _MEMORY_EVERY:
                looked, held = now, [held_by(pid) for pid in family(run.pid)]
                together, largest = max(together, sum(held)), max(largest, *held)
            if victim := watch(now - began):
                killed |= _kill(run.pid, victim)
            time.sleep(_EVERY_SECONDS)
        said.seek(0)
        told = said.read().decode(errors="replace")
    if run.returncode not in _FINISHED and not killed:
        raise CommandError(f"exit status {run.returncode}: {told[-2000:]}")
    return Attempt(run.returncode in _FINISHED, time.monotonic() - began, together, largest, told)


def _kill(parent: int, victim: Victim) -> bool:
    """Send SIGKILL, to the parent where there is no worker; return whether the run ends of it."""
    processes = list(family(parent))
    # The first of them is what the workers are forked from.
    workers = [pid for pid in processes if _is_forked(pid)][1:]
    chosen = {"all": processes, "parent": processes[:1], "worker": workers[-1:] or processes[:1]}[victim]
    for pid in chosen:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:  # it has just ended
            continue
    return parent in chosen


def _is_forked(pid: int) -> bool:
    try:
        return b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return False


def table_digests(out: Path) -> dict[str, str]:
    """Return the SHA-256 of every table file below `out`, by its path there."""
    files = sorted(path for path in out.rglob("*.parquet") if not path.relative_to(out).parts[0].startswith("."))
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def verified(out: Path) -> tuple[float, str]:
    """Return how long `clean-corpus verify` takes, in seconds, and the last line that it says.

    Raises CommandError where something does not hold.
    """
    began = time.monotonic()
    command = [sys.executable, "-m", "pipeline.cli", "verify", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"verify: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.monotonic() - began, done.stdout.strip().rpartition("\n")[2]
