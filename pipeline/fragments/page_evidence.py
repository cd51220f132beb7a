"""What the rest of a page says about each of its runs: one that leaks leaks again, one that teaches teaches on."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipeline.document import Document
from pipeline.fragments.evidence import ALONE, Clue, is_translated_page
from pipeline.fragments.place import Place
from pipeline.words.dictionary import Dictionary
from pipeline.words.starter import common_words
from pipeline.words.surnames import surname
from pipeline.words.word_evidence import Listed, is_idiom, is_of_words, is_verb, listed

Lookup = Callable[[], Dictionary | None]
"""Opens the dictionary when it is asked for."""

_LEAKY = "fragments/leaky-page"
_UNLISTED = "fragments/listed-nowhere"
_READ = "fragments/name-hangul"
_LEAKS = 1.0
"""Weight for a leak on a page that leaks; what the other runs are like says more (`place_company.py`)."""
_HABIT, _SURE_HABIT = 2, 6
"""Glued leaks from which a page glues by habit; from which it does so for sure."""
_SPACED_WORD = 4
"""Glued leaks from which a common word that stands apart is more likely spoken of than left."""
_GLUED_TO_SPACED = 3
"""How many glued leaks there are to a spaced one where that is a habit."""
_LISTED = 1.2
"""Weight for a leak where the dictionary knows a common word: more than there is for a name in every bare run."""
_VERB = 2.0
"""The same where the dictionary knows nothing but verbs: nobody is called `to dump`."""
_IDIOM = 8.0
"""For an idiom that a leaky page neither cites nor explains: it is the predicate that a translator gave up on, and the
words before it that call something so are no quotation."""
_COMMON = 4.0
"""The same in a host that sets no spaces, where names stand between the same letters."""
_SPOKEN_OF = 1.2
"""Weight for a term where a common word is set apart on a page that glues: a slot of the sentence outweighs it."""
_MORE_SURE = 0.5
"""Weight for a name that such a page adds: with it a frame that names may fill as well does not make a leak."""

_PERSON = 1.5
"""Weight for a name in three letters that no dictionary lists and a surname begins: 61 of 65 on our pages."""

_MOST_PERSON = 3
"""Letters that a person's name has at most, but for the few surnames of two."""
_PARTICLES = "了吗嗎吧呢啊啦的呀嘛么麼着著"
"""Letters that end what is said, and nobody's name."""
_MOST_CITED = 4
"""Code points of a run that is taken for a word that its page discusses, for no other reason."""

_FURNITURE = ("popular", "discussion", "nav", "ad", "other", "related_title", "related_meta", "stats", "caption")
"""Where ordinary pages hold titles, slogans and remarks in any language."""
_MOST_TAUGHT = 3
"""Code points of the words in a list of vocabulary; dishes and offices on a menu or a form are longer."""


def no_dictionary() -> None:
    """Open nothing."""


def with_page_evidence(doc: Document, places: Sequence[Place], dictionary: Lookup) -> Iterator[Place]:
    """Yield `places` with what the rest of the document says about each, and what `dictionary` says of bare runs."""
    glued = sum(place.is_glued for place in places)
    cited = frozenset(place.text for place in places if place.is_cited)
    teaches = _is_lesson(places, glued)
    translated = is_translated_page(segment.text for segment in doc.segments) if places else False
    spaced = sum(map(_is_spaced_leak, places))
    again = _set_apart_again(places)
    for place in places:
        others = glued - place.is_glued
        extra = []
        leaky = others >= 2 or (others and translated)
        if teaches:
            extra.append(Clue("fragments/teaching-page", "term", 4.0))
        elif place.is_bare and place.gloss is None and others:
            habit = _habit(others, spaced - _is_spaced_leak(place)) if leaky else 0
            extra += _set_apart(place, habit, dictionary, again=place.text in again)
            is_apart = any(clue.rule == "fragments/spaced-word" for clue in extra)
            if leaky and habit < _SURE_HABIT and not is_apart and not place.is_spoken_of:
                extra.append(Clue(_LEAKY, "residue", _LEAKS if habit < _HABIT else _LEAKS / 2))
        else:
            extra += _beside_letters(place, dictionary, leaky=bool(leaky))
        if not glued and not translated and place.segment.label in _FURNITURE:
            extra.append(Clue("fragments/furniture", "name", 3.0))
        if not place.is_glued and not place.is_cited and place.text in cited:
            # With its meaning beside it, it is taught once more.
            extra.append(Clue("fragments/cited-elsewhere", "term", 4.0 if place.gloss is None else 6.0))
        elif cited and not glued and len(place.text) <= _MOST_CITED:
            extra.append(Clue("fragments/discussing-page", "term", 1.0))
        yield replace(place, clues=(*place.clues, *extra))


def _beside_letters(place: Place, dictionary: Lookup, *, leaky: bool) -> Iterator[Clue]:
    """Yield what page and dictionary say of a run that hangs on letters or marks, or has a gloss."""
    if leaky and _is_unlisted(place, dictionary):
        yield Clue(_UNLISTED, "name", 4.0)
    elif _is_loanwords_original(place, dictionary):
        yield Clue("fragments/listed-word", "glossed", 10.0)
    elif _is_amid(place):
        if place.text in common_words():
            yield Clue("fragments/listed-word", "residue", _COMMON)
    elif leaky:
        yield Clue(_LEAKY, "residue", _LEAKS)


