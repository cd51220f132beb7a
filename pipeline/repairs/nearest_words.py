"""What a word could be that no source knows: the English words nearest to it in meaning, as its slot asks for them."""

import math

from pipeline.document import Candidate
from pipeline.words.encoder import ENCODED
from pipeline.words.english import is_verb
from pipeline.words.ranking import Encoder
from pipeline.words.senses import Sense
from pipeline.words.slot import Slot
from pipeline.words.word_vectors import NearWord
from pipeline.words.wordings import inflections

NEAREST = "repair/nearest"
_READ = ENCODED | {"und"}
"""Of a short word nobody may know the language; its nearness tells whether the encoder does."""
_MOST_LETTERS = 16
_MOST_WORDS = 2
_LOOKED_AT = 12
_LEAST_NEAR = 0.75
_LEAST_NEAR_UNLISTED = 0.8
"""Of Chinese words: what the dictionary does not list is mostly a compound, and no single word is its meaning."""
_COMMON = 0.04
"""What a word on ten times as many pages gains."""
_MOST = 4
_SURE = 0.42
"""Times the nearness: to be suggested, never to be applied."""


def nearest_words(term: str, language: str, place: Slot, encoder: Encoder | None) -> tuple[Candidate, ...]:
    """Return up to four English words for `term` in `language` (BCP 47 primary tag), best first.

    Empty without an encoder, for languages that it has not learnt, and for what is more than a word or two.
    """
    if encoder is None or language not in _READ or len(term) > _MOST_LETTERS or len(term.split()) > _MOST_WORDS:
        return ()
    least = _LEAST_NEAR_UNLISTED if language == "zh" else _LEAST_NEAR
    near = [word for word in encoder.words_near(term, _LOOKED_AT) if word.nearness >= least]
    best = dict.fromkeys(_form(word, place) for word in sorted(near, key=_worth, reverse=True))
    # All are as sure as the last: what is rarer may be nearer.
    sure = round(_SURE * min((word.nearness for word in near), default=0.0), 2)
    return tuple(Candidate(text, f"{NEAREST}+model/{encoder.id}", sure) for text in list(best)[:_MOST])


def _worth(word: NearWord) -> float:
    return round(word.nearness + _COMMON * math.log10(1 + word.pages), 3)


def _form(word: NearWord, place: Slot) -> str:
    """Return the form of a word that fits its slot best; as it is where none does."""
    senses = [Sense(word.text, False, 0)]
    if is_verb(word.text):
        senses.append(Sense(word.text, True, 0))
    best = max((form for sense in senses for form in inflections(sense, place)), key=lambda form: form.fit)
    return best.text if best.fit else word.text
