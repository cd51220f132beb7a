"""A ledger run forward again: which text it leaves of a document, and of each span of its source."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any

from pipeline.edit import Edit, Step, apply
from pipeline.errors import EditError


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a text; `exact` is false once an edit has reached across one of its borders."""

    start: int
    end: int
    exact: bool = True


def read_ledger(rows: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return the ledger that `rows` of the table hold; raises EditError if its steps are not 0, 1, 2, …"""
    steps: list[Step] = []
    for ordinal, edits in groupby(rows, key=lambda row: row["step"]):
        if ordinal != len(steps):
            raise EditError(f"step {ordinal} stands where {len(steps)} belongs")
        steps.append(tuple(Edit(row["start"], row["old"], row["new"], row["rule"]) for row in edits))
    return tuple(steps)


def replay(raw: str, ledger: Sequence[Step]) -> list[str]:
    """Return `raw` and the text after each step; raises EditError where the ledger does not fit."""
    return list(accumulate(ledger, apply, initial=raw))


def carry(ledger: Iterable[Step], places: Iterable[Place]) -> list[Place]:
    """Return `places` of the source, in order, as places of the final text.

    >>> carry([(Edit(1, "", "xy", "r"),), (Edit(0, "a", "", "r"),)], [Place(0, 1), Place(1, 2)])
    [Place(start=0, end=0, exact=True), Place(start=0, end=3, exact=True)]
    """
    current = list(places)
    for step in ledger:
        shift = _Shift(step)
        before = [None, *current[:-1]]
        current = [shift.moved(place, last) for place, last in zip(current, before, strict=True)]
    return current


class _Shift:
    """Where offsets go in one step. What is inserted between two spans belongs to the second."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._ends = [edit.end for edit in step]
        self._by = [0, *accumulate(len(edit.new) - len(edit.old) for edit in step)]

    def moved(self, place: Place, last: Place | None) -> Place:
        # An emptied span takes what is put in its place, and leaves nothing of it to those behind it.
        taken = last is not None and last.start == last.end == place.start
        start, clear = self._border(place.start, after_insertions=taken)
        end, also = self._border(place.end, after_insertions=place.start == place.end)
        if not also:
            end += len(self._step[bisect_right(self._ends, place.end)].new)
        return Place(start, end, place.exact and clear and also)

    def _border(self, offset: int, *, after_insertions: bool) -> tuple[int, bool]:
        """Return where `offset` goes, and whether it is outside all edits; if not, where that edit goes."""
        done = bisect_right(self._ends, offset)
        while not after_insertions and done and self._inserts_at(done - 1, offset):
            done -= 1
        if done < len(self._step) and self._step[done].start < offset:
            return self._step[done].start + self._by[done], False
        return offset + self._by[done], True

    def _inserts_at(self, edit: int, offset: int) -> bool:
        return self._step[edit].start == offset and not self._step[edit].old
