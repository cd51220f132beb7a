"""The network of `pipeline.label_model` on a tape, and how its weights are found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from benchmarks.adamw import Pace, descend
from benchmarks.label_examples import LabelledPage
from benchmarks.layers import FirstWeights, block, with_page
from benchmarks.tape import Array, Node, Rows, Tape
from pipeline.document import LABELS
from pipeline.label_model import MIDDLE, STEPS, LabelModel, amounts, by_column, coded
from pipeline.page_layers import Weights

LEAST = 3
"""Segments in which something must be seen."""
WIDTH = 64
EPOCHS = 45
BATCH = 8
"""Pages a step."""
NETWORKS = 3
"""Learnt apart, their shares averaged: one alone is swayed by the order that it sees the pages in."""
DROPPED_SEEN, DROPPED_WITHIN = 0.3, 0.25
"""Shares of what is seen, and of the vectors, that are left out at random, so that nothing relies on one of them."""
SMOOTH = 0.05
"""Share of each answer that goes to all labels alike: some of what people have judged they might judge otherwise."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page to learn from: what is seen of each segment, 0 or 1 a column, how much is written, and its label or -1."""

    seen: Array
    amount: Array
    right: NDArray[np.int_]


def learn(pages: Sequence[LabelledPage]) -> LabelModel:
    """Return the model learnt from `pages`."""
    counts = Counter((name, value) for page in pages for name, column in page.columns.items() for value in column)
    codes = by_column(sorted(one for one, count in counts.items() if count >= LEAST))
    lessons = [_lesson(page, codes) for page in pages]
    return LabelModel(codes, [_network(lessons, np.random.default_rng(number)) for number in range(NETWORKS)])


def _lesson(page: LabelledPage, codes: Mapping[str, Mapping[str, int]]) -> Lesson:
    rows = coded(codes, page.columns)
    seen = np.zeros((len(rows), 1 + sum(map(len, codes.values()))), dtype=np.float32)
    np.put_along_axis(seen, rows, 1, axis=1)
    seen[:, 0] = 0
    right = np.array([-1 if label is None else LABELS.index(label) for label in page.right])
    return Lesson(seen, amounts(page.doc.segments), right)


def _network(lessons: Sequence[Lesson], random: np.random.Generator) -> Weights:
    weights = first_weights(lessons[0].seen.shape[1], random)
    steps = EPOCHS * -(-len(lessons) // BATCH)
    moves = (gradients(weights, batch, random) for batch in _batches(lessons, random))
    found = descend(weights, moves, steps, Pace(fastest=0.005))
    # As they will be stored, so that what is scored is what is shipped.
    return {name: weight.astype(np.float16).astype(np.float32) for name, weight in found.items()}


def _batches(lessons: Sequence[Lesson], random: np.random.Generator) -> Iterator[list[Lesson]]:
    for _ in range(EPOCHS):
        order = random.permutation(len(lessons))
        for start in range(0, len(order), BATCH):
            yield [lessons[i] for i in order[start : start + BATCH]]


def first_weights(seen: int, random: np.random.Generator) -> dict[str, Array]:
    """Return weights to start from, for so many things that can be seen; the first of them is what nobody knows."""
    weights = FirstWeights(WIDTH, random)
    weights.table("in", seen, WIDTH, 0.1, "in_bias")
    weights["in"][0] = 0
    for number in range(len(STEPS)):
        weights.block(f"block{number}")
    for name in ("middle", "end"):
        weights.page(name)
    weights.table("last", WIDTH, len(LABELS), 0.1, "last_bias")
    weights.gain("last")
    weights["direct"] = np.zeros((seen, len(LABELS)), np.float32)
    return weights


def forward(tape: Tape, seen: Array, amount: Array) -> Node:
    """Return the log odds of each label, by segment."""
    told, much = tape.dropped(Node(seen), DROPPED_SEEN), Node(amount)
    lines = tape.ramp(tape.linear(told, "in", "in_bias"))
    for number, step in enumerate(STEPS):
        lines = block(tape, lines, f"block{number}", step, DROPPED_WITHIN)
        if number + 1 == MIDDLE:
            lines = with_page(tape, lines, "middle", much)
    last = tape.dropped(tape.even(with_page(tape, lines, "end", much), "last_gain"), DROPPED_WITHIN)
    return tape.add(tape.linear(last, "last", "last_bias"), tape.linear(told, "direct"))


def gradients(
    weights: dict[str, Array], batch: Sequence[Lesson], random: np.random.Generator | None
) -> dict[str, Array]:
    """Return the gradient by each weight of the mean cross entropy over the labelled segments of `batch`."""
    right = np.concatenate([lesson.right for lesson in batch])
    tape = Tape(weights, Rows.of([len(lesson.right) for lesson in batch]), random)
    odds = forward(tape, np.concatenate([x.seen for x in batch]), np.concatenate([x.amount for x in batch]))
    powers = np.exp(odds.value - odds.value.max(axis=1, keepdims=True))
    goal = (1 - SMOOTH) * np.eye(len(LABELS), dtype=np.float32)[right] + SMOOTH / len(LABELS)
    error = (powers / powers.sum(axis=1, keepdims=True) - goal) * (right >= 0)[:, None] / (right >= 0).sum()
    return tape.run_back([(odds, error.astype(np.float32))])


def stored(model: LabelModel) -> bytes:
    """Return `model` as `pipeline.label_model.read_labels` reads it."""
    data = BytesIO()
    known = [(column, value) for column, values in model.codes.items() for value in values]
    tables = {
        f"{number}/{name}": weight.astype(np.float16)
        for number, network in enumerate(model.networks)
        for name, weight in network.items()
    }
    columns, values = zip(*known, strict=True)
    np.savez_compressed(data, allow_pickle=False, columns=np.array(columns), values=np.array(values), **tables)
    return data.getvalue()
