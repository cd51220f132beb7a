from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.script import Run, count_letters, main_script, only_language, runs, script

MIXED = st.text(alphabet=st.sampled_from("aé\u0301 Жд国々〇かカー한عשあ\u200c\u200d\ud800\x00“1.ªµ")) | st.text()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Zyyy"),
        ("2026-05-29 №1 👍", "Zyyy"),
        ("The loop", "Latn"),
        ("Łódź", "Latn"),
        ("Привет, Bob", "Cyrl"),
        ("مرحبا", "Arab"),
        ("สวัสดี", "Thai"),
        ("नमस्ते", "Deva"),
        ("γειά", "Grek"),
        ("שלום", "Hebr"),
        ("안녕하세요 hello", "Kore"),
        ("東京に行く", "Jpan"),
        ("タワー", "Jpan"),
        ("二〇二六", "Hani"),
        ("MSTR股票为投资者提供", "Hani"),
        ("He wrote 国 on the wall", "Latn"),
        ("𐌰𐌱", "Zzzz"),
    ],
)
def test_the_script_of_a_text(text: str, expected: str) -> None:
    assert script(text) == expected


def test_a_little_kana_does_not_make_chinese_japanese() -> None:
    assert script("这部电影的日文原名是「の」" + "他们在电影院里看了很久" * 3) == "Hani"


def test_a_tie_does_not_hang_on_the_order() -> None:
    assert script("aж") == script("жa")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the 闭环 loop", [("the", "Latn"), ("闭环", "Hani"), ("loop", "Latn")]),
        ("glued闭环", [("glued", "Latn"), ("闭环", "Hani")]),
        ("東京タワーへ!", [("東京タワーへ", "Jpan")]),
        ("한국 漢字", [("한국", "Kore"), ("漢字", "Hani")]),
        ("می\u200cخواهم\u200c ok", [("می\u200cخواهم", "Arab"), ("ok", "Latn")]),
        ("हिन्दी में", [("हिन्दी", "Deva"), ("में", "Deva")]),
        ("cafe\u0301 x2y", [("cafe\u0301", "Latn"), ("x", "Latn"), ("y", "Latn")]),
        ("\ud800国\x00国", [("国", "Hani"), ("国", "Hani")]),
        ("〇二 ⅣЖ", [("〇二", "Hani"), ("Ж", "Cyrl")]),
        ("123 “…”", []),
    ],
)
def test_runs(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[run.start : run.end], run.script) for run in runs(text)] == expected


def test_the_offsets_are_code_points() -> None:
    assert list(runs("👍 𠀀a")) == [Run(2, 3, "Hani"), Run(3, 4, "Latn")]


@given(MIXED, st.sampled_from(["Latn", "Hani", "Jpan", "Kore", "Cyrl"]))
def test_skipping_leaves_the_other_runs_as_they_are(text: str, skip: str) -> None:
    assert list(runs(text, skip=skip)) == [run for run in runs(text) if run.script != skip]


@given(MIXED)
def test_runs_hold_every_letter_once_and_in_order(text: str) -> None:
    found = list(runs(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    inside = "".join(text[run.start : run.end] for run in found)
    assert count_letters(inside) == count_letters(text)
    assert all(regex.match(r"\p{L}|\p{sc=Hani}", text[run.start]) for run in found)


@given(MIXED)
def test_counts_are_of_letters(text: str) -> None:
    letters = count_letters(text)
    assert letters.total() <= len(text)
    assert (main_script(letters) == "Zyyy") == (not letters)


def test_kana_and_han_are_counted_apart() -> None:
    assert count_letters("国の ガ a1\u0301") == {"Hani": 1, "Hira": 1, "Kana": 1, "Latn": 1}


def test_all_that_is_counted_at_once_as_han_is_han() -> None:
    block = "".join(map(chr, range(0x4E00, 0xA000)))
    assert [run.script for run in runs(block)] == ["Hani"]
    assert count_letters(f"a{block}b") == {"Hani": len(block), "Latn": 2}


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [("Hebr", "אַן ייִדיש", "yi"), ("Hebr", "שלום", "he"), ("Ethi", "ቐዳም", "ti"), ("Latn", "word", None)],
)
def test_scripts_of_one_language(code: str, text: str, expected: str | None) -> None:
    assert only_language(code, text) == expected
