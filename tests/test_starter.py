"""The glossary that comes along: which words it finds, and in which form."""

import pytest
from repair_sources import Known, ask, needs_word_forms

from pipeline.knowledge import Knowledge
from pipeline.slot import Slot
from pipeline.starter import StarterRule, load_starter, starter_for


def rows(topic: str, term_language: str, **terms: tuple[str, ...]) -> StarterRule:
    return StarterRule(
        id=topic, why="w", source="s", hit=("h",), miss=(),
        topic=topic, term_language=term_language, language="en", terms=terms,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("term", "language", "wanted"),
    [
        ("勉强", "zh", ("barely",)),
        ("勉強", "zh", ("barely",)),  # traditional letters
        ("勉強", "ja", ("study",)),
        ("勉強", "und", ("barely",)),
        ("закон", "uk", ("law",)),  # the language of a single word is a guess
        ("void", "zh", ()),
    ],
)
def test_a_word_is_looked_up_in_its_language_first(term: str, language: str, wanted: tuple[str, ...]) -> None:
    starter = starter_for(
        "en", [rows("a", "zh", 勉强=("barely",)), rows("b", "ja", 勉強=("study",)), rows("c", "ru", закон=("law",))]
    )
    assert tuple(c.text for c in starter.candidates(term, language, Slot({}))) == wanted


@needs_word_forms
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("it will {拆除} the wall", "dismantle"),
        ("they were {拆除} in spring", "dismantled"),
        ("the {拆除} of the wall", "demolition"),
    ],
)
def test_the_rendering_that_fits_its_slot_comes_first(text: str, wanted: str) -> None:
    assert ask(text, Known(starter={"拆除": ("to dismantle", "demolition")}))[0].text == wanted


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("a flat in Wenshan{區} in 2022", "zh-Hant", ("District",)),
        ("a stall in Hakata{区} sells it", "ja", ("Ward",)),
        ("they drew a {区} on the map", "zh-Hans", ()),
    ],
)
def test_the_other_half_of_a_name(text: str, language: str, wanted: tuple[str, ...]) -> None:
    starter = (rows("generic", "zh", 区=("District",)), rows("generic", "ja", 区=("Ward",)))
    found = ask(text, Known(rules=starter), language=language)
    assert tuple(candidate.text for candidate in found) == wanted
    assert all(candidate.confidence == 0.75 for candidate in found)


def test_what_comes_along_answers_without_a_dictionary() -> None:
    sources = Knowledge(starter=load_starter).into("en")
    found = sources.starter.candidates("逐步", "zh", Slot({"adverb": 1.0}))
    assert found[0].text == "gradually"
    assert all(rule.terms for rule in load_starter())


def test_a_chinese_word_stands_in_one_row_only() -> None:
    rows_of = [rule for rule in load_starter() if rule.term_language == "zh" and rule.topic not in ("prefix", "suffix")]
    terms = [term for rule in rows_of for term in rule.terms if rule.topic != "generic"]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize(("term", "wanted"), [("回本周期", "payback period"), ("无妄之灾", "undeserved misfortune")])
def test_a_standing_phrase_is_more_than_its_parts(term: str, wanted: str) -> None:
    sources = Knowledge(starter=load_starter).into("en")
    assert sources.starter.candidates(term, "zh", Slot({"noun": 1.0}))[0].text == wanted
