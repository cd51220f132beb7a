"""What the other runs of a page say of the kind of each, as named features."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.fragments.evidence import ALONE
from pipeline.fragments.place import Place
from pipeline.fragments.place_words import Features

_MOST_HANGING = 8
_MOST_LEAKS = 4
_MOST_HERE = 3
_PARTS = 4
"""Shares are told in so many parts."""


class Company:
    """The runs of a page, counted once, so that each can be seen beside all others."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._texts = Counter(place.text for place in places)
        self._hanging_texts = Counter(place.text for place in places if place.is_glued)
        self._hanging = sum(place.is_glued for place in places)
        self._bare = sum(map(_is_bare, places))
        self._leaning = Counter(_leaning(place) for place in places if _is_bare(place))
        self._terms = Counter(place.ordinal for place in places if _leaning(place) == "term")
        self._number = len(places)

    def features(self, place: Place) -> Features:
        """Return what the runs other than `place`, one of the page's, say of it."""
        hanging = self._hanging - place.is_glued
        others = self._number - 1
        found = Features((
            f"hanging on the page: {min(hanging, _MOST_HANGING)}",
            f"share hanging on the page: {_PARTS * hanging // others if others else 'none'}",
        ))  # fmt: skip
        again = self._texts[place.text] - 1
        if again:
            hangs = self._hanging_texts[place.text] > place.is_glued
            found[f"again: {min(again, 2)}{', hanging' if hangs else ''}"] = 1
        found["nothing hangs"] = int(not hanging)
        found["terms in the paragraph"] = min(_MOST_HERE, self._terms[place.ordinal] - (_leaning(place) == "term"))
        return found + self._beside_bare(place)

    def _beside_bare(self, place: Place) -> Features:
        """Return what the other runs without a gloss that stand by themselves lean to."""
        own = _is_bare(place)
        number = self._bare - own
        leanings = self._leaning - Counter({_leaning(place): int(own)})
        found = Features({"spaced leaks": min(_MOST_LEAKS, leanings["residue"])})
        if number:
            found.update(
                {
                    f"share of bare runs: {kind}": _PARTS * leanings[kind] // number
                    for kind in ("residue", "name", "term")
                }
            )
        return found


def _is_bare(place: Place) -> bool:
    return place.is_bare and place.gloss is None


def _leaning(place: Place) -> str:
    """Return the kind that what stands around a run speaks for more than for the two others, empty if none."""
    weights = defaultdict[str, float](float)
    for clue in place.clues:
        if clue.rule != ALONE:
            weights[clue.kind] += clue.weight
    residue, name, term = weights["residue"], weights["name"], weights["term"]
    if residue > name + term:
        return "residue"
    if name > residue + term:
        return "name"
    return "term" if term > residue + name else ""
