"""What all runs of a page, read once, say of the kind of each, as named features: who leaves one word leaves more."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import exp

from pipeline.fragments.place import Place
from pipeline.fragments.place_words import Features

Shares = Mapping[str, float]
"""How likely each kind is that a run can be; they sum to 1."""

_LEAKS = ("residue", "glossed")
"""Kinds of what a translator left over, with its translation beside it or without."""
_PARTS = 4
"""Shares are told in so many parts."""
_MOST_RUNS = 6


def likely_kinds(place: Place, odds: Mapping[str, float], trust: float) -> Shares:
    """Return how likely the kinds of a run are by a model's log `odds`, and by the rules' clues over `trust`."""
    weights = defaultdict[str, float](float)
    for clue in place.clues:
        weights["glossed" if clue.kind == "residue" and place.gloss is not None else clue.kind] += clue.weight
    total = {kind: value + weights[kind] / trust for kind, value in odds.items()}
    most = max(total.values())
    parts = {kind: exp(value - most) for kind, value in total.items()}
    return {kind: part / sum(parts.values()) for kind, part in parts.items()}


def page_features(places: Sequence[Place], likely: Sequence[Shares]) -> Iterator[Features]:
    """Yield for each of `places`, the runs of a page, what kinds its other words are `likely` to be; if it has none,
    nothing. The same word in another place is no other one.
    """
    bare = [_is_bare(place) for place in places]
    for own, is_bare in zip(places, bare, strict=True):
        others = [i for i, place in enumerate(places) if place.text != own.text]
        found = Features({f"other words: {min(len(others), _MOST_RUNS)}": 1} if others else {})
        for name, some in (("other words", others), ("bare words", [i for i in others if bare[i]])):
            found.update(dict(_mean(name, [likely[i] for i in some])))
        how = "bare" if is_bare else "hanging" if own.gloss is None else "glossed"
        yield found + Features({f"{how}, {name}": much for name, much in found.items()})


def _mean(name: str, likely: Sequence[Shares]) -> Iterator[tuple[str, int]]:
    """Yield what share of words is left over, or names, or spoken of, in parts."""
    groups = {"left over": _LEAKS, "names": ("name",), "terms": ("term",)}
    for group, kinds in groups.items() if likely else ():
        share = sum(one.get(kind, 0.0) for one in likely for kind in kinds) / len(likely)
        yield f"{name} {group}", round(_PARTS * share)


def _is_bare(place: Place) -> bool:
    return place.is_bare and place.gloss is None
