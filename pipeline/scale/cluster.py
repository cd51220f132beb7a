"""The engine for many machines, on Ray: it says which machine does which unit, worker processes there do it.

Needs ray, which the extra `ray` installs; OUT and the inputs have to lie at the same place for all machines.
"""

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pipeline.engine import Advance, Context, Engine, Inline, silent
from pipeline.errors import SettingsError, WorkerError
from pipeline.guard import Limits
from pipeline.io.folder import STAGE
from pipeline.resume import program_key
from pipeline.scale.local import LITTLE_BYTES
from pipeline.scale.worker import Outcome
from pipeline.scale.workers import Workers, usable_cores

T = TypeVar("T")
R = TypeVar("R")

MOST_LOSSES = 10
"""Machines or processes of Ray that one task may lose: no document can be blamed for any of them."""

_QUEUED = 2
"""Tasks that are handed over for each processor: one that is done, and the next."""

_PATIENCE_SECONDS = 10.0

_OBJECT_BYTES = 100 * 2**20
"""Memory that a Ray on this machine alone takes for what tasks say to each other, which is little."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """What has to be so on a machine that works for a run, and the limits for each document there.

    It stands in the `working_directory` of the run, sees its folder `out`, and has its `program` and the dictionary
    that `cedict` names.
    """

    limits: Limits
    out: Path
    working_directory: Path
    cedict: str | None
    program: str


@contextmanager
def ray_engine(
    out: Path,
    address: str | None = None,
    workers: int | None = None,
    limits: Limits = Limits(),  # noqa: B008
    cedict: str | None = None,
) -> Iterator[Callable[[int], Engine]]:
    """Give what chooses an engine for a number of bytes: the Ray cluster at `address` or, without one, on this machine.

    The engine is for a run into `out` with the dictionary `cedict`. `workers` is the most units at a time, without it
    two a processor of the cluster are handed over. Raises SettingsError where ray is not installed, WorkerError where
    there is none at `address`.
    """
    ray = _started(address, workers)
    here = Path.cwd()
    try:
        terms = _Terms(limits, here / out / STAGE, here, cedict, program_key(cedict))
        engine = _Cluster(ray, workers, terms)
        yield lambda size: engine if workers or address or size >= LITTLE_BYTES else Inline(limits)
    finally:
        ray.shutdown()


def _started(address: str | None, workers: int | None) -> Any:
    # Before it is imported: it tells its makers how it is used, unless told not to.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        raise SettingsError("there is no ray here: pip install 'clean-corpus[ray]'") from error
    if address:
        _check_reachable(address)
    alone = {
        "num_cpus": workers or usable_cores(),
        "include_dashboard": False,
        "object_store_memory": _OBJECT_BYTES,
        "_node_ip_address": "127.0.0.1",
    }
    try:
        ray.init(address or "local", logging_level="ERROR", log_to_driver=False, **({} if address else alone))
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise WorkerError(f"cannot reach Ray at {address or 'this machine'}: {error}") from error
    return ray


def _check_reachable(address: str) -> None:
    """Raise WorkerError where nobody listens at HOST:PORT, which Ray itself would take minutes to find out."""
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal() or "/" in host:  # such as "auto", which Ray knows at once
        return
    try:
        socket.create_connection((host, int(port)), _PATIENCE_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise WorkerError(f"cannot reach Ray at {address}: {error}") from error


class _Done(NamedTuple):
    """What came of a task elsewhere, and how many documents were done in it."""

    outcome: Outcome
    documents: int


class _Cluster:
    """Hands tasks to Ray, a few more than there are processors."""

    def __init__(self, ray: Any, workers: int | None, terms: _Terms) -> None:
        self._ray, self._workers = ray, workers
        self._terms = ray.put(terms)
        self._remote = ray.remote(num_cpus=1, max_retries=MOST_LOSSES)(_do)

    def map(
        self, step: Callable[[T, Context], R], tasks: Sequence[T], advance: Advance = silent
    ) -> Iterator[tuple[int, R]]:
        """Yield the number of each of `tasks` with its result, as they are done; raises what a step raised.

        Raises WorkerError where Ray loses a task again and again, or a machine has another program than this one.
        """
        given = self._ray.put(step)
        waiting = iter(enumerate(tasks))
        running: dict[Any, int] = {}
        try:
            while True:
                while len(running) < self._most() and (item := next(waiting, None)) is not None:
                    running[self._remote.remote(given, item[1], self._terms)] = item[0]
                if not running:
                    return
                ready, _ = self._ray.wait(list(running), num_returns=1)
                number = running.pop(ready[0])
                outcome, documents = self._got(ready[0])
                if outcome.error is not None:
                    raise outcome.error
                advance(documents)
                yield number, outcome.result
        finally:
            for task in running:
                self._ray.cancel(task, force=True)

    def _most(self) -> int:
        """Return how many tasks may be at Ray; machines come and go."""
        return self._workers or _QUEUED * max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def _got(self, task: Any) -> _Done:
        try:
            done: _Done = self._ray.get(task)
        except self._ray.exceptions.RayError as error:
            why = str(error).partition("\n")[0]
            raise WorkerError(f"Ray lost a unit of work {MOST_LOSSES + 1} times, or cannot do it: {why}") from error
        return done


def _do(step: Callable[[T, Context], R], task: T, terms: _Terms) -> _Done:
    """Do a task on the machine where Ray has put it, in a process of our own: so documents are watched as anywhere."""
    documents = 0

    def advance(number: int) -> None:
        nonlocal documents
        documents += number

    try:
        ((_, result),) = _worker(terms).map(step, [task], advance)
    # Whatever it is, it has to reach the run as it is.
    except Exception as error:
        return _Done(Outcome(error=error), documents)
    return _Done(Outcome(result), documents)


@lru_cache(maxsize=1)
def _worker(terms: _Terms) -> Workers:
    """Return the worker process beside this process of Ray, which dies with it; raises WorkerError."""
    machine = os.uname().nodename
    if not (terms.working_directory.is_dir() and terms.out.is_dir()):
        raise WorkerError(f"{machine} does not see OUT or the working directory where this machine does")
    os.chdir(terms.working_directory)
    if program_key(terms.cedict) != terms.program:
        what = "another version of clean-corpus, of its libraries or of the dictionary"
        raise WorkerError(f"{machine} has {what}, so it would write other bytes")
    return Workers(1, terms.limits)
