"""What small pages state of their articles: the tables of tests/golden_metadata."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.plan import clean

TABLES = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "golden_metadata").glob("*.toml"))
]
BODIES = {name: body for table in TABLES for name, body in table.get("bodies", {}).items()}
FIELDS = ("title", "author", "publisher", "published", "updated")


def _params() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(strict=True, reason=case["known_fail"])] if "known_fail" in case else [],
        )
        for table in TABLES
        for case in table["case"]
    ]


@pytest.mark.parametrize("case", _params())
def test_golden_metadata(case: dict[str, Any]) -> None:
    parts = (case["head"], BODIES[case["body"]], case["foot"])
    metadata = clean("\n\n".join(part.strip() for part in parts if part.strip())).metadata
    got = {field: str(value) for field in FIELDS if (value := getattr(metadata, field)) is not None}
    # Case is the page's own: an author may stand in capitals.
    wanted = {field: case[field] for field in FIELDS if field in case}
    assert {field: value.lower() for field, value in got.items()} == {f: v.lower() for f, v in wanted.items()}
