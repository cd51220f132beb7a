"""What is counted of a line: the same in every script, finite for whatever comes."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.body_labels import labels_of_rules, write
from pipeline.body.chrome_words import chrome_words
from pipeline.body.line_arrays import read_lines
from pipeline.body.marks import FAR
from pipeline.body.model import features

LINE = st.text(min_size=1).map(lambda text: text.replace("\n", " ")).filter(lambda text: text.strip())


def column(name: str, *lines: str) -> list[float]:
    names, table, _ = features(lines)
    return [round(value, 3) for value in table[:, names.index(name)].tolist()]


@given(st.lists(LINE, min_size=1, max_size=8))
def test_any_page_has_finite_features(lines: list[str]) -> None:
    names, table, words = features(lines)
    assert table.shape == (len(lines), len(names))
    assert np.isfinite(table).all()
    assert (words >= 0).all()


@given(st.lists(LINE, min_size=1, max_size=8))
def test_words_are_numbered_alike_wherever_they_stand(lines: list[str]) -> None:
    whole = read_lines("\n".join(lines))
    alone = [read_lines(line) for line in lines]
    assert whole.numbers.tolist() == [number for part in alone for number in part.numbers.tolist()]
    assert whole.word_numbers.tolist() == [number for part in alone for number in part.word_numbers.tolist()]


@pytest.mark.parametrize("lines", [(), ("a", ""), ("a\nb",)])
def test_a_page_without_proper_lines_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="a page needs lines"):
        features(lines)


def test_wide_characters_count_twice_and_end_sentences_without_a_space() -> None:
    assert column("width", "今天下雨了", "It rained.") == column("width", "ab cd efgh", "ab cd efgh")
    assert column("sentence_share", "今天下雨。明天不下。", "today and tomorrow") == [2.0, 0.0]


def test_ends_of_lines_are_read_inside_the_line() -> None:
    assert column("ends", "It rained.", "“It rained.”", "Rain", "下雨了。") == [1, 1, 0, 1]
    assert column("listed", "- Rain", "-", "• Rain", "Rain") == [1, 0, 1, 0]
    assert column("opens_upper", "- Rain", "-", "rain", "Rain") == [1, 0, 0, 1]


def test_repeats_ignore_case_and_digits() -> None:
    assert column("repeated", "3 days ago", "5 Days ago", "days") == [1, 1, 0]
    assert column("again", "3 days ago", "5 Days ago", "days") == [0, 1, 0]


def test_labels_of_furniture_are_known_in_many_languages() -> None:
    labels = read_lines("Related articles\nArtikel terkait\n相关阅读\nRain in the north")
    known = chrome_words().of_lines(labels.numbers)
    assert [bool(bits & 1) for bits in known] == [True, True, True, False]


def test_cards_repeat_their_form() -> None:
    cards = ("Rain comes", "3 days ago", "Snow melts", "4 days ago", "Wind turns", "5 days ago")
    assert column("form_2", *cards) == [1] * 6
    assert column("form_1", *cards) == [0] * 6


STORY = (
    "The river rose again near the harbour after two days of heavy rain in the hills.",
    "Officials said the river would leave the harbour dry by Monday if the rain stays away.",
    "12:30",
    "Ten photos of a wedding that nobody had expected to see in such a quiet little place.",
)


def test_a_teaser_shares_no_rare_word_with_the_story() -> None:
    above, below = column("said_above", *STORY), column("said_below", *STORY)
    assert above[0] == 0 and above[1] > 0.1 and above[3] == 0
    assert below[0] > 0.1 and below[1:] == [0, 0, 0]
    assert column("of_run", *STORY)[0] > 0.1 and column("of_run", *STORY)[3] == 0
    assert column("wordless", *STORY) == [0, 0, 1, 0]
    assert column("tied_10_below", *STORY)[0] > 0.1 and column("tied_10_below", *STORY)[1:] == [0, 0, 0]


def test_words_are_chains_from_their_first_line_to_their_last() -> None:
    lines = ("rain over hills", "1", "rain over harbour", "hills and rain")
    assert column("chains_opened", *lines) == [1, 1, 1, 1]
    assert column("chains_closed", *lines) == [0, 0, 0.333, 1]
    assert column("said_since", *lines) == [0, 0, round(float(np.log(3)), 3), round(float(np.log([2, 4]).mean()), 3)]


def test_wide_scripts_are_tied_by_pairs_of_characters() -> None:
    assert column("said_above", "今天下雨", "下雨", "明日晴") == [0, 1, 0]


def test_marks_are_near_or_far() -> None:
    lines = ("Rain in the north", "Related articles", "3 days ago", "Snow")
    assert column("chrome_line_after_since", *lines) == [FAR, 0, round(float(np.log(2)), 3), round(float(np.log(3)), 3)]
    assert column("chrome_line_after_until", *lines) == [round(float(np.log(2)), 3), 0, FAR, FAR]
    assert column("chrome_line_after_above", *lines) == [0, 0, 0.693, 0.693]
    assert column("chrome_line_after_below", *lines) == [0.693, 0, 0, 0]


def test_labels_are_read_as_they_were_written(tmp_path: Path) -> None:
    known = labels_of_rules()
    write(known, tmp_path / "labels.npz")
    with np.load(tmp_path / "labels.npz") as stored:
        assert np.array_equal(np.flatnonzero(known.words), stored["words"])
        assert np.array_equal(known.lines[stored["lines"]], stored["line_classes"])
    # The models know fewer: tables grow without them.
    assert np.count_nonzero(known.lines) > np.count_nonzero(chrome_words().lines) > 1000
