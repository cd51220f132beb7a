"""A source in pieces: what the ledger left alone, and what it changed by which rules."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, takewhile
from operator import attrgetter

from pipeline.edit import Step
from pipeline.errors import EditError


@dataclass(frozen=True, slots=True)
class Piece:
    """The source from `start` to `end`, the text it became, and the rules that made it so.

    Without rules, it is the source as it stands there.
    """

    start: int
    end: int
    text: str
    rules: tuple[str, ...] = ()


def trace(raw: str, ledger: Iterable[Step]) -> list[Piece]:
    """Return `raw` in pieces, those that `ledger` changed apart from those that it did not.

    Together they are `raw`, and their texts together what the ledger makes of it. What it replaces is not compared,
    so parts of `raw` that nobody looks at may hold anything. Raises EditError where an edit is outside the text.

    >>> from pipeline.edit import Edit
    >>> trace("a b", [(Edit(1, " ", "-", "r"),), (Edit(1, "-b", "", "s"),)])
    [Piece(start=0, end=1, text='a', rules=()), Piece(start=1, end=3, text='', rules=('r', 's'))]
    """
    pieces = [Piece(0, len(raw), raw)]
    for step in ledger:
        pieces = list(_changed(pieces, step, len(raw)))
    return [_joined(list(group)) for _, group in groupby(pieces, key=lambda piece: bool(piece.rules))]


def clip(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """Yield what `pieces` hold of the source from `start` to `end`; a change belongs where it begins."""
    first = bisect_left(pieces, start, key=attrgetter("end"))
    for piece in takewhile(lambda piece: piece.start < end, islice(pieces, first, None)):
        if not piece.rules:
            here, there = max(start, piece.start), min(end, piece.end)
            piece = Piece(here, there, piece.text[here - piece.start : there - piece.start])
        if start <= piece.start and (piece.rules or piece.text):
            yield piece


def _changed(pieces: Iterable[Piece], step: Step, length: int) -> Iterator[Piece]:
    """Yield `pieces` after one step; `length` is that of the source."""
    rest = list(pieces)[::-1]
    done = 0
    for edit in step:
        yield from _taken(rest, edit.start - done)
        here = rest[-1].start if rest else length
        old = list(_taken(rest, len(edit.old)))
        rules = dict.fromkeys([*(rule for piece in old for rule in piece.rules), edit.rule])
        yield Piece(here, old[-1].end if old else here, edit.new, tuple(rules))
        done = edit.end
    yield from reversed(rest)


def _taken(rest: list[Piece], number: int) -> Iterator[Piece]:
    """Take pieces with `number` code points of text from the end of `rest`, where the next one lies."""
    while number > 0:
        if not rest:
            raise EditError("the ledger does not fit the source: an edit lies outside the text")
        piece = rest.pop()
        if len(piece.text) > number:
            # Of a change the first half stands for the source; the halves come together again in the end.
            cut = piece.end if piece.rules else piece.start + number
            rest.append(Piece(cut, piece.end, piece.text[number:], piece.rules))
            piece = Piece(piece.start, cut, piece.text[:number], piece.rules)
        number -= len(piece.text)
        yield piece


def _joined(pieces: Sequence[Piece]) -> Piece:
    rules = dict.fromkeys(rule for piece in pieces for rule in piece.rules)
    return Piece(pieces[0].start, pieces[-1].end, "".join(piece.text for piece in pieces), tuple(rules))
