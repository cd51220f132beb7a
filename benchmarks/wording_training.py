"""How the weights of `pipeline.labels.wording` are found: a multinomial regression over runs of letters."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.adamw import Pace, descend, shuffled
from benchmarks.tape import Array
from pipeline.body.page_layers import softmax
from pipeline.document import LABELS
from pipeline.labels.wording import BUCKET_BITS, GRAIN, MAX_LINE, Wording, runs
from pipeline.lines.stamps import ChromeRule
from pipeline.rules import load_rules

EPOCHS = 8
BATCH = 512
"""Lines a step."""
DROPPED = 0.5
"""Share of a line's runs that are left out at random each time, so that no line is known by one of them."""

Line = tuple[str, str]
"""A text and its label."""


def known_lines() -> list[Line]:
    """Return the strings that the tables of furniture have, each with the label of a line that is nothing else."""
    rules = load_rules("chrome", ChromeRule)
    return [(string, rule.label) for rule in rules for strings in rule.strings.values() for string in strings]


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
    heard = [buckets[start:end] for start, end in pairwise(starts)]
    dropped = np.random.default_rng(1)
    moves = (_gradients(weights, [_thinned(heard[i], dropped) for i in some], right[some]) for some in batches)
    found = descend(weights, moves, len(batches), Pace(fastest=0.1))
    # As they will be stored.
    return Wording.stored(np.clip(np.round(found["table"] / GRAIN), -127, 127).astype(np.int8), found["bias"])


def _thinned(buckets: NDArray[np.uint32], random: np.random.Generator) -> NDArray[np.uint32]:
    kept = buckets[random.random(len(buckets)) >= DROPPED]
    return kept if len(kept) else buckets


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
