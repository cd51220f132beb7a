"""Compounds: renderings made from those of their parts."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repair_sources import Known, ask, dictionary, needs_word_forms

from pipeline.document import Candidate
from pipeline.repairs.composed_deeds import Find
from pipeline.repairs.composition import compositions
from pipeline.words.slot import Slot, slot
from pipeline.words.starter import Starter, load_starter

NOTHING = Known()
NOUN = Slot({"noun": 1.0})
SOURCE = "dictionary/cc-cedict@2026-05-20#CC-BY-SA-4.0"


def parts(words: Mapping[str, str], asked: list[tuple[str, Slot]] | None = None) -> Find:
    """Return what knows `words`, and notes what it was asked."""

    def find(part: str, within: Slot) -> Candidate | None:
        if asked is not None:
            asked.append((part, within))
        return Candidate(words[part], "repair/glossary", 0.6) if part in words else None

    return find


def composed(term: str, words: Mapping[str, str], known: Known = NOTHING) -> list[tuple[str, float]]:
    found = compositions(term, known.sources(), parts(words), NOUN)
    assert all(candidate.source == "repair/composed" for candidate in found)
    return [(candidate.text, candidate.confidence) for candidate in found]


@pytest.mark.parametrize(
    ("term", "words", "wanted"),
    [
        ("资本周期", {"资本": "capital", "周期": "cycle"}, [("capital cycle", 0.35)]),
        ("甲乙丙丁戊己", {"甲乙": "a", "丙丁": "b", "戊己": "c"}, [("a b c", 0.3)]),
        ("甲乙丙丁戊己", {"甲乙": "a", "丙丁": "b", "戊己": "c", "甲乙丙丁": "d"}, [("d c", 0.35)]),
        ("甲乙丙丁戊", {"甲乙": "a", "丙丁戊": "b", "甲乙丙": "c", "丁戊": "d"}, [("a b", 0.35)]),
        ("甲乙丙丁戊己庚辛", {"甲乙": "a", "丙丁": "b", "戊己": "c", "庚辛": "d"}, []),
        ("甲乙丙丁", {"甲乙": "a"}, []),
        ("甲乙丙丁", {"甲乙丙丁": "a"}, []),
        ("甲乙", {"甲": "a", "乙": "b"}, []),
        ("甲乙丙", {"甲": "a", "乙丙": "b"}, []),
        ("甲乙丙丁戊己庚辛壬", {"甲乙丙丁": "a", "戊己庚辛壬": "b"}, []),
        ("", {}, []),
        ("\ud800" * 4, {}, []),
        ("x" * 10_000, {"xx": "a"}, []),
    ],
)
def test_parts(term: str, words: dict[str, str], wanted: list[tuple[str, float]]) -> None:
    assert composed(term, words) == wanted


def test_a_suffix_comes_first_and_may_be_left_out() -> None:
    known = Known(suffixes={"力度": ("", "intensity"), "效应": ("effect",)})
    words = {"冲击": "shock", "力度": "strength", "财富": "wealth"}
    assert composed("冲击力度", words, known) == [("shock", 0.4), ("shock intensity", 0.35)]
    assert composed("财富效应", words, known) == [("wealth effect", 0.35)]
    assert composed("反噬力度", words, known) == []


def test_a_letter_that_says_of_what_kind_the_rest_is_comes_before_everything() -> None:
    known = Known(prefixes={"大": ("big", "major"), "反": ("anti-",), "旧": ("old",)}, suffixes={"问题": ("issue",)})
    words = {"大": "great", "问题": "problem", "倾销": "dumping", "設備": "equipment"}
    assert composed("大问题", words, known) == [("big problem", 0.35), ("major problem", 0.35)]
    assert composed("反倾销", words, known) == [("anti-dumping", 0.35)]
    assert composed("舊設備", words, known) == [("old equipment", 0.35)]
    assert composed("大力度", words, known) == []
    assert composed("大问", words, known) == []


@needs_word_forms
def test_what_follows_such_a_letter_takes_the_form_of_the_slot() -> None:
    known = Known(prefixes={"小": ("small",)}, starter={"餐馆": ("restaurant",)})
    assert ask("many {小餐馆} closed", known)[0].text == "small restaurants"


def test_only_the_last_part_is_asked_for_in_the_place() -> None:
    asked: list[tuple[str, Slot]] = []
    compositions("资本周期", Known().sources(), parts({"资本": "capital", "周期": "cycle"}, asked), NOUN)
    assert ("周期", NOUN) in asked
    assert all((within == NOUN) == part.endswith("期") for part, within in asked)


@needs_word_forms
@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("plans to_ the old machines", "逐步淘汰", "gradually eliminate"),
        ("he_ the captain a minute before the end", "出示红牌", "showed red cards"),
        ("you need to_ online", "提前预约", "book in advance"),
        ("a_ in March", "资本周期", "capital cycle"),
    ],
)
def test_what_is_done_takes_the_form_of_its_place(text: str, term: str, words: str) -> None:
    glossary = Starter(
        {
            "zh": {
                "逐步": ("gradual", "gradually"),
                "淘汰": ("to eliminate", "elimination"),
                "出示": ("to show",),
                "红牌": ("red card",),
                "提前": ("in advance",),
                "预约": ("to book", "booking"),
                "资本": ("capital",),
                "周期": ("cycle",),
            }
        },
        {}, {}, {}, {}, {},
    )  # fmt: skip

    def find(part: str, within: Slot) -> Candidate | None:
        return next(iter(glossary.candidates(part, "zh", within, lambda *_: True)), None)

    at = text.index("_")
    place = slot(text.replace("_", term), at, at + len(term))
    assert [candidate.text for candidate in compositions(term, NOTHING.sources(), find, place)][:1] == [words]


def test_a_dictionary_is_named_for_its_licence() -> None:
    (only,) = ask("the {资本结构} of it", Known(dictionary=dictionary()))
    assert (only.text, only.source) == ("capital structure", f"repair/composed+{SOURCE}")
    (only,) = ask("the {资本结构} of it", Known(starter={"资本": ("capital",), "结构": ("structure",)}))
    assert (only.text, only.source) == ("capital structure", "repair/composed")


def test_what_is_known_as_a_whole_is_not_taken_apart() -> None:
    known = Known(starter={"资本结构": ("capitalization",)}, dictionary=dictionary())
    assert [candidate.text for candidate in ask("the {资本结构} of it", known)] == ["capitalization"]


@needs_word_forms
def test_only_the_last_part_takes_the_form_of_the_slot() -> None:
    (only,) = ask("many {资本结构} failed", Known(dictionary=dictionary()))
    assert only.text == "capital structures"


@given(
    st.text(st.sampled_from("甲乙丙丁"), max_size=10),
    st.dictionaries(st.text(st.sampled_from("甲乙丙丁"), min_size=1, max_size=4), st.sampled_from("abc"), max_size=8),
)
def test_any_composition_is_of_known_parts(term: str, words: dict[str, str]) -> None:
    found = composed(term, words)
    assert found == composed(term, words)
    for text, sure in found:
        assert 2 <= len(text.split()) <= 3
        assert set(text.split()) <= set(words.values())
        assert sure < 0.5


@needs_word_forms
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They chose{囤粮} over selling.", "hoarding grain"),
        ("They would{修桥} in May.", "repair bridges"),
        ("The{旧桥} are gone.", "old bridges"),
        ("They would{了之} in May.", None),
    ],
)
def test_two_letters_that_no_list_holds_are_a_deed_and_a_thing(text: str, wanted: str | None) -> None:
    rules = tuple(rule for rule in load_starter() if rule.topic in ("verb", "thing", "prefix"))
    found = ask(text, Known(rules=rules))
    assert (found[0].text if found else None) == wanted
