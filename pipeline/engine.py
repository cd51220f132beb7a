"""How the steps of a run are carried out: one after the other here, side by side elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from pipeline.guard import Guard, Limits, TimeGuard

T = TypeVar("T")
R = TypeVar("R")

Advance = Callable[[int], None]
"""Called with how many documents are done more; less, if something has to be done again."""


NOWHERE = -1
"""The record that a worker is at while it is at none, such as when it reads."""


def silent(_number: int, /) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a step is given beside its task.

    `dead` are the records that cost workers their lives, with what is to be said of them; NOWHERE among them stands
    for all of the task. `at` has to be told of each record before it is worked on, so that this can be known. With
    `only`, that record alone is tried, and nothing comes of it.
    """

    guard: Guard
    dead: Mapping[int, str] = field(default_factory=dict)
    advance: Advance = silent
    at: Callable[[int], None] = silent
    only: int | None = None


class Engine(Protocol):
    """Carries out a step for many tasks."""

    def map(
        self, step: Callable[[T, Context], R], tasks: Sequence[T], advance: Advance = silent
    ) -> Iterator[tuple[int, R]]:
        """Yield the number of each of `tasks` with what `step` returns for it, in any order.

        `step`, its tasks and what it returns can be pickled. What it raises ends all of it.
        """


class Inline:
    """Does everything in this process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def map(
        self, step: Callable[[T, Context], R], tasks: Sequence[T], advance: Advance = silent
    ) -> Iterator[tuple[int, R]]:
        """Yield the results in order."""
        context = Context(TimeGuard(self._limits), advance=advance)
        for number, task in enumerate(tasks):
            yield number, step(task, context)
