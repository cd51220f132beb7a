"""What is asked of a translator, and which of its answers count."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from fragment_pages import page, seeds
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Candidate
from pipeline.errors import TranslatorError
from pipeline.repairs.translation import (
    MOST_ANSWER,
    MOST_CONTEXT,
    Request,
    ask,
    check_answer,
    is_name,
    plain_name,
    request_for,
    requests_for,
)
from pipeline.settings import Settings
from pipeline.stages.accept_answers import accept_answers
from pipeline.stages.find_fragments import find_fragments

LOOP = Request("闭环", "It is a commercial", " that closes", "zh-Hans", "en")


class Table:
    """A translator that looks its answers up and remembers what it was asked."""

    def __init__(self, answers: dict[str, str], name: str = "table", version: str = "1.0") -> None:
        self.answers, self.name, self.version = answers, name, version
        self.asked: list[tuple[Request, ...]] = []

    def translate(self, requests: Sequence[Request]) -> list[str | None]:
        self.asked.append(tuple(requests))
        return [self.answers.get(request.text) for request in requests]


class Deaf(Table):
    """A translator that loses its last answer."""

    def translate(self, requests: Sequence[Request]) -> list[str | None]:
        return super().translate(requests)[:-1]


def test_an_id_is_the_same_in_every_run_and_differs_with_all_that_is_asked() -> None:
    assert LOOP.id == "0ea0fd055abeff76"
    assert replace(LOOP).id == LOOP.id
    fields = ("text", "left", "right", "language", "target")
    others = {replace(LOOP, **{field: "x"}).id for field in fields}
    # Texts that only together are the same must not be taken for each other either.
    others.add(Request("闭环", "It is a commercial that", " closes", "zh-Hans", "en").id)
    assert len(others - {LOOP.id}) == len(fields) + 1


def test_a_request_takes_its_sentence_along() -> None:
    doc = find_fragments(page("Nobody saw it. (It had a commercial闭环that worked.) Then it rained."))
    (request,) = requests_for([doc], least=0.5)
    assert request == Request("闭环", "(It had a commercial", "that worked.)", "zh-Hans", "en")


def test_context_is_cut_where_a_sentence_has_no_end() -> None:
    doc = find_fragments(page("ab " * 200 + "the commercial闭环of " + "cd " * 200))
    (request,) = requests_for([doc], least=0.5)
    assert request.left.endswith("the commercial") and request.right.startswith("of cd")
    assert MOST_CONTEXT - 1 <= len(request.left) <= MOST_CONTEXT
    assert MOST_CONTEXT - 1 <= len(request.right) <= MOST_CONTEXT


def test_a_request_is_the_same_wherever_its_sentence_stands() -> None:
    one = find_fragments(page("It had a commercial闭环that worked."))
    two = find_fragments(page("Rain.", "It rained. It had a commercial闭环that worked. It rained.", id="b"))
    assert requests_for([one], least=0.5) == requests_for([two], least=0.5) == requests_for([one, two], least=0.5)


def test_only_leftovers_in_a_known_language_in_latin_letters_are_asked_about() -> None:
    doc = find_fragments(page("It had a commercial闭环that worked."))
    (fragment,) = doc.fragments
    assert fragment.kind == "residue" and request_for(doc, fragment)
    for kind in ("name", "term", "glossed"):
        assert request_for(doc, replace(fragment, kind=kind)) is None
    for host in ("und", "ru", "zh-Hans"):
        assert request_for(doc, replace(fragment, host_language=host)) is None
    assert request_for(doc, replace(fragment, text="闭" * (MOST_ANSWER + 1))) is None


def test_the_seeds_ask_about_their_leftovers() -> None:
    asked = [request for _, doc in seeds() for request in requests_for([find_fragments(doc)], least=0.5)]
    assert {"反噬力度", "大批", "连带", "赌死", "超额回报"} & {request.text for request in asked}
    assert all(request.target == "en" and len(request.left) <= MOST_CONTEXT for request in asked)


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("closed loop", "closed loop"),
        ("  closed\u00a0 loop \n", "closed loop"),
        ("cafe\u0301 loop", "café loop"),
        ("4 loops", "4 loops"),
        ("a b c d e f g h", "a b c d e f g h"),
        ("a b c d e f g h i", None),
        ("", None),
        (" \n", None),
        ("…", None),
        ("闭环", None),
        ("closed 环", None),
        ("クローズド", None),
        ("closed\nloop", None),
        ("closed\u2028loop", None),
        ("closed\tloop", None),
        ("closed\x1b[2J loop", None),
        ("closed\u202eloop", None),
        ("closed\u200floop", None),
        ("closed\u00adloop", None),
        ("closed\ufffdloop", None),
        ("closed \ud800loop", None),
        ("closed \ue000loop", None),
        ("x" * MOST_ANSWER, "x" * MOST_ANSWER),
        ("x" * (MOST_ANSWER + 1), None),
        ("commercial", None),
        ("A commercial", None),
        ("a commercial closed loop", None),
        ("closed loop that closes", None),
        ("that", None),
        ("It is a commercial", None),
        # One shared word that is not all of it can be right.
        ("commercial loop", "commercial loop"),
        ("loop that", "loop that"),
    ],
)
def test_answers_to_one_word(answer: str, kept: str | None) -> None:
    assert check_answer(LOOP, answer) == kept


def test_a_clause_may_have_two_words_a_letter() -> None:
    clause = replace(LOOP, text="市场开始走向另一个极端")  # 11 letters
    assert check_answer(clause, "w " * 24) == " ".join("w" * 24)
    assert check_answer(clause, "w " * 25) is None
    word = replace(LOOP, text="благотворительность", language="ru")  # one word of 19 letters
    assert check_answer(word, "a b c d") == "a b c d"
    assert check_answer(word, "a b c d e") is None


def test_scripts() -> None:
    russian = replace(LOOP, text="близкий друг", language="ru")
    assert check_answer(russian, "close friend") == "close friend"
    assert check_answer(russian, "close друг") is None
    # A look-alike letter is not seen and would go into the text.
    assert check_answer(russian, "clоse friend") is None
    mixed = replace(LOOP, text="比特币（BTC）昨天又上涨了三个百分点。")
    assert (
        check_answer(mixed, "Bitcoin (BTC) rose by 3% again yesterday.") == "Bitcoin (BTC) rose by 3% again yesterday."
    )
    korean = replace(LOOP, text="폐쇄 루프", language="ko")
    assert check_answer(korean, "폐쇄 loop") is None
    japanese = Request("ひらがな", "这个", "很有意思", "ja", "zh-Hans")
    assert check_answer(japanese, "平假名") == "平假名"
    assert check_answer(japanese, "平かな") is None


def test_within_one_script_an_answer_has_to_differ() -> None:
    italian = Request("Domande pertinenti", "", "", "it", "en")
    assert check_answer(italian, "Related questions") == "Related questions"
    assert check_answer(italian, "domande  pertinenti") is None


@given(st.text(), st.text(max_size=50), st.text(max_size=50), st.text(min_size=1, max_size=30))
def test_what_passes_passes_again_and_is_one_clean_line(answer: str, left: str, right: str, text: str) -> None:
    request = replace(LOOP, text=text, left=left, right=right)
    found = check_answer(request, answer)
    if found is not None:
        assert check_answer(request, found) == found
        assert found.isprintable() or not any(char in found for char in "\n\r\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        assert 0 < len(found) <= MOST_ANSWER and found.encode()


def test_equal_requests_are_asked_once_and_in_order() -> None:
    other = replace(LOOP, text="红利")
    translator = Table({"闭环": "closed loop", "红利": "dividend"})
    found = ask(translator, [other, LOOP, replace(other), LOOP])
    assert translator.asked == [(other, LOOP)]
    assert list(found.items()) == [
        (other, Candidate("dividend", "translator/table@1.0", 0.45)),
        (LOOP, Candidate("closed loop", "translator/table@1.0", 0.45)),
    ]


def test_what_has_no_good_answer_is_missing() -> None:
    assert ask(Table({"闭环": "闭环"}), [LOOP, replace(LOOP, text="红利")]) == {}


def test_without_requests_nobody_is_asked() -> None:
    translator = Table({})
    assert ask(translator, []) == {} and translator.asked == []


def test_an_answer_is_a_suggestion_by_default() -> None:
    found = ask(Table({"闭环": "closed loop"}), [LOOP])
    assert found[LOOP].confidence < Settings().min_confidence


def test_a_translator_that_loses_count_is_refused() -> None:
    with pytest.raises(TranslatorError, match="0 answers to 1 requests"):
        ask(Deaf({"闭环": "closed loop"}), [LOOP])


@pytest.mark.parametrize("name", ["", "a b", "a\n", "a@b", "名", "-a", "x" * 101])
def test_a_name_that_would_spoil_the_tables_is_refused(name: str) -> None:
    for translator in (Table({}, name=name), Table({}, version=name)):
        with pytest.raises(TranslatorError, match="name"):
            ask(translator, [LOOP])


@given(st.text())
def test_any_file_name_can_be_made_a_name(name: str) -> None:
    assert is_name(plain_name(name))
    assert plain_name(name) == name or not is_name(name)


@pytest.mark.parametrize(("known", "first"), [(0.3, "translator/table@1.0"), (0.6, "repair/guess")])
def test_a_rendering_stands_under_the_name_of_its_surest_source(known: float, first: str) -> None:
    doc = find_fragments(page("Nobody saw it. It had a commercial闭环that worked. Then it rained."))
    fragment = replace(doc.fragments[0], candidates=(Candidate("closed loop", "repair/guess", known),))
    doc = replace(doc, fragments=(fragment,))
    answers = ask(Table({"闭环": "Closed loop"}), [request for request in [request_for(doc, fragment)] if request])
    found = accept_answers(doc, answers=answers).fragments[0].candidates
    assert [candidate.source for candidate in found] == [first]
