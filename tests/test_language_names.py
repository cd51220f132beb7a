"""Languages' own names in menus: each row finds its own, and a switcher on one line comes apart."""

from itertools import pairwise

import pytest

import pipeline
from pipeline.borders.glue import cut
from pipeline.borders.language_names import LanguageName, is_code, own_name, switcher_borders
from pipeline.rules import load_rules


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.id) for r in load_rules("language_names", LanguageName)])
def test_a_row_tells_its_names_only(rule: LanguageName) -> None:
    assert [own_name(text) for text in rule.hit] == [rule.language] * len(rule.names)
    assert [own_name(text) for text in rule.miss] == [None] * len(rule.miss)


def pieces(line: str) -> list[str]:
    borders = [0, *switcher_borders(line), len(line)]
    return [line[i:j].strip() for i, j in pairwise(borders)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Suomi", "Svenska", "English"],
        ["Język:", "Polski", "Українська"],
        ["Početna Vijesti Sport", "Hrvatski", "English"],
        ["首頁 新聞 關於我們 聯絡我們", "English"],
        ["דף הבית", "עברית", "Русский", "English"],
    ],
)
def test_a_switcher_comes_apart(parts: list[str]) -> None:
    assert pieces(" ".join(parts)) == parts


def test_glued_names_and_codes_come_apart() -> None:
    assert pieces("DeutschEnglishFrançais") == ["Deutsch", "English", "Français"]
    assert pieces("FRDE中文") == ["FRDE", "中文"]
    assert [line for line in ("ShareEnglish", "学习English", "EnglishHeritage") if switcher_borders(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "Learn English and Français",
        "English, Français, Deutsch",
        "English Deutsch Dictionary",
        "The Suomi English Society",
        "He speaks English.",
        "Español English para todos los públicos",
        "中文学习",
        "Bahasa Indonesia",
    ],
)
def test_words_that_are_no_switcher_stay_whole(line: str) -> None:
    assert cut([line]) == [[(0, len(line))]]


def test_codes_are_words_of_no_language() -> None:
    codes = ("EN", "FR / NL", "УКРENG", "RU | EN | DE")
    assert all(map(is_code, codes))
    assert not any(map(is_code, ("En", "ROTC", "AGB", "DESIGN", "ENERGY", "IT-Recht")))


ARTICLE = "\n\n".join(
    f"The {place} keeper writes down the level every morning, and nobody asks him why he does so."
    for place in ("harbour", "river", "lake", "canal")
)


def test_an_entry_of_a_switcher_is_in_its_own_language() -> None:
    doc = pipeline.clean(f"Polski Українська English\nWiadomości\nKultura\nZaloguj się\nTH EN\n\n{ARTICLE}")
    told = {s.text: (s.label, s.language) for s in doc.segments}
    assert told["Polski"] == ("nav", "pl")
    assert told["Українська"] == ("nav", "uk")
    assert told["English"] == ("nav", "en")
    assert told["TH EN"][1] == "und"
