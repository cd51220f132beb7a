"""What the dictionary offers for a leftover in its slot, and how sure that is."""

import math
from collections.abc import Iterator

from pipeline.document import Candidate
from pipeline.words.dictionary import Dictionary
from pipeline.words.ranking import Encoder, Ranked, rank
from pipeline.words.senses import senses
from pipeline.words.slot import Slot

_MOST = 4
_MOST_SURE = 0.79
"""Less than what the corpus says of itself."""
_LEAST_SURE = 0.01
"""What is listed at all is not ruled out."""
_LETTER = 0.45
"""A single letter has too many meanings, and may be half a name."""
_LESS_EACH = 0.6
_USUAL_NEARNESS = 0.6


def meanings(term: str, place: Slot, dictionary: Dictionary, encoder: Encoder | None) -> tuple[Candidate, ...]:
    """Return up to four renderings of `term`, best first; empty where it is not in the dictionary."""
    found = senses(dictionary.entries(term))
    ranked = rank(term, found, place, encoder, dictionary)[:_MOST]
    most = _MOST_SURE if len(term) > 1 else _LETTER
    return tuple(_candidates(ranked, len({sense.text for sense in found}), source(dictionary, encoder), most))


def source(dictionary: Dictionary, encoder: Encoder | None) -> str:
    """Return what a candidate's source says: dictionary, its date and licence, and who ranked its senses."""
    named = f"dictionary/{dictionary.id}#{dictionary.licence.replace(' ', '-')}"
    return f"{named}+model/{encoder.id}" if encoder else named


def _candidates(ranked: tuple[Ranked, ...], n_senses: int, origin: str, most: float) -> Iterator[Candidate]:
    for i, item in enumerate(ranked):
        # What came second in rank must not overtake by its confidence.
        sure = min(_confidence(ranked[0], n_senses), most) * _LESS_EACH**i
        yield Candidate(item.text, origin, max(round(sure, 2), _LEAST_SURE))


def _confidence(item: Ranked, n_senses: int) -> float:
    """Return how sure the first rendering is, on a scale where from 0.5 on nineteen such in twenty are right.

    The form of a logistic regression on the words of `benchmarks/fragment_words.toml` and the pages in
    `tests/fragments`, its weights set by hand from what was wrong there: one common word that fits its slot and is the
    only meaning is nearly always right; of two meanings one word in four is the wrong one, however near it is; a
    phrase often is an explanation.
    """
    evidence = (
        -1.1
        - 2.2 * (1 - item.fit)
        + 2.0 * item.common
        - 1.0 * (min(n_senses, 6) - 1)
        - 1.7 * item.more_words
        + (_USUAL_NEARNESS if item.nearness is None else item.nearness)
    )
    return min(1 / (1 + math.exp(-evidence)), _MOST_SURE)
