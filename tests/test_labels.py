"""Labels on small pages that people can read: tests/golden_labels/cases.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.plan import clean

CASES = tomllib.loads((Path(__file__).parent / "golden_labels" / "cases.toml").read_text(encoding="utf-8"))["case"]


def _params() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(strict=True, reason=case["known_fail"])] if "known_fail" in case else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", _params())
def test_golden_labels(case: dict[str, Any]) -> None:
    doc = clean(case["page"].strip("\n"))
    got = [(segment.label, segment.text.strip()) for segment in doc.segments]
    wanted = [tuple(entry.split(": ", 1)) for entry in case["labels"]]
    assert [label for label, _ in got] == [label for label, _ in wanted], got
    for (_, text), (_, beginning) in zip(got, wanted, strict=True):
        assert text.startswith(beginning)
