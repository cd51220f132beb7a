"""What the rest of a page says about each of its runs: one that leaks leaks again, one that teaches teaches on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document import Document
from pipeline.evidence import Clue, is_translated_page
from pipeline.place import Place

_MOST_CITED = 4
"""Code points of a run that is taken for a word that its page discusses, for no other reason."""

_FURNITURE = ("popular", "discussion", "nav", "ad", "other", "related_title", "related_meta", "stats", "caption")
"""Where ordinary pages hold titles, slogans and remarks in any language."""
_MOST_TAUGHT = 3
"""Code points of the words in a list of vocabulary; dishes and offices on a menu or a form are longer."""


def with_page_evidence(doc: Document, places: Sequence[Place]) -> Iterator[Place]:
    """Yield `places` with what the rest of the document says about each."""
    glued = sum(place.is_glued for place in places)
    cited = frozenset(place.text for place in places if place.is_cited)
    teaches = _is_lesson(places, glued)
    translated = is_translated_page(segment.text for segment in doc.segments) if places else False
    for place in places:
        others = glued - place.is_glued
        extra = []
        if teaches:
            extra.append(Clue("fragments/teaching-page", "term", 4.0))
        elif others >= 2 or (others and translated):
            extra.append(Clue("fragments/leaky-page", "residue", 2.0))
        if not glued and not translated and place.segment.label in _FURNITURE:
            extra.append(Clue("fragments/furniture", "name", 3.0))
        if not place.is_glued and not place.is_cited and place.text in cited:
            extra.append(Clue("fragments/cited-elsewhere", "term", 4.0))
        elif cited and not glued and len(place.text) <= _MOST_CITED:
            extra.append(Clue("fragments/discussing-page", "term", 2.0))
        yield replace(place, clues=(*place.clues, *extra))


def _is_lesson(places: Sequence[Place], glued: int) -> bool:
    """Return whether the page teaches words: most are transcribed or spoken of, or given with a meaning."""
    taught = sum(_is_taught(place) for place in places)
    glossed = sum(place.gloss is not None and len(place.text) <= _MOST_TAUGHT for place in places)
    if taught >= 3 and 2 * taught >= len(places):
        return True
    return len(places) >= 5 and not glued and 5 * glossed >= 3 * len(places)


def _is_taught(place: Place) -> bool:
    return any(clue.kind == "term" and clue.weight >= 3 for clue in place.clues)
