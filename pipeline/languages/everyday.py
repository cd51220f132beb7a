"""The everyday words of languages: in what language a few words are, at the price of looking them up.

They only raise a suspicion, and name the language to ask the detector about.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.rules import Rule, load_rules

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_LATIN = re.compile("[a-z\u00df-\u024f\u1ea0-\u1ef9]")
_ACCENTED = "\u00df-\u00f6\u00f8-\u024f\u1ea0-\u1ef9"
_CYRILLIC = ("ru", "uk")
_FOREIGN_LETTERS = {"ru": re.compile("[іїєґІЇЄҐ]"), "uk": re.compile("[ыэъёЫЭЪЁ]")}
_LETTERS_OF = {"ru": "uk", "uk": "ru"}
"""Whose letters those are: in a language of few words that its sister has not, they tell it as words do."""
_PLAIN = ("en", "id", "nl")
"""Hosts without accented letters of their own worth the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EverydayRule(Rule):
    """The commonest words of `language`, in small letters.

    `joints`: articles and prepositions, which names hold too. `clause`: verbs, pronouns, conjunctions, which
    only sentences hold. `marks`: some of both that tell the language at a glance.
    """

    language: str
    joints: tuple[str, ...]
    clause: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everyday:
    """Everyday words as one host language sees them: its own, and by language those that are not its own."""

    own: frozenset[str]
    """The host's words that no other language has: where one stands, the host speaks."""
    guests: tuple[tuple[str, frozenset[str]], ...]
    any_guest: frozenset[str]
    clause: Mapping[str, frozenset[str]]
    host: str

    def is_guests(self, word: str) -> bool:
        """Return whether a word in small letters is an everyday word of a guest, or has letters of one only."""
        return word in self.any_guest or self._has_foreign_letters(word)

    def _has_foreign_letters(self, word: str) -> bool:
        letters = _FOREIGN_LETTERS.get(self.host)
        return letters is not None and letters.search(word) is not None

    def languages(self, words: Iterable[str]) -> Counter[str]:
        """Return how many of `words` (small letters) are everyday words of each language but the host's.

        >>> sorted(everyday("en").languages(["the", "che", "fine", "della", "non"]).items())[0]
        ('it', 3)
        """
        counts = Counter(word for word in words if self.is_guests(word))
        votes = {language: sum(counts[word] for word in counts if word in known) for language, known in self.guests}
        if sister := _LETTERS_OF.get(self.host):
            votes[sister] = sum(
                number
                for word, number in counts.items()
                if word not in self.any_guest or word in dict(self.guests)[sister]
            )
        return Counter({language: number for language, number in votes.items() if number})


@cache
def everyday(host: str) -> Everyday:
    """Return the everyday words as the host language (primary tag) sees them; `host` need not be known."""
    rules = load_rules("everyday", EverydayRule)
    words = {rule.language: frozenset((*rule.joints, *rule.clause)) for rule in rules}
    own = words.pop(host, frozenset())
    guests = tuple((language, known - own) for language, known in words.items())
    any_guest = frozenset(word for _, known in guests for word in known)
    clause = {rule.language: frozenset(rule.clause) - own for rule in rules if rule.language != host}
    return Everyday(own.difference(*words.values()), guests, any_guest, clause, host)


@cache
def own_words(language: str) -> frozenset[str]:
    """Return the everyday words of `language`, a primary tag; empty where it has no row."""
    rules = (rule for rule in load_rules("everyday", EverydayRule) if rule.language == language)
    return frozenset(word for rule in rules for word in (*rule.joints, *rule.clause))


def speakers(words: Iterable[str]) -> dict[str, int]:
    """Return how many of `words` (small letters) are everyday words of each language that has a row.

    >>> speakers(["the", "end", "of", "la"])["en"]
    2
    """
    table = _speakers()
    heard: dict[str, int] = {}
    # Every line is asked, most of them have few words, and for these a Counter takes twice as long.
    for languages in [table[word] for word in words if word in table]:
        for language in languages:
            heard[language] = heard.get(language, 0) + 1
    return heard


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for rule in load_rules("everyday", EverydayRule):
        for word in {*rule.joints, *rule.clause}:
            table[word] = (*table.get(word, ()), rule.language)
    return table


@cache
def hints_of_guests(host: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Return what finds at a glance that a text of `host` may hold words of another language in its own script.

    It is what ordinary text pays for: a few words between spaces, and letters that `host` has not.

    >>> words, letters = hints_of_guests("en")
    >>> [bool(words.search(text)) for text in ("he said che non sono", "in the end")]
    [True, False]
    """
    rules = load_rules("everyday", EverydayRule)
    listed = {word for rule in rules if rule.language != host for word in rule.marks}
    words = sorted(word for word in listed - own_words(host) if bool(_LATIN.match(word)) != (host in _CYRILLIC))
    if host not in _PLAIN:
        return re.compile(f" {_tree(words)} "), _FOREIGN_LETTERS.get(host)
    return re.compile(f" {_tree([word for word in words if word.isascii()])} "), re.compile(f"[{_ACCENTED}]")


def _tree(words: list[str]) -> str:
    """Return a pattern for `words` that tries each letter once: several times as quick as a list of them."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    ends = "" in heads
    branches = [re.escape(head) + _tree(rests) for head, rests in sorted(heads.items()) if head]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"
