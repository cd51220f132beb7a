"""Forms of English words, and the forms in which a sense can stand in a slot."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repair_sources import needs_word_forms, without_word_forms

from pipeline.rules import load_rules
from pipeline.words import english
from pipeline.words.counted_nouns import CountedRule
from pipeline.words.english import DerivationRule, derived, inflect, is_plural, parts
from pipeline.words.senses import Sense, as_sense
from pipeline.words.slot import Slot
from pipeline.words.wordings import IntransitiveRule, wordings

DERIVATIONS = load_rules("derivations", DerivationRule)


def noun(text: str) -> Sense:
    return Sense(text, False, 0)


def verb(text: str) -> Sense:
    return Sense(text, True, 0)


def top(sense: Sense, **fits: float) -> str:
    return wordings(sense, Slot(fits))[0].text


@pytest.fixture
def no_word_forms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from without_word_forms(monkeypatch)


@needs_word_forms
@pytest.mark.parametrize(
    ("word", "wanted"),
    [("return", {"noun", "verb"}), ("sharp", {"noun", "adjective", "adverb"}), ("xyzzy", set()), ("", set())],
)
def test_parts(word: str, wanted: set[str]) -> None:
    assert parts(word) == wanted or wanted < parts(word)


@needs_word_forms
def test_inflections() -> None:
    assert [inflect("shrink", form) for form in ("VBD", "VBG", "VBN")] == ["shrank", "shrinking", "shrunk"]
    assert [inflect(word, "NNS") for word in ("crisis", "loss", "xyzzy", "")] == ["crises", "losses", None, None]
    assert inflect("beautiful", "VBD") is None


@needs_word_forms
def test_plurals() -> None:
    words = ("returns", "losses", "return", "news", "crisis", "xyzzys", "", "the")
    assert [word for word in words if is_plural(word)] == ["returns", "losses"]


@needs_word_forms
@pytest.mark.parametrize("rule", DERIVATIONS, ids=lambda rule: rule.id)
def test_a_hit_of_a_derivation_makes_a_word_that_there_is(rule: DerivationRule) -> None:
    for text in rule.hit:
        made = rule.pattern.sub(rule.new, text, count=1)
        assert made in derived(text, rule.old_part, rule.new_part), made


@needs_word_forms
@pytest.mark.parametrize(
    ("word", "wanted"), [("revive", "revival"), ("guide", "guidance"), ("emerge", "emergence"), ("mature", "maturity")]
)
def test_a_silent_letter_goes_once(word: str, wanted: str) -> None:
    assert wanted in {*derived(word, "verb", "noun"), *derived(word, "adjective", "noun")}


@needs_word_forms
def test_no_word_is_made_up() -> None:
    for word in ("xyzzy", "soft", "real", "heavy", "expand"):
        for old, new in (("adjective", "noun"), ("adjective", "adverb"), ("verb", "noun"), ("noun", "adjective")):
            assert all(new in parts(made) for made in derived(word, old, new))


@needs_word_forms
@pytest.mark.parametrize(
    ("sense", "fits", "wanted"),
    [
        (verb("plunge"), {"verb": 1.0}, "plunge"),
        (verb("plunge"), {"past": 1.0, "verb": 0.3}, "plunged"),
        (verb("plunge"), {"gerund": 1.0}, "plunging"),
        (verb("shrink"), {"participle": 1.0}, "shrunk"),
        (verb("set up"), {"past": 1.0}, "set up"),
        (verb("carry out"), {"past": 1.0}, "carried out"),
        (verb("popularize"), {"noun": 1.0}, "popularization"),
        (verb("make progress"), {"noun": 1.0}, "progress"),
        (verb("be popular"), {"predicate": 1.0}, "popular"),
        (noun("shareholder"), {"plural": 1.0, "noun": 0.3}, "shareholders"),
        (noun("shareholders"), {"plural": 1.0, "noun": 0.2}, "shareholders"),
        (noun("closed loop"), {"plural": 1.0, "noun": 0.3}, "closed loops"),
        (noun("closed loop"), {"modifier": 1.0}, "closed loop"),
        (noun("popular"), {"noun": 1.0}, "popularity"),
        (noun("sharp"), {"adverb": 1.0}, "sharp"),
        (noun("gradual"), {"adverb": 1.0}, "gradually"),
        (noun("plunge"), {"past": 1.0}, "plunged"),
        (noun("large quantities of"), {"quantifier": 1.0}, "large quantities of"),
        (noun("in a row"), {"adverb": 1.0}, "in a row"),
        (noun("related"), {"modifier": 1.0}, "related"),
    ],
)
def test_the_best_form(sense: Sense, fits: dict[str, float], wanted: str) -> None:
    assert top(sense, **fits) == wanted


def test_without_word_forms_a_sense_is_a_noun_or_a_base_verb(no_word_forms: None) -> None:
    assert not english.is_installed()
    assert (parts("return"), inflect("return", "NNS"), derived("popular", "adjective", "noun")) == (
        frozenset(),
        None,
        (),
    )
    assert not is_plural("returns")
    found = wordings(noun("popular"), Slot({"plural": 1.0, "noun": 0.5}))
    assert [(wording.text, wording.fit) for wording in found] == [("popular", 0.5)]
    found = wordings(verb("plunge"), Slot({"past": 1.0, "verb": 0.3}))
    assert [(wording.text, wording.fit) for wording in found] == [("plunge", 0.3)]


@pytest.mark.parametrize("fits", [{"noun": 1.0}, {"plural": 1.0}, {"past": 1.0, "verb": 0.3}, {}])
def test_a_whole_statement_stays_as_it_is(fits: dict[str, float]) -> None:
    assert [wording.text for wording in wordings(as_sense("good things take time."), Slot(fits))] == [
        "good things take time"
    ]


def test_nothing_has_no_form() -> None:
    assert wordings(noun(""), Slot({"noun": 1.0})) == ()
    assert wordings(noun(" "), Slot({"noun": 1.0})) == ()


def test_what_does_not_fit_is_there_with_nothing() -> None:
    (only,) = wordings(noun("in a row"), Slot({"verb": 1.0}))
    assert (only.text, only.fit, only.order) == ("in a row", 0.0, 0)


@given(
    st.text(st.sampled_from("to bea ofmk'-\ud800é1"), max_size=30),
    st.booleans(),
    st.dictionaries(st.sampled_from(["noun", "plural", "verb", "past", "modifier", "adverb"]), st.floats(0.01, 1)),
)
def test_any_sense_has_forms_in_order(text: str, is_verb: bool, fits: dict[str, float]) -> None:
    found = wordings(Sense(text, is_verb, 3), Slot(fits))
    assert found == wordings(Sense(text, is_verb, 3), Slot(fits))
    assert [wording.fit for wording in found] == sorted((wording.fit for wording in found), reverse=True)
    assert len({wording.text for wording in found}) == len(found)
    assert all(0 <= wording.fit <= 1 and wording.order == 3 for wording in found)


@needs_word_forms
def test_two_verbs_take_the_same_form_and_what_has_its_object_is_not_passive() -> None:
    fits = {"predicate": 1.0, "participle": 0.9, "gerund": 0.3}
    assert top(verb("wait and see"), **fits) == "waiting and seeing"
    assert top(verb("plug holes"), **fits) == "plugging holes"
    assert top(verb("cancel"), **fits) == "canceled"
    assert top(verb("wait and see"), past=1.0) == "waited and saw"


@needs_word_forms
def test_who_does_something_is_counted_and_what_is_done_needs_no_article() -> None:
    bare = Slot({"noun": 1.0}, is_bare=True)
    assert wordings(noun("bag holder"), bare)[0].text == "bag holders"
    assert wordings(noun("recovery"), bare)[0].fit == 1.0


def test_a_list_of_counted_nouns_holds_its_hits_and_no_miss() -> None:
    rules = load_rules("counted_nouns", CountedRule)
    every = [word for rule in rules for word in rule.words]
    assert len(every) == len(set(every))
    for rule in rules:
        assert set(rule.hit) <= set(rule.words), rule.id
        assert not set(rule.miss) & set(every), rule.id


@needs_word_forms
def test_a_verb_of_state_keeps_its_be_where_a_verb_is_asked_for() -> None:
    assert top(verb("be delisted"), verb=1.0) == "be delisted"
    assert top(verb("be delisted"), predicate=1.0) == "delisted"
    assert top(verb("sit by and do nothing"), gerund=1.0) == "sitting by and doing nothing"
    assert top(verb("protect land and water"), gerund=1.0) == "protecting land and water"


@needs_word_forms
def test_a_joined_word_goes_by_its_last_part() -> None:
    assert top(noun("cash-strapped"), predicate=1.0) == "cash-strapped"
    assert [found.fit for found in wordings(noun("cash-strapped"), Slot({"noun": 1.0}))] == [0.0]


@needs_word_forms
@pytest.mark.parametrize(
    ("text", "is_verb", "slot", "wanted"),
    [
        ("quarrel", True, Slot({"present": 1.0}), "quarrels"),
        ("pass the hat", True, Slot({"present": 1.0}), "passes the hat"),
        ("be left out", True, Slot({"past": 1.0}, is_several=True), "were left out"),
        ("wait", True, Slot({"predicate": 1.0, "participle": 0.9}), "waiting"),
        ("sell", True, Slot({"predicate": 1.0, "participle": 0.9}), "sold"),
        ("stampede", False, Slot({"noun": 1.0}, is_bare=True, is_named=True), "a stampede"),
        ("inspection", False, Slot({"noun": 1.0}, is_bare=True), "an inspection"),
        ("inspection", False, Slot({"noun": 1.0}), "inspection"),
        ("a household name", False, Slot({"noun": 1.0}), "household name"),
        ("row upon row", False, Slot({"adverb": 1.0, "plural": 0.5}), "row upon row"),
        ("in a fix", False, Slot({"predicate": 1.0}), "in a fix"),
    ],
)
def test_persons_articles_and_phrases(text: str, is_verb: bool, slot: Slot, wanted: str) -> None:
    assert wordings(Sense(text, is_verb, 0), slot)[0].text == wanted


def test_a_list_of_intransitive_verbs_holds_its_hits_and_no_miss() -> None:
    for rule in load_rules("intransitive", IntransitiveRule):
        assert set(rule.hit) <= set(rule.words)
        assert not set(rule.miss) & set(rule.words)
        assert len(rule.words) == len(set(rule.words))
