"""The ladder: who is asked for a rendering first, when they agree, and the form it takes in its sentence."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repair_sources import FakeEncoder, Known, ask, dictionary, fragment, lexicon, needs_word_forms, without_word_forms

from pipeline.document import Candidate
from pipeline.edit import apply, restore
from pipeline.glossary import GlossaryEntry, Part
from pipeline.io.cedict import find_cedict, open_dictionary
from pipeline.repairs.renderings import candidates, is_kept
from pipeline.rules import EditRule, load_rules
from pipeline.words.splice import splice

DICTIONARY = "dictionary/cc-cedict@2026-05-20#CC-BY-SA-4.0"
WORDS = dictionary()


def texts(found: tuple[Candidate, ...]) -> list[str]:
    return [candidate.text for candidate in found]


def render(term: str, *words: str, part: Part = "", language: str = "", host: str = "en") -> GlossaryEntry:
    return GlossaryEntry(term, language, "render", words, part, host)


LADDER = Known(
    user=(render("闭环", "user"),),
    glosses=(("闭环", "page"),),
    lexicon=(lexicon("闭环", "corpus", 3),),
    starter={"闭环": ("starter",)},
    dictionary=WORDS,
)


def test_each_step_of_the_ladder() -> None:
    text = "It is the {闭环} of it."
    user = LADDER
    page = replace(user, user=())
    corpus = replace(page, glosses=())
    starter = replace(corpus, lexicon=())
    listed = replace(starter, starter={})
    nothing = replace(listed, dictionary=None)
    assert [(c.text, c.source, c.confidence) for c in ask(text, user)] == [("user", "repair/user", 1.0)]
    assert texts(ask(text, page, gloss="beside"))[:2] == ["beside", "page"]
    assert texts(ask(text, page))[:3] == ["page", "corpus", "starter"]
    assert [c.source for c in ask(text, corpus)][:2] == ["repair/lexicon", "repair/glossary"]
    assert (ask(text, starter)[0].text, ask(text, starter)[0].source) in (
        ("starter", "repair/glossary"), ("closed loop", DICTIONARY),
    )  # fmt: skip
    assert (ask(text, listed)[0].text, ask(text, listed)[0].source) == ("closed loop", DICTIONARY)
    assert ask(text, nothing) == ()


def test_the_encoder_is_named_where_it_ranked() -> None:
    (best, *_) = ask("the {闭环} of it", Known(dictionary=WORDS, encoder=FakeEncoder({"closed loop": 0.7})))
    assert best.source == f"{DICTIONARY}+model/fake@1"


# The user's word.


def test_the_user_may_say_keep_or_drop() -> None:
    keep, drop = GlossaryEntry("关系", "", "keep", ()), GlossaryEntry("大批", "", "drop", ())
    sources = Known(user=(keep, drop)).sources()
    assert is_kept(fragment("关系"), "the 关系 of", 4, sources)
    assert not is_kept(fragment("大批"), "the 大批 of", 4, sources)
    assert not is_kept(fragment("闭环"), "the 闭环 of", 4, sources)
    assert [(c.text, c.confidence) for c in ask("some {大批} firms", Known(user=(drop,)))] == [("", 1.0)]


def test_the_users_renderings_come_in_order_and_alone() -> None:
    known = Known(user=(render("闭环", "loop", "circle", "ring"),), dictionary=WORDS)
    assert [(c.text, c.confidence) for c in ask("a {闭环} of", known, gloss="gloss")] == [
        ("loop", 1.0), ("circle", 0.9), ("ring", 0.9),
    ]  # fmt: skip
    many = Known(user=(render("闭环", *map(str, range(9))),))
    assert len(ask("a {闭环} of", many)) == 6


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They will {普及} it.", "spread"),
        ("The {普及} of it.", "adoption"),
        ("It is very {普及}, they say.", "any"),
    ],
)
def test_the_users_word_for_a_part_of_speech(text: str, wanted: str) -> None:
    entries = (render("普及", "spread", part="verb"), render("普及", "adoption", part="noun"), render("普及", "any"))
    assert texts(ask(text, Known(user=entries)))[0] == wanted


def test_the_users_only_word_is_taken_for_any_part() -> None:
    assert texts(ask("They will {普及} it.", Known(user=(render("普及", "adoption", part="noun"),)))) == ["adoption"]


def test_the_closest_language_counts() -> None:
    entries = tuple(render("闭环", tag or "any", language=tag) for tag in ("", "zh", "zh-Hant", "ja"))
    for language, wanted in (("zh-Hans", "zh"), ("zh-Hant", "zh-Hant"), ("ja", "ja"), ("ko", "any")):
        assert texts(ask("a {闭环} of", Known(user=entries), language=language)) == [wanted]
    assert ask("a {闭环} of", Known(user=entries[2:3]), language="zh-Hans") == ()


def test_the_users_word_is_for_its_host() -> None:
    known = Known(user=(render("闭环", "anello", host="it"), render("闭环", "loop", host="en-GB")))
    assert texts(ask("a {闭环} of", known)) == ["loop"]


def test_the_user_may_say_chinese_and_nobody_else() -> None:
    assert texts(ask("a {闭环} of", Known(user=(render("闭环", "闭环 (loop)"),)))) == ["闭环 (loop)"]
    known = Known(glosses=(("闭环", "环 loop"),), lexicon=(lexicon("闭环", "闭loop", 3),), starter={"闭环": ("环",)})
    assert ask("a {闭环} of", known, gloss="环") == ()


def test_the_user_comes_before_arithmetic() -> None:
    assert texts(ask("It has 3{亿} users", Known())) == ["300 million"]
    assert texts(ask("It has 3{亿} users", Known(user=(render("亿", "hundred million"),)))) == ["hundred million"]


# Agreement of sources.


def test_two_sources_that_agree_are_surer_than_each() -> None:
    corpus = Known(lexicon=(lexicon("闭环", "Closed loop", 1),))
    (alone,), (best, *_) = ask("the {闭环} of it", corpus), ask("the {闭环} of it", replace(corpus, dictionary=WORDS))
    assert (best.text, best.source) == ("Closed loop", f"repair/lexicon+{DICTIONARY}")
    assert alone.confidence < best.confidence <= 0.94


def test_the_starter_glossary_is_no_witness_beside_the_dictionary() -> None:
    known = Known(starter={"闭环": ("Closed loop",)}, dictionary=WORDS)
    (best, *_) = ask("the {闭环} of it", known)
    assert (best.text, best.source, best.confidence) == ("Closed loop", f"repair/glossary+{DICTIONARY}", 0.45)


def test_a_gloss_that_the_dictionary_knows_is_no_less_sure() -> None:
    (best, *_) = ask("the {闭环} (closed loop) of it", Known(dictionary=WORDS), gloss="closed loop")
    assert (best.source, best.confidence) == (f"repair/gloss+{DICTIONARY}", 0.97)


@needs_word_forms
def test_a_source_is_no_second_witness_of_itself() -> None:
    (only,) = ask("many {回报} were lost", Known(starter={"回报": ("returns", "return")}))
    assert (only.text, only.source, only.confidence) == ("returns", "repair/glossary", 0.45)


def test_the_gloss_beside_is_no_second_witness_of_itself() -> None:
    page = Known(glosses=(("闭环", "closed circuit"),))
    (only,) = ask("the {闭环} (closed circuit) of it", page, gloss="closed circuit")
    assert (only.source, only.confidence) == ("repair/gloss", 0.97)


def test_sources_that_disagree_are_weak() -> None:
    page = Known(glosses=(("闭环", "ring"), ("闭环", "circle"), ("闭环", "circle")))
    assert [(c.text, c.confidence) for c in ask("the {闭环} of it", page)] == [("circle", 0.45), ("ring", 0.45)]
    same = Known(glosses=(("闭环", "Ring"), ("闭环", "ring")))
    assert [c.confidence for c in ask("the {闭环} of it", same)] == [0.95]


def test_a_ticker_is_weak() -> None:
    assert ask("the {比特币} of it", Known(), gloss="BTC")[0].confidence == 0.45


# What stands there already.


@pytest.mark.parametrize(
    "text",
    [
        "still {真} real enough", "a real{真} thing", "A Real {真}", "{真}real", "a closed loop{闭环} holds",
        "the {闭环} closed loop holds", "Closed Loop {闭环}",
    ],
)  # fmt: skip
def test_doubled(text: str) -> None:
    best = ask(text, Known(dictionary=WORDS))[0]
    assert (best.text, best.source) == ("", "repair/doubled")


@pytest.mark.parametrize(
    "text",
    [
        "a surreal {真} thing", "the {真} realism", "real, {真} and more", "real  {真}", "a real-{真} thing",
        "an unclosed loop {闭环}", "the loop {闭环} of", "{真}", "real-{闭环}",
    ],
)  # fmt: skip
def test_not_doubled(text: str) -> None:
    assert all(candidate.text for candidate in ask(text, Known(dictionary=WORDS)))


def test_a_gloss_beside_is_not_doubled() -> None:
    assert texts(ask("real {真} thing", Known(dictionary=WORDS), gloss="real"))[0] == "real"


# Forms.


@needs_word_forms
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("many{股东} were there", "shareholders"),
        ("two {股东} left", "shareholders"),
        ("These {股东} are rich", "shareholders"),
        ("{股东} are rich", "shareholders"),
        ("The {股东} have a say", "shareholders"),
        ("500 {股东} came", "shareholders"),
        ("The {股东} is rich", "shareholder"),
        ("a {股东} of it", "shareholder"),
        ("the capital of {股东} are", "shareholders"),
        ("In May it {暴跌} to the ground.", "plunged"),
        ("It will {暴跌} the market", "plunge"),
        ("The {普及} of phones", "popularity"),
    ],
)
def test_dictionary_words_take_the_form_of_their_slot(text: str, wanted: str) -> None:
    assert ask(text, Known(dictionary=WORDS))[0].text == wanted


@needs_word_forms
@pytest.mark.parametrize(
    ("text", "wanted", "sure"),
    [
        ("the {龙头} of it", "leader", 0.45),
        ("many {龙头} were", "leaders", 0.45),
        ("many {散户} were", "retail investors", 0.45),
        ("It will {散户} the plan", "retail investors", 0.4),
        ("{龙头}", "leaders", 0.45),
    ],
)
def test_known_words_take_the_form_of_their_slot(text: str, wanted: str, sure: float) -> None:
    (only,) = ask(text, Known(starter={"龙头": ("leader",), "散户": ("retail investors",)}))
    assert (only.text, only.confidence) == (wanted, sure)


def test_a_modifier_of_two_words_gets_no_hyphen() -> None:
    text = "the {闭环} structure"
    assert ask(text, Known(dictionary=WORDS))[0].text == "closed loop"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It lost {大批} firms.", "large numbers of"),
        ("It lost {大批} water.", "large quantities of"),
        ("It lost {大批}.", "large quantities of"),
    ],
)
def test_a_quantity_agrees(text: str, wanted: str) -> None:
    assert texts(ask(text, Known(dictionary=WORDS)))[0] == wanted


def test_a_rendering_that_looks_like_a_pattern_is_left_alone() -> None:
    assert texts(ask("the {闭环} of it", Known(), gloss="a _ PLURAL b")) == ["a _ PLURAL b"]
    assert texts(ask("the {闭环} firms", Known(), gloss="Much of _ x")) == ["Much of _ x"]


def test_rows_of_agreement_speak_of_the_next_word() -> None:
    for rule in load_rules("agreement", EditRule):
        assert all(" _ " in text for text in (*rule.hit, *rule.miss)), rule.id


# Without what is optional.


@pytest.fixture
def no_word_forms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from without_word_forms(monkeypatch)


def test_without_word_forms_the_base_form_is_proposed(no_word_forms: None) -> None:
    assert texts(ask("many {股东} were", Known(dictionary=WORDS))) == ["shareholder"]
    assert texts(ask("the {闭环} of it", Known(dictionary=WORDS)))[0] == "closed loop"


def test_a_host_that_the_dictionary_does_not_translate_into() -> None:
    sources = Known(dictionary=WORDS, starter={"闭环": ("loop",)}).sources("it")
    assert candidates(fragment("闭环", host="it"), "il 闭环 di", 3, sources) == ()
    (only,) = candidates(fragment("闭环", "anello", host="it"), "il 闭环 di", 3, sources)
    assert only.text == "anello"


def test_an_empty_translation_in_a_lexicon_does_no_harm() -> None:
    found = ask("the {闭环} of it", Known(lexicon=(lexicon("闭环", "", 3),), dictionary=WORDS))
    assert "closed loop" in texts(found)


@pytest.mark.skipif(find_cedict() is None, reason="no dictionary is installed")
@needs_word_forms
def test_the_installed_dictionary() -> None:
    known = Known(dictionary=open_dictionary(None))
    assert ask("the {泡沫} of it", known)[0].text == "bubble"
    assert ask("many {股东} were there", known)[0].text in ("shareholders", "stockholders")


TEXT = st.text(st.sampled_from("the are an is many a闭环股东真大批,.’' \n\ud800(3"), max_size=30)
TERM = st.sampled_from(
    ["闭环", "股东", "大批", "真", "资本结构", "暴跌", "亿", "\ud800", "闭\udfff", "x" * 10_000, "。"]
)
GLOSS = st.none() | st.text(st.sampled_from("ab 环_ofA\ud800"), min_size=1, max_size=12)
WHAT = st.sampled_from(["", "real", "环", "closed loop", "a", " ", "Z z"])
KNOWN = st.builds(
    lambda words, page, corpus, listed: Known(
        starter={"闭环": tuple(words), "真": tuple(words)},
        glosses=tuple(("股东", text) for text in page),
        lexicon=tuple(lexicon("闭环", text, i) for i, text in enumerate(corpus)),
        dictionary=WORDS if listed else None,
        suffixes={"结构": ("", "structure")},
    ),
    st.lists(WHAT, max_size=8), st.lists(WHAT, max_size=4), st.lists(WHAT, max_size=4, unique=True), st.booleans(),
)  # fmt: skip


@given(TEXT, TERM, TEXT, GLOSS, KNOWN)
def test_any_candidates_are_few_sorted_and_not_chinese(
    before: str, term: str, after: str, gloss: str | None, known: Known
) -> None:
    asked = (fragment(term, gloss), before + term + after, len(before))
    found = candidates(*asked, known.sources())
    assert found == candidates(*asked, known.sources())
    assert len(found) <= 6
    assert [c.confidence for c in found] == sorted((c.confidence for c in found), reverse=True)
    assert all(0 < c.confidence <= 1 and c.source for c in found)
    assert len({c.text.casefold() for c in found}) == len(found)
    assert not any("\u3400" <= letter <= "\u9fff" for c in found for letter in c.text)


@given(
    TEXT, TERM, TEXT, st.sampled_from(["", "asset", "a lot of", "the NFT", "x _ y", "\ud800"]), st.sampled_from("ei")
)
def test_any_splice_can_be_undone(before: str, term: str, after: str, rendering: str, language: str) -> None:
    text = before + term + after
    edits = splice(text, len(before), len(before) + len(term), rendering, "r", language=language + "n")
    assert all(first.end <= second.start for first, second in pairwise(edits))
    done = apply(text, edits)
    assert restore(done, (edits,)) == text
    if rendering:
        assert rendering[1:].split(" ")[-1] in done
