"""What the model of kinds is told of a run, and what it says of it."""

from functools import partial

import numpy as np
import pytest
from fragment_pages import page

from pipeline.document import Document
from pipeline.fragments.evidence import Clue
from pipeline.fragments.kind_features import kind_features
from pipeline.fragments.kind_model import (
    CONSTANT,
    KINDS,
    RULE,
    KindModel,
    Readings,
    clues_of,
    shipped_kinds,
    with_model,
)
from pipeline.fragments.page_evidence import no_dictionary
from pipeline.fragments.page_kinds import page_features
from pipeline.fragments.place import Place, host_of
from pipeline.fragments.place_words import Features
from pipeline.io.cedict import open_dictionary
from pipeline.stages.find_fragments import find_fragments, runs_of

DICTIONARY = partial(open_dictionary, None)


def runs(doc: Document) -> list[Place]:
    return list(runs_of(doc, [host_of(segment, doc.language) for segment in doc.segments], no_dictionary))


def told(text: str, host: str = "en", at: int = 0) -> Features:
    return list(kind_features(runs(page((text, host), language=host)), None))[at]


def test_words_beside_a_run_are_told_by_place_and_class() -> None:
    found = told("We met coach 陆晓峰, the man from Fuzhou.")
    assert found["apart, word before: coach"] == 1
    assert found["apart, person 1 before"] == 1
    assert found["apart, person in apposition"] == 1
    assert found["between: space … ,"] == 1


def test_a_run_that_hangs_on_a_word_is_told_apart() -> None:
    found = told("The lift lost its节奏 again.")
    assert "hanging, word before: its" in found
    assert not any(name.startswith("apart, ") for name in found)


def test_words_are_cut_from_a_host_without_spaces() -> None:
    found = told("他的日本朋友ゆうた在札幌开了一家店。", host="zh-Hans")
    assert found["amid, word before: 朋友"] == 1
    assert found["amid, person 1 before"] == 1
    assert found["amid, word after: 在"] == 1


@pytest.mark.parametrize(("run", "is_common"), [("정말", True), ("은정", False)])
def test_common_words_of_other_languages_are_known(run: str, is_common: bool) -> None:
    found = told(f"他的朋友{run}没有来。", host="zh-Hans")
    assert ("amid, Kore common word" in found) == is_common


@pytest.mark.parametrize(
    ("run", "standing"),
    [("ゆうこ", "Jpan all hiragana"), ("은지", "Kore 2"), ("박순자", "surname and name in Hangul")],
)
def test_letters_of_other_scripts_tell_by_their_form(run: str, standing: str) -> None:
    found = told(f"My friend {run} came late to the harbour.")
    assert any(name.endswith("surname and name in Hangul, after person") for name in found) == (run == "박순자")
    assert any(standing.split(" ", 1)[-1] in name for name in found)


def test_a_run_is_no_company_for_itself() -> None:
    alone = told("It lost its节奏 again.")
    assert alone["hanging, hanging on the page: 0"] == 1
    beside = told("It lost its节奏 and its信心 again.")
    assert beside["hanging, hanging on the page: 1"] == 1


def test_only_a_run_with_a_gloss_is_glossed_and_it_is_never_left_over() -> None:
    model = KindModel({CONSTANT: 0}, np.zeros((1, len(KINDS))))
    assert set(model.log_odds(Features(), has_gloss=True)) == {"glossed", "name", "term"}
    assert set(model.log_odds(Features(), has_gloss=False)) == {"residue", "name", "term"}


def test_the_least_likely_kind_gets_no_clue() -> None:
    assert list(clues_of({"residue": 1.0, "name": -1.0, "term": 0.5})) == [
        Clue(RULE, "residue", 4.0),
        Clue(RULE, "term", 3.0),
    ]


def test_what_the_model_says_is_weighed_with_the_rules() -> None:
    weights = np.zeros((2, len(KINDS)))
    weights[1, KINDS.index("name")] = 5.0
    model = KindModel({CONSTANT: 0, "apart, word before: coach": 1}, weights)
    nothing = KindModel({CONSTANT: 0}, np.zeros((1, len(KINDS))))
    (place,) = with_model(runs(page(("We met coach 陆晓峰 there.", "en"))), no_dictionary, Readings(nothing, model))
    assert Clue(RULE, "name", 10.0) in place.clues


def test_the_second_reading_hears_what_the_first_says_of_the_other_runs() -> None:
    first, second = np.zeros((2, len(KINDS))), np.zeros((2, len(KINDS)))
    first[1, KINDS.index("residue")] = 9.0
    second[1, KINDS.index("residue")] = 1.0
    readings = Readings(
        KindModel({CONSTANT: 0, "apart, word after: again": 1}, first),
        KindModel({CONSTANT: 0, "bare, bare words left over": 1}, second),
    )
    text = "The lift lost 节奏 again. Nobody at the plant knew 信心 when they saw it."
    leaks, other = with_model(runs(page((text, "en"))), no_dictionary, readings)
    weights = [{clue.kind: clue.weight for clue in place.clues if clue.rule == RULE} for place in (leaks, other)]
    assert weights[1]["residue"] > weights[0].get("residue", 0.0)


def test_the_same_word_again_is_no_company() -> None:
    places = runs(page(("The lift lost 节奏 again, and 节奏 is all.", "en")))
    likely = [{"residue": 1.0, "name": 0.0, "term": 0.0}] * 2
    assert list(page_features(places, likely)) == [Features(), Features()]


def test_the_shipped_model_knows_names_by_their_company() -> None:
    for model in shipped_kinds():
        assert model.weights.shape == (len(model.rows), len(KINDS))
        people = model.weights[model.rows["apart, person 1 before"]]
        assert people[KINDS.index("name")] > max(people[KINDS.index("residue")], people[KINDS.index("term")])


def test_the_shipped_model_takes_a_page_that_leaks_for_one_that_leaks_on() -> None:
    model = shipped_kinds().second
    leaks = model.weights[model.rows["bare, bare words left over"]]
    assert leaks[KINDS.index("residue")] > max(leaks[KINDS.index("name")], leaks[KINDS.index("term")])


def test_without_a_dictionary_it_still_tells() -> None:
    doc = page(("The lift lost its节奏 and its信心, said engineer 陆晓峰 of the plant.", "en"))
    assert [fragment.kind for fragment in find_fragments(doc).fragments] == ["residue", "residue", "name"]
