"""The network of `pipeline.labels.model` on a tape, and how its weights are found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.adamw import Pace, descend, shuffled
from benchmarks.label_bullets import with_bullets
from benchmarks.label_examples import LabelledPage, labelled
from benchmarks.label_insertions import Sentence, by_language, with_insertions, written_sentences
from benchmarks.layers import FirstWeights, block, with_page
from benchmarks.tape import Array, Node, Rows, Tape
from benchmarks.wording_training import Line, known_lines, learn_wording
from pipeline.body.page_layers import Weights, softmax
from pipeline.document import LABELS
from pipeline.labels.model import MIDDLE, STEPS, LabelModel, amounts, by_column, coded

LEAST = 3
"""Segments in which something must be seen."""
WIDTH = 64
EPOCHS = 45
BATCH = 8
"""Pages a step."""
NETWORKS = 6
"""Learnt apart, their shares averaged: one alone is swayed by the order that it sees the pages in."""
DROPPED_SEEN, DROPPED_WITHIN = 0.3, 0.25
"""Shares of what is seen, and of the vectors, that are left out at random, so that nothing relies on one of them. What
is heard is one vote each, which counts whole."""
PARTS = 3
"""Of the pages, side by side, so that few writers are in two: a part's lines are heard as the others have taught it."""
SMOOTH = 0.05
"""Share of each answer that goes to all labels alike: some of what people have judged they might judge otherwise."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page to learn from: what is seen (0 or 1) and heard of each segment, how much is written, its label or -1."""

    seen: Array
    heard: Array
    amount: Array
    right: NDArray[np.int_]


def learn(pages: Sequence[LabelledPage]) -> LabelModel:
    """Return the model learnt from `pages`."""
    counts = Counter((name, value) for page in pages for name, column in page.columns.items() for value in column)
    codes = by_column(sorted(one for one, count in counts.items() if count >= LEAST))
    lessons = [_lesson(page, codes, hints) for page, hints in _varied(pages)]
    wording = learn_wording([*known_lines(), *_said(written_sentences()), *_lines(pages)])
    return LabelModel(codes, wording, [_network(lessons, np.random.default_rng(number)) for number in range(NETWORKS)])


