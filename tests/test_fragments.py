"""Runs in another language: where they are, what they are, and the look-alikes that they are not."""

import tomllib
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import regex
from fragment_pages import HERE, page, seeds
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document, Fragment, Segment
from pipeline.edit import Edit
from pipeline.fragments.evidence import Clue, EvidenceRule, weigh
from pipeline.fragments.foreign import ScriptRule, foreign_runs, is_mojibake, run_language
from pipeline.io.cedict import open_dictionary
from pipeline.plan import clean
from pipeline.rules import load_rules
from pipeline.stages.find_fragments import find_fragments

DICTIONARY = partial(open_dictionary, None)


def cases() -> list[Any]:
    rows = tomllib.loads((HERE / "golden_fragments" / "cases.toml").read_text(encoding="utf-8"))["case"]
    failing = {True: (pytest.mark.xfail(reason="known, see the case"),), False: ()}
    return [pytest.param(row, id=row["name"], marks=failing["known_fail" in row]) for row in rows]


def seen(doc: Document) -> list[list[str]]:
    return [[f.text, f.kind, f.language, f.gloss or ""] for f in doc.fragments]


def one(doc: Document) -> Fragment:
    (fragment,) = doc.fragments
    return fragment


@pytest.mark.parametrize("case", cases())
def test_golden(case: dict[str, Any]) -> None:
    if case.get("dictionary") and open_dictionary(None) is None:
        pytest.skip("only the dictionary tells")
    doc = page((case["text"], case["host"], case.get("label", "body")), language=case["host"])
    assert seen(find_fragments(doc, dictionary=DICTIONARY)) == case["fragments"]


def left() -> list[Any]:
    rows = tomllib.loads((HERE / "golden_fragments" / "left.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["name"]) for row in rows]


@pytest.mark.parametrize("case", left())
def test_golden_spans(case: dict[str, Any]) -> None:
    if "raw" in case:
        doc = clean(case["raw"])
    else:
        doc = find_fragments(page(*map(tuple, case["pages"]), language=case["host"]))
    assert [fragment.text for fragment in doc.fragments] == case["found"]


@pytest.mark.parametrize(("table", "kind"), [("fragments", EvidenceRule), ("scripts", ScriptRule)])
def test_rows_hit_and_miss(table: str, kind: type[EvidenceRule | ScriptRule]) -> None:
    for rule in load_rules(table, kind):
        assert all(regex.search(rule.pattern, text) for text in rule.hit), rule.id
        assert not any(regex.search(rule.pattern, text) for text in rule.miss), rule.id


def test_seeds_fragments_are_exactly_those_of_the_gold() -> None:
    for gold, doc in seeds():
        wanted = {
            (
                f["start"],
                f["end"],
                f["kind"],
                f["fragment_language"],
                f["host_language"],
                f["gloss"],
                f["gloss_start"],
            )
            for f in gold["fragments"]
            if f["tier"] == "core"
        }
        found = find_fragments(doc).fragments
        assert {(f.start, f.end, f.kind, f.language, f.host_language, f.gloss, f.gloss_start) for f in found} == wanted
        assert all(f.text == doc.raw[f.start : f.end] for f in found)


def test_source_names_every_rule_that_decided() -> None:
    doc = find_fragments(page("It built a deep护城河 (moat) around it."))
    assert one(doc).source == "fragments/glued-left+fragments/gloss-after+model/kinds"


def test_a_run_by_itself_is_a_name_and_a_glued_one_a_leak() -> None:
    spaced = one(find_fragments(page("We ate at 老碗会 today.")))
    glued = one(find_fragments(page("We ate at the老碗 today.")))
    assert (spaced.kind, glued.kind) == ("name", "residue")


def test_an_attribution_makes_a_spaced_run_beside_a_leak_suspicious() -> None:
    leak, lone = "It lost its牌照 in May.", "Then came 清算 for the rest."
    account = 'This article is from the WeChat public account "New Day".'
    without, beside = find_fragments(page(leak, lone)), find_fragments(page(leak, lone, account))
    assert [f.kind for f in beside.fragments] == ["residue", "residue"]
    assert "fragments/leaky-page" in beside.fragments[1].source
    assert "fragments/leaky-page" not in without.fragments[1].source


def test_an_untranslated_paragraph_is_one_residue() -> None:
    english = "The fund was closed in May after two bad years, and its clients were paid in full. "
    chinese = "  这家基金在五月份关闭，所有客户都在六月底之前拿到了全部款项。"
    fragment = one(find_fragments(page(english * 4, (chinese, "zh-Hans"), english * 3)))
    assert (fragment.text, fragment.kind, fragment.language) == (chinese.strip(" 。"), "residue", "zh-Hans")
    assert fragment.host_language == "en"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("这家基金在五月份关闭", "heading"),
        ("基金关闭。", "body"),
        ("这家基金在五月份关闭，所有客户都拿到了全部款项", "body"),
        ("这家基金在五月份关闭，所有客户都拿到了全部款项。", "related_summary"),
        ("“这家基金在五月份关闭，所有客户都拿到了全部款项。”", "body"),
    ],
)
def test_a_heading_a_short_line_furniture_and_a_quotation_are_no_residue(text: str, label: str) -> None:
    english = "The fund was closed in May after two bad years, and its clients were paid in full. "
    assert not find_fragments(page(english * 4, (text, "zh-Hans", label), english)).fragments


