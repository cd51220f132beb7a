"""Mojibake, invisible characters, Markdown and NFC: what comes before segmentation."""

import unicodedata
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.lines.marks import MarkRule
from pipeline.rules import EditRule, load_rules
from pipeline.stages.compose_nfc import compose_nfc
from pipeline.stages.join_soft_breaks import join_soft_breaks
from pipeline.stages.repair_mojibake import repair_mojibake
from pipeline.stages.strip_invisible import strip_invisible
from pipeline.stages.strip_marks import strip_marks

Stage = Callable[[Document], Document]
STAGES: dict[str, Stage] = {
    "repair_mojibake": repair_mojibake,
    "strip_invisible": partial(strip_invisible, rules=load_rules("invisible", EditRule)),
    "join_soft_breaks": partial(join_soft_breaks, rules=load_rules("markdown", MarkRule)),
    "render_markdown": partial(strip_marks, rules=load_rules("markdown", MarkRule)),
    "strip_link_numbers": partial(strip_marks, rules=load_rules("link_numbers", MarkRule)),
    "compose_nfc": compose_nfc,
}
strip: Stage = STAGES["strip_invisible"]

NASTY = st.sampled_from(
    [
        *"aZ9 .&;#\n\r\t\x00\x1b[\x85\xad\u2028",
        *"\u200b\u200c\u200d\u200e\u202a\u202c\u2066\u2069\ufeff\ufe0f\ufe0e\ufffd",
        *"é中あ한שعไक\u094d\u0301\u0323\u0344\u1100\u1161\u11a8\u212b\u0958❤👩💻🏽🏴\ue801\ufdd0\u180e\u20e3Ãâ€©\x80\x93",
        "\U000e0067",
        "\U000e007f",
        "\U000e0100",
        "\ud83d",
        "\ude00",
        "Ã©",
        "â€™",
        "&amp;",
        "&lt;",
        "&#39;",
        "&nbsp;",
        "\r\n",
        "[",
        "![",
        "](/a)",
        "# ",
        "* ",
        "1\\.",
        "[1]",
        "\n1. https://a.example",
        "\n2. https://b.example\n3. https://c.example",
    ]
)
texts = st.lists(NASTY | st.characters(), max_size=40).map("".join)


@pytest.mark.parametrize("name", STAGES)
@given(raw=texts)
@example(raw="\u200c\U000e0100")
@example(raw="a\ufe0f\u200d😀")
@example(raw="😀\u200d\ufe0f\u200d😀")
@example(raw="&amp;amp;amp;lt;")
@example(raw="# [![[a](/b)](c)](/d)")
@example(raw="# # x\n* * [a](/b)")
def test_a_stage_loses_nothing_and_settles(name: str, raw: str) -> None:
    once = STAGES[name](Document.from_raw(raw))
    assert once.restored() == raw
    assert STAGES[name](once).text == once.text


GOOD = [
    "央行周二宣布，将继续实施稳健的货币政策。",
    "Às vezes a inflação não é só um número: são famílias à espera. JÁ É TARDE — ÀS 10H.",
    "Đại học Quốc gia Hà Nội đã công bố kết quả nghiên cứu về khí hậu.",
    "Центральный банк сохранил ключевую ставку на прежнем уровне — «пока».",
    "L’été dernier, où était-ce ? Çà et là. Noël à Zürich, garçon œuvre.",
    "日本銀行は金融政策決定会合で、維持することを決めた。ＡＢＣ　ﾊﾝｶｸ",
    "Türkiye'nin şehirleri çok büyük; İstanbul ışığı.",
    "مرحبا بالعالم، كيف حالك؟",
    "Æther © 2024 Übergrößenträger — ½ £5 “ok” 20 °C ±3 µm",
    "Σήμερα η κυβέρνηση ανακοίνωσε μέτρα.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy. Zażółć gęślą jaźń.",
]


@pytest.mark.parametrize("text", GOOD)
def test_good_text_is_no_mojibake(text: str) -> None:
    assert repair_mojibake(Document.from_raw(text)).ledger == ()


@pytest.mark.parametrize("text", [*GOOD[:3], GOOD[4], GOOD[9]])
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_mojibake_of_good_text_is_repaired(text: str, codec: str) -> None:
    broken = text.encode().decode(codec, "ignore")
    if broken.encode(codec) == text.encode():
        assert repair_mojibake(Document.from_raw(broken)).text == text


def test_a_nel_is_a_line_end_unless_it_is_a_byte_of_mojibake() -> None:
    assert repair_mojibake(Document.from_raw("one\x85two \x93x\x94")).text == "one\x85two “x”"
    assert repair_mojibake(Document.from_raw("Ã\x85land")).text == "Åland"


def test_a_long_line_of_mojibake_is_repaired_in_linear_time() -> None:
    doc = repair_mojibake(Document.from_raw("Ã©" * 50_000 + " " + "cafÃ© " * 5_000))
    assert doc.text == "é" * 50_000 + " " + "café " * 5_000
    assert doc.restored() == doc.raw


@pytest.mark.parametrize(
    "text",
    [
        "&phone; &order;",
        "AT&T; x &;",
        "&#10;&#0;&#xD800;",
        "&lt;b&gt;x&lt;/b&gt;",
        "if (a &lt; b) { c(); }",
        "“&lt;”",
    ],
)
def test_what_is_no_entity_or_is_meant_stays(text: str) -> None:
    assert repair_mojibake(Document.from_raw(text)).text == text


def test_lone_surrogates_become_writable() -> None:
    doc = strip(Document.from_raw("a\ud83d\ude00b\ud83dc\ude00"))
    assert doc.text == "a😀b\ufffdc\ufffd"
    assert {edit.rule for step in doc.ledger for edit in step} == {
        "invisible/surrogate-pair",
        "invisible/lone-surrogate",
    }
    assert doc.text.encode("utf-8")


@given(st.text(max_size=50))
def test_no_visible_character_is_stripped(raw: str) -> None:
    removed = [edit.old for step in strip(Document.from_raw(raw)).ledger for edit in step]
    visible = [char for old in removed for char in old if unicodedata.category(char)[0] in "LNPSZ"]
    assert set(visible) <= {"\u3164", "\uffa0", "\ufffc", "["}


@given(texts)
def test_composed_text_is_in_nfc(raw: str) -> None:
    assert compose_nfc(Document.from_raw(raw)).text == unicodedata.normalize("NFC", raw)


def test_a_long_run_of_marks_is_composed_in_linear_time() -> None:
    raw = "a" + "\u0301\u0323\u0344" * 50_000
    text = compose_nfc(Document.from_raw(raw)).text
    assert text == "ạ" + "\u0323" * 49_999 + "\u0301\u0308\u0301" * 50_000


@given(st.lists(st.sampled_from("a\u0301\u0323\u0344\u0308\u1100\u1161\u11a8\u0958"), min_size=101, max_size=160))
def test_long_runs_are_composed_like_short_ones(chars: list[str]) -> None:
    raw = "".join(chars)
    assert compose_nfc(Document.from_raw(raw)).text == unicodedata.normalize("NFC", raw)
