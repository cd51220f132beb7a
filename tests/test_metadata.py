"""What small pages state of their articles: the tables of tests/golden_metadata, and what labels alone decide."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Document, Segment
from pipeline.plan import clean
from pipeline.stages.mine_metadata import mine_metadata
from pipeline.stages.recognize import recognize

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


def headed(score: float) -> Document:
    """Return a page whose title the model of labels found, as sure as `score` says; a time tells of its change."""
    rows = (
        ("What came ashore in Skarvik | Harbour Post", "nav"),
        ("What the drained canal gave back", "title"),
        ("Published 3 March 2026", "byline"),
        ("Updated 16:40", "byline"),
        ("The old canal through the lower town was drained in the autumn, and found to hold less than it had.", "body"),
        ("Harbour Post", "nav"),
    )
    segments, at = [], 0
    for line, (text, label) in enumerate(rows, start=1):
        segments.append(
            Segment(at, at + len(text), at, text, line, label=label, rule="model/labels", score=score, language="en")
        )
        at += len(text) + 1
    text = "\n".join(text for text, _ in rows)
    return mine_metadata(recognize(Document("", "", text, text, segments=tuple(segments), page_type="article")))


def test_a_title_that_the_model_is_sure_of_goes_before_the_first_line() -> None:
    assert headed(0.9).metadata.title == "What the drained canal gave back"
    assert headed(0.5).metadata.title == "What came ashore in Skarvik"


def test_what_stands_below_such_a_title_is_read_as_its_stamps() -> None:
    metadata = headed(0.9).metadata
    assert (str(metadata.published), str(metadata.updated)) == ("2026-03-03", "2026-03-03")
    assert headed(0.5).metadata.updated is None
