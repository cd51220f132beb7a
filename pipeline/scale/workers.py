"""Worker processes on this machine. One that dies costs nobody but the document it was at."""

import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import TracebackType
from typing import Any, Self, TypeVar

from pipeline.engine import NOWHERE, Advance, Context, silent
from pipeline.errors import WorkerError
from pipeline.guard import Limits
from pipeline.scale.worker import AT, DONE, Order, Outcome, work

T = TypeVar("T")
R = TypeVar("R")

MOST_DEATHS = 3
"""Workers that one record may cost before it is given up: the first ones can have died of something else."""

WARM = "pipeline.scale.warm"
"""The module that is loaded once for all workers; without it, each loads what it needs."""

_POLL_SECONDS = 0.5
_PARTING_SECONDS = 2.0


def usable_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Does tasks in `number` processes, one at a time in each; use it as a context manager.

    They are started when there is something to do, and with it as many as there are tasks. A worker that ends while
    it is at a record is replaced and its task done again; a record that costs `MOST_DEATHS` workers, or one by its
    time, is left out. They are forked from one process, which has loaded what they share and stays for the next ones.
    """

    def __init__(self, number: int, limits: Limits) -> None:
        self._number, self._limits = number, limits
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([WARM])
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for worker in (*self._idle, *self._busy):
            worker.end(at_once=kind is not None or worker in self._busy)
        self._idle, self._busy = [], []

    def map(
        self, step: Callable[[T, Context], R], tasks: Sequence[T], advance: Advance = silent
    ) -> Iterator[tuple[int, R]]:
        """Yield the number of each of `tasks` with its result, as they are done; raises what a step raised.

        Raises WorkerError where workers die whatever they do.
        """
        waiting = deque(_Assignment(number, task) for number, task in enumerate(tasks))
        while waiting or self._busy:
            while waiting and len(self._busy) < self._number:
                worker = self._idle.pop() if self._idle else _Worker(self._context, self._limits)
                self._busy.append(worker)
                worker.give(step, waiting.popleft())
            for worker in self._ready():
                advance(worker.progress())
                assignment, outcome = worker.take()
                self._busy.remove(worker)
                if outcome is None:
                    advance(-worker.reported)
                    worker.end(at_once=True)
                    assignment.died(worker.process.exitcode, worker.at(), self._limits)
                    waiting.appendleft(assignment)
                    continue
                self._idle.append(worker)
                if outcome.error is not None:
                    raise outcome.error
                if assignment.suspect is not None:
                    # It did no harm by itself, so what the worker died of was something else.
                    advance(-worker.reported)
                    assignment.suspect = None
                    waiting.appendleft(assignment)
                    continue
                yield assignment.number, outcome.result
            for worker in self._busy:
                advance(worker.progress())

    def _ready(self) -> list["_Worker"]:
        """Return the workers that are done or dead, after some waiting maybe none."""
        wanted = {end: worker for worker in self._busy for end in (worker.pipe, worker.process.sentinel)}
        found = connection.wait(list(wanted), _POLL_SECONDS)
        return list(dict.fromkeys(wanted[end] for end in found))  # type: ignore[index]


@dataclass(slots=True)
class _Assignment:
    """A task, and what its records have cost so far; a `suspect` is tried alone before the others are done again."""

    number: int
    task: Any
    suspect: int | None = None
    dead: dict[int, str] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)

    def died(self, status: int | None, ordinal: int, limits: Limits) -> None:
        """Take note that a worker has died at record `ordinal`; raises WorkerError where that was left out already."""
        self.deaths[ordinal] += 1
        self.suspect = None
        if status == -signal.SIGXCPU and ordinal != NOWHERE:
            self.dead[ordinal] = f"more than {limits.seconds:g} seconds of processor time"
        elif self.deaths[ordinal] >= MOST_DEATHS:
            how = _told(status)
            if ordinal in self.dead:
                raise WorkerError(f"{MOST_DEATHS} workers died one after the other ({how}) and had nothing to do")
            self.deaths[ordinal] = 0
            self.dead[ordinal] = f"{MOST_DEATHS} workers died over it ({how}); its memory may not suffice"
        elif ordinal != NOWHERE:
            self.suspect = ordinal


class _Worker:
    """A process, and the parent's end of all that leads to it."""

    def __init__(self, context: ForkServerContext, limits: Limits) -> None:
        self._shared = context.RawArray("q", 2)
        self.pipe, far = context.Pipe()
        self.process: ForkServerProcess = context.Process(target=work, args=(far, self._shared, limits), daemon=True)
        self.process.start()
        far.close()
        self.reported = 0
        self._assignment: _Assignment | None = None

    def give(self, step: Any, assignment: _Assignment) -> None:
        """Have it do a task."""
        self._assignment, self.reported = assignment, 0
        self._shared[AT], self._shared[DONE] = NOWHERE, 0
        try:
            self.pipe.send(Order(step, assignment.task, assignment.dead, assignment.suspect))
        except OSError:  # it is dead, and its sentinel will say so
            return

    def take(self) -> tuple[_Assignment, Outcome | None]:
        """Return what it was given and what came of it; nothing where it has died."""
        assert self._assignment is not None
        try:
            return self._assignment, self.pipe.recv() if self.pipe.poll() else None
        except (EOFError, OSError):
            return self._assignment, None

    def progress(self) -> int:
        """Return how many documents more it has done since it was last asked."""
        done = int(self._shared[DONE])
        more, self.reported = done - self.reported, done
        return more

    def at(self) -> int:
        """Return the record it is at, or was when it died."""
        return int(self._shared[AT])

    def end(self, *, at_once: bool) -> None:
        """End it: by itself or, if it may be in the middle of something, by force."""
        self.pipe.close()
        if not at_once:
            self.process.join(_PARTING_SECONDS)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def _told(status: int | None) -> str:
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"exit status {status}"
