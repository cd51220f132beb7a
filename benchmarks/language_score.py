"""How answers agree with what texts are in: shares of right, wrong and undecided, and what scores are worth."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from benchmarks.language_items import Item, letters
from benchmarks.language_systems import Answer
from benchmarks.language_tags import EIGHTEEN, SIX, meanings

RIGHT, WRONG, UNDECIDED = "right", "wrong", "undecided"

BANDS = (0.5, 0.7, 0.9, 1.0)
"""Borders of the bands of scores; a score belongs to the band that it opens, 1 to the last."""

_SHORT = 12
_BINS = 10

Judged = tuple[Item, Answer]


def verdict(item: Item, tag: str) -> str:
    """Return whether `tag` is right for `item`, wrong, or no decision where one was due."""
    found = meanings(tag)
    if not item.languages:
        return WRONG if found else RIGHT
    if not found:
        return UNDECIDED
    return RIGHT if found & item.languages else WRONG


def described(items: Sequence[Item]) -> dict[str, Any]:
    """Return how many `items` there are, in how many languages, and how many have fewer than twelve letters."""
    return {
        "items": len(items),
        "languages": len({item.languages for item in items if item.languages}),
        "sources": len({item.source for item in items}),
        "under_12_letters": _share(sum(letters(item.text) < _SHORT for item in items), len(items)),
    }


def accuracy(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the shares of right, wrong and undecided answers, of all texts and of those in one of the six.

    `as_six` and `as_eighteen` are the shares of the texts in none of them that were said to be in one of them.
    """
    own = [(item, answer) for item, answer in judged if item.languages & set(SIX)]
    return {
        **_shares(judged),
        "six": _shares(own),
        "as_six": taken_for(judged, SIX),
        "as_eighteen": taken_for(judged, EIGHTEEN),
    }


def taken_for(judged: Iterable[Judged], languages: Sequence[str]) -> dict[str, Any]:
    """Return how many texts in none of `languages` there are, and how many were said to be in one of them."""
    chosen = set(languages)
    outside = [answer for item, answer in judged if not item.languages & chosen]
    taken = sum(bool(meanings(tag) & chosen) for tag, _ in outside)
    return {"items": len(outside), "taken": taken, "share": _share(taken, len(outside))}


def _shares(judged: Sequence[Judged]) -> dict[str, Any]:
    counts = Counter(verdict(item, tag) for item, (tag, _) in judged)
    shares = {name: _share(counts[name], len(judged)) for name in (RIGHT, WRONG, UNDECIDED)}
    return {"items": len(judged), **shares}


def confusions(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Return which language was taken for which, most frequent first."""
    counts = Counter(
        ("|".join(sorted(item.languages)) or "-", tag) for item, (tag, _) in judged if verdict(item, tag) == WRONG
    )
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [{"language": language, "tag": tag, "items": number} for (language, tag), number in ranked]


def sources_taken_for_six(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Return the sources whose texts were said to be in one of the six and are in none, most frequent first."""
    by_source: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item, (tag, _) in judged:
        if not item.languages & set(SIX):
            by_source[item.source, item.group].append(tag)
    rows = [
        {"source": source, "group": group, "items": len(tags), "taken": len(taken), "tags": sorted(set(taken))}
        for (source, group), tags in by_source.items()
        if (taken := [tag for tag in tags if meanings(tag) & set(SIX)])
    ]
    return sorted(rows, key=lambda row: (-row["taken"], row["source"]))


@dataclass(frozen=True, slots=True)
class _Tag:
    score: float
    is_right: bool


def calibration(judged: Iterable[Judged]) -> dict[str, Any]:
    """Return what the scores of the tags given are worth: the share of right ones by band of scores.

    The expected calibration error is the mean distance of score and share in ten bins of equal width, by their size.
    """
    tags = [_Tag(score, verdict(item, tag) == RIGHT) for item, (tag, score) in judged if meanings(tag)]
    return {
        "tags": len(tags),
        "bands": [_band(tags, low, high) for low, high in pairwise(BANDS)],
        "expected_error": _expected_error(tags),
    }


def _band(tags: Sequence[_Tag], low: float, high: float) -> dict[str, Any]:
    inside = [tag for tag in tags if low <= tag.score < high or tag.score == high == BANDS[-1]]
    return {
        "from": low,
        "to": high,
        "tags": len(inside),
        "right": _share(sum(tag.is_right for tag in inside), len(inside)),
        "mean_score": _mean(inside, lambda tag: tag.score),
    }


def _expected_error(tags: Sequence[_Tag]) -> float | None:
    bins: dict[int, list[_Tag]] = defaultdict(list)
    for tag in tags:
        bins[min(int(tag.score * _BINS), _BINS - 1)].append(tag)
    away = sum(abs(sum(tag.score - tag.is_right for tag in inside)) for inside in bins.values())
    return _share(away, len(tags))


def _mean(tags: Sequence[_Tag], what: Callable[[_Tag], float]) -> float | None:
    return _share(sum(map(what, tags)), len(tags))


def _share(part: float, whole: int) -> float | None:
    """Return `part` of `whole` with four digits, None of nothing."""
    return round(part / whole, 4) if whole else None


def grouped(judged: Iterable[Judged]) -> Mapping[str, Sequence[Judged]]:
    """Return `judged` by the set of the items, in order of appearance."""
    groups: dict[str, list[Judged]] = {}
    for item, answer in judged:
        groups.setdefault(item.set, []).append((item, answer))
    return groups
