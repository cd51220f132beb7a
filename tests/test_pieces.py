"""A source in pieces: together they are the source, and their texts what the ledger makes of it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edit import Edit, Step, apply
from pipeline.errors import EditError
from pipeline.pieces import Piece, clip, trace


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[str, list[Step]]:
    raw = text = draw(st.text("ab \n水", max_size=30))
    ledger: list[Step] = []
    for number in range(draw(st.integers(0, 4))):
        borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
        spans = list(zip(borders[::2], borders[1::2], strict=False))
        spans += [(at, at) for at in borders[-1:] if not spans or spans[-1][1] < at]
        step = tuple(
            Edit(start, text[start:end], draw(st.text("xy", max_size=3)), f"r/{number}") for start, end in spans
        )
        text = apply(text, step)
        ledger.append(step)
    return raw, ledger


@given(ledgers())
def test_the_pieces_are_the_source_and_what_became_of_it(case: tuple[str, list[Step]]) -> None:
    raw, ledger = case
    final = raw
    for step in ledger:
        final = apply(final, step)
    pieces = trace(raw, ledger)
    assert [(0, *(piece.end for piece in pieces))] == [(*(piece.start for piece in pieces), len(raw))]
    assert "".join(piece.text for piece in pieces) == final
    assert all(piece.text == raw[piece.start : piece.end] for piece in pieces if not piece.rules)
    told = {rule for piece in pieces for rule in piece.rules}
    assert told == {edit.rule for step in ledger for edit in step}
    # Between two changes something was left alone, so none is told in halves.
    assert all(bool(a.rules) != bool(b.rules) for a, b in pairwise(pieces))


@given(ledgers(), st.integers(0, 30))
def test_every_piece_is_in_one_part(case: tuple[str, list[Step]], border: int) -> None:
    raw, ledger = case
    pieces = trace(raw, ledger)
    border = min(border, len(raw))
    parts = [*clip(pieces, 0, border), *clip(pieces, border, len(raw) + 1)]
    assert "".join(piece.text for piece in parts) == "".join(piece.text for piece in pieces)


def test_only_the_length_counts_of_what_nobody_looks_at() -> None:
    step = (Edit(4, "“", '"', "typography/quote"),)
    assert trace("    “x", [step])[1:] == [Piece(4, 5, '"', ("typography/quote",)), Piece(5, 6, "x")]
    with pytest.raises(EditError, match="outside the text"):
        trace("abc", [step])
