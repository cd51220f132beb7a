"""What the other words of a page, read once, say of a run's kind, as named features: one leak is not alone."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import exp

from pipeline.fragments.place import Place
from pipeline.fragments.place_words import Features

Shares = Mapping[str, float]
"""How likely each kind is that a run can be; they sum to 1."""

_GROUPS = {"residue": "left over", "glossed": "left over", "name": "names", "term": "terms"}
"""What the kinds are counted as: a translator leaves words over with their translation beside them or without."""
_PARTS = 4
"""Shares are told in so many parts."""
_UNIT = 1000
"""Shares are summed as whole numbers: fractions would add up to another sum in another order."""
_MOST_WORDS = 6


def likely_kinds(place: Place, odds: Mapping[str, float], trust: float) -> Shares:
    """Return how likely the kinds of a run are by a model's log `odds`, and by the rules' clues over `trust`."""
    weights = defaultdict[str, float](float)
    for clue in place.clues:
        weights["glossed" if clue.kind == "residue" and place.gloss is not None else clue.kind] += clue.weight
    total = {kind: value + weights[kind] / trust for kind, value in odds.items()}
    most = max(total.values())
    parts = {kind: exp(value - most) for kind, value in total.items()}
    whole = sum(parts.values())
    return {kind: part / whole for kind, part in parts.items()}


def page_features(places: Sequence[Place], likely: Sequence[Shares]) -> Iterator[Features]:
    """Yield for each of `places`, the runs of a page, what kinds its other words are `likely` to be; if it has none,
    nothing. The same word in another place is no other one.
    """
    told = [_counted(place, shares) for place, shares in zip(places, likely, strict=True)]
    page = Counter[str]()
    words = defaultdict[str, Counter[str]](Counter)
    for place, one in zip(places, told, strict=True):
        page.update(one)
        words[place.text].update(one)
    for place in places:
        own = words[place.text]
        others = Counter({name: much - own[name] for name, much in page.items()})
        found = Features(dict(_features(others)))
        how = "bare" if _is_bare(place) else "hanging" if place.gloss is None else "glossed"
        yield found + Features({f"{how}, {name}": much for name, much in found.items()})


def _counted(place: Place, shares: Shares) -> Counter[str]:
    """Return one word, counted, and how much of it is of each group: among all words, if bare also among such."""
    counted = Counter[str]()
    for where in ("other words", "bare words") if _is_bare(place) else ("other words",):
        counted[where] = 1
        for kind, share in shares.items():
            counted[f"{where} {_GROUPS[kind]}"] += round(_UNIT * share)
    return counted


def _features(others: Counter[str]) -> Iterator[tuple[str, int]]:
    """Yield how many `others` there are, and what share of them is left over, or names, or spoken of, in parts."""
    if others["other words"]:
        yield f"other words: {min(others['other words'], _MOST_WORDS)}", 1
    for where in ("other words", "bare words"):
        for group in dict.fromkeys(_GROUPS.values()) if others[where] else ():
            name = f"{where} {group}"
            yield name, round(_PARTS * others[name] / (_UNIT * others[where]))


def _is_bare(place: Place) -> bool:
    return place.is_bare and place.gloss is None
