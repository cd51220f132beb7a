"""What a leftover word could be in the language around it: candidates, the surest source first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import repeat

import regex

from pipeline.document import Candidate, Fragment
from pipeline.fragments.attested import attested
from pipeline.fragments.foreign import script_of
from pipeline.fragments.gloss import Gloss, bracket_after, bracket_around, is_part_of_bracket
from pipeline.fragments.gloss_before import is_perhaps_half, is_perhaps_longer, is_too_short, reversed_gloss
from pipeline.glossary import GlossaryEntry
from pipeline.languages.chinese import to_hant
from pipeline.languages.language_tag import primary
from pipeline.languages.script import count_letters, letters_of
from pipeline.repairs.composed_deeds import Find
from pipeline.repairs.composition import compositions
from pipeline.repairs.half_names import half_name
from pipeline.repairs.knowledge import DOCUMENT, WEAK, Sources, distinct
from pipeline.repairs.meanings import meanings
from pipeline.repairs.nearest_phrase import nearest_phrase
from pipeline.repairs.nearest_words import nearest_words
from pipeline.rules import EditRule, load_rules
from pipeline.words.counted import counted
from pipeline.words.counted_nouns import unknown
from pipeline.words.number_units import amount
from pipeline.words.senses import as_sense
from pipeline.words.slot import Slot, classes, slot
from pipeline.words.starter import LEAST_FIT, MISFIT, STARTER
from pipeline.words.wordings import wordings

GLOSS, USER, NUMBER, DOUBLED = "repair/gloss", "repair/user", "repair/number", "repair/doubled"
COUNTED = "repair/counted"

_SURE_GLOSS = 0.97
_SURE_DOUBLED = 0.95
_SURE_NUMBER = 0.9
_SURE_COUNTED = 0.45
"""Arithmetic too, but with several ways to say it: to be suggested, not applied."""
_COUNTED = ("zh", "und")
_SURE_SECOND = 0.9
"""How sure what the user names after the first rendering is: it is for an editor to choose."""
_LESS_INFLECTED = 0.05
_LESS_BESIDE = 0.05
"""How much less sure than the best rendering all others are at most."""
_MOST_AGREED = 0.94
_MOST_CANDIDATES = 6
_HAN = regex.compile(r"\p{Han}")
_LATIN = "Latn"
_IN_A_WORD = regex.compile(r"[\p{L}\p{N}'’-]")
_BESIDE = 80
"""Code points on either side in which a translation that stands there already must lie."""
_PARTS_OF = {"noun": ("noun", "plural"), "verb": ("verb", "past", "gerund", "participle"),
             "adjective": ("modifier", "predicate"), "adverb": ("adverb",)}  # fmt: skip


def candidates(fragment: Fragment, text: str, start: int, sources: Sources) -> tuple[Candidate, ...]:
    """Return the renderings of a fragment that begins at `start` of its segment's `text`, best first.

    At most six; empty where nothing is known of it. The user's word is final; a number with its unit is arithmetic.
    Then comes the gloss beside the fragment, and what others say of the word stays in as alternatives. An empty
    rendering means that the word goes. What is not written in the host's letters, or holds Chinese ones among Latin
    ones, is no rendering, unless the user says so.
    """
    term, end, language = fragment.text, start + len(fragment.text), primary(fragment.language)
    place = slot(text, start, end)
    if user := _of_user(fragment, place, sources):
        words = user.renderings if user.action == "render" else ("",)
        sure = (1.0, *[_SURE_SECOND] * len(words))
        return tuple(map(Candidate, words, repeat(USER), sure))[:_MOST_CANDIDATES]
    is_english = primary(fragment.host_language) == "en"
    if is_english and (number := amount(text, start, end)):
        return (Candidate(number.text, NUMBER, _SURE_NUMBER),)
    beside = (_beside(fragment, text, start, sources),) if fragment.gloss else ()
    # The page's glosses hold the one beside the fragment too: it is no second witness.
    known = [c for c in _known(term, language, place, sources) if c.source != DOCUMENT or c.text != fragment.gloss]
    named = half_name(text, start, end, language, sources)
    listed = () if named else _below(_of_dictionary(term, place, sources), known)
    whole = (*beside, *named, *known, *listed)
    composed = () if whole else _built(fragment, text, start, place, sources)
    script = script_of(fragment.host_language, _LATIN)
    agreed = _agreed(c for c in (*whole, *composed) if _is_written_in(script, c.text))
    # In brackets after its translation, and with its meaning after a comma, nothing else can take its place.
    is_said = is_glossed_before(fragment) or not bracket_after(text, end)
    most = beside[0].confidence if beside and is_said else 1.0
    others = round(most - _LESS_BESIDE, 2)
    written = to_hant if fragment.host_language == "zh-Hant" else str
    found = [
        Candidate(_agreeing(written(c.text), text, start, end), c.source, min(c.confidence, others if i else most))
        for i, c in enumerate(agreed)
    ]
    if not beside and _is_doubled(text, start, end, found):
        found.insert(0, Candidate("", DOUBLED, _SURE_DOUBLED))
    if not found and is_english:
        return nearest_words(term, language, place, sources.encoder())
    return tuple(sorted(distinct(found), key=lambda candidate: -candidate.confidence)[:_MOST_CANDIDATES])


def _built(fragment: Fragment, text: str, start: int, place: Slot, sources: Sources) -> tuple[Candidate, ...]:
    """Return what a word that no source knows as a whole can be made of: a quantity, or a compound."""
    term, language = fragment.text, primary(fragment.language)
    is_counted = language in _COUNTED and primary(fragment.host_language) == "en"
    if is_counted and (words := counted(term, text, start, start + len(term))):
        return (Candidate(words, COUNTED, _SURE_COUNTED),)
    return compositions(term, sources, _finder(language, sources), place)


def is_kept(fragment: Fragment, text: str, start: int, sources: Sources) -> bool:
    """Return whether the user's glossary says that a fragment stays as it is."""
    entry = _of_user(fragment, slot(text, start, start + len(fragment.text)), sources)
    return entry is not None and entry.action == "keep"


