"""The engine for one machine: as many processes as there is work for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.engine import Engine, Inline
from pipeline.guard import Limits
from pipeline.scale.workers import Workers, usable_cores

LITTLE_BYTES = 2**20
"""Less than this is done before a process would have got going."""


@contextmanager
def local_engine(workers: int | None = None, limits: Limits = Limits()) -> Iterator[Callable[[int], Engine]]:  # noqa: B008
    """Give what chooses an engine for a number of bytes: `workers` processes or, without a number, one a processor.

    Without a number, little work is done in this process, where a document that brings it down brings down the run.
    """
    with Workers(workers or usable_cores(), limits) as pool:
        yield lambda size: pool if workers or size >= LITTLE_BYTES else Inline(limits)
