"""Renderings of a compound that says what is done, from its two parts: a verb and its object, or how and a verb."""

from collections.abc import Callable, Iterator

from pipeline.document import Candidate
from pipeline.words.english import parts
from pipeline.words.slot import Slot

_VERBAL = ("verb", "past", "present", "gerund", "participle")
_OBJECT = Slot({"noun": 1.0}, is_bare=True)
_MANNER = Slot({"adverb": 1.0})
_LEAST_PART = 2
"""Code points: a single letter has too many meanings to build on."""

Find = Callable[[str, Slot], Candidate | None]
"""The best rendering of a part in a slot."""


def deeds(term: str, find: Find, place: Slot) -> Iterator[tuple[Candidate, Candidate, str]]:
    """Yield, for every cut of `term` in two that makes a phrase for `place`, both renderings and the phrase.

    逐步淘汰 after `to` is gradually eliminate, 出示红牌 after `he` showed red cards.
    """
    if place.best in _VERBAL:
        for cut in range(_LEAST_PART, len(term) - _LEAST_PART + 1):
            yield from _done(term[:cut], term[cut:], find, place)


def _done(first: str, last: str, find: Find, place: Slot) -> Iterator[tuple[Candidate, Candidate, str]]:
    how, deed = find(first, _MANNER), _is_a("verb", find(last, place))
    if how and deed and _is_manner(how.text):
        # One word goes before the verb, a phrase behind it: to book in advance.
        words = (deed.text, how.text) if " " in how.text else (how.text, deed.text)
        yield how, deed, " ".join(words)
        return
    deed, thing = _is_a("verb", find(first, place)), find(last, _OBJECT)
    if deed and thing and "noun" in parts(thing.text.rpartition(" ")[2].casefold()):
        yield deed, thing, f"{deed.text} {thing.text}"


def _is_a(part: str, found: Candidate | None) -> Candidate | None:
    """Return what is `found` if its first word can be of that part of speech."""
    return found if found and part in parts(found.text.partition(" ")[0].casefold()) else None


def _is_manner(words: str) -> bool:
    return " " in words or parts(words) == {"adverb"} or words.endswith("ly")
