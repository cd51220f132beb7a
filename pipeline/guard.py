"""Limits for a single document, so that none of them can stop a run."""

import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from types import FrameType
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost: processor time in seconds, and memory in bytes beside what is loaded anyway.

    Both are far above what pages need: where a limit is met depends on the machine, so it must be met by hardly any.
    """

    seconds: float = 300.0
    memory_bytes: int = 2 * 2**30


class OverTimeError(BaseException):
    """A document took longer than it may; no `except Exception` below can keep it."""


class Guard(Protocol):
    """Watches over documents, one at a time."""

    def watch(self, row: int, /) -> AbstractContextManager[None]:
        """Return the context in which the document in `row` of a batch is worked on."""


class Unguarded:
    """Sets no limit."""

    def watch(self, _row: int, /) -> AbstractContextManager[None]:
        """Return a context that does nothing."""
        return nullcontext()


class TimeGuard:
    """Raises OverTimeError in what takes longer than `limits` allow, as soon as Python code runs there.

    Only in the main thread: elsewhere no signal can be had, and there is no limit.
    """

    def __init__(self, limits: Limits) -> None:
        self._seconds = limits.seconds
        self._watching = False

    @contextmanager
    def watch(self, _row: int, /) -> Iterator[None]:
        """Work on one document."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGVTALRM, self._ring)
        self._watching = True
        # And again every second: where it is raised, a library may take it for something else and go on.
        signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds, 1.0)
        try:
            yield
        finally:
            self._watching = False
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self._watching:
            raise OverTimeError(f"more than {self._seconds:g} seconds of processor time")


class HardGuard(TimeGuard):
    """Ends the process where the time is over and no Python code runs, and lets memory run out for the document alone.

    For a process that somebody watches: it dies of SIGXCPU.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._memory = limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    @contextmanager
    def watch(self, _row: int, /) -> Iterator[None]:
        """Work on one document."""
        over = int(time.process_time() + 1.5 * self._seconds) + 2
        memory = _data_bytes() + self._memory
        with _limited(resource.RLIMIT_CPU, over), _limited(resource.RLIMIT_DATA, memory), super().watch(_row):
            yield


@contextmanager
def _limited(kind: int, value: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(kind, (soft, hard))


def _data_bytes() -> int:
    """Return what counts against RLIMIT_DATA now, as far as the system tells."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - read for every document
            return int(file.read().split()[5]) * resource.getpagesize()
    except OSError:  # not Linux
        return 0
