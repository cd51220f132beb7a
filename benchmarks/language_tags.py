"""What the answers of detectors mean: every one has tags of its own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lingua import Language

SIX = ("en", "zh", "it", "pt", "es", "fr")
"""Those that the product expects where nobody says otherwise."""

EIGHTEEN = (*SIX, "de", "nl", "pl", "ru", "tr", "ar", "hi", "id", "ja", "ko", "vi", "sv")
"""Those that ../shared/research measured."""


@dataclass(frozen=True, slots=True)
class _Known:
    undecided: frozenset[str]
    means: Mapping[str, frozenset[str]]


@lru_cache(maxsize=4096)
def meanings(tag: str) -> frozenset[str]:
    """Return the languages that an answer `tag` is right for, as lingua calls them; none if it decides nothing.

    >>> sorted(meanings("zh-Hant")), sorted(meanings("ita")), sorted(meanings("no")), sorted(meanings("und"))
    (['zh'], ['it'], ['nb', 'nn'], [])
    """
    known = _known()
    primary = tag.lower().replace("_", "-").partition("-")[0]
    if primary in known.undecided:
        return frozenset()
    return known.means.get(primary, frozenset({primary}))


@cache
def linguas() -> frozenset[str]:
    """Return the languages that lingua knows."""
    return frozenset(language.iso_code_639_1.name.lower() for language in Language.all())


@cache
def _known() -> _Known:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    threes = {
        language.iso_code_639_3.name.lower(): frozenset({language.iso_code_639_1.name.lower()})
        for language in Language.all()
    }
    means = {answer: frozenset(languages) for answer, languages in table["means"].items()}
    return _Known(frozenset(table["undecided"]), threes | means)
