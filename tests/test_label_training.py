"""The network of labels as it is run is the network as it is trained, and its gradients are right."""

from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.label_training import SMOOTH, Lesson, first_weights, forward, gradients
from benchmarks.tape import Array, Rows, Tape
from pipeline.document import LABELS
from pipeline.labels.model import odds_of

SEEN, COLUMNS = 12, 3


@pytest.fixture
def weights() -> dict[str, Array]:
    random = np.random.default_rng(1)
    first = first_weights(SEEN, random)
    moved = {name: array.astype(float) + 0.1 * random.standard_normal(array.shape) for name, array in first.items()}
    for name in ("in", "direct"):
        moved[name][0] = 0  # what nobody knows says nothing
    return moved


@pytest.fixture
def batch() -> list[Lesson]:
    random = np.random.default_rng(2)
    return [lesson(random, size) for size in (30, 5, 1)]


def lesson(random: np.random.Generator, size: int) -> Lesson:
    codes = np.stack([random.integers(1 + 3 * i, 4 + 3 * i, size) for i in range(COLUMNS)], axis=1)
    seen = np.zeros((size, SEEN))
    np.put_along_axis(seen, codes, 1, axis=1)
    heard = random.standard_normal((size, len(LABELS)))
    return Lesson(seen, heard, random.integers(1, 90, (size, 1)).astype(float), random.integers(-1, len(LABELS), size))


def together(weights: dict[str, Array], batch: Sequence[Lesson]) -> Array:
    tape = Tape(weights, Rows.of([len(page.right) for page in batch]))
    seen, heard, amount = (
        np.concatenate(some) for some in zip(*((p.seen, p.heard, p.amount) for p in batch), strict=True)
    )
    return forward(tape, seen, heard, amount).value


def test_pages_trained_on_together_score_as_they_do_alone(weights: dict[str, Array], batch: list[Lesson]) -> None:
    alone = [odds_of(weights, np.nonzero(p.seen)[1].reshape(-1, COLUMNS), p.heard, p.amount) for p in batch]
    np.testing.assert_allclose(together(weights, batch), np.concatenate(alone), atol=1e-4)


def test_gradients_are_those_of_the_loss(weights: dict[str, Array], batch: list[Lesson]) -> None:
    random, step = np.random.default_rng(3), 1e-5
    found = gradients(weights, batch, None)
    for name, weight in weights.items():
        place = tuple(random.integers(0, size) for size in weight.shape)
        value, losses = weight[place], []
        for moved in (value + step, value - step):
            weight[place] = moved
            losses.append(loss(weights, batch))
        weight[place] = value
        assert found[name][place] == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=1e-3, abs=1e-6), name


def loss(weights: dict[str, Array], batch: Sequence[Lesson]) -> float:
    """Return the cross entropy with answers made smooth, by segment that somebody has judged."""
    odds = together(weights, batch)
    likely = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
    right = np.concatenate([page.right for page in batch])
    of_right = likely[np.arange(len(right)), right]
    each = -(1 - SMOOTH) * of_right - SMOOTH * likely.mean(axis=1)
    return float(each[right >= 0].mean())