def _of_user(fragment: Fragment, place: Slot, sources: Sources) -> GlossaryEntry | None:
    """Return the user's entry for a fragment in its part of speech, else for any part, else for another one.

    Of several, the one for the closest language.
    """
    tag = fragment.language
    entries = sources.user.get(fragment.text, ())
    fitting = [e for e in entries if not e.language or tag == e.language or tag.startswith(f"{e.language}-")]
    return min(fitting, key=lambda entry: (-_fit(entry.part, place), -len(entry.language), entry), default=None)


def _fit(part: str, place: Slot) -> float:
    return max((place.fit(name) for name in _PARTS_OF.get(part, ())), default=0.5)


def is_glossed_before(fragment: Fragment) -> bool:
    """Return whether the gloss stands before the fragment: `flywheel effect (飞轮)`."""
    return fragment.gloss_start is not None and fragment.gloss_start < fragment.start


def _beside(fragment: Fragment, text: str, start: int, sources: Sources) -> Candidate:
    """Return the gloss beside a fragment, with how sure it is."""
    words = fragment.gloss or ""
    if is_glossed_before(fragment):
        return _before(fragment, text, start, sources)
    # A short form may be all the reader needs, or a ticker that says nothing; a part may be half of the meaning.
    # What is told after a comma explains the word, and would stand there twice.
    end = start + len(fragment.text)
    is_sure = not words.isupper() and bool(bracket_after(text, end)) and not is_part_of_bracket(text, end, words)
    return Candidate(words, GLOSS, _SURE_GLOSS if is_sure else WEAK)


def _before(fragment: Fragment, text: str, start: int, sources: Sources) -> Candidate:
    """Return the phrase before the bracket that a fragment stands in, as far as it is the translation."""
    words, language = fragment.gloss or "", primary(fragment.host_language)
    around = bracket_around(text, start, start + len(fragment.text))
    at = text.rfind(words, 0, around.start) if around else -1
    if around is None or at < 0:
        return Candidate(words, GLOSS, WEAK)
    gloss = Gloss(words, at, at + len(words), False)
    marked = reversed_gloss(text, around, language=language)
    # Where nothing marks the beginning of the phrase, its length is a guess.
    is_sure = marked and marked.text == words and not is_perhaps_longer(text, marked, language)
    is_sure = is_sure and not is_too_short(fragment.text, words)
    if dictionary := sources.dictionary():
        said = attested(text, fragment.text, gloss, dictionary)
        if said.exact:
            return Candidate(said.exact.text, GLOSS, _SURE_GLOSS)
        is_sure = is_sure and not said.none
    encoder = sources.encoder()
    # Marks around a name or a quotation say where it begins; any other phrase may begin elsewhere.
    if words[0].islower() and text[:at].endswith(" "):
        words = nearest_phrase(text, gloss, fragment.text, encoder, language) if encoder else words
        # A phrase that goes over the preposition holds both halves.
        is_sure = is_sure and (words != gloss.text or not is_perhaps_half(text, gloss, fragment.text, language))
    return Candidate(words, GLOSS, _SURE_GLOSS if is_sure else WEAK)


