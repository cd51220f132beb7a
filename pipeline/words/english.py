"""Forms of English words: which parts of speech a word can be, its inflections, words derived from it.

What the optional lemminflect does not know, or does not say because it is not installed, is answered with
nothing: no form is ever made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Literal

from pipeline.rules import EditRule, load_rules
from pipeline.words.word_tables import lemminflect

Form = Literal["NNS", "VBG", "VBN", "VBD", "VBZ"]
"""Penn tags: plural; gerund, participle, past and third person of a verb."""

_REMEMBERED = 8192
"""Words; glosses of a corpus bring new ones without end."""

_PARTS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivationRule(EditRule):
    """A suffix of a word of part `old_part` that, replaced by `new`, makes a word of part `new_part`."""

    old_part: str
    new_part: str


@cache
def is_installed() -> bool:
    """Return whether word forms can be told at all: lemminflect comes with the extra `dict`."""
    return find_spec("lemminflect") is not None


@lru_cache(_REMEMBERED)
def parts(word: str) -> frozenset[str]:
    """Return the parts of speech that a lower-case word can be; empty where nobody knows.

    An inflected form counts as its verb, and as what it is used as: `related` is an adjective too.
    """
    if not is_installed():
        return frozenset()
    return frozenset(_PARTS[tag] for tag in lemminflect().getAllLemmas(word) if tag in _PARTS)


@lru_cache(_REMEMBERED)
def is_verb(word: str) -> bool:
    """Return whether a lower-case word is a verb in its base form; False where nobody knows."""
    if not is_installed():
        return False
    return "verb" in parts(word) and word in lemminflect().getLemma(word, "VERB", lemmatize_oov=False)[:1]


@lru_cache(_REMEMBERED)
def is_plural(word: str) -> bool:
    """Return whether a lower-case noun stands in the plural; False where nobody knows."""
    if not is_installed():
        return False
    return word not in lemminflect().getLemma(word, "NOUN", lemmatize_oov=False)[:1] and "noun" in parts(word)


@lru_cache(_REMEMBERED)
def singular(word: str) -> str | None:
    """Return the singular of a lower-case noun in the plural; None where nobody knows."""
    if not is_plural(word):
        return None
    return next(iter(lemminflect().getLemma(word, "NOUN", lemmatize_oov=False)), None)


@lru_cache(_REMEMBERED)
def inflect(word: str, form: Form) -> str | None:
    """Return the form of a base word; None where the word has none or is not known."""
    if not is_installed():
        return None
    found = lemminflect().getInflection(word, form, inflect_oov=False)
    return found[0] if found else None


@lru_cache(_REMEMBERED)
def derived(word: str, part: str, new_part: str) -> tuple[str, ...]:
    """Return the words of `new_part` that English derives from `word`, as far as they exist, shortest first.

    >>> derived("xyzzy", "adjective", "noun")
    ()
    """
    return tuple(sorted(set(_derived(word, part, new_part)), key=lambda found: (len(found), found)))


def _derived(word: str, part: str, new_part: str) -> Iterator[str]:
    for rule in load_rules("derivations", DerivationRule):
        if rule.old_part == part and rule.new_part == new_part and rule.pattern.search(word):
            # Once: `e?$` matches the letter, and then the nothing after it.
            made = rule.pattern.sub(rule.new, word, count=1)
            if new_part in parts(made):
                yield made
