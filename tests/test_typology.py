"""The 35 types of leftovers and look-alikes, each decided as the typology says, on pages anyone can read.

A case of `golden_typology/*.toml` is one page:

- `type`: its number in the typology; `lookalike`: whether it only resembles the type and goes the other way;
- `name`: what it shows; `page`: the text, as it stands on the web once the markup is gone;
- `fragments`: all that must be reported, in order, each `[text, kind, language, gloss]`; nothing else may be;
- `clean_has`, `clean_lacks`: what the clean text must and must not hold, at the default settings;
- `expected = "missing"`: the pipeline cannot do it yet, and `gap` says what it is that it cannot do.
"""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pipeline

GOLDEN = Path(__file__).parent / "golden_typology"
TYPES = range(1, 36)
MARKS = "。.！!？?”\"'"
"""What may end a sentence: whether its mark belongs to an untranslated paragraph is not what a case decides."""


@cache
def rows() -> list[dict[str, Any]]:
    return [
        row for path in sorted(GOLDEN.glob("*.toml")) for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def cases() -> list[Any]:
    return [pytest.param(row, id=title(row), marks=marks(row)) for row in sorted(rows(), key=lambda row: row["type"])]


def title(row: dict[str, Any]) -> str:
    return f"{row['type']:02} {'look-alike' if row.get('lookalike') else 'type'}: {row['name']}"


def marks(row: dict[str, Any]) -> list[pytest.MarkDecorator]:
    if row.get("expected") != "missing":
        return []
    # Only a wrong answer is the known gap: an error in the code is none.
    return [pytest.mark.xfail(strict=True, raises=AssertionError, reason=row["gap"])]


def failures(row: dict[str, Any]) -> list[str]:
    """Return what is wrong with the page as the pipeline leaves it, a line each."""
    doc = pipeline.clean(row["page"].strip())
    found = []
    if "fragments" in row:
        want = [[text.rstrip(MARKS), *rest] for text, *rest in row["fragments"]]
        got = [[f.text.rstrip(MARKS), f.kind, f.language, f.gloss or ""] for f in doc.fragments]
        if got != want:
            found.append(f"fragments: expected {want}, got {got}")
    found += [f"clean text lacks {text!r}: {doc.text!r}" for text in row.get("clean_has", []) if text not in doc.text]
    found += [f"clean text holds {text!r}: {doc.text!r}" for text in row.get("clean_lacks", []) if text in doc.text]
    return found


@pytest.mark.parametrize("row", cases())
def test_typology(row: dict[str, Any]) -> None:
    found = failures(row)
    assert not found, "\n".join(found)


def test_every_type_has_a_case_and_two_look_alikes() -> None:
    numbers = Counter((row["type"], row.get("lookalike", False)) for row in rows())
    assert {number for number, _ in numbers} == set(TYPES)
    assert not [number for number in TYPES if numbers[number, False] < 1 or numbers[number, True] < 2]


@pytest.mark.parametrize("row", rows(), ids=title)
def test_a_case_says_what_it_decides(row: dict[str, Any]) -> None:
    assert "fragments" in row or row.get("clean_has") or row.get("clean_lacks")
    assert set(row) <= {
        "type", "name", "lookalike", "page", "fragments", "clean_has", "clean_lacks", "expected", "gap",
    }  # fmt: skip
    assert (row.get("expected") == "missing") == ("gap" in row)
    at = 0
    for text, kind, _, gloss in row.get("fragments", []):
        # In order, each after the one before it, or the case could never hold.
        assert text in row["page"][at:]
        at = row["page"].index(text, at) + len(text)
        assert kind in ("residue", "glossed", "name", "term")
        assert bool(gloss) <= (gloss in row["page"])
