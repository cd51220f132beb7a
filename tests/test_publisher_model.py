"""The model of publishers: what it learns, how it is stored, and that it may name nobody."""

import pytest

from benchmarks.publisher_examples import Example
from benchmarks.publisher_training import learn, stored
from benchmarks.train_publisher import is_right
from pipeline.document import Segment
from pipeline.publisher_candidates import Told
from pipeline.publisher_model import PublisherModel, choose_publisher, read_publisher, shipped_publisher

TEXTS = ("Tidewater Post", "World", "Sport", "Ice on the lake", "The ice is thin.", "© 2026 Tidewater Post")
LABELS = ("nav", "nav", "nav", "title", "body", "disclaimer")


def _told(texts: tuple[str, ...] = TEXTS) -> Told:
    segments = [Segment(0, 0, 0, text, i, label=LABELS[i]) for i, text in enumerate(texts)]
    return Told(segments, (), (), None, "Ice on the lake", None, {})


def _example(*names: tuple[str, bool]) -> Example:
    columns = tuple((column, {column: 1.0, "any": 1.0}) for column, _ in names)
    return Example("made", "made", columns, tuple(right for _, right in names))


def test_the_shipped_model_finds_the_name_at_the_head_and_in_the_rights() -> None:
    assert choose_publisher(_told()) == "Tidewater Post"


def test_no_name_is_better_than_an_unlikely_one() -> None:
    assert choose_publisher(_told(), PublisherModel({"any": -1.0})) is None


def test_a_page_without_furniture_names_nobody() -> None:
    segments = [Segment(0, 0, 0, "The ice is thin.", 0, label="body")]
    assert choose_publisher(Told(segments, (), (), None, None, None, {})) is None


def test_what_is_learnt_is_what_is_stored() -> None:
    examples = [_example(("holder", True), ("section", False)), _example(("section", False))] * 5
    model = learn(examples)
    assert read_publisher(stored(model)) == model
    assert all(is_right(one, model) == any(one.right) for one in examples)


def test_the_order_of_columns_changes_nothing() -> None:
    model = shipped_publisher()
    columns = {name: 0.1 for name in model.weights}
    assert model.log_odds(columns) == model.log_odds(dict(reversed(columns.items())))


@pytest.mark.parametrize("name", ["holder", "paper", "at head", "rights in"])
def test_what_speaks_for_a_name(name: str) -> None:
    assert shipped_publisher().weights[name] > 0