def _varied(pages: Sequence[LabelledPage]) -> Iterator[tuple[LabelledPage, Array]]:
    """Yield `pages`, some with lines set into them, and how their segments sound to who has learnt from others.

    Pages are parted as they stand in their folders, sentences of sites by turns, so that each part has all languages.
    """
    random = np.random.default_rng(0)
    sentences = written_sentences()
    for number in range(PARTS):
        start, end = (len(pages) * i // PARTS for i in (number, number + 1))
        others = [one for i, one in enumerate(sentences) if i % PARTS != number]
        rest = _lines([*pages[:start], *pages[end:]])
        wording = learn_wording([*known_lines(), *_said(others), *rest])
        own = by_language(sentences[number::PARTS])
        for page in pages[start:end]:
            gold = with_insertions(with_bullets(page.gold, random), own, random)
            varied = page if gold is page.gold else labelled(gold, page.source)
            yield varied, wording.hints([segment.text for segment in varied.doc.segments])


def _said(sentences: Sequence[Sentence]) -> Iterator[Line]:
    return ((sentence.text, sentence.label) for sentence in sentences)


def _lines(pages: Sequence[LabelledPage]) -> Iterator[Line]:
    pairs = (pair for page in pages for pair in zip(page.doc.segments, page.right, strict=True))
    return ((segment.text, label) for segment, label in pairs if label is not None)


def _lesson(page: LabelledPage, codes: Mapping[str, Mapping[str, int]], heard: Array) -> Lesson:
    rows = coded(codes, page.columns)
    seen = np.zeros((len(rows), 1 + sum(map(len, codes.values()))), dtype=np.float32)
    np.put_along_axis(seen, rows, 1, axis=1)
    seen[:, 0] = 0
    right = np.array([-1 if label is None else LABELS.index(label) for label in page.right])
    return Lesson(seen, heard, amounts(page.doc.segments), right)


def _network(lessons: Sequence[Lesson], random: np.random.Generator) -> Weights:
    weights = first_weights(lessons[0].seen.shape[1], random)
    steps = EPOCHS * -(-len(lessons) // BATCH)
    batches = shuffled(len(lessons), BATCH, EPOCHS, random)
    moves = (gradients(weights, [lessons[i] for i in some], random) for some in batches)
    found = descend(weights, moves, steps, Pace(fastest=0.005))
    # As they will be stored, so that what is scored is what is shipped.
    return {name: weight.astype(np.float16).astype(np.float32) for name, weight in found.items()}


def first_weights(seen: int, random: np.random.Generator) -> dict[str, Array]:
    """Return weights to start from, for so many things that can be seen; the first of them is what nobody knows."""
    weights = FirstWeights(WIDTH, random)
    weights.table("in", seen, WIDTH, 0.1, "in_bias")
    weights["in"][0] = 0
    weights.table("heard", len(LABELS), WIDTH, 0.1)
    for number in range(len(STEPS)):
        weights.block(f"block{number}")
    for name in ("middle", "end"):
        weights.page(name)
    weights.table("last", WIDTH, len(LABELS), 0.1, "last_bias")
    weights.gain("last")
    weights["direct"] = np.zeros((seen, len(LABELS)), np.float32)
    weights["heard_direct"] = np.zeros((len(LABELS), len(LABELS)), np.float32)
    return weights


def forward(tape: Tape, seen: Array, heard: Array, amount: Array) -> Node:
    """Return the log odds of each label, by segment."""
    told, sound, much = tape.dropped(Node(seen), DROPPED_SEEN), Node(heard), Node(amount)
    lines = tape.ramp(tape.add(tape.linear(told, "in", "in_bias"), tape.linear(sound, "heard")))
    for number, step in enumerate(STEPS):
        lines = block(tape, lines, f"block{number}", step, DROPPED_WITHIN)
        if number + 1 == MIDDLE:
            lines = with_page(tape, lines, "middle", much)
    last = tape.dropped(tape.even(with_page(tape, lines, "end", much), "last_gain"), DROPPED_WITHIN)
    direct = tape.add(tape.linear(told, "direct"), tape.linear(sound, "heard_direct"))
    return tape.add(tape.linear(last, "last", "last_bias"), direct)


def gradients(
    weights: dict[str, Array], batch: Sequence[Lesson], random: np.random.Generator | None
) -> dict[str, Array]:
    """Return the gradient by each weight of the mean cross entropy over the labelled segments of `batch`."""
    right = np.concatenate([lesson.right for lesson in batch])
    tape = Tape(weights, Rows.of([len(lesson.right) for lesson in batch]), random)
    seen, heard, amount = (
        np.concatenate(some) for some in zip(*((x.seen, x.heard, x.amount) for x in batch), strict=True)
    )
    odds = forward(tape, seen, heard, amount)
    goal = (1 - SMOOTH) * np.eye(len(LABELS), dtype=np.float32)[right] + SMOOTH / len(LABELS)
    error = (softmax(odds.value) - goal) * (right >= 0)[:, None] / (right >= 0).sum()
    return tape.run_back([(odds, error.astype(np.float32))])


def stored(model: LabelModel) -> bytes:
    """Return `model` as `pipeline.labels.model.read_labels` reads it."""
    data = BytesIO()
    known = [(column, value) for column, values in model.codes.items() for value in values]
    tables: dict[str, NDArray[Any]] = {
        f"{number}/{name}": weight.astype(np.float16)
        for number, network in enumerate(model.networks)
        for name, weight in network.items()
    }
    tables |= {"wording": model.wording.grains(), "wording_bias": model.wording.bias.astype(np.float16)}
    columns, values = zip(*known, strict=True)
    np.savez_compressed(data, allow_pickle=False, columns=np.array(columns), values=np.array(values), **tables)
    return data.getvalue()
