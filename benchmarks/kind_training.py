"""How the regression is found that tells the kind of a run."""

from collections import Counter
from collections.abc import Iterable
from io import BytesIO

import numpy as np

from benchmarks.kind_examples import Example
from benchmarks.regression import Array, Descent, fit
from pipeline.fragments.kind_model import CONSTANT, KINDS, KindModel
from pipeline.fragments.place_words import Features

LEAST = 5
"""Runs in which a feature must stand; with rarer ones the model is twice as large and no better."""
CAUTION = 0.75
"""Log odds taken off the residues: a name called residue may be changed, a residue called name stays as it was."""
DESCENT = Descent(penalty=5.0, steps=500, rate=0.03)
_BARRED = -50.0
"""Log odds of a kind that cannot be."""


def learn(examples: Iterable[Example]) -> KindModel:
    """Return the model learnt from `examples`."""
    told = [one for one in examples if one.can_be_told]
    counts = Counter(name for one in told for name in one.features)
    names = [CONSTANT, *sorted(name for name, count in counts.items() if count >= LEAST)]
    rows = {name: row for row, name in enumerate(names)}
    table = np.stack([_row(one.features, rows) for one in told])
    barred = np.stack([_barred(one) for one in told])
    right = np.eye(len(KINDS), dtype=np.float32)[[KINDS.index(one.kind) for one in told]]
    weights = fit(table, right, DESCENT, barred)
    weights[rows[CONSTANT], KINDS.index("residue")] -= CAUTION
    # As they will be stored, so that what is scored is what is shipped.
    return KindModel(rows, weights.astype(np.float16).astype(np.float64))


def stored(model: KindModel) -> bytes:
    """Return `model` as `pipeline.fragments.kind_model.read_kinds` reads it."""
    data = BytesIO()
    names = np.array(sorted(model.rows, key=lambda name: model.rows[name]))
    np.savez_compressed(data, names=names, weights=model.weights.astype(np.float16))
    return data.getvalue()


def _row(found: Features, rows: dict[str, int]) -> Array:
    row = np.zeros(len(rows), dtype=np.float32)
    row[rows[CONSTANT]] = 1
    for name, much in found.items():
        if name in rows:
            row[rows[name]] = much
    return row


def _barred(one: Example) -> Array:
    return np.array(
        [_BARRED if kind == ("residue" if one.has_gloss else "glossed") else 0.0 for kind in KINDS], dtype=np.float32
    )
