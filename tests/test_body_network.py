"""The network as it is run is the network as it is trained, and its gradients are right."""

from collections.abc import Mapping

import numpy as np
import pytest

from benchmarks.body_training import SMOOTH, Batch, first_weights, forward, gradients, train
from benchmarks.tape import Array, Node, Rows, Tape
from pipeline.body.network import run_network, sigmoid

LENGTHS = (40, 7, 1)


@pytest.fixture
def weights() -> dict[str, Array]:
    random = np.random.default_rng(1)
    first = first_weights(12, 8, random)
    return {name: array.astype(float) + 0.1 * random.standard_normal(array.shape) for name, array in first.items()}


@pytest.fixture
def batch() -> Batch:
    random = np.random.default_rng(2)
    lines = sum(LENGTHS)
    marks = random.random((2, lines)) > 0.5
    words = random.integers(0, 30, lines).astype(float)
    rows = Rows.of(LENGTHS)
    return Batch(random.standard_normal((lines, 12)), words, marks[0].astype(float), marks[1].astype(float), rows)


def test_pages_trained_on_together_score_as_they_do_alone(weights: dict[str, Array], batch: Batch) -> None:
    tape = Tape(weights, batch.rows)
    first, second = forward(tape, batch.features, batch.words)
    for page, start in enumerate(batch.rows.starts):
        here = slice(start, start + LENGTHS[page])
        scores = run_network(weights, batch.features[here], batch.words[here])
        np.testing.assert_allclose(scores.body, sigmoid(second.value[here, 0]), atol=1e-9)
        np.testing.assert_allclose(scores.span, sigmoid(first.value[here, 1]), atol=1e-9)


def test_half_the_width_gives_the_same_scores(weights: dict[str, Array], batch: Batch) -> None:
    narrow = {name: weight.astype(np.float32) for name, weight in weights.items()}
    wide = run_network({name: weight.astype(float) for name, weight in narrow.items()}, batch.features, batch.words)
    found = run_network(narrow, batch.features.astype(np.float32), batch.words)
    assert found.body.dtype == wide.body.dtype == np.float64
    np.testing.assert_allclose(found.body, wide.body, atol=1e-5)


def test_gradients_are_those_of_the_loss(weights: dict[str, Array], batch: Batch) -> None:
    random, step = np.random.default_rng(3), 1e-5
    found = gradients(weights, batch, None)
    for name, weight in weights.items():
        place = tuple(random.integers(0, size) for size in weight.shape)
        value = weight[place]
        losses = []
        for moved in (value + step, value - step):
            weight[place] = moved
            losses.append(loss(weights, batch))
        weight[place] = value
        assert found[name][place] == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=1e-4, abs=1e-7), name


def test_training_lowers_the_loss(weights: dict[str, Array], batch: Batch) -> None:
    before = loss(weights, batch)
    start = {name: array.astype(np.float32) for name, array in weights.items()}
    found = train([batch] * 40, 40, start, np.random.default_rng(4))
    assert loss({name: array.astype(float) for name, array in found.items()}, batch) < before


def loss(weights: Mapping[str, Array], batch: Batch) -> float:
    first, second = forward(Tape(dict(weights), batch.rows), batch.features, batch.words)
    pages, share = len(LENGTHS), (batch.words + 1)[:, None]
    share = 0.5 * share / batch.rows.sums(share)[batch.rows.page] / pages
    span = np.stack((batch.body, batch.span), axis=1)
    return float(
        (share * surprise(second.value, batch.body[:, None])).sum()
        + (share * surprise(first.value, span)).sum()
        + (missed(second.value, batch) + 0.5 * missed(first.value[:, :1], batch)) / pages
    )


def surprise(logits: Array, goal: Array) -> Array:
    return np.logaddexp(0, logits) - goal * logits


def missed(logits: Array, batch: Batch) -> float:
    likely, words, goal = sigmoid(logits), batch.words[:, None], batch.body[:, None]
    hits = 2 * batch.rows.sums(likely * words * goal) + SMOOTH
    return float((1 - hits / (batch.rows.sums(likely * words + words * goal) + SMOOTH)).sum())


def test_nothing_is_dropped_without_chance(weights: dict[str, Array], batch: Batch) -> None:
    node = Node(batch.features)
    assert Tape(weights, batch.rows).dropped(node, 0.5) is node
    dropped = Tape(weights, batch.rows, np.random.default_rng(5)).dropped(node, 0.5).value
    # A column is dropped on the whole of a page or not at all.
    assert {float(share) for share in (dropped[: LENGTHS[0]] == 0).mean(axis=0)} == {0.0, 1.0}
