"""What another language leaves in its host's own letters or amid them: units, lone words, swapped sentences."""

import itertools

import pytest
from fragment_pages import page

from pipeline.document import Document
from pipeline.fragments.lone_words import LoneWordRule, lone_words
from pipeline.fragments.swapped_lines import SwappedRule, swapped_sentences
from pipeline.plan import clean
from pipeline.rules import PatternRule, load_rules
from pipeline.settings import Settings
from pipeline.stages.label_reasoning import ReasoningRule, label_reasoning
from pipeline.words.english_words import EnglishWordRule, english_words
from pipeline.words.letter_units import letter_units
from pipeline.words.word_formation import FormationRule, is_known_word

ATOMS = ["1", "1w", "w ", "10w+ ", "a ", "new ", "I ", "the user ", "¥", "用户", "views", ": "]
LIMIT = 2.0
"""Seconds of processor time for one search, thousands of times what a linear pattern needs."""

PATTERNS = [*load_rules("letter_units", PatternRule), *load_rules("reasoning", ReasoningRule)]

GERMAN = "Der Garten hat sein Kakteenhaus an den Südhang verlegt, wo die Wintersonne eine Stunde länger scheint."
TASK = "Okay, the user wants this article translated into German. I keep all names of plants."
PLAN = "The next sentence says that eight people carried it, so I should write it in the passive voice."


@pytest.mark.parametrize("rule", PATTERNS, ids=lambda rule: rule.id)
def test_a_pattern_hits_misses_and_is_linear(rule: PatternRule) -> None:
    assert all(rule.pattern.search(text) for text in rule.hit)
    assert not any(rule.pattern.search(text) for text in rule.miss)
    for first, second in itertools.product(ATOMS, repeat=2):
        rule.pattern.search((first + second) * 200 + "!", timeout=LIMIT)


def test_a_list_of_lone_words_holds_its_hits_and_no_miss() -> None:
    for rule in load_rules("lone_words", LoneWordRule):
        assert set(rule.hit) <= set(rule.words), rule.id
        assert not set(rule.miss) & set(rule.words), rule.id
        assert len(rule.words) == len(set(rule.words)), rule.id


def test_a_list_of_english_words_holds_its_hits_and_no_miss() -> None:
    for rule in load_rules("english_words", EnglishWordRule):
        assert set(rule.hit) <= set(rule.words), rule.id
        assert not set(rule.miss) & set(rule.words), rule.id
        assert len(rule.words) == len(set(rule.words)), rule.id


def test_a_list_of_parts_of_words_holds_its_hits_and_no_miss() -> None:
    for rule in load_rules("word_formation", FormationRule):
        assert rule.place in ("before", "after")
        assert set(rule.hit) <= set(rule.parts), rule.id
        assert not set(rule.miss) & set(rule.parts), rule.id
        assert len(rule.parts) == len(set(rule.parts)), rule.id


def test_a_word_is_english_by_how_it_is_built_and_a_brand_is_not() -> None:
    assert all(map(is_known_word, ("metadata", "crowdfunding", "buyouts", "fallback", "realignment", "oversupply")))
    assert not any(map(is_known_word, ("facebook", "youtube", "github", "nginx", "weibo", "guanxi", "ofo", "dropbox")))


def test_a_line_of_swapped_words_is_told_by_its_row() -> None:
    for rule in load_rules("swapped_lines", SwappedRule):
        assert all(any(word in text for word in rule.words) for text in rule.hit)
        assert not any(any(word in text for word in rule.words) for text in rule.miss)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It got 10w+ views.", ["w"]),
        ("It has 3W followers and a 3W bulb.", ["W"]),
        ("She earns ¥30w, or 30w yuan.", ["w", "w"]),
        ("A 10w bulb, a 65w+ charger, 10w x 12h, and a kitten 12w old.", []),
        ("Model X10w views files, and a 60W view of it.", []),
    ],
)
def test_letter_units(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in letter_units(text)] == found


@pytest.mark.parametrize(
    ("text", "host", "found"),
    [
        ("Publicó nuevas Rules para todos.", "es", ["Rules"]),
        ("Le nuove Guidelines valgono da giugno.", "it", ["Guidelines"]),
        ("Publicó las «Rules» y las Rules Brothers, y el grupo Rules.", "es", []),
        ("On pose des Questions à tous.", "fr", []),
        ("Die neuen Rules gelten.", "de", []),
    ],
)
def test_lone_words(text: str, host: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in lone_words(text, host)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他把这种状态叫作 burnout（职业倦怠），并且坚持用英文。", ["burnout"]),
        ("闻笛没有拍海难。flashback（闪回）也好，浪也好，都没有。", ["flashback"]),
        ("这是供应链的 single point of failure（单点故障），而不是一个人的情绪。", ["single point of failure"]),
        ("他穿着一双 adidas（阿迪达斯）跑鞋，走了三公里。", []),
        ("他把这种状态叫作职业倦怠（burnout），并且坚持用中文。", []),
    ],
)
def test_on_a_translated_page_a_translation_beside_a_word_tells_that_it_was_left(text: str, found: list[str]) -> None:
    left = english_words([(0, text)], is_translated=True)
    assert [text[word.start : word.end] for word in left] == found


def test_a_writers_own_word_is_not_left_over_for_its_translation() -> None:
    assert not list(english_words([(0, "他把这种状态叫作 burnout（职业倦怠），并且坚持用英文。")]))


def test_nouns_left_over_do_not_make_a_sentence_swapped() -> None:
    assert not list(swapped_sentences("It counted its野鹿 and its狐狸, and paid the飞行员 in冬季 cheese."))
    assert not list(swapped_sentences("The words 的, 和 and 在 are particles."))


def test_a_number_with_a_letter_for_its_unit_is_worked_out() -> None:
    text = "Her video on socks got 10w+ views within a night, and the shop ran out of grey wool.\n\nIt was odd."
    assert "got 100,000+ views" in clean(text, settings=Settings(fragments="apply")).text


def reasoned(*paragraphs: tuple[str, str]) -> Document:
    doc = page(*((text, language, "other") for text, language in paragraphs), language="de")
    return label_reasoning(doc)


def test_reasoning_goes_on_from_where_it_opens() -> None:
    rules = [segment.rule for segment in reasoned((TASK, "en"), (PLAN, "en"), (GERMAN, "de"), (PLAN, "en")).segments]
    assert rules == ["reasoning/task-en", "reasoning/plan-en", "", ""]


def test_reasoning_on_a_page_in_its_own_language_is_the_article() -> None:
    doc = page((TASK, "en", "other"), (PLAN, "en", "other"))
    assert label_reasoning(doc) is doc
