"""Renderings of a compound from those of its parts: 资本周期 from 资本 and 周期."""

from collections.abc import Sequence

import regex

from pipeline.document import Candidate
from pipeline.languages.chinese import to_hans
from pipeline.repairs.composed_deeds import Find, deeds
from pipeline.repairs.knowledge import Sources
from pipeline.words.english import is_plural
from pipeline.words.senses import as_sense
from pipeline.words.slot import Slot
from pipeline.words.splice import article
from pipeline.words.starter import Starter
from pipeline.words.wordings import inflections

_MOST_LETTERS = 8
"""Code points of a run that is taken apart: a longer one is a clause."""
_LEAST_PART = 2
"""A single letter has too many meanings to build on."""
_MOST_PARTS = 3
COMPOSED = "repair/composed"
_SURE = 0.4
_SURE_OF_TWO = 0.35
_SURE_OF_LETTERS = 0.3
_LESS_EACH = 0.05

_ARTICLE = regex.compile(r"^an? ")
_AMOUNT = regex.compile(r"^(?:an? )?(\p{Ll}+) (?:amounts?|quantit(?:y|ies)) of\b")

_BEFORE_A_NOUN = Slot({"modifier": 1.0, "noun": 0.6})
"""Where all but the last part of a compound stand."""


def compositions(term: str, sources: Sources, find: Find, place: Slot) -> tuple[Candidate, ...]:
    """Return renderings of `term` made of its parts, fewest parts first; empty where a part is not known.

    A last part that English leaves out or says in another way is looked up among the glossary's suffixes, a first
    letter that says of what kind the rest is among its prefixes. Of two letters each has to be a common one.
    """
    if len(term) == _LEAST_PART:
        return _of_letters(to_hans(term), sources.starter, place)
    if not _LEAST_PART < len(term) <= _MOST_LETTERS:
        return ()
    return (
        _with_prefix(term, sources, find, place)
        or _with_suffix(term, sources, find)
        or _of_deeds(term, find, place)
        or _of_parts(term, find, place)
    )


def _of_letters(term: str, starter: Starter, place: Slot) -> tuple[Candidate, ...]:
    """Return what a letter for a deed and one for a thing say together, in the form that `place` asks for."""
    things = starter.things.get(term[1], ())
    deeds, kinds = starter.verbs.get(term[0], ()), starter.prefixes.get(term[0], ())
    said = [f"{deed} {thing}" for deed in deeds for thing in things]
    said += (_joined(kind, thing.removeprefix("the ")) for kind in kinds for thing in things)
    senses = [as_sense(words, i) for i, words in enumerate(said)]
    forms = [next(iter(inflections(sense, place)), None) for sense in senses]
    best = max((form for form in forms if form), key=lambda form: form.fit, default=None)
    return (Candidate(best.text, COMPOSED, _SURE_OF_LETTERS),) if best else ()


def _with_prefix(term: str, sources: Sources, find: Find, place: Slot) -> tuple[Candidate, ...]:
    words = sources.starter.prefixes.get(to_hans(term[0]))
    rest = find(term[1:], place) if words else None
    if not words or not rest:
        return ()
    origin = _origin([rest])
    return tuple(Candidate(_joined(word, rest.text), origin, _SURE_OF_TWO) for word in words)


def _joined(word: str, rest: str) -> str:
    return _led(f"{word}{rest}") if word.endswith("-") else _led(word, rest)


def _led(*words: str) -> str:
    """Return words as one phrase; an article that the last one brings along goes to the front: a (water) hub.

    >>> _led("water", "a hub"), _led("armchair", "experts")
    ('a water hub', 'armchair experts')
    """
    *first, last = words
    noun = _ARTICLE.sub("", last)
    phrase = " ".join((*first, noun))
    return phrase if noun == last or not first else f"{article(phrase)} {phrase}"


def _with_suffix(term: str, sources: Sources, find: Find) -> tuple[Candidate, ...]:
    for cut in range(len(term) - 1, 0, -1):
        words = sources.starter.suffixes.get(term[cut:])
        first = find(term[:cut], _BEFORE_A_NOUN) if words else None
        if words and first:
            origin = _origin([first])
            return tuple(
                Candidate(f"{first.text} {word}".rstrip(), origin, _SURE_OF_TWO if word else _SURE) for word in words
            )
    return ()


def _of_deeds(term: str, find: Find, place: Slot) -> tuple[Candidate, ...]:
    """Return what two parts say is done, of all ways to cut `term` the one whose parts are the surest."""
    best = max(deeds(term, find, place), key=lambda made: made[0].confidence + made[1].confidence, default=None)
    return (Candidate(best[2], _origin(best[:2]), _SURE_OF_TWO),) if best else ()


def _of_parts(term: str, find: Find, place: Slot) -> tuple[Candidate, ...]:
    parts = _split(term, find, place)
    if len(parts) < 2:
        return ()
    words = _led(*(part.text for part in parts))
    if is_plural(words.rpartition(" ")[2].casefold()):
        # What is counted comes in numbers: large numbers of retail investors.
        words = _AMOUNT.sub(r"\1 numbers of", words)
    return (Candidate(words, _origin(parts), round(_SURE_OF_TWO - _LESS_EACH * (len(parts) - 2), 2)),)


def _split(term: str, find: Find, place: Slot) -> list[Candidate]:
    """Return the fewest known parts of `term`, of two ways the one with the longer last part; empty for none."""
    best: list[list[Candidate] | None] = [[]] + [None] * len(term)
    for end in range(_LEAST_PART, len(term) + 1):
        for start in range(end - _LEAST_PART + 1):
            before = best[start]
            if before is None or len(before) >= _MOST_PARTS or (start == 0 and end == len(term)):
                continue
            here = best[end]
            if here is not None and len(here) <= len(before) + 1:
                continue
            part = find(term[start:end], place if end == len(term) else _BEFORE_A_NOUN)
            if part:
                best[end] = [*before, part]
    return best[-1] or []


def _origin(parts: Sequence[Candidate]) -> str:
    """Return the source of a composition: what its parts rest on is named, a dictionary for its licence."""
    named = [part.source for part in parts if part.source.startswith("dictionary/")]
    return "+".join((COMPOSED, *named[:1]))
