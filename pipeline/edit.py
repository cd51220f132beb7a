"""Reversible edits: the only way a text may change."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.errors import EditError


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` where `old` stands at `start`, on the word of rule `rule`."""

    start: int
    old: str
    new: str
    rule: str

    @property
    def end(self) -> int:
        """Offset of the first code point after `old`."""
        return self.start + len(self.old)

    def shifted(self, by: int) -> "Edit":
        """Return the same edit `by` code points further on."""
        return Edit(self.start + by, self.old, self.new, self.rule)


Step = tuple[Edit, ...]
"""Edits made at once: sorted, disjoint, offsets into the text before the step."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits` made.

    Raises EditError unless they come sorted, disjoint and true to `text`.

    >>> apply("co-op", [Edit(2, "-", "", "r")])
    'coop'
    """
    out: list[str] = []
    done = 0
    for edit in edits:
        # Comparing `old` turns a wrong offset into an error here, not into lost text later.
        if not done <= edit.start <= len(text) or not text.startswith(edit.old, edit.start):
            raise EditError(f"rule {edit.rule}: {edit.old!r} is not at {edit.start}")
        out += [text[done : edit.start], edit.new]
        done = edit.end
    return "".join([*out, text[done:]])


def invert(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits that undo `edits`, with offsets into the edited text."""
    shift = 0
    for edit in edits:
        yield Edit(edit.start + shift, edit.new, edit.old, edit.rule)
        shift += len(edit.new) - len(edit.old)


def restore(text: str, ledger: Sequence[Step]) -> str:
    """Return the text that `ledger` started from; raises EditError where they do not belong together."""
    for step in reversed(ledger):
        text = apply(text, invert(step))
    return text


def difference(old: str, new: str, rule: str, offset: int = 0) -> Iterator[Edit]:
    """Yield the edits that make `new` of `old`, one a changed run, `offset` added to each.

    >>> list(difference("caf\\u00c3\\u00a9s", "caf\\u00e9s", "r")) == [Edit(3, "\\u00c3\\u00a9", "\\u00e9", "r")]
    True
    """
    if old == new:
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(i + offset, old[i:j], new[k:m], rule)


class Alignment:
    """Offsets of a text after one step, carried back to the text before it.

    Inside a replacement no offset has a counterpart: a start then goes to the start of what was
    replaced and an end to its end, so that a span never loses what it held. What was deleted right at
    a start or an end belongs to the span.
    """

    __slots__ = ("_after", "_step")

    def __init__(self, step: Step) -> None:
        self._step = step
        self._after = [edit.start for edit in invert(step)]

    def start(self, offset: int) -> int:
        """Return where a span that starts at `offset` of the edited text started."""
        last = bisect_left(self._after, offset) - 1
        if last < 0:
            return offset
        edit, after = self._step[last], self._after[last]
        beyond = offset - after - len(edit.new)
        return edit.end + beyond if beyond >= 0 else edit.start

    def end(self, offset: int) -> int:
        """Return where a span that ends at `offset` of the edited text ended."""
        last = bisect_right(self._after, offset) - 1
        if last >= 0 and self._after[last] == offset and self._step[last].new:
            last -= 1  # this replacement begins where the span ends
        if last < 0:
            return offset
        edit, after = self._step[last], self._after[last]
        return edit.end + max(0, offset - after - len(edit.new))

    def origin(self, offset: int) -> tuple[int, int]:
        """Return the span that the code point at `offset` of the edited text came from."""
        last = bisect_right(self._after, offset) - 1
        if last < 0:
            return offset, offset + 1
        edit, beyond = self._step[last], offset - self._after[last] - len(self._step[last].new)
        return (edit.start, edit.end) if beyond < 0 else (edit.end + beyond, edit.end + beyond + 1)


def to_source(ledger: Sequence[Step], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `spans` of the edited text as spans of the text that `ledger` started from.

    They are as wide as they can be: what was removed at their ends belongs to them.
    """
    current = list(spans)
    for step in reversed(ledger):
        align = Alignment(step)
        current = [(align.start(start), align.end(end)) for start, end in current]
    return current


def to_exact_source(ledger: Sequence[Step], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return non-empty `spans` like `to_source`, but without what was removed at their ends."""
    current = list(spans)
    for step in reversed(ledger):
        align = Alignment(step)
        current = [(align.origin(start)[0], align.origin(end - 1)[1]) for start, end in current]
    return current
