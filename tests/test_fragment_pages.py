"""Annotated pages through the whole pipeline: which fragments it finds, and what it takes them for.

All ten folders were tuned on; what nobody looked at is `tests/fragments/aside`, for the benchmark alone.
"""

from pathlib import Path

import pytest

from benchmarks.fragment_markup import MarkupError, parse_page, read_page
from benchmarks.fragment_score import figures, score_folder

PAGES = Path(__file__).parent / "fragments"
FLOORS = {
    "dev": {"f1": 0.98, "kind_accuracy": 0.98, "residue_precision": 0.98},
    "dev2": {"f1": 0.96, "kind_accuracy": 0.97, "residue_precision": 0.97},
    "dev3": {"f1": 0.96, "kind_accuracy": 0.97, "residue_precision": 0.97},
    "dev4": {"f1": 0.98, "kind_accuracy": 0.96, "residue_precision": 0.97},
    "dev5": {"f1": 0.98, "kind_accuracy": 0.97, "residue_precision": 0.97},
    "dev6": {"f1": 0.98, "kind_accuracy": 0.97, "residue_precision": 0.97},
    "dev7": {"f1": 0.98, "kind_accuracy": 0.93, "residue_precision": 0.94},
    "dev8": {"f1": 0.95, "kind_accuracy": 0.94, "residue_precision": 0.94},
    "dev9": {"f1": 0.98, "kind_accuracy": 0.93, "residue_precision": 0.95},
    "dev10": {"f1": 0.98, "kind_accuracy": 0.92, "residue_precision": 0.93},
}


@pytest.mark.parametrize("folder", FLOORS)
def test_pages_we_tuned_on(folder: str) -> None:
    found = figures(score_folder(PAGES / folder))
    low = {name: found[name] for name, floor in FLOORS[folder].items() if found[name] < floor}
    assert not low


@pytest.mark.parametrize("path", sorted(PAGES.glob("dev*/*.txt")), ids=lambda path: path.stem)
def test_a_page_says_what_it_marks(path: Path) -> None:
    page = read_page(path)
    assert "{{" not in page.text
    assert all(page.text[one.start : one.end] == one.text for one in page.fragments)
    assert page.host


@pytest.mark.parametrize(
    "marked",
    [
        "no head\n\ntext",
        "# host: en; note\n\nan open {{name zh | 李",
        "# host: en; note\n\na {{thing zh | 李}}",
        "# host: en; note\n\na {{name zh | 李。}}",
        "# host: en; note\n\na {{residue zh = | 李}}",
    ],
)
def test_bad_markup_is_refused(marked: str) -> None:
    with pytest.raises(MarkupError):
        parse_page(marked, name="a")
