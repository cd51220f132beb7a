"""How the weights of `pipeline.labels.wording` are found: a multinomial regression over runs of letters."""

import tomllib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.adamw import Pace, descend, shuffled
from benchmarks.record import ROOT
from benchmarks.tape import Array
from pipeline.body.page_layers import softmax
from pipeline.document import LABELS
from pipeline.labels.wording import BUCKET_BITS, MAX_LINE, Wording, runs
from pipeline.lines.stamps import ChromeRule
from pipeline.rules import load_rules

EPOCHS = 8
BATCH = 512
"""Lines a step."""

Line = tuple[str, str]
"""A text and its label."""


SENTENCES = ROOT / "benchmarks" / "furniture_sentences.toml"


def known_lines() -> list[Line]:
    """Return what the tables of furniture say: strings with the label of a line that is nothing else, and sentences."""
    rules = load_rules("chrome", ChromeRule)
    strings = [(string, rule.label) for rule in rules for strings in rule.strings.values() for string in strings]
    kinds = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))["kind"]
    return strings + [(line, kind["label"]) for kind in kinds for lines in kind["lines"].values() for line in lines]


def learn_wording(lines: Sequence[Line]) -> Wording:
    """Return the weights learnt from `lines`; long ones teach nothing."""
    short = [(text, label) for text, label in lines if len(text) <= MAX_LINE]
    buckets, owners = runs([text for text, _ in short])
    starts = np.searchsorted(owners, np.arange(len(short) + 1))
    right = np.array([LABELS.index(label) for _, label in short])
    weights = {
        "table": np.zeros((1 << BUCKET_BITS, len(LABELS)), np.float32),
        "bias": np.zeros(len(LABELS), np.float32),
    }
    batches = list(shuffled(len(short), BATCH, EPOCHS, np.random.default_rng(0)))
    moves = (_gradients(weights, [buckets[starts[i] : starts[i + 1]] for i in some], right[some]) for some in batches)
    found = descend(weights, moves, len(batches), Pace(fastest=0.05))
    # As they will be stored.
    return Wording(**{name: weight.astype(np.float16).astype(np.float32) for name, weight in found.items()})


def _gradients(
    weights: dict[str, Array], found: Sequence[NDArray[np.uint32]], right: NDArray[np.int_]
) -> dict[str, Array]:
    """Return the gradient by each weight of the mean cross entropy over lines whose buckets are `found`."""
    counts = np.array([len(buckets) for buckets in found])
    together = np.concatenate(found)
    owners = np.repeat(np.arange(len(found)), counts)
    error = softmax(Wording(**weights).odds(together, owners))
    error[np.arange(len(right)), right] -= 1
    error /= len(right)
    each = (error / np.sqrt(counts, dtype=np.float32)[:, None])[owners]
    order = np.argsort(together, kind="stable")
    rows, starts = np.unique(together[order], return_index=True)
    table = np.zeros_like(weights["table"])
    table[rows] = np.add.reduceat(each[order], starts, axis=0)
    return {"table": table, "bias": error.sum(axis=0)}
