"""Senses: what of a dictionary entry can stand in a sentence, and that no entry can do harm."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.io.cedict import find_cedict, open_dictionary
from pipeline.words.dictionary import Entry
from pipeline.words.senses import Sense, as_sense, is_name, senses


def entry(*found: str, pinyin: str = "a1") -> Entry:
    return Entry("一", "一", pinyin, found)


def words(*found: str) -> list[tuple[str, bool, int]]:
    return [(sense.text, sense.is_verb, sense.order) for sense in senses([entry(*found)])]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("closed loop", ["closed loop"]),
        ("real; true", ["real", "true"]),
        ("to plunge", ["plunge"]),
        ("to give sb sth", ["give"]),
        ("to lose one's job", ["lose job"]),
        ("(fig.) overstatement", ["overstatement"]),
        ("joint (liability etc)", ["joint"]),
        ("a trend", ["trend"]),
        ("books, papers etc", ["books, papers"]),
        ("Callisto (moon of Jupiter), aka Jupiter IV", ["Callisto, aka Jupiter IV"]),
        ("(of a person; of an animal) tame; quiet", ["tame", "quiet"]),
        ("play (a (stabilizing etc; moving) role)", []),
        ("CL:個|个[ge4]", []),
        ("variant of 闭环[bi4 huan2]", []),
        ("surname Zhang", []),
        ("colloquial pr. [xie3]", []),
        ("square brackets [ ]", []),
        ("a person who buys high", []),
        ("(lit.) short stave of the barrel", []),
        ("a phrase of far more than five words", []),
        ("café", []),
        ("", []),
        (" ; ;; ", []),
        ("(", []),
        ("(fig.", []),
        ("later pig, chicken)", []),
    ],
)
def test_what_a_sense_comes_to(given: str, wanted: list[str]) -> None:
    assert [text for text, _, _ in words(given)] == wanted


def test_a_full_stop_behind_three_words_makes_a_statement() -> None:
    assert as_sense("time will tell.") == Sense("time will tell", False, 0, is_statement=True)
    assert not any(as_sense(text).is_statement for text in ("Mr.", "Co. Ltd.", "time will tell"))


def test_verbs_are_told_by_their_to() -> None:
    assert words("to return", "return", "To Live, a novel") == [
        ("return", True, 0), ("return", False, 1), ("To Live, a novel", False, 2),
    ]  # fmt: skip


def test_the_order_is_that_of_the_entry_and_of_the_usable_senses() -> None:
    assert [(text, order) for text, _, order in words("CL:個|个[ge4]", "one; two", "three")] == [
        ("one", 0), ("two", 1), ("three", 2),
    ]  # fmt: skip


def test_readings_are_merged_by_place_and_each_rendering_stands_once() -> None:
    found = senses([entry("row; line"), entry("Line", "to walk")])
    assert [(sense.text, sense.order) for sense in found] == [("row", 0), ("line", 1), ("walk", 1)]


def test_a_proper_name_gives_way() -> None:
    name, word = entry("Sun", pinyin="Sun1"), entry("grandson", pinyin="sun1")
    assert is_name(name)
    assert not is_name(word)
    assert [sense.text for sense in senses([name, word])] == ["grandson"]
    assert [sense.text for sense in senses([name])] == ["Sun"]
    assert not is_name(entry("x", pinyin=""))


@pytest.mark.parametrize(
    "given",
    [
        "x" * 10_000, "(" * 10_000, "()" * 5_000, "(x" * 5_000, " " * 10_000, ";" * 10_000, "a " * 5_000,
        "(" * 999, "(" * 500 + "()" * 250, "(()" * 333, "(x;" * 333, " " * 999, ", " * 499, "~" * 999,
        "to " * 333, "\ud800" * 999, "sb " * 333, "etc " * 250,
    ],
)  # fmt: skip
def test_hostile_senses_take_no_time_and_leave_nothing(given: str) -> None:
    start = time.process_time()
    found = senses([entry(given)])
    assert time.process_time() - start < 1
    assert all(len(sense.text) <= 1_000 and not set("()[]") & set(sense.text) for sense in found)


@given(st.lists(st.text(st.sampled_from("to ab();,.[]~'\ud800個 1\0"), max_size=60), max_size=4))
def test_any_entry_gives_clean_words(given: list[str]) -> None:
    found = senses([entry(*given)])
    assert found == senses([entry(*given)])
    assert [sense.order for sense in found] == sorted(sense.order for sense in found)
    for sense in found:
        assert sense.text
        assert sense.text == sense.text.strip(" ,.")
        assert sense.text.isascii()
        assert len(sense.text.split()) <= 5
        assert not set("()[];") & set(sense.text)


@pytest.mark.skipif(find_cedict() is None, reason="no dictionary is installed")
def test_the_installed_dictionary() -> None:
    installed = open_dictionary(None)
    assert installed is not None
    assert "bubble" in [sense.text for sense in senses(installed.entries("泡沫"))]
    assert ("return", False) in [(sense.text, sense.is_verb) for sense in senses(installed.entries("回报"))]
