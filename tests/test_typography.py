from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document, Segment
from pipeline.rules import load_rules
from pipeline.stages.normalize_typography import TypographyRule, normalize_typography

RULES = load_rules("typography", TypographyRule)
ENGLISH = {"language": "en", "script": "Latn"}
CHINESE = {"language": "zh-Hans", "script": "Hani"}


def document(*texts: str, between: str = "\n", **fields: object) -> Document:
    """Return a document of one segment a text."""
    raw = between.join(texts)
    segments, at = [], 0
    for line, text in enumerate(texts, 1):
        segment = Segment(start=at, end=at + len(text), at=at, text=text, line=line)
        segments.append(segment._replace(**fields))  # type: ignore[arg-type]
        at += len(text) + len(between)
    return replace(Document.from_raw(raw), segments=tuple(segments))


def normalized(text: str, **fields: object) -> str:
    return normalize_typography(document(text, **fields), rules=RULES).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("① Close the windows", "1. Close the windows"),
        ("⑫、收起椅子", "12. 收起椅子"),
        ("💰 Entry: 90,000 yuan", "- 💰 Entry: 90,000 yuan"),
        ("۱. Desks with a licence", "۱. Desks with a licence"),
    ],
)
def test_ordinals_in_circles_and_pictures_before_items(raw: str, expected: str) -> None:
    assert normalized(raw, label="list_item", level=1, **ENGLISH) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one，two ， three", "one, two, three"),
        ("What？！Yes", "What?! Yes"),
        ("he said：“Hello”，and left。", "he said: “Hello”, and left."),
        ('he said，"Yes，" twice', 'he said, "Yes," twice'),
        ("end。）", "end.)"),
        ("（a）", "(a)"),
        ("gold（a；b）rose 50％", "gold (a; b) rose 50%"),
        ("【News】Today", "[News] Today"),
        ("《Title》，by X", "《Title》, by X"),
        ("ＢＴＣ　＆　ＥＴＨ", "BTC & ETH"),
        ("1，000 at 10：30 in 2024，2025", "1,000 at 10:30 in 2024, 2025"),
        ("a “b” ‘c’ — d", "a “b” ‘c’ — d"),
        ("word（中文）word", "word (中文) word"),
        ("see 你好，世界 and 中文（真的）", "see 你好，世界 and 中文（真的）"),
    ],
)
def test_east_asian_marks_in_a_narrow_text(raw: str, expected: str) -> None:
    assert normalized(raw, **ENGLISH) == expected
    assert normalized(raw, language="ru", script="Cyrl") == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("你好，世界（真的）：“是”！", "你好，世界（真的）：“是”！"),
        ("你好,世界(真的):是!", "你好,世界(真的):是!"),
        ("ＢＴＣ　上涨５０％", "BTC 上涨50%"),
    ],
)
@pytest.mark.parametrize(
    "fields", [CHINESE, {"language": "ja", "script": "Jpan"}, {"language": "und", "script": "Hani"}]
)
def test_chinese_and_japanese_keep_their_punctuation(raw: str, expected: str, fields: dict[str, str]) -> None:
    assert normalized(raw, **fields) == expected


def test_without_a_script_only_signs_become_narrow() -> None:
    assert normalized("１００％，", language="zxx", script="Zyyy") == "100%，"


@pytest.mark.parametrize(
    ("raw", "level", "expected"),
    [
        ("• Gold", 1, "- Gold"),
        ("•Gold", 0, "- Gold"),
        ("◦ Gold", 2, "  - Gold"),
        ("- Gold", 3, "    - Gold"),
        ("1) Gold", 1, "1. Gold"),
        ("（2） Gold", 2, "  2. Gold"),
        ("12. Gold", 1, "12. Gold"),
        ("1.5 million", 1, "- 1.5 million"),
        ("-5 %", 1, "- -5 %"),
        ("Gold", 2, "  - Gold"),
    ],
)
def test_list_markers(raw: str, level: int, expected: str) -> None:
    assert normalized(raw, label="list_item", level=level, **ENGLISH) == expected


def test_markers_outside_of_lists_stay() -> None:
    assert normalized("• Gold", label="body", **ENGLISH) == "• Gold"


def test_segments_follow_and_the_gaps_between_them_stay() -> None:
    doc = normalize_typography(document("one，two", "a\u00a0\u00a0b。", between=" \u3000\r\n", **ENGLISH), rules=RULES)
    assert doc.text == "one, two \u3000\r\na b."
    assert [(s.at, s.text) for s in doc.segments] == [(0, "one, two"), (12, "a b.")]
    assert all(doc.text[s.at : s.until] == s.text for s in doc.segments)
    assert doc.restored() == doc.raw


NASTY = st.sampled_from(
    [
        *"aé9Я中あ한 \t\u00a0\u3000\n\r\x85\u2028\x00\ufeff\u0301",
        *"，。、：；！？（）【】「」『』《》“”\"'()[],.:%％＆ＡＺ０９．－-•*〜～｡､",
        "。。",
        "://",
        *"國會橋傢隻併髮衕曏瞭布時在家不，",
        *["(guó)", "(huì)", "橋(qiáo)橋", "US ", "UU.", " (AB)", "Bank of It", " (Bank of It)", " (AB, Bank of It)"],
    ]
)
SEGMENT = {
    "language": st.sampled_from(["en", "es", "zh-Hans", "zh-Hant", "ja", "ko", "ru", "und", "zxx"]),
    "script": st.sampled_from(["Latn", "Hani", "Jpan", "Kore", "Cyrl", "Zyyy"]),
    "label": st.sampled_from(["body", "list_item", "nav"]),
    "level": st.integers(0, 3),
}


@given(
    st.lists(st.lists(NASTY | st.characters(), max_size=25).map("".join), min_size=1, max_size=3),
    st.fixed_dictionaries(SEGMENT),
)
def test_the_stage_loses_nothing_and_settles(texts: list[str], fields: dict[str, object]) -> None:
    # Segments come stripped (see Segment): white space at their ends belongs to no one.
    doc = document(*(text.strip() for text in texts), **fields)
    once = normalize_typography(doc, rules=RULES)
    assert once.restored() == doc.raw
    assert all(once.text[s.at : s.until] == s.text for s in once.segments)
    assert normalize_typography(once, rules=RULES).text == once.text
