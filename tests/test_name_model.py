"""The models of names: what they learn, how they are stored, and that they may name nobody."""

import pytest

from benchmarks.name_examples import Example
from benchmarks.name_training import learn, stored
from benchmarks.train_names import is_right
from pipeline.metadata.name_model import NameModel, read_names, shipped_names


def _example(*names: tuple[str, bool]) -> Example:
    columns = tuple((column, {column: 1.0, "any": 1.0}) for column, _ in names)
    right = tuple(right for _, right in names)
    return Example("made", "made", columns, right, is_stated=any(right))


def test_what_is_learnt_is_what_is_stored() -> None:
    examples = [_example(("holder", True), ("section", False)), _example(("section", False)), _example()] * 5
    model = learn(examples)
    assert read_names(stored(model)) == model
    assert all(is_right(one, model) for one in examples)


def test_no_name_is_better_than_an_unlikely_one() -> None:
    named = [("Jane Doe", {"any": 1.0})]
    assert NameModel({"any": -1.0}).choose(named) is None
    assert NameModel({"any": 1.0}).choose(named) == "Jane Doe"
    assert NameModel({"any": 1.0}).choose([]) is None


@pytest.mark.parametrize("field", ["publisher", "author"])
def test_the_order_of_columns_changes_nothing(field: str) -> None:
    model = shipped_names(field)
    columns = {name: 0.1 for name in model.weights}
    assert model.log_odds(columns) == model.log_odds(dict(reversed(columns.items())))


@pytest.mark.parametrize(
    ("field", "name"),
    [
        *(("publisher", name) for name in ("holder", "paper", "at head", "rights in")),
        *(("author", name) for name in ("way stated", "full", "begins box", "byline by-")),
    ],
)
def test_what_speaks_for_a_name(field: str, name: str) -> None:
    assert shipped_names(field).weights[name] > 0
