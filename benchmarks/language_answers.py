"""What every detector says of all texts, and what it takes to start it; each in a process of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.language_items import PAIRS, SEEDS, SENTENCES, WORDS, Item
from benchmarks.language_plan import EFFORTS
from benchmarks.language_process import Start, Worker
from benchmarks.language_score import (
    Judged,
    accuracy,
    calibration,
    confusions,
    grouped,
    sources_taken_for_six,
    taken_for,
)
from benchmarks.language_systems import ALL, LINGUA, OURS, Answer, System, peers
from benchmarks.language_tags import EIGHTEEN, SIX
from benchmarks.language_udhr import BEYOND, GROUPS, MAIN, OTHERS

START_ROUNDS = 3

_INSIDE = (SENTENCES, PAIRS, WORDS, MAIN, OTHERS, SEEDS)

LINGUAS = (
    System("lingua, 6 languages", LINGUA, SIX),
    System("lingua, 18 languages", LINGUA, EIGHTEEN),
    System("lingua, 75 languages", LINGUA, ALL),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What one detector said of every text, how long each set took it, and what its process held in the end."""

    system: System
    judged: Sequence[Judged]
    seconds: Mapping[str, float]
    memory: Mapping[str, float]


def systems(told: Sequence[str]) -> tuple[System, ...]:
    """Return everything that is compared: ours told the product's six languages and then `told`, lingua, the peers."""
    ours = tuple(System(f"ours, {effort}, told 6", OURS, SIX, effort) for effort in EFFORTS)
    wider = tuple(System(f"ours, {effort}, told all {len(told)}", OURS, tuple(told), effort) for effort in EFFORTS)
    return (*ours, *wider, *LINGUAS, *peers())


def ask(system: System, items: Sequence[Item]) -> Answers:
    """Put all `items` to `system`, set by set, in a fresh process."""
    sets: dict[str, list[Item]] = {}
    for item in items:
        sets.setdefault(item.set, []).append(item)
    judged: list[Judged] = []
    seconds: dict[str, float] = {}
    with Worker(system) as worker:
        for name, own in sets.items():
            answers, seconds[name] = worker.tag([item.text for item in own])
            judged += zip(own, answers, strict=True)
        return Answers(system, judged, seconds, worker.memory())


def starts(chosen: Sequence[System], rounds: int = START_ROUNDS) -> Mapping[str, Mapping[str, Any]]:
    """Return the median time to the first tag of each system, in turns, after a round that fills the file cache."""
    turns: list[dict[str, Start]] = []
    for _ in range(rounds + 1):
        turn = {}
        for system in chosen:
            with Worker(system) as worker:
                turn[system.name] = worker.start
        turns.append(turn)
    return {system.name: _middle([turn[system.name] for turn in turns[1:]]) for system in chosen}


def _middle(found: Sequence[Start]) -> dict[str, Any]:
    return {
        "wall_seconds": round(median(start.wall for start in found), 3),
        "processor_seconds": round(median(start.processor for start in found), 3),
        "memory": dict(found[-1].memory),
    }


def figures(answers: Answers) -> dict[str, Any]:
    """Return what the answers of one detector come to, ready for JSON."""
    sets = grouped(answers.judged)
    return {
        "release": answers.system.release,
        "sets": {
            name: accuracy(judged) | {"microseconds": _each(answers.seconds[name], len(judged))}
            for name, judged in sets.items()
        },
        "beyond": _by_group(sets.get(BEYOND, ())),
        "memory": dict(answers.memory),
    }


def details(answers: Answers) -> dict[str, Any]:
    """Return what only ours is asked: how good its scores are, and everything it mistook."""
    sets = grouped(answers.judged)
    inside = [one for name, judged in sets.items() if name != BEYOND for one in judged if one[0].languages]
    return {
        "calibration": {
            "all but beyond lingua": calibration(inside),
            "all": calibration([one for one in answers.judged if one[0].languages]),
        },
        "confusions": {name: confusions(judged) for name, judged in sets.items() if name in _INSIDE},
        "tagged": _tagged(answers.judged),
        "taken_for_six": sources_taken_for_six(sets.get(BEYOND, ())),
    }


def _each(seconds: float, number: int) -> float:
    return round(seconds / number * 1e6, 1)


def _by_group(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return how many texts in languages beyond lingua were said to be in one of the six, by nearness to them."""
    groups = {group: [one for one in judged if one[0].group == group] for group in GROUPS}
    return {group: taken_for(own, SIX) for group, own in groups.items()}


def _tagged(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """Return the texts in no language that got one; they are our own or the seeds', so they can be shown."""
    found: list[tuple[Item, Answer]] = [one for one in judged if not one[0].languages and one[0].set != BEYOND]
    return [
        {"set": item.set, "kind": item.source, "text": item.text, "tag": tag}
        for item, (tag, _) in found
        if tag not in ("und", "zxx")
    ]
