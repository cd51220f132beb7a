"""A worker process: it gets one task at a time, does it, and says which record it is at while it does."""

import ctypes
import fcntl
import gc
import os
import signal
import sys
from collections.abc import Mapping, MutableSequence
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any

from pipeline.engine import NOWHERE, Context
from pipeline.guard import HardGuard, Limits

AT, DONE = 0, 1
"""Places in the memory that a worker shares with its parent: the record it is at, the documents it has done."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

_PR_SET_PDEATHSIG = 1
_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 2**20
_MANY_NEW = 20_000
"""Objects made since the last search for rubbish before the next: rule tables are many objects, all there to stay."""


@dataclass(frozen=True, slots=True)
class Order:
    """A task, and what has to be known of it: `dead` are the records that have cost workers their lives."""

    step: Any
    task: Any
    dead: Mapping[int, str]
    only: int | None = None
    """The record that is to be tried alone: the last worker died over it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order: a result or an error."""

    result: Any = None
    error: BaseException | None = None


def prepare_process() -> None:
    """Settle what has to be settled before numpy and Arrow are loaded, in a worker or what workers are forked from."""
    # It is the parent's to be interrupted, and to end its workers then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # One thread a process: more would fight for the same processors. Numpy reads it when it is loaded.
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    _give_back_what_is_free()
    gc.set_threshold(_MANY_NEW)


def work(pipe: Connection, shared: MutableSequence[int], limits: Limits) -> None:
    """Do what comes through `pipe` until nothing more does."""
    _die_with_parent()
    prepare_process()
    guard = HardGuard(limits)

    def at(ordinal: int) -> None:
        shared[AT] = ordinal

    def advance(number: int) -> None:
        shared[DONE] += number

    while (order := _receive(pipe)) is not None:
        shared[AT], shared[DONE] = NOWHERE, 0
        context = Context(guard, order.dead, advance, at, order.only)
        try:
            outcome = Outcome(order.step(order.task, context))
        # Whatever it is, the parent has to hear of it: it ends the run.
        except Exception as error:
            outcome = Outcome(error=error)
        shared[AT] = NOWHERE
        pipe.send(outcome)
        del outcome, order
        gc.collect()


def _receive(pipe: Connection) -> Order | None:
    try:
        order: Order | None = pipe.recv()
    except (EOFError, OSError):  # the parent is gone
        return None
    return order


def _give_back_what_is_free() -> None:
    """Have the system get back what is freed: kept for the next time, it makes a worker a fifth larger."""
    # Before Arrow is loaded, whose own pool keeps most of what it ever had.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):  # glibc, which by itself comes to hold pieces of up to 32 MB
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def _die_with_parent() -> None:
    """Have the system end this process when its parent ends, or what it was forked from, however that comes about.

    The parent holds the other end of a pipe; that it was closed is told by a signal, which ends who does not await it.
    """
    parent = parent_process()
    assert parent is not None
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, os.O_ASYNC)
    if not parent.is_alive():  # it was too late
        os._exit(1)
