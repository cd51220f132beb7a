"""What a command costs: time, processor time of all its processes, and the memory they hold together."""

import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from benchmarks.record import ROOT

_EVERY_SECONDS = 0.2
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of processors, and peaks in MB: of all processes together, and of the largest.

    Memory that processes share counts in parts that add up to it once (PSS); a spike of less than 0.2 s can be missed.
    """

    wall: float
    processor: float
    together: float
    largest: float


class CommandError(Exception):
    """A command that was to be measured has failed."""


def cost(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Cost:
    """Run `command` and return what it cost; raises CommandError where its exit status is none of `allowed`."""
    # What the command starts and does not wait for becomes a child of this process, and counts as well.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    seen: set[int] = set()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    with TemporaryFile() as said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said) as process:
        together = largest = 0.0
        while process.poll() is None:
            held = {pid: held_by(pid) for pid in family(process.pid)}
            together, largest = max(together, sum(held.values())), max(largest, *held.values())
            seen.update(held)
            time.sleep(_EVERY_SECONDS)
        wall = time.monotonic() - began
        for pid in seen:
            with suppress(ChildProcessError):  # who started it has waited for it
                os.waitpid(pid, 0)
        if process.returncode not in allowed:
            said.seek(0)
            why = said.read()[-2000:].decode(errors="replace")
            raise CommandError(f"{' '.join(command)}: exit status {process.returncode}: {why}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(wall, used, together, largest)


def family(pid: int) -> Iterator[int]:
    """Yield the ids of process `pid` and of all that it has started, each after the one that started it."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = tasks.read_text().split()
        except OSError:  # it has ended meanwhile
            continue
        for child in children:
            yield from family(int(child))


def held_by(pid: int) -> float:
    """Return the MB that process `pid` holds, shared memory in parts; 0 where there is none (any more)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000
