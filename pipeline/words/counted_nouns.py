"""Which English nouns name what can be counted, so that their singular takes an article: an inspection, but traffic."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.rules import Rule, load_rules
from pipeline.words.english import is_verb

_DOERS = ("er", "or")
_ACTIONS = regex.compile(r"(?:[^aeiou]ment|[ts]ion|ance|ence|(?:ver|ster|quir)y|[^aeiou]al|ure)$")
"""Endings of words for what somebody does, which need no article: signs of recovery."""
_EVENTS = "counted_nouns/events"

Countable = Callable[[str, str], bool | None]
"""Whether a noun, given with its plural, names what can be counted; None where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRule(Rule):
    """Nouns whose singular needs an article: see rules/counted_nouns.toml."""

    words: tuple[str, ...]


def unknown(noun: str, plural: str) -> bool | None:
    """Return what can be told of any noun: it is not counted where it has no plural of its own."""
    return False if noun == plural else None


def is_counted(noun: str, plural: str | None, countable: Countable, *, in_phrase: bool) -> bool | None:
    """Return whether a lower-case noun is counted, by the lists, by `countable`, by its ending; None if nobody knows.

    Who does something is counted where the noun is the last of a phrase: a liquidity holder.
    """
    if noun in _listed():
        return True
    counted = countable(noun, plural) if plural else False
    if counted is None and _ACTIONS.search(noun):
        return False
    return True if counted is None and in_phrase and noun.endswith(_DOERS) and _is_doer(noun) else counted


def is_event(noun: str) -> bool:
    """Return whether a lower-case noun names what happens once: one of it is likelier than several."""
    return noun in _listed(_EVENTS)


@cache
def _listed(row: str = "") -> frozenset[str]:
    """Return the nouns of a row of the table, of all rows if none is given."""
    rules = load_rules("counted_nouns", CountedRule)
    return frozenset(word for rule in rules if row in ("", rule.id) for word in rule.words)


def _is_doer(noun: str) -> bool:
    """Return whether a noun names who or what does something, as a holder holds: that can be counted."""
    stem = noun[:-2]
    return is_verb(stem) or is_verb(f"{stem}e") or (stem[-2:-1] == stem[-1:] and is_verb(stem[:-1]))
