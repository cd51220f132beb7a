"""How the regressions are found that tell the kind of a run, at the first reading of its page and at the second."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from zlib import crc32

import numpy as np

from benchmarks.kind_examples import Example
from benchmarks.regression import Array, Descent, fit
from pipeline.fragments.kind_model import CONSTANT, KINDS, KindModel, Readings, read_once
from pipeline.fragments.page_kinds import page_features
from pipeline.fragments.place_words import Features

LEAST = 5
"""Runs in which a feature must stand; with rarer ones the model is twice as large and no better."""
CAUTION = 0.5
"""Log odds taken off the residues: a name called residue may be changed, a residue called name stays as it was."""
FOLDS = 4
"""Parts of the pages; each is read once by a model that has learnt from the others, as a new page is."""
DESCENT = Descent(penalty=2.0, steps=500, rate=0.03)
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


def learn_readings(examples: Sequence[Example]) -> Readings:
    """Return the models of both readings, learnt from `examples`."""
    # A case is read with a dictionary and without one: the same text under two names.
    parts = [crc32(f"{one.source}/{one.page.partition('/')[0]}".encode()) % FOLDS for one in examples]
    told: list[Example] = []
    for part in range(FOLDS):
        first = learn(one for one, own in zip(examples, parts, strict=True) if own != part)
        told += read_pages((one for one, own in zip(examples, parts, strict=True) if own == part), first)
    return Readings(learn(examples), learn(told))


def read_pages(paged: Iterable[Example], model: KindModel) -> Iterator[Example]:
    """Yield the runs of pages, those of one in a row, with what `model` says at first reading of the others there."""
    for _, runs in groupby(paged, key=lambda one: (one.source, one.page)):
        page = list(runs)
        places = [one.place for one in page]
        around = page_features(places, read_once(model, places, [one.features for one in page]))
        yield from (replace(one, features=one.features + others) for one, others in zip(page, around, strict=True))


def stored(models: Readings) -> bytes:
    """Return `models` as `pipeline.fragments.kind_model.read_kinds` reads them."""
    arrays = {}
    for reading, model in models._asdict().items():
        arrays[f"{reading}_names"] = np.array(sorted(model.rows, key=lambda name: model.rows[name]))
        arrays[f"{reading}_weights"] = model.weights.astype(np.float16)
    data = BytesIO()
    np.savez_compressed(data, allow_pickle=False, **arrays)
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
