"""The goldens: what goes in, what comes out and every edit between, in files anyone can read."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Document, Segment
from pipeline.lines.marks import MarkRule
from pipeline.rules import EditRule, load_rules
from pipeline.stages.compose_nfc import compose_nfc
from pipeline.stages.normalize_typography import TypographyRule, normalize_typography
from pipeline.stages.repair_mojibake import repair_mojibake
from pipeline.stages.strip_invisible import strip_invisible
from pipeline.stages.strip_marks import strip_marks

GOLDEN = Path(__file__).parent / "golden"
STAGES: dict[str, Callable[[Document], Document]] = {
    "mojibake": repair_mojibake,
    "invisible": partial(strip_invisible, rules=load_rules("invisible", EditRule)),
    "markdown": partial(strip_marks, rules=load_rules("markdown", MarkRule)),
    "link_numbers": partial(strip_marks, rules=load_rules("link_numbers", MarkRule)),
    "nfc": compose_nfc,
    "typography": partial(normalize_typography, rules=load_rules("typography", TypographyRule)),
}


def cases() -> list[Any]:
    return [
        pytest.param(
            stage,
            case,
            id=f"{stage}: {case['name']}",
            marks=[pytest.mark.xfail(strict=True, reason=case["known_fail"])] if "known_fail" in case else [],
        )
        for stage in STAGES
        for case in tomllib.loads((GOLDEN / f"{stage}.toml").read_text(encoding="utf-8"))["case"]
    ]


def document(stage: str, case: dict[str, Any]) -> Document:
    doc = Document.from_raw(case["raw"])
    if stage != "typography":
        return doc
    segment = Segment(
        start=0,
        end=len(doc.raw),
        at=0,
        text=doc.raw,
        line=1,
        language=case.get("language", "en"),
        script=case.get("script", "Latn"),
        label=case.get("label", "body"),
        level=case.get("level", 0),
    )
    return replace(doc, segments=(segment,))


@pytest.mark.parametrize(("stage", "case"), cases())
def test_golden(stage: str, case: dict[str, Any]) -> None:
    doc = STAGES[stage](document(stage, case))
    edits = [[edit.rule, edit.start, edit.old, edit.new] for step in doc.ledger for edit in step]
    assert (doc.text, edits) == (case["text"], case["ledger"])
    assert doc.restored() == case["raw"]
