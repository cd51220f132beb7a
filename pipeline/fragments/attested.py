"""What a dictionary says of the phrase before a bracket: that it is the translation, part of one, or none.

A phrase that shares not one word with all that the dictionary knows of the original, whole or in parts, is hardly
its translation: `left the meeting early (据说)`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.fragments.gloss import Gloss, content_words
from pipeline.words.dictionary import Dictionary
from pipeline.words.senses import senses

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)?")
_MOST_BEFORE = 90
"""Code points before a bracket in which the words of a meaning are looked for."""
_MOST_TERM = 12
"""Code points of a term that is taken apart; a longer one is a clause."""
_LEAST_PART = 2
"""A single letter has too many meanings to speak against a phrase."""
_ENDINGS = ("s", "es", "d", "ed", "ing")
_CHANGED = ("ing", "ed", "ies", "ied")
"""What takes the place of a last e or y."""
_LEAST_STEM = 4
_SHORT = 5
"""Letters of a word whose end must not differ by more than one letter; two in a longer one."""
_LETTERS = regex.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Attested:
    """What the dictionary says of a phrase; of `none` of its words where it knows the term by other words only."""

    exact: Gloss | None
    """The words before the bracket that are one of its meanings, word by word."""
    none: bool


def attested(text: str, term: str, gloss: Gloss, dictionary: Dictionary) -> Attested:
    """Return what `dictionary` says of `gloss`, which stands in `text`, as the translation of `term`.

    >>> words = Dictionary.parse("海洋法 海洋法 [hai3 yang2 fa3] /law of the sea/", name="CC-CEDICT", sha256="")
    >>> text = "under the law of the sea (海洋法)"
    >>> found = attested(text, "海洋法", Gloss("sea", 21, 24, False), words)
    >>> found.exact.text if found.exact else None
    'law of the sea'
    """
    exact = _exact(text, gloss.end, term, dictionary)
    if exact:
        return Attested(exact, False)
    known = set(_known_words(term, dictionary))
    said = [word.casefold() for word in content_words(gloss.text)]
    return Attested(None, bool(known) and not any(_is_akin(word, other) for word in said for other in known))


def _exact(text: str, end: int, term: str, dictionary: Dictionary) -> Gloss | None:
    """Return the longest meaning of `term` that ends at `end`, as the text inflects it."""
    floor = max(0, end - _MOST_BEFORE)
    tokens = list(_TOKEN.finditer(text, floor, end))
    if not tokens or tokens[-1].end() != end:
        return None
    lengths = [
        len(words)
        for sense in senses(dictionary.entries(term))
        if (words := _TOKEN.findall(sense.text.casefold())) and _ends_with(tokens, words)
    ]
    if not lengths:
        return None
    start = tokens[-max(lengths)].start()
    return Gloss(text[start:end], start, end, False)


def _ends_with(tokens: Sequence[regex.Match[str]], words: Sequence[str]) -> bool:
    if len(words) > len(tokens):
        return False
    tail = [token.group().casefold() for token in tokens[-len(words) :]]
    return all(_is_form(said, word) for said, word in zip(tail, words, strict=True))


def _is_form(said: str, word: str) -> bool:
    """Return whether two lower-case words are one word inflected: resigned, resign; policies, policy."""
    short, long = sorted((said, word), key=len)
    if short.endswith(("e", "y")) and any(long == short[:-1] + ending for ending in _CHANGED):
        return True
    return long == short or (long.startswith(short) and long[len(short) :] in _ENDINGS)


def _is_akin(word: str, other: str) -> bool:
    """Return whether two lower-case words are of one family: insure, insurance."""
    if _is_form(word, other):
        return True
    least = min(len(word), len(other))
    if least < _LEAST_STEM:
        return False
    same = next((i for i in range(least) if word[i] != other[i]), least)
    return same >= _LEAST_STEM and same >= least - (1 if least <= _SHORT else 2)


def _known_words(term: str, dictionary: Dictionary) -> Iterator[str]:
    """Yield the English words of all meanings of `term`, and of its parts."""
    for start in range(min(len(term), _MOST_TERM)):
        for end in range(start + _LEAST_PART, min(len(term), _MOST_TERM) + 1):
            for entry in dictionary.entries(term[start:end]):
                yield from (word for sense in entry.senses for word in _LETTERS.findall(sense.casefold()))
