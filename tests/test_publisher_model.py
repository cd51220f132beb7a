"""Who published a page by the shipped model."""

from pipeline.document import Segment
from pipeline.metadata.name_model import NameModel
from pipeline.metadata.publisher_candidates import Told
from pipeline.metadata.publisher_furniture import read_furniture
from pipeline.metadata.publisher_model import choose_publisher

TEXTS = ("Tidewater Post", "World", "Sport", "Ice on the lake", "The ice is thin.", "© 2026 Tidewater Post")
LABELS = ("nav", "nav", "nav", "title", "body", "disclaimer")


def _chosen(texts: tuple[str, ...] = TEXTS, model: NameModel | None = None) -> str | None:
    segments = [Segment(0, 0, 0, text, i, label=LABELS[i]) for i, text in enumerate(texts)]
    told = Told(segments, (), (), None, "Ice on the lake", None, {})
    return choose_publisher(told, read_furniture(segments), model)


def test_the_shipped_model_finds_the_name_at_the_head_and_in_the_rights() -> None:
    assert _chosen() == "Tidewater Post"


def test_no_name_is_better_than_an_unlikely_one() -> None:
    assert _chosen(model=NameModel({"any": -1.0})) is None


def test_a_page_without_furniture_names_nobody() -> None:
    segments = [Segment(0, 0, 0, "The ice is thin.", 0, label="body")]
    told = Told(segments, (), (), None, None, None, {})
    assert choose_publisher(told, read_furniture(segments)) is None
