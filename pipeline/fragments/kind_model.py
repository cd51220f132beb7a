"""The shipped model of kinds: what thousands of judged runs say of one that looks like them.

The rules know cues that leave no doubt; this adds up the many weak signs beside them. Its say is a clue for each kind,
in the table's units, and is weighed with all others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from pipeline.fragments.evidence import Clue
from pipeline.fragments.kind_features import kind_features
from pipeline.fragments.page_evidence import Lookup
from pipeline.fragments.place import Place
from pipeline.fragments.place_company import leaning
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


@cache
def shipped_kinds() -> KindModel:
    """Return the model of this package; raises FileNotFoundError if it is missing."""
    return read_kinds(files("pipeline").joinpath("models", "kinds.npz").read_bytes())


def read_kinds(data: bytes) -> KindModel:
    """Return the model that `data`, an archive of arrays as `benchmarks.train_kinds` writes it, holds."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        names, weights = stored["names"].tolist(), stored["weights"].astype(np.float64)
    return KindModel({name: row for row, name in enumerate(names)}, weights)


def with_model(places: Sequence[Place], dictionary: Lookup, model: KindModel | None = None) -> Iterator[Place]:
    """Yield the runs of a page, each with what the model (the shipped one unless another is given) says of it.

    It has learnt from pages that leak. Where the rules see no leak at all, it may tell names from terms and no more.
    """
    model = model or shipped_kinds()
    leaks = any(leaning(place) == "residue" for place in places)
    words = dictionary() if any(place.run.script == "Hani" for place in places) else None
    for place, found in zip(places, kind_features(places, words), strict=True):
        odds = model.log_odds(found, has_gloss=place.gloss is not None)
        if not leaks:
            odds.pop("residue", None)
        yield replace(place, clues=(*place.clues, *clues_of(odds)))


def clues_of(odds: Mapping[str, float]) -> Iterator[Clue]:
    """Yield what `odds`, the log odds of each kind, come to beside the rules: nothing for the least likely."""
    least = min(odds.values())
    for kind, value in odds.items():
        if weight := round(TRUST * (value - least), _DECIMALS):
            yield Clue(RULE, kind, weight)
