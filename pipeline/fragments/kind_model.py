"""The shipped model of kinds: what thousands of judged runs say of one that looks like them.

The rules know cues that leave no doubt; this adds up the many weak signs beside them. It reads a page twice: what the
first reading says of all its runs, the second is told of each. Its say is a clue for each kind, in the table's units,
and is weighed with all others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.fragments.evidence import Clue
from pipeline.fragments.kind_features import kind_features
from pipeline.fragments.page_evidence import Lookup
from pipeline.fragments.page_kinds import Shares, likely_kinds, page_features
from pipeline.fragments.place import Place
from pipeline.fragments.place_words import Features

KINDS = ("residue", "glossed", "name", "term")
RULE = "model/kinds"
CONSTANT = ""
"""The name of the feature that every run has."""
TRUST = 2.0
"""Weight of a unit of log odds beside the weights of rules; see the model's card."""
_DECIMALS = 1
"""Of a weight; machines agree on far more."""


@dataclass(frozen=True, slots=True)
class KindModel:
    """A multinomial regression: `weights` has a row for each name and a column for each of KINDS."""

    rows: Mapping[str, int]
    weights: NDArray[np.float64]

    def log_odds(self, found: Features, *, has_gloss: bool) -> dict[str, float]:
        """Return how likely each kind that can be is, in log odds up to a constant: none but runs with a gloss
        are glossed, and those are not left over.
        """
        known = sorted((self.rows[name], much) for name, much in found.items() if name in self.rows)
        scores = self.weights[self.rows[CONSTANT]].copy()
        for row, much in known:
            scores += much * self.weights[row]
        barred = "residue" if has_gloss else "glossed"
        return {kind: float(score) for kind, score in zip(KINDS, scores, strict=True) if kind != barred}


class Readings(NamedTuple):
    """The models of the two readings of a page; the second has the features of the first, and what that says."""

    first: KindModel
    second: KindModel


@cache
def shipped_kinds() -> Readings:
    """Return the models of this package; raises FileNotFoundError if they are missing."""
    return read_kinds(files("pipeline").joinpath("models", "kinds.npz").read_bytes())


def read_kinds(data: bytes) -> Readings:
    """Return the models that `data`, an archive of arrays as `benchmarks.train_kinds` writes it, holds."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return Readings(*(_read(stored, reading) for reading in Readings._fields))


def _read(stored: Mapping[str, NDArray[Any]], reading: str) -> KindModel:
    names, weights = stored[f"{reading}_names"].tolist(), stored[f"{reading}_weights"].astype(np.float64)
    return KindModel({name: row for row, name in enumerate(names)}, weights)


def with_model(places: Sequence[Place], dictionary: Lookup, models: Readings | None = None) -> Iterator[Place]:
    """Yield the runs of a page, each with what the models (the shipped ones unless others are given) say of it."""
    first, second = models or shipped_kinds()
    words = dictionary() if any(place.run.script == "Hani" for place in places) else None
    found = list(kind_features(places, words))
    around = page_features(places, read_once(first, places, found))
    for place, own, others in zip(places, found, around, strict=True):
        odds = second.log_odds(own + others, has_gloss=place.gloss is not None)
        yield replace(place, clues=(*place.clues, *clues_of(odds)))


def read_once(model: KindModel, places: Sequence[Place], found: Sequence[Features]) -> Sequence[Shares]:
    """Return how likely the kinds of each of `places`, the runs of a page, are at first reading; `found` is of them."""
    odds = (model.log_odds(own, has_gloss=place.gloss is not None) for place, own in zip(places, found, strict=True))
    return [likely_kinds(place, one, TRUST) for place, one in zip(places, odds, strict=True)]


def clues_of(odds: Mapping[str, float]) -> Iterator[Clue]:
    """Yield what `odds`, the log odds of each kind, come to beside the rules: nothing for the least likely."""
    least = min(odds.values())
    for kind, value in odds.items():
        if weight := round(TRUST * (value - least), _DECIMALS):
            yield Clue(RULE, kind, weight)
