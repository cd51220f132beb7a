"""The glossary that comes along: which words it finds, and in which form."""

import pytest
from repair_sources import Known, ask, needs_word_forms

from pipeline.document import Fragment
from pipeline.repairs.knowledge import Knowledge, sources_for
from pipeline.repairs.renderings import candidates
from pipeline.words.slot import Slot
from pipeline.words.starter import StarterRule, load_starter, starter_for


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


@needs_word_forms
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Towns are under pressure to{补短板}.", "shore up weak links"),
        ("The plan could {落地} by June.", "be implemented"),
        ("This is a{标杆} project.", "benchmark"),
        ("Small shops are {进退两难}, he said.", "in a dilemma"),
        ("He was seen {坐视不管} for weeks.", "sitting by and doing nothing"),
        ("The boat has become {吃力不讨好}, he said.", "thankless"),
        ("There were signs of {并发症} in May.", "complications"),
        ("It is the kind of{爆冷} that nobody foresaw.", "upset"),
    ],
)
def test_words_of_the_news_take_the_form_of_their_slot(text: str, wanted: str) -> None:
    words = {term: words for rule in load_starter() if rule.term_language == "zh" for term, words in rule.terms.items()}
    assert ask(text, Known(starter=words))[0].text == wanted


@pytest.mark.parametrize(("host", "wanted"), [("zh-Hans", "利益相关方"), ("zh-Hant", "利益相關方")])
def test_an_english_word_left_in_chinese_is_rendered_in_the_page_s_letters(host: str, wanted: str) -> None:
    word = "stakeholder"
    fragment = Fragment(0, len(word), 0, 0, word, "residue", "en", host, "test", 0.9, None)
    sources = sources_for("zh", [], Knowledge(starter=load_starter))
    assert candidates(fragment, f"{word}名单", 0, sources)[0].text == wanted