def test_a_bilingual_page_has_no_residue_paragraphs() -> None:
    english = "The fund was closed in May after two bad years, and its clients were paid in full."
    chinese = "这家基金在五月份关闭，所有客户都在六月底之前拿到了全部款项，没有一个人遭受损失。"
    assert not find_fragments(page(english, (chinese, "zh-Hans"), english, (chinese, "zh-Hans"))).fragments


def test_a_publisher_glued_to_a_foreign_age_is_a_name() -> None:
    doc = page(("江南在线", "und", "related_meta"), ("3 h fa", "it", "related_meta"))
    publisher, age = doc.segments
    glued = Document.from_raw("江南在线3 h fa")
    glued = _with(glued, publisher.text, age.text, "related_meta")
    assert seen(find_fragments(glued)) == [["江南在线", "name", "zh-Hans", ""]]
    assert one(find_fragments(glued)).host_language == "it"
    assert not find_fragments(_with(glued, publisher.text, age.text, "nav")).fragments


def _with(doc: Document, first: str, second: str, label: str) -> Document:
    cut = len(first)
    segments = (
        Segment(0, cut, 0, first, 1, label=label, language="und", script="Hani"),
        Segment(cut, cut + len(second), cut, second, 1, label=label, language="it", script="Latn"),
    )
    return replace(doc, segments=segments, language="en")


@pytest.mark.parametrize(
    ("publisher", "age", "language", "script", "label", "found"),
    [
        ("江南在线", "3일 전", "ko", "Kore", "stats", ["江南在线", "name", "zh-Hans", ""]),
        ("江南在线", "3 ngày trước", "vi", "Latn", "stats", ["江南在线", "name", "zh-Hans", ""]),
        ("江南在线", "3 дня назад", "ru", "Cyrl", "stats", ["江南在线", "name", "zh-Hans", ""]),
        # A popular article's title beside its age is a title.
        ("江南在线", "3 дня назад", "ru", "Cyrl", "popular", None),
        # Han letters are no guests in a Japanese line.
        ("江南在线", "3日前", "ja", "Jpan", "stats", None),
    ],
)
def test_a_publisher_beside_a_stamp_in_any_language(
    publisher: str, age: str, language: str, script: str, label: str, found: list[str] | None
) -> None:
    doc = _with(Document.from_raw(publisher + age), publisher, age, label)
    last = doc.segments[1]._replace(language=language, script=script)
    doc = replace(doc, segments=(doc.segments[0], last))
    assert seen(find_fragments(doc)) == ([found] if found else [])


def test_a_word_discussed_once_is_a_term_all_over_its_page() -> None:
    cited, bare = "The word 面子 has no plural.", "Nobody wants to lose 面子 at home."
    beside = find_fragments(page(cited, bare)).fragments
    assert [f.kind for f in beside] == ["term", "term"]
    assert "fragments/cited-elsewhere" in beside[1].source
    assert "fragments/cited-elsewhere" not in one(find_fragments(page(bare))).source


def test_a_leak_stays_a_leak_on_a_page_that_discusses_another_word() -> None:
    doc = page("The word 面子 has no plural.", "It lost its牌照 and its面子 in May.")
    assert [f.kind for f in find_fragments(doc).fragments] == ["term", "residue", "residue"]


def test_offsets_are_of_the_raw_text_after_edits() -> None:
    doc = page("It  built a deep护城河 (moat) around it.")
    doc = find_fragments(doc.edited([Edit(2, "  ", " ", "test/space")]))
    fragment = one(doc)
    assert doc.raw[fragment.start : fragment.end] == "护城河"
    assert doc.raw[fragment.gloss_start : fragment.gloss_end] == "moat"
    assert doc.text[fragment.at :].startswith("护城河")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ещё", "ru"),
        ("їжа", "uk"),
        ("дом", "und"),
        ("ひと", "ja"),
        ("مدرسة", "ar"),
        ("پنج", "fa"),
        ("שלום", "he"),
    ],
)
def test_languages_of_runs(text: str, language: str) -> None:
    (run,) = foreign_runs(f"the {text} x", "Latn")
    assert run_language(text, run.script, None) == language


def test_mojibake_is_told_from_words() -> None:
    assert is_mojibake("daf黵 und", 3, 4)
    assert not is_mojibake("the 黵 und", 4, 5)
    assert not is_mojibake("area贏.", 4, 5)


def test_a_tie_goes_to_the_harmless_kind() -> None:
    verdict = weigh([Clue("a", "residue", 2.0), Clue("b", "name", 2.0)], has_gloss=False)
    assert (verdict.kind, verdict.source) == ("name", "b")


HOSTILE = st.text(st.sampled_from("ab 闭环赢()（）“”'·、〇.1한вΔの\ud800\u200f\0\n"), max_size=60)


@given(HOSTILE, st.sampled_from(["en", "zh", "ko", "ru", "und"]))
def test_fragments_lie_in_their_segment_and_begin_and_end_with_a_letter(text: str, language: str) -> None:
    doc = find_fragments(page((text, language)))
    for fragment in doc.fragments:
        assert doc.raw[fragment.start : fragment.end] == fragment.text
        assert fragment.text[0].isalnum()
        assert fragment.text[-1].isalnum()
        assert 0 <= fragment.confidence <= 1
    assert doc.text == doc.raw
