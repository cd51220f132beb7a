"""Whether a word is English: one of the shipped ones, a form of one, or built of them as English builds words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.rules import Rule, load_rules
from pipeline.words.word_vectors import shipped_vocabulary

_LEAST_STEM = 4
"""Letters of a known word that a prefix stands before."""
_LEAST_VERB = 3
"""Letters of a known word that a particle stands after, or that an action's name begins with."""
_LEAST_ACTION = 6
"""Letters of a known word in -ing that ends a compound: funding, which an ending such as -ring is none of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormationRule(Rule):
    """Parts that words are built with, by `place`: `before` a known word or `after` one."""

    place: str
    parts: tuple[str, ...]


def is_known_word(word: str) -> bool:
    """Return whether a lower-case word is English.

    Compounds of two nouns are not asked for: brands are made like that.

    >>> [word for word in ("levees", "metadata", "buyout", "crowdfunding", "facebook", "github") if is_known_word(word)]
    ['levees', 'metadata', 'buyout', 'crowdfunding']
    """
    return _is_listed(word) or _is_built(word)


def is_compound(word: str) -> bool:
    """Return whether a lower-case word is made of two English ones, as names of brands are too.

    >>> [word for word in ("feedstock", "shareholder", "xyzzy") if is_compound(word)]
    ['feedstock', 'shareholder']
    """
    known, cuts = shipped_vocabulary(), range(_LEAST_STEM, len(word) - _LEAST_STEM + 1)
    return any(word[:cut] in known and _is_listed(word[cut:]) for cut in cuts)


def bases(word: str) -> Iterator[str]:
    """Yield what `word` may be a form of, in the regular way.

    >>> [base for base in bases("planned") if base in ("plan", "planne")]
    ['planne', 'plan']
    """
    yield word
    for ending, others in (("ies", ("y",)), ("es", ("",)), ("s", ("",)), ("ing", ("", "e")), ("ed", ("", "e"))):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        yield from (stem + other for other in others)
        if ending in ("ing", "ed") and stem[-1] == stem[-2]:
            yield stem[:-1]


def _is_listed(word: str) -> bool:
    return any(base in shipped_vocabulary() for base in bases(word))


def _is_built(word: str) -> bool:
    if any(len(word) - len(part) >= _LEAST_STEM and _is_listed(word[len(part) :]) for part in _before(word)):
        return True
    stems = (form.removesuffix(part) for form in (word, word.removesuffix("s")) for part in _ending(form))
    if any(len(stem) >= _LEAST_VERB and stem in shipped_vocabulary() for stem in stems):
        return True
    cuts = range(_LEAST_VERB, len(word) - _LEAST_ACTION + 1) if word.endswith("ing") else ()
    return any(word[:cut] in shipped_vocabulary() and _is_listed(word[cut:]) for cut in cuts)


def _before(word: str) -> Iterator[str]:
    return (part for part in _parts("before") if word.startswith(part))


def _ending(form: str) -> Iterator[str]:
    return (part for part in _parts("after") if form.endswith(part))


@cache
def _parts(place: str) -> tuple[str, ...]:
    rules = load_rules("word_formation", FormationRule)
    return tuple(part for rule in rules if rule.place == place for part in rule.parts)
