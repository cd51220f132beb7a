from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document, Segment
from pipeline.edit import Edit, Step
from pipeline.errors import EditError
from pipeline.replay import Place, carry, read_ledger, replay

Draw = Callable[[st.SearchStrategy[str]], str]


@st.composite
def documents(draw: Draw) -> Document:
    """Draw a document cut into segments, with two steps of edits inside them."""
    parts = draw(st.lists(st.text(st.sampled_from("ab \n"), min_size=1, max_size=6), min_size=1, max_size=5))  # type: ignore[arg-type]
    raw, segments = "".join(parts), []
    for part in parts:
        at = segments[-1].end if segments else 0
        segments.append(Segment(at, at + len(part), at, part, line=1))
    doc = Document(id="", source="", raw=raw, text=raw, segments=tuple(segments))
    for _ in range(2):
        edits = []
        for segment in doc.segments:
            if segment.text and draw(st.booleans()):  # type: ignore[arg-type]
                start = draw(st.integers(0, len(segment.text) - 1))  # type: ignore[arg-type]
                end = draw(st.integers(start, len(segment.text)))  # type: ignore[arg-type]
                new = draw(st.text(st.sampled_from("xy"), max_size=3))
                edits.append(Edit(segment.at + start, segment.text[start:end], new, "r"))  # type: ignore[operator,misc]
        doc = doc.edited(edits)
    return doc


@given(documents())
def test_spans_are_carried_to_where_the_segments_went(doc: Document) -> None:
    assert replay(doc.raw, doc.ledger)[-1] == doc.text
    places = carry(doc.ledger, (Place(s.start, s.end) for s in doc.segments))
    assert [doc.text[p.start : p.end] for p in places] == [s.text for s in doc.segments]
    assert all(place.exact for place in places)


def test_an_edit_across_a_border_is_told() -> None:
    step = (Edit(1, "bc", "XYZ", "r"),)
    first, second = carry([step], [Place(0, 2), Place(2, 4)])
    assert (first, second) == (Place(0, 4, exact=False), Place(1, 5, exact=False))


def test_rows_become_the_ledger_again() -> None:
    ledger: tuple[Step, ...] = ((Edit(0, "a", "", "r"), Edit(1, "b", "c", "r")), (Edit(0, "c", "d", "s"),))
    rows = [
        {"step": n, "start": e.start, "old": e.old, "new": e.new, "rule": e.rule}
        for n, step in enumerate(ledger)
        for e in step
    ]
    assert read_ledger(rows) == ledger
    assert replay("ab", read_ledger(rows)) == ["ab", "c", "d"]
    with pytest.raises(EditError, match="step 1 stands where 0 belongs"):
        read_ledger(rows[2:])
