"""Texts whose language is known: lingua's test data, the strings that are in none, and the lines of the seeds."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.language_tags import meanings
from benchmarks.record import ROOT
from pipeline.evaluation.gold import load_gold

SENTENCES, PAIRS, WORDS = "lingua's sentences", "lingua's word pairs", "lingua's single words"
SEEDS, WORDLESS, NOISE = "lines of the seeds", "lines of the seeds in no language", "noise"

_FOLDERS = {SENTENCES: "sentences", PAIRS: "word-pairs", WORDS: "single-words"}
_GOLD, _SOURCES = ROOT / "tests" / "gold", ROOT / "seeds"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """A text, and what it is in."""

    set: str
    text: str
    languages: frozenset[str]
    """Every language that is right, as lingua calls it; none where any would be wrong."""
    source: str = ""
    """Where in its set it is from: a language, a kind of noise."""
    group: str = ""
    """For languages that lingua does not know: how near they are to some that it knows."""


def letters(text: str) -> int:
    """Return how many letters `text` has."""
    return sum(map(str.isalpha, text))


def evenly(items: Sequence[T], number: int) -> Sequence[T]:
    """Return `number` of `items` at even distances, in order, or all of them.

    >>> evenly("abcdefgh", 4)
    ['a', 'c', 'e', 'g']
    """
    if number >= len(items):
        return items
    return [items[at * len(items) // number] for at in range(number)]


def lingua_items(folder: Path) -> Sequence[Item]:
    """Return the lines of lingua's test data: `sentences/`, `word-pairs/`, `single-words/`, each with `XX.txt`.

    Raises ValueError where there is none.
    """
    found = [
        Item(set, line.strip(), meanings(path.stem), path.stem)
        for set, name in _FOLDERS.items()
        for path in sorted((folder / name).glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    if not found:
        raise ValueError(f"no test data of lingua's in {folder}: no {', '.join(_FOLDERS.values())} with XX.txt")
    return found


def languages_of(items: Iterable[Item]) -> tuple[str, ...]:
    """Return the languages that `items` are in, sorted."""
    return tuple(sorted({language for item in items for language in item.languages}))


def noise_items() -> Sequence[Item]:
    """Return strings that are in no language, by kind."""
    table = tomllib.loads((Path(__file__).parent / "language_noise.toml").read_text(encoding="utf-8"))
    return [Item(NOISE, text, frozenset(), kind) for kind, texts in table.items() for text in texts]


def seed_items() -> Sequence[Item]:
    """Return the annotated lines of the seeds in order; those said to be in no language, names above all, are a set."""
    return list(_blocks())


def _blocks() -> Iterator[Item]:
    for gold in load_gold(_GOLD, _SOURCES):
        for block in gold.blocks:
            text = gold.raw[block.start : block.end].strip()
            if text:
                languages = frozenset(one for tag in block.languages for one in meanings(tag))
                yield Item(SEEDS if languages else WORDLESS, text, languages, gold.name)
