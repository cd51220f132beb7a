"""What small pages state of their articles: tests/golden_metadata/cases.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.plan import clean

TABLE = tomllib.loads((Path(__file__).parent / "golden_metadata" / "cases.toml").read_text(encoding="utf-8"))
FIELDS = ("title", "author", "publisher", "published", "updated")


def _params() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(strict=True, reason=case["known_fail"])] if "known_fail" in case else [],
        )
        for case in TABLE["case"]
    ]


@pytest.mark.parametrize("case", _params())
def test_golden_metadata(case: dict[str, Any]) -> None:
    parts = (case["head"], TABLE["bodies"][case["body"]], case["foot"])
    metadata = clean("\n\n".join(part.strip() for part in parts if part.strip())).metadata
    got = {field: str(value) for field in FIELDS if (value := getattr(metadata, field)) is not None}
    # Case is the page's own: an author may stand in capitals.
    wanted = {field: case[field] for field in FIELDS if field in case}
    assert {field: value.lower() for field, value in got.items()} == {f: v.lower() for f, v in wanted.items()}
