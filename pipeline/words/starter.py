"""The glossary that comes with the package: words that translation often leaves over, with their renderings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.document import Candidate
from pipeline.languages.chinese import to_hans
from pipeline.rules import Rule, load_rules
from pipeline.words.counted_nouns import Countable, unknown
from pipeline.words.senses import Sense, as_sense
from pipeline.words.slot import Slot
from pipeline.words.wordings import Wording, inflections

STARTER = "repair/glossary"
_SURE = 0.45
"""Right two times in three: to be suggested, not applied."""
_SURE_GENERIC = 0.75
_LESS_EACH = 0.05
"""How much less sure every further rendering is, and how much less it fits."""
MISFIT = 0.4
"""How sure a rendering can be that is the wrong part of speech for its slot."""
LEAST_FIT = 0.3

Terms = Mapping[str, tuple[str, ...]]
"""Renderings of each term, best first."""

_OTHERS = "glossary_languages"
_TABLES = (
    "glossary", "glossary_chinese", "glossary_phrases", "glossary_news", "glossary_speech", "glossary_fields",
    "glossary_letters", "glossary_english", _OTHERS,
)  # fmt: skip
_PREFIX, _SUFFIX, _GENERIC, _VERB, _THING = "prefix", "suffix", "generic", "verb", "thing"
_PARTS = (_PREFIX, _SUFFIX, _GENERIC, _VERB, _THING)
"""Topics whose terms are no whole words."""
_EVERYDAY = "everyday"
_CHINESE = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterRule(Rule):
    """A group of terms of one topic.

    Those of the topic `suffix` end a compound; an empty first rendering means that English leaves the word out. Those
    of the topic `prefix` are single letters that begin one. Those of the topic `generic` end a name whose other part
    is translated already: Wenshan區. Those of the topics `verb` and `thing` are single letters that make up a word.
    """

    topic: str
    term_language: str
    """BCP 47 primary tag; Chinese terms are in simplified letters."""

    language: str
    """Of the renderings, a BCP 47 primary tag."""

    terms: Terms
    """Verbs of more than one word begin with `to`, as do those that could be taken for something else; a whole
    statement, of three words at least, ends with a full stop."""


def load_starter() -> tuple[StarterRule, ...]:
    """Return the starter glossary."""
    return tuple(rule for table in _TABLES for rule in load_rules(table, StarterRule))


@cache
def common_words() -> frozenset[str]:
    """Return the common words of all languages but Chinese, which has a dictionary, in small letters."""
    rows = (rule for rule in load_rules(_OTHERS, StarterRule) if rule.topic == _EVERYDAY)
    return frozenset(term.casefold() for rule in rows for term in rule.terms)


@dataclass(frozen=True, slots=True)
class Starter:
    """The renderings of a starter glossary into one language, by the language of the terms."""

    words: Mapping[str, Terms]
    suffixes: Terms
    """Chinese ones alone: other languages spell compounds in other ways."""

    prefixes: Terms
    """Chinese ones alone too; one that ends in a hyphen hangs on what follows."""

    verbs: Terms
    """Single Chinese letters that take an object."""

    things: Terms
    """Single Chinese letters at the end of a word."""

    generics: Mapping[str, Terms]

    def candidates(
        self, term: str, language: str, place: Slot, countable: Countable = unknown
    ) -> tuple[Candidate, ...]:
        """Return what a whole `term` in `language` (BCP 47 primary tag) is in its slot, best first."""
        senses = [as_sense(words, i) for i, words in enumerate(_find(self.words, term, language))]
        ranked = sorted((_in_form(sense, place, countable) for sense in senses), key=lambda form: -_worth(form))
        most = _SURE if not place.fits or (ranked and ranked[0].fit >= LEAST_FIT) else MISFIT
        return tuple(Candidate(form.text, STARTER, round(most - _LESS_EACH * i, 2)) for i, form in enumerate(ranked))

    def generic(self, term: str, language: str) -> tuple[Candidate, ...]:
        """Return what `term` is after a name: District for 區."""
        words = enumerate(_find(self.generics, term, language))
        return tuple(Candidate(word, STARTER, round(_SURE_GENERIC - _LESS_EACH * i, 2)) for i, word in words)


def starter_for(language: str, rules: Iterable[StarterRule]) -> Starter:
    """Return what `rules` hold of renderings into `language` (BCP 47 primary tag)."""
    rows = [rule for rule in rules if rule.language == language]
    return Starter(
        words=_by_language(rule for rule in rows if rule.topic not in _PARTS),
        suffixes=_of_topic(rows, _SUFFIX),
        prefixes=_of_topic(rows, _PREFIX),
        verbs=_of_topic(rows, _VERB),
        things=_of_topic(rows, _THING),
        generics=_by_language(rule for rule in rows if rule.topic == _GENERIC),
    )


def _of_topic(rows: Iterable[StarterRule], topic: str) -> Terms:
    return {term: words for rule in rows if rule.topic == topic for term, words in rule.terms.items()}


def _by_language(rules: Iterable[StarterRule]) -> dict[str, Terms]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for rule in rules:
        found.setdefault(rule.term_language, {}).update(rule.terms)
    return dict(found)


def _find(known: Mapping[str, Terms], term: str, language: str) -> tuple[str, ...]:
    """Return what is known of `term` in its language, else in any: the language of a single word is a guess."""
    for tag in (language, *known):
        terms = known.get(tag, {})
        if found := terms.get(to_hans(term) if tag == _CHINESE else term):
            return found
    return ()


def _in_form(sense: Sense, place: Slot, countable: Countable) -> Wording:
    """Return the form of a rendering that fits its slot best; as it is written where none does."""
    best = next(iter(inflections(sense, place, countable)), None)
    return best if best and best.fit else Wording(sense.text, 0.0, sense.order)


def _worth(form: Wording) -> float:
    return form.fit - _LESS_EACH * form.order
