"""Slots: what the English beside a leftover asks for, and that it looks no further than a few words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import load_rules
from pipeline.words.slot import Slot, SlotRule, WordClassRule, classes, slot

CLASSES = load_rules("word_classes", WordClassRule)
ENDINGS = {"LY", "ING", "ED", "WORD", "PLURAL", "NAME", "NUMBER", "MARK"}
PARTS = {
    "noun", "plural", "verb", "past", "present", "gerund", "participle", "modifier", "predicate", "adverb",
    "quantifier",
}  # fmt: skip


def place(text: str) -> tuple[str, int, int]:
    """Return `text` with a leftover where `_` stands, and where that is."""
    at = text.index("_")
    return text.replace("_", "闭环"), at, at + 2


def best(text: str) -> str:
    return slot(*place(text)).best


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("They decided to _ the market.", "verb"),
        ("It will _ the plan.", "verb"),
        ("They do not _ it.", "verb"),
        ("A steep _ in prices.", "noun"),
        ("The _ of it.", "noun"),
        ("the _ structure", "modifier"),
        ("In May it _ the plan.", "past"),
        ("It was _ by the state.", "participle"),
        ("It is very _, they say.", "predicate"),
        ("It has _ risen.", "adverb"),
        ("After _ the firm, it left.", "gerund"),
        ("Traders began to _.", "verb"),
        ("They were told to _ until spring.", "verb"),
        ("Shops were quick to _ and rents doubled.", "verb"),
        ("Cities are under pressure to _.", "verb"),
        ("The firm's strategy is to _.", "verb"),
        ("It would let them _ the debt.", "verb"),
        ("It is a threat to _.", "noun"),
        ("The _ eat together at noon.", "plural"),
        ("They can _ choose the plan.", "adverb"),
        ("He was _ liable for it.", "adverb"),
        ("They sell _ in spring.", "noun"),
        ("The bank's _ rose to a record.", "noun"),
        ("France's _ policy", "modifier"),
        ("It owes its fame to _.", "noun"),
        ("It is the kind of _ that nobody likes.", "noun"),
        ("The loans are shorter, dearer and _.", "predicate"),
        ("The lender and _.", "noun"),
        ("Their duty was to _.", "verb"),
        ("The mill used to _ and now does not.", "verb"),
        ("They spent years _.", "gerund"),
        ("The owners kept _.", "gerund"),
        ("Many of them _ on credit.", "past"),
        ("The miners _ until dusk.", "past"),
        ("The app _ the shops with the mill and is free.", "present"),
        ("The apps _ the shops with the mill and are free.", "verb"),
        ("Some call it _.", "noun"),
        ("It left them _.", "predicate"),
        ("There was _ in the mill.", "noun"),
        ("There are _ mills in it.", "modifier"),
        ("The rule was simple and _.", "predicate"),
        ("It drew on _ that nobody had counted.", "noun"),
        ("_", "noun"),
        ("", "noun"),
    ],
)
def test_parts(text: str, part: str) -> None:
    assert (best(text) if text else slot("", 0, 0).best) == part


@pytest.mark.parametrize(
    "text",
    [
        "many _", "two _", "these _ rose.", "These _ are up.", "these _ will fall", "the two _ are gone",
        "in many new _ in the north", "Many new _ of the sort", "several big _, and more", "500 _ left.",
        "500 _ were lost", "_ are rising", "The _ are up", "The new _ were up", "It said that _ are up",
        "Its _ have grown", "Today, the _ are up", "because _ have no say", "Some _ aren't",
    ],
)  # fmt: skip
def test_several(text: str) -> None:
    assert best(text) == "plural"


@pytest.mark.parametrize(
    "text",
    [
        "The prices of _ are up", "The price and _ are up", "_ is rising", "The _ was up", "It will _ have",
        "this _ is", "a _ has", "in _ are", "many _ firms", "these _ rising firms", "they have _.", "are _ the",
    ],
)  # fmt: skip
def test_not_several(text: str) -> None:
    assert best(text) != "plural"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("they decided to_ the market", "PRONOUN ED TO _ DET WORD |"),
        ("end. So _ are, were 3.5% up", "| AS _ ARE COMMA ARE"),
        ("one’s_ Apple’s", "| ITS _ ITS |"),
        ("_", "| _ |"),
        ("“It’s” (_)", "| BE MARK _ MARK |"),
        ("We’ll_ they've", "| MODAL _ HAVE |"),
        ("Some say they're_.", "SOME ACTS ARE _ |"),
        ("\n\n_\n\n", "| _ |"),
        ("glasses basis shares _", "PLURAL WORD PLURAL _ |"),
    ],
)
def test_classes(text: str, wanted: str) -> None:
    assert classes(*place(text)) == wanted


def test_fits_are_between_0_and_1_and_the_best_is_1() -> None:
    found = slot(*place("The new _ are up"))
    assert found.fit("plural") == 1.0
    assert 0 < found.fit("noun") < 1
    assert found.fit("unheard of") == 0.0
    assert Slot({}).best == "noun"


@pytest.mark.parametrize("filler", ["x ", "x", ",", "x. ", " ", "'", "-", "闭", "\ud800", "1,", "x'-", "the "])
def test_a_long_text_is_looked_at_through_a_window(filler: str) -> None:
    side = filler * (1_000_000 // len(filler))
    text = side + "闭环" + side
    near = side[-60:] + "闭环" + side[:60]
    start = time.process_time()
    for _ in range(100):
        found = slot(text, len(side), len(side) + 2)
    assert time.process_time() - start < 2
    assert found == slot(near, 60, 62)


@given(st.text(st.sampled_from("the are is many a闭1.,'’- \n\ud800(ß"), max_size=80), st.integers(0, 80))
def test_any_place_has_a_slot(text: str, at: int) -> None:
    start = min(at, len(text))
    found = slot(text, start, min(start + 2, len(text)))
    assert found == slot(text, start, min(start + 2, len(text)))
    assert found.fits.keys() <= PARTS
    assert all(0 < fit <= 1 for fit in found.fits.values())
    assert not found.fits or max(found.fits.values()) == 1


@pytest.mark.parametrize("rule", load_rules("slots", SlotRule), ids=lambda rule: rule.id)
def test_rows_of_slots_speak_of_parts_and_classes_that_there_are(rule: SlotRule) -> None:
    assert rule.parts.keys() <= PARTS
    names = {row.id.partition("/")[2].upper() for row in CLASSES} | ENDINGS
    assert {word for text in (*rule.hit, *rule.miss) for word in text.split()} <= names | {"_", "|"}


@pytest.mark.parametrize("rule", CLASSES, ids=lambda rule: rule.id)
def test_a_listed_word_is_of_the_class_it_is_listed_in(rule: WordClassRule) -> None:
    name = rule.id.partition("/")[2].upper().replace("END", "|")
    for word in rule.words:
        assert classes(f"{word}闭环", len(word), len(word) + 2).split(" _")[0].split(" ")[-1] == name, word


def test_a_word_is_of_one_class() -> None:
    words = [word for rule in CLASSES for word in rule.words]
    assert sorted(words) == sorted(set(words))
