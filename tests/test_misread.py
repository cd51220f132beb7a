"""Text in another encoding than its own: what the rules repair, what they leave, and that both end."""

import itertools
import time

import pytest
import regex
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.edit import Edit, apply, restore
from pipeline.fragments.misread import MisreadRule, may_be_misread, reread
from pipeline.fragments.misread_words import MisreadWordRule, reread_words
from pipeline.rules import load_rules
from pipeline.stages.normalize_typography import TypographyRule
from pipeline.stages.repair_mojibake import SUSPECT, repair_mojibake

PAGES = load_rules("misread", MisreadRule)
WORDS = load_rules("misread_words", MisreadWordRule)

TEXTS = {
    "euc_kr": "부산시는 신항 개발 계획을 다음 달에 발표한다. 공사는 내년 봄에 시작된다.",
    "gb2312": "渡轮中午出发，停靠两座岛屿（仅限夏季），六点以前返回。自行车免费。小狗也要买票。",
    "big5": "渡輪中午出發，停靠兩座島嶼（僅限夏季），六點以前返回。小狗也要買票。",
    "euc_jp": "展望台は朝九時に開き、夕方五時に閉まる（冬は四時）。駅からは歩いて二十分ほどかかる。",
    "cp932": "展望台は朝九時に開き、夕方五時に閉まる（冬は四時）。駅からは歩いて二十分ほどかかる。",
    "cp1251": "Это было давно, а погода в городе была такой плохой, что никто не пришёл.",
    "koi8_r": "Это было давно, а погода в городе была такой плохой, что никто не пришёл.",
}


def as_windows_1252(text: str, codec: str) -> str:
    """Return `text` as a browser shows it that takes its encoding for Windows-1252."""
    pieces = (bytes([byte]) for byte in text.encode(codec))
    return "".join(piece.decode("cp1252", "ignore") or chr(piece[0]) for piece in pieces)


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.id)
def test_a_page_is_read_in_its_own_encoding(rule: MisreadRule) -> None:
    for hit in rule.hit:
        assert {edit.rule for edit in reread(hit)} == {rule.id}, hit
    for miss in rule.miss:
        assert rule.id not in {edit.rule for edit in reread(miss)}, miss


@pytest.mark.parametrize("rule", WORDS, ids=lambda rule: rule.id)
def test_words_are_read_in_their_own_encoding(rule: MisreadWordRule) -> None:
    for hit in rule.hit:
        edits = list(reread_words(hit))
        assert {edit.rule for edit in edits} == {rule.id}, hit
        assert not regex.search(r"\p{Han}", apply(hit, edits)), hit
    for miss in rule.miss:
        assert list(reread_words(miss)) == [], miss


@pytest.mark.parametrize("codec", TEXTS)
def test_every_encoding_is_told(codec: str) -> None:
    text = TEXTS[codec]
    doc = repair_mojibake(Document.from_raw(as_windows_1252(text, codec)))
    assert doc.text == text
    assert doc.restored() == doc.raw


@pytest.mark.parametrize("text", [*TEXTS.values(), "Où êtes-vous, là-bas ?", "Já é tarde, não é?"])
def test_what_is_right_stays(text: str) -> None:
    assert list(reread(text)) == []
    assert list(reread_words(text)) == []


@pytest.mark.parametrize("line", ["ÇÏ°í", "ÇÏ°í \x81ÀÇ³í", as_windows_1252(TEXTS["euc_kr"], "euc_kr")[1:16]])
def test_a_line_that_cannot_be_repaired_stays_as_it_is(line: str) -> None:
    # ftfy alone would take a pair of these letters for a Greek one.
    assert may_be_misread(line)
    assert repair_mojibake(Document.from_raw(line)).text == line


PLAIN = [chr(code) for code in range(0x3100) if not SUSPECT.match(chr(code))]


@given(st.text(st.sampled_from([*PLAIN, "雨", "한", "，", "🙂"]), max_size=60))
def test_what_is_passed_over_at_a_glance_is_nothing_that_ftfy_calls_bad(text: str) -> None:
    assert not is_bad(text)


def test_of_what_is_passed_over_no_three_signs_are_bad() -> None:
    marks = [*(sign for sign in PLAIN if not sign.isalnum() and not sign >= "\u0590"), *"“”‘’–—…•‹›™aZ0א雨"]
    assert not is_bad("".join(map("".join, itertools.product(marks, repeat=3))))


SIGNS = st.sampled_from([*"´ëÀåµ¿°³¹ßÑÐ‚ƒÃ©\x81é &\n", *"abf鰄黵茅眉鈥檛毛真赢黚üß’", "M眉n", "f黵", "don鈥檛", "°³¹ß"])


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_edits_are_exact_and_settle(text: str) -> None:
    for read in (reread, reread_words):
        edits: list[Edit] = list(read(text))
        new = apply(text, edits)
        assert restore(new, [tuple(edits)]) == text
    once = repair_mojibake(Document.from_raw(text))
    assert once.restored() == text
    assert repair_mojibake(Document.from_raw(once.text)).text == once.text


ATOMS = ["À", "ÀÁ", " ", "a", "°³", "‚", "ƒe", "鰄", "f黵", "茅", "鈥", "*", "**", "**a", ": **", "《", '"', "》", "ÃÂ"]
LIMIT = 5.0
"""Seconds for 20,000 code points: thousands of times what linear work needs."""


@pytest.mark.parametrize("first", ATOMS)
def test_hostile_pages_take_linear_time(first: str) -> None:
    for second in ATOMS:
        text = (first + second) * 5_000
        begun = time.process_time()
        list(itertools.chain(reread(text), reread_words(text)))
        for rule in load_rules("typography", TypographyRule):
            list(rule.propose(text[:20_000]))
        assert time.process_time() - begun < LIMIT
