"""What lines sound like: the runs of their letters, and how their weights are found."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.wording_training import known_lines, learn_wording
from pipeline.document import LABELS
from pipeline.labels.model import shipped_labels
from pipeline.labels.wording import MAX_LINE, Wording, runs


def named(wording: Wording, texts: Sequence[str]) -> list[str]:
    return [LABELS[label] for label in wording.hints(texts).argmax(axis=1)]


@given(st.lists(st.text(alphabet=st.characters(), max_size=9), min_size=1, max_size=5))
def test_a_line_has_the_runs_that_it_has_alone(texts: list[str]) -> None:
    buckets, owners = runs(texts)
    alone = [runs([text])[0].tolist() for text in texts]
    assert [buckets[owners == i].tolist() for i in range(len(texts))] == alone
    assert all(alone)


def test_case_figures_and_marks_around_a_line_are_not_heard() -> None:
    first, second = (runs([text])[0].tolist() for text in ("Leser:innen 12", "» LESER:INNEN 4711"))
    assert first == second


def test_a_long_line_sounds_like_nothing() -> None:
    hints = shipped_labels().wording.hints(["a" * MAX_LINE, "a" * (MAX_LINE + 1)])
    assert hints[0].any()
    assert not hints[1].any()


def test_no_lines_have_no_hints() -> None:
    assert shipped_labels().wording.hints([]).shape == (0, len(LABELS))


def test_what_a_stem_stands_for_is_learnt_from_other_words_of_it() -> None:
    lines = [("Kommentar", "discussion"), ("Kommentare lesen", "discussion"), ("Anmelden", "nav"), ("Abmelden", "nav")]
    learnt = learn_wording(lines * 200)
    assert named(learnt, ["Kommentieren", "Melden"]) == ["discussion", "nav"]


def test_the_shipped_wording_knows_the_table_of_furniture() -> None:
    texts, labels = zip(*(line for line in known_lines() if len(line[0]) <= MAX_LINE), strict=True)
    right = [own == label for own, label in zip(named(shipped_labels().wording, texts), labels, strict=True)]
    assert np.mean(right) > 0.8


@pytest.mark.parametrize("text", ["\ud800", "\x00", "", "·", "\U0010ffff"])
def test_nothing_that_a_line_may_hold_is_an_error(text: str) -> None:
    assert np.isfinite(shipped_labels().wording.hints([text])).all()
