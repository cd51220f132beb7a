"""English words proposed for what no glossary and no dictionary knows, by nearness in meaning."""

import numpy as np
import pytest
from repair_sources import FakeEncoder, Known, ask

from pipeline.repairs.nearest_words import nearest_words
from pipeline.words.encoder import installed_encoder
from pipeline.words.english import is_installed
from pipeline.words.ranking import Encoder
from pipeline.words.slot import slot
from pipeline.words.word_vectors import NearWord, WordVectors, shipped_words

needs_encoder = pytest.mark.skipif(installed_encoder() is None, reason="the encoder of the extra semantic is missing")
needs_forms = pytest.mark.skipif(not is_installed(), reason="lemminflect, of the extra dict, is missing")


def proposed(text: str, term: str, encoder: Encoder | None, language: str = "ru") -> list[str]:
    start = text.index(term)
    place = slot(text, start, start + len(term))
    return [found.text for found in nearest_words(term, language, place, encoder)]


def near(*words: tuple[str, float, int]) -> FakeEncoder:
    return FakeEncoder(words=tuple(NearWord(*word) for word in words))


def test_the_commoner_of_two_that_are_as_near_comes_first() -> None:
    assert proposed("The xyz closed.", "xyz", near(("duct", 0.85, 3), ("pipe", 0.85, 300))) == ["pipe", "duct"]


def test_what_is_far_in_meaning_is_not_proposed() -> None:
    assert proposed("The xyz closed.", "xyz", near(("pipe", 0.85, 3), ("hat", 0.6, 900))) == ["pipe"]


def test_chinese_that_no_dictionary_lists_has_to_be_nearer() -> None:
    words = near(("rate", 0.78, 300))
    assert proposed("The xyz fell.", "xyz", words, "zh") == []
    assert proposed("The xyz fell.", "xyz", words, "ko") == ["rate"]


@pytest.mark.parametrize("language", ["uk", "he"])
def test_nothing_for_languages_that_the_encoder_has_not_learnt(language: str) -> None:
    assert proposed("The xyz fell.", "xyz", near(("rate", 0.95, 300)), language) == []


def test_nothing_for_more_than_two_words_or_without_an_encoder() -> None:
    assert proposed("The a b c fell.", "a b c", near(("rate", 0.95, 300))) == []
    assert proposed("The xyz fell.", "xyz", None) == []


@needs_forms
def test_a_word_takes_the_form_of_its_slot() -> None:
    assert proposed("They decided to xyz it.", "xyz", near(("weld", 0.9, 9))) == ["weld"]
    assert proposed("It sold three xyz in May.", "xyz", near(("lamp", 0.9, 9))) == ["lamps"]


def test_they_are_the_last_resort_and_never_sure() -> None:
    encoder = near(("strait", 0.9, 9))
    (found,) = ask("Ships crossed the {пролив} at night.", Known(encoder=encoder), language="ru")
    assert (found.text, found.source) == ("strait", "repair/nearest+model/fake@1")
    assert found.confidence < 0.5


def test_nearest_goes_by_the_cosine_and_then_the_order_of_the_table() -> None:
    rows = np.array([[1, 0], [0, 1], [0, 1]], dtype=np.float32)
    words = WordVectors(
        ["east", "north", "up"], np.array([1, 2, 3], dtype=np.uint16), rows, np.eye(2, dtype=np.float32)
    )
    found = words.nearest(np.array([0, 2], dtype=np.float32), 2)
    assert [(word.text, word.nearness, word.pages) for word in found] == [("north", 1.0, 2), ("up", 1.0, 3)]


def test_the_shipped_table_is_whole() -> None:
    words = shipped_words()
    assert len(words.words) == len(words.pages) == len(words.rows) > 10_000
    assert list(words.words) == sorted(set(words.words))
    assert np.allclose(np.linalg.norm(words.rows, axis=1), 1, atol=1e-5)


@needs_encoder
@pytest.mark.parametrize(
    ("term", "word"), [("хирург", "surgeon"), ("図書館", "library"), ("팀", "team"), ("ตลาด", "market")]
)
def test_words_of_other_languages(term: str, word: str) -> None:
    encoder = installed_encoder()
    assert encoder is not None
    assert word in [found.text for found in encoder.words_near(term, 3)]