def _of_dictionary(term: str, place: Slot, sources: Sources) -> tuple[Candidate, ...]:
    dictionary = sources.dictionary()
    if dictionary is None or term not in dictionary:
        return ()
    return meanings(term, place, dictionary, sources.encoder())


def _finder(language: str, sources: Sources) -> Find:
    """Return what finds the best rendering of a part of a compound in the slot that it has."""

    def find(part: str, within: Slot) -> Candidate | None:
        found = (*_known(part, language, within, sources), *_of_dictionary(part, within, sources))
        return found[0] if found else None

    return find


def _known(term: str, language: str, place: Slot, sources: Sources) -> tuple[Candidate, ...]:
    """Return what page, corpus and starter glossary say of a term, put into the form its slot asks for."""
    found = [_in_form(candidate, place) for candidate in sources.known(term)]
    dictionary = sources.dictionary()
    listed = sources.starter.candidates(term, language, place, dictionary.is_mostly_counted if dictionary else unknown)
    return tuple(sorted((*found, *listed), key=lambda candidate: -candidate.confidence))


def _in_form(candidate: Candidate, place: Slot) -> Candidate:
    sense = as_sense(candidate.text)
    best = next(iter(wordings(sense, place)), None)
    if best and (not place.fits or best.fit >= LEAST_FIT):
        same = best.text == sense.text or not best.fit
        less = 0.0 if same else _LESS_INFLECTED
        words = sense.text if same else best.text
        return Candidate(words, candidate.source, round(candidate.confidence - less, 2))
    return replace(candidate, text=sense.text, confidence=min(candidate.confidence, MISFIT))


def _below(listed: Iterable[Candidate], known: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return what the dictionary lists, less sure than what is known of the word where the best of both differ."""
    found = tuple(listed)
    if not found or not known or found[0].text.casefold() in {one.text.casefold() for one in known}:
        return found
    most = round(known[0].confidence - _LESS_BESIDE, 2)
    return tuple(replace(candidate, confidence=min(candidate.confidence, most)) for candidate in found)


def _agreed(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return `found` with equal renderings as one, which is surer than each of them, and names all sources.

    A source that says the same twice, as singular and plural in one slot, is no second witness of itself. Nor is the
    starter glossary: what it has wrong in a place, the number or the part of speech, a dictionary has wrong there too.
    """
    merged: dict[str, Candidate] = {}
    for candidate in found:
        key = candidate.text.casefold()
        if key not in merged:
            merged[key] = candidate
            continue
        first = merged[key]
        if set(first.source.split("+")) & set(candidate.source.split("+")):
            continue
        both = 1 - (1 - first.confidence) * (1 - candidate.confidence)
        alone = max(first.confidence, candidate.confidence)
        sure = alone if STARTER in (first.source, candidate.source) else max(alone, round(min(both, _MOST_AGREED), 2))
        merged[key] = Candidate(first.text, f"{first.source}+{candidate.source}", sure)
    return tuple(merged.values())


def _is_written_in(script: str, words: str) -> bool:
    """Return whether `words` can stand in a text in `script`: BTC is no Russian word."""
    if script == _LATIN:
        return not _HAN.search(words)
    return any(letters in letters_of(script) for letters in count_letters(words))


def _agreeing(words: str, text: str, start: int, end: int) -> str:
    """Return a quantity as the word after it asks for: large quantities of water, large numbers of firms."""
    following = f" _ {classes(text, start, end).partition('_ ')[2].split(' ')[0]}"
    for rule in load_rules("agreement", EditRule):
        words = rule.pattern.sub(rule.new, words + following).removesuffix(following)
    return words


def _is_doubled(text: str, start: int, end: int, found: Iterable[Candidate]) -> bool:
    """Return whether what stands beside a leftover is its translation already: `still真 real`."""
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    left = before[: -1 if before[-1:].isspace() else None].casefold()
    right = after[after[:1].isspace() :].casefold()
    said = [candidate.text.casefold() for candidate in found if candidate.text]
    return any(
        (left.endswith(words) and not _IN_A_WORD.match(left[: -len(words)][-1:]))
        or (right.startswith(words) and not _IN_A_WORD.match(right, len(words)))
        for words in said
    )
