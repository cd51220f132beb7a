"""Who wrote a page by the shipped model, and that what is hostile costs no more than what is read of it."""

import pytest

from pipeline.document import Segment
from pipeline.metadata.author_candidates import MOST_CANDIDATES, find_names, frame_of
from pipeline.metadata.author_model import choose_author
from pipeline.metadata.author_spans import spans_in
from pipeline.metadata.name_model import NameModel
from pipeline.metadata.publisher_candidates import Told
from pipeline.metadata.publisher_furniture import read_furniture


def _page(byline: str, box: str = "") -> list[Segment]:
    texts = ("Ice on the lake", byline, "The ice is thin.", box)
    labels = ("title", "byline", "body", "author_bio")
    return [Segment(0, 0, 0, text, i, label=label) for i, (text, label) in enumerate(zip(texts, labels, strict=True))]


def _chosen(segments: list[Segment], model: NameModel | None = None) -> str | None:
    told = Told(segments, (), (), None, "Ice on the lake", None, {})
    return choose_author(told, read_furniture(segments), None, "article", model)


@pytest.mark.parametrize(
    ("byline", "box"),
    [
        ("Jane Doe", ""),
        ("by Jane Doe | 12 May 2026", ""),
        ("Jane Doe meretoimetuse juhtivreporter", "Jane Doe kirjutab merest."),
        ("By Jane Doe, Skarvik", ""),
    ],
)
def test_the_shipped_model_cuts_the_name_out_of_its_line(byline: str, box: str) -> None:
    assert _chosen(_page(byline, box)) == "Jane Doe"


def test_no_name_is_better_than_an_unlikely_one() -> None:
    assert _chosen(_page("Jane Doe"), NameModel({"any": -1.0})) is None


def test_days_and_marks_part_a_line() -> None:
    assert {"Jane Doe", "Li Lei"} <= {span.name for span in spans_in("Jane Doe 12 May 2026 (Li Lei)")}


def test_names_are_found_without_capitals_and_blanks() -> None:
    assert "李雷" in {span.name for span in spans_in("记者李雷报道")} | {span.name for span in spans_in("李雷 编辑")}
    assert "سارة حداد" in {span.name for span in spans_in("سارة حداد من القاهرة")}


def test_a_hostile_page_has_no_more_names_than_are_read() -> None:
    segments = _page(" ".join(f"Jane Doe{chr(97 + i % 26)}, " for i in range(60))) * 50
    assert len(find_names(segments, frame_of(segments))) <= MOST_CANDIDATES
