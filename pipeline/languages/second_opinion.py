"""What eldc says of a line: sixty languages at a hundredth of lingua's cost, and whether it can be relied on.

That word of its own is worth more than its answer. On texts in languages it does not know it is next to never
sure, which no detector with few languages to choose from can say of itself.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import eldc

from pipeline.rules import Rule, load_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class KinRule(Rule):
    """Languages that only lingua knows, and that eldc takes for its own `language`, one it knows.

    `unsure` are those of the family that lingua names too easily.
    """

    language: str
    kin: tuple[str, ...]
    unsure: tuple[str, ...]


class Opinion(NamedTuple):
    """Up to three languages, likeliest first, as lingua calls them, and whether the first is reliable."""

    first: str
    """The likeliest language, empty where there is none."""
    others: tuple[str, ...]
    lead: float
    """How far its score, 0 to 1, is ahead of the next one's."""
    reliable: bool


@lru_cache(maxsize=1024)
def second_opinion(words: str) -> Opinion:
    """Return what eldc says of `words`.

    >>> second_opinion("the quick brown fox jumps over the lazy dog").first
    'en'
    """
    result = _eldc().detect_details(words)
    # Its scores come as a mapping in no stated order.
    ranked = sorted([(-score, _OURS.get(language, language)) for language, score in result.scores.items()])
    (best, first), (second, _) = (*ranked, _NONE, _NONE)[:2]
    return Opinion(first, tuple([language for _, language in ranked[1:]]), second - best, bool(result.reliable))


def is_known(language: str) -> bool:
    """Return whether eldc knows a language of lingua's."""
    return language in _known()


@cache
def kin(language: str) -> tuple[str, ...]:
    """Return the languages that eldc takes for `language` because it does not know them.

    >>> kin("nl"), kin("fr")
    (('af',), ())
    """
    return tuple(tag for rule in load_rules("language_kin", KinRule) if rule.language == language for tag in rule.kin)


@cache
def is_unsure(language: str) -> bool:
    """Return whether lingua names `language` too easily for its sister.

    >>> is_unsure("ms"), is_unsure("id")
    (True, False)
    """
    return any(language in rule.unsure for rule in load_rules("language_kin", KinRule))


_NONE = (0.0, "")
"""Score and name where eldc names no other language."""
_OURS = {"no": "nb"}
"""Norwegian is one language to eldc and two to lingua; the other is its kin."""


@cache
def _known() -> frozenset[str]:
    return frozenset(_OURS.get(language, language) for language in eldc.LANGUAGES)


@cache
def _eldc() -> Any:
    eldc.init()
    return eldc.instance()