def _is_spaced_leak(place: Place) -> bool:
    """Return whether a bare run is a leak by what stands around it, for whatever else it might be."""
    return place.is_bare and place.gloss is None and _weight(place, "residue") > _weight(place, "name", "term")


def _weight(place: Place, *kinds: str) -> float:
    return sum(clue.weight for clue in place.clues if clue.kind in kinds and clue.rule != ALONE)


def _set_apart_again(places: Sequence[Place]) -> frozenset[str]:
    """Return the runs that stand bare in several places and hang on nothing elsewhere, not always as a leak would."""
    bare = Counter(place.text for place in places if place.is_bare)
    apart = {place.text for place in places if not _is_spaced_leak(place)}
    hanging = {place.text for place in places if not place.is_bare}
    return frozenset(text for text, number in bare.items() if number > 1 and text in apart) - hanging


def _habit(glued: int, spaced: int) -> int:
    """Return how many glued leaks speak for a habit of gluing; none where too many others are spaced."""
    return glued if spaced * _GLUED_TO_SPACED < glued else 0


def _set_apart(place: Place, habit: int, dictionary: Lookup, *, again: bool) -> Iterator[Clue]:
    """Yield what speaks for and against a leak in a bare run, on a page that glues so many leaks by habit.

    Who glues each leak sets a space before what is no leak, and more so before what is set apart `again`.
    """
    words = dictionary()
    found = listed(place.text, words) if words else None
    times = 2 if again and habit >= _HABIT else 1
    is_sure = habit >= _SURE_HABIT
    if found is Listed.NAME:
        yield Clue("fragments/listed-name", "name", 3.0)
    elif found is Listed.WORD or (words and is_idiom(place.text, words)):
        yield Clue("fragments/listed-word", "residue", _LISTED)
        if words and is_verb(place.text, words):
            yield Clue("fragments/listed-verb", "residue", _VERB)
        if words and is_idiom(place.text, words) and not place.is_cited:
            yield Clue("fragments/listed-idiom", "residue", _IDIOM)
        if habit >= _SPACED_WORD:
            yield Clue("fragments/spaced-word", "term", _SPOKEN_OF * times)
    elif (again or (found is Listed.NOWHERE and _may_be_name(place.text, words))) and not _weight(place, "term"):
        yield Clue(_UNLISTED, "name", times + (_MORE_SURE if is_sure else 0.0))
        if words is not None and _is_person(place.text, words):
            yield Clue("fragments/listed-surname", "name", _PERSON)


def _may_be_name(run: str, words: Dictionary | None) -> bool:
    """Return whether a run of no listed word may be a name: of so few letters only if it begins as a person's does."""
    if run[-1] in _PARTICLES:
        return False
    if len(run) > _MOST_PERSON or words is None:
        return True
    return any(surname(run[:letters], words) for letters in (1, 2))


def _is_person(run: str, words: Dictionary) -> bool:
    """Return whether an unlisted run is a surname and a given name of two letters; these are no word, as in 干辣椒."""
    if len(run) != _MOST_PERSON or run[-1] in _PARTICLES or surname(run[:1], words) is None:
        return False
    return listed(run[1:], words) is not Listed.WORD


def _is_amid(place: Place) -> bool:
    """Return whether a run stands between letters of a host that sets no spaces: its names hang on them as well."""
    return any(clue.rule == "fragments/frame-cjk" for clue in place.clues)


def _is_unlisted(place: Place, dictionary: Lookup) -> bool:
    """Return whether a Chinese run amid Japanese, where all runs are glued, is no word that a dictionary lists."""
    if place.gloss or not _is_amid(place):
        return False
    words = dictionary()
    if words is None or listed(place.text, words) not in (Listed.NAME, Listed.NOWHERE):
        return False
    return _weight(place, "name") > 0 or not is_of_words(place.text, words)


def _is_loanwords_original(place: Place, dictionary: Lookup) -> bool:
    """Return whether a common word stands in brackets after katakana: what that means, and not how a name sounds."""
    if place.gloss is None or not any(clue.rule == _READ for clue in place.clues):
        return False
    words = dictionary()
    return words is not None and listed(place.text, words) is Listed.WORD


def _is_lesson(places: Sequence[Place], glued: int) -> bool:
    """Return whether the page teaches words: most are transcribed or spoken of, or given with a meaning."""
    taught = sum(_is_taught(place) for place in places)
    glossed = sum(place.gloss is not None and len(place.text) <= _MOST_TAUGHT for place in places)
    if taught >= 3 and 2 * taught >= len(places):
        return True
    return len(places) >= 5 and not glued and 5 * glossed >= 3 * len(places)


def _is_taught(place: Place) -> bool:
    return any(clue.kind == "term" and clue.weight >= 3 for clue in place.clues)
