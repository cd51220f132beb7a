"""Which meaning of a word is meant: by the slot it stands in and, where an encoder is installed, by its meaning."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.words.senses import Sense
from pipeline.words.slot import Slot
from pipeline.words.word_vectors import NearWord
from pipeline.words.wordings import Wording, wordings

_FIT = 0.5
_MEANING = 0.6
_OUT_OF_REACH = 0.5
"""No meaning is so much nearer than another that it makes up for this: the encoder, which is slow, is not asked."""
_COMMON = 0.15
_WORD = 0.08
"""What each further word costs: a phrase often explains where a word would translate."""
_PLACE = 0.02
"""What a place further down its entry costs a sense."""
_SMALL = frozenset(("of", "the", "a", "an", "to", "in", "on"))


class Usage(Protocol):
    """Tells how English words are used, from some large body of English."""

    def count(self, word: str) -> int:
        """Return how often a lower-case word stands there."""

    def is_countable(self, noun: str, plural: str) -> bool | None:
        """Return whether a noun names what can be counted; None where the evidence is thin."""


class Encoder(Protocol):
    """Tells how near words of different languages are in meaning."""

    id: str

    def nearness(self, word: str, others: Sequence[str]) -> Sequence[float]:
        """Return the cosine of `word` with each of `others`, rounded so that machines agree."""

    def words_near(self, word: str, most: int) -> Sequence[NearWord]:
        """Return the `most` English words nearest to `word`, nearest first."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A wording with its score, how well it fits its slot (0 to 1) and its nearness (None if no encoder was asked)."""

    text: str
    score: float
    fit: float
    order: int
    nearness: float | None
    common: float
    """How common its rarest word is, 0 to 1."""
    more_words: int
    """Content words beyond the first."""


def rank(word: str, found: Iterable[Sense], slot: Slot, encoder: Encoder | None, usage: Usage) -> tuple[Ranked, ...]:
    """Return the wordings of all senses, best first; ties go to the sense that stands first."""
    forms: dict[str, Wording] = {}
    for sense in found:
        for wording in wordings(sense, slot, usage.is_countable):
            if wording.text not in forms or forms[wording.text].fit < wording.fit:
                forms[wording.text] = wording
    blind = [_ranked(wording, None, usage) for wording in forms.values()]
    least = max((item.score for item in blind), default=0.0) - _OUT_OF_REACH
    asked = [item.text for item in blind if item.score >= least]
    near = dict(zip(asked, encoder.nearness(word, asked), strict=True)) if encoder and asked else {}
    ranked = [_ranked(wording, near.get(text), usage) for text, wording in forms.items()]
    return tuple(sorted(ranked, key=lambda item: (-item.score, item.order, item.text)))


def _ranked(wording: Wording, nearness: float | None, usage: Usage) -> Ranked:
    used, more = _commonness(wording.text, usage), _n_content_words(wording.text) - 1
    score = _FIT * wording.fit - _PLACE * wording.order - _WORD * more + _COMMON * used + _MEANING * (nearness or 0.0)
    return Ranked(wording.text, round(score, 3), wording.fit, wording.order, nearness, used, more)


def _n_content_words(text: str) -> int:
    return max(sum(word not in _SMALL for word in text.split()), 1)


def _commonness(text: str, usage: Usage) -> float:
    """Return how common the rarest word of `text` is, 0 to 1."""
    rarest = min((usage.count(word) for word in text.casefold().split()), default=0)
    return round(min(math.log10(1 + rarest) / 3, 1.0), 2)
