from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document, Segment
from pipeline.edit import Alignment, Edit, Step, apply, difference, invert, restore, to_source
from pipeline.errors import EditError

LETTERS = st.text("ab中\u0301😀\r\n", max_size=12)


@st.composite
def steps(draw: st.DrawFn, text: str) -> Step:
    """Draw edits that fit `text`: sorted, disjoint, insertions and deletions among them."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(Edit(start, text[start:end], draw(LETTERS), "r") for start, end in spans)


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, str, tuple[Step, ...]]:
    """Draw a text, what up to three steps make of it, and the steps."""
    raw = text = draw(LETTERS)
    ledger: list[Step] = []
    for _ in range(draw(st.integers(0, 3))):
        step = draw(steps(text))
        text = apply(text, step)
        ledger.append(step)
    return raw, text, tuple(ledger)


def naive_apply(text: str, step: Step) -> str:
    for edit in reversed(step):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


@given(st.data(), LETTERS)
def test_apply_does_what_edits_from_the_right_do(data: st.DataObject, text: str) -> None:
    step = data.draw(steps(text))
    assert apply(text, step) == naive_apply(text, step)


@given(histories())
def test_undo_restores_the_text(case: tuple[str, str, tuple[Step, ...]]) -> None:
    raw, text, ledger = case
    assert restore(text, ledger) == raw


@given(LETTERS, LETTERS, st.integers(0, 5))
def test_a_difference_leads_from_old_to_new(old: str, new: str, offset: int) -> None:
    edits = tuple(difference(old, new, "r", offset))
    padding = "x" * offset
    assert apply(padding + old, edits) == padding + new
    assert all(edit.old != edit.new for edit in edits)


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, "b", "", "r")],
        [Edit(3, "a", "", "r")],
        [Edit(-1, "", "x", "r")],
        [Edit(9, "", "x", "r")],
        [Edit(1, "b", "", "r"), Edit(0, "a", "", "r")],
        [Edit(0, "ab", "", "r"), Edit(1, "b", "", "r")],
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditError, match="rule r"):
        apply("abc", edits)


def origins(text: str, step: Step) -> list[tuple[int, int]]:
    """Return for each code point after `step` the span it comes from before it."""
    spans: list[tuple[int, int]] = []
    done = 0
    for edit in step:
        spans += [(i, i + 1) for i in range(done, edit.start)]
        spans += [(edit.start, edit.end)] * len(edit.new)
        done = edit.end
    return spans + [(i, i + 1) for i in range(done, len(text))]


@given(st.data(), LETTERS)
def test_a_span_goes_back_to_all_that_its_code_points_come_from(data: st.DataObject, text: str) -> None:
    step = data.draw(steps(text))
    sources = origins(text, step)
    for start in range(len(sources)):
        for end in range(start + 1, len(sources) + 1):
            align = Alignment(step)
            low, high = align.start(start), align.end(end)
            assert low <= min(span[0] for span in sources[start:end])
            assert high >= max(span[1] for span in sources[start:end])
            # Nothing is taken in but deletions right at its ends.
            deleted = {i for edit in step if not edit.new for i in range(edit.start, edit.end)}
            inside = {i for low_, high_ in sources[start:end] for i in range(low_, high_)}
            between = {i for edit in step if not edit.new and low <= edit.start for i in range(edit.start, edit.end)}
            assert set(range(low, high)) <= inside | deleted | between


@given(histories())
def test_neighbouring_spans_lose_no_character(case: tuple[str, str, tuple[Step, ...]]) -> None:
    raw, text, ledger = case
    if text:
        assert to_source(ledger, [(0, len(text))]) == [(0, len(raw))]
    for cut in range(1, len(text)):
        (first, second) = to_source(ledger, [(0, cut), (cut, len(text))])
        covered = set(range(*first)) | set(range(*second))
        assert covered == set(range(len(raw)))


def test_to_source_by_example() -> None:
    ledger = ((Edit(1, "xx", "", "r"),), (Edit(2, "c", "CCC", "r"),))
    text = apply(apply("axxbcd", ledger[0]), ledger[1])
    assert text == "abCCCd"
    assert to_source(ledger, [(0, 2), (2, 5), (3, 4), (5, 6), (0, 1)]) == [
        (0, 4),
        (4, 5),
        (4, 5),
        (5, 6),
        (0, 3),
    ]


def cut_into_segments(text: str, cuts: list[int]) -> Document:
    """Return a document whose segments are the stripped, non-empty pieces of `text`."""
    bounds = sorted({0, len(text), *(cut for cut in cuts if cut <= len(text))})
    segments = []
    for start, end in pairwise(bounds):
        piece = text[start:end]
        if piece.strip():
            at = start + len(piece) - len(piece.lstrip())
            words = piece.strip()
            segments.append(Segment(start=at, end=at + len(words), at=at, text=words, line=1))
    return replace(Document.from_raw(text), segments=tuple(segments))


@given(st.data(), LETTERS, st.lists(st.integers(0, 12), max_size=3))
def test_segments_follow_the_edits_inside_them(data: st.DataObject, text: str, cuts: list[int]) -> None:
    doc = cut_into_segments(text, cuts)
    expected = [s.text for s in doc.segments]
    for _ in range(2):
        edits: list[Edit] = []
        expected = []
        emptied = -1
        for segment in doc.segments:
            # An insertion at a segment's end lies outside of it: the next segment may begin there. What is put
            # where a segment has lost all its text is that segment's, so nothing is put before what touches it.
            first = int(segment.at == emptied)
            step = tuple(edit for edit in data.draw(steps(segment.text)) if first <= edit.start < len(segment.text))
            emptied = emptied if segment.text else segment.at
            expected.append(naive_apply(segment.text, step))
            edits += [edit.shifted(segment.at) for edit in step]
        doc = doc.edited(edits)
        assert [s.text for s in doc.segments] == expected
        assert all(doc.text[s.at : s.until] == s.text for s in doc.segments)
        assert doc.restored() == text


def test_an_edit_across_or_outside_segments_is_refused() -> None:
    doc = cut_into_segments("one two", [3])
    assert [s.text for s in doc.segments] == ["one", "two"]
    for edit in (Edit(2, "e t", "", "r"), Edit(3, " ", "", "r")):
        with pytest.raises(EditError, match="rule r"):
            doc.edited([edit])
    with pytest.raises(EditError, match="in no segment"):
        cut_into_segments("one ", []).edited([Edit(3, " ", "", "r")])


def test_an_insertion_between_touching_segments_belongs_to_the_second() -> None:
    doc = cut_into_segments("onetwo", [3]).edited([Edit(3, "", "-", "r")])
    assert [(s.at, s.text) for s in doc.segments] == [(0, "one"), (3, "-two")]
    with pytest.raises(EditError, match="in no segment"):
        doc.edited([Edit(7, "", "-", "r")])


def test_a_segment_without_text_stands_in_no_ones_way() -> None:
    doc = cut_into_segments("onetwo", [3]).edited([Edit(0, "one", "", "r")])
    assert [(s.at, s.text) for s in doc.edited([Edit(0, "two", "2", "r")]).segments] == [(0, ""), (0, "2")]
    assert [(s.at, s.text) for s in doc.edited([Edit(0, "", "1", "r")]).segments] == [(0, "1"), (1, "two")]


def test_edits_that_change_nothing_leave_no_step() -> None:
    doc = Document.from_raw("abc")
    assert doc.edited([Edit(0, "a", "a", "r")]) is doc
    assert doc.edited([Edit(0, "a", "A", "r"), Edit(1, "b", "b", "r")]).ledger == ((Edit(0, "a", "A", "r"),),)


@given(st.data(), LETTERS)
def test_inverting_twice_gives_the_edits_back(data: st.DataObject, text: str) -> None:
    step = data.draw(steps(text))
    assert tuple(invert(tuple(invert(step)))) == step
