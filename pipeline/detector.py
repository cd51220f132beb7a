"""The language of one paragraph: script rules first, then two detectors that must agree.

A detector with few languages to choose from is quick and good on short text, but always answers, for Dutch
as for a ticker. One that knows many is honest and slow. So the few are asked first, and believed only where a
second detector of another make, which knows sixty languages and costs next to nothing, says the same.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import eldc
import regex
from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from pipeline.chinese import variant
from pipeline.han_marks import han_language
from pipeline.no_words import NOISE, is_code
from pipeline.script import count_letters, main_script, only_language, runs

UNDETERMINED = "und"
NO_LANGUAGE = "zxx"

_LEAST_LETTERS = 12
"""With fewer, any detector guesses: `Há 12m` is Irish to one, and sure of it."""
_LEAST_LETTERS_SEEN = 6
"""With fewer, not even the languages of the same page help."""
_LEAST_GREEK = 3
"""One or two are a symbol: Δ, μm."""
_MAX_CHARS = 250
"""Longer texts are cropped: the answer stays the same, and lingua is dearest just above 100 characters."""
_MAX_HEAD = 10_000
"""What is looked at of a paragraph without end, in code points."""

# Set by measurement on short web lines, sentences in 75 languages and strings without language.
_LEAST_AMONG_FEW = 0.65
_LEAST_AMONG_ALL = 0.5
_LEAST_UNSECONDED = 0.65
_LEAST_MARGIN = 0.1
_LEAST_AMONG_SEEN = 0.8
_SURE = 0.8
_MAX_SEEN_SCORE = 0.7
_LEAST_AMONG_SEEN_RELIABLE = 0.5
_ONLY_SEEN_SCORE = 0.6

_UNKNOWN_TO_BOTH = (
    ("Latn", "gl", regex.compile(r"(?i)\b(?:[dn]?unha|súas?|máis|tamén|mañá|moit[oa]s?|despois|\w+ións)\b")),
    ("Latn", "mt", regex.compile(r"(?i)[ħġċ]")),
    ("Arab", "ps", regex.compile(r"[ښړګټډځڅ]")),
    ("Arab", "ckb", regex.compile(r"[ڕڵێ]")),
    ("Cyrl", "tg", regex.compile(r"[ӣӯҷ]")),
    ("Deva", "ne", regex.compile(r"\b(?:छन्?|गरेको|भएको|हुन्छ|थियो|गर्न|पनि|लागि)\b")),
)
"""Letters and words of languages that neither detector knows, and that both take for a neighbour."""
_LEAST_MARKS = 2
"""One alone may be in a name."""
_MARKS_SCORE = 0.8

_KANA_SCORE = 0.7
"""For a line of Han with little kana that may be Japanese or Chinese with a Japanese word in it."""

_PARTICLES = frozenset((
    "al", "ben", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el",
    "ibn", "la", "le", "van", "von", "y",
))  # fmt: skip
"""Words without a capital that stand inside names."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’\u200c\u200d]*+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (BCP 47, shortest form) and how sure it is, 0 to 1; the score of `und` is 0."""

    language: str
    score: float


_NOTHING = Guess(UNDETERMINED, 0.0)


def detect(text: str, languages: tuple[str, ...], seen: tuple[str, ...] = ()) -> Guess:
    """Return the language of `text`, `und` where evidence is thin, `zxx` where it holds no words at all.

    `languages` (primary tags) are those to expect: they save time, others are found too. `seen` are those
    that other texts of its page are in for certain: they may decide on what is too short to speak for itself,
    with a score of at most 0.7. Of a text without end only the first 10,000 code points are read.

    >>> detect("这个国家", ()), detect("https://example.org/", ()).language, detect("BTC", ()).language
    (Guess(language='zh-Hans', score=1.0), 'zxx', 'und')
    """
    head = text[:_MAX_HEAD]
    clean = NOISE.sub(" ", head)
    letters = count_letters(clean)
    if not letters:
        noisy = clean != head or any(map(str.isdigit, head))
        return Guess(NO_LANGUAGE, 1.0) if noisy else _NOTHING
    script = main_script(letters)
    if is_code(head) or (script == "Grek" and letters[script] < _LEAST_GREEK):
        return _NOTHING
    if script == "Jpan":
        return _chinese_or_japanese(clean, letters)
    if language := _language_of_script(script, clean):
        return Guess(language, 1.0)
    if letters[script] < _LEAST_LETTERS_SEEN:
        return _NOTHING
    words = _words(clean, script if len(letters) > 1 else "")
    if letters[script] >= _LEAST_LETTERS:
        guess = _certain(words, _known(script, languages), script)
        if guess != _NOTHING:
            return guess
    return _likely(words, _known(script, seen), script)


def _chinese_or_japanese(text: str, letters: Mapping[str, int]) -> Guess:
    told = han_language(text, letters)
    if told == "zh":
        return Guess(_chinese(text), 1.0)
    return Guess("ja", 1.0 if told else _KANA_SCORE)


def _language_of_script(script: str, text: str) -> str | None:
    """Return the language that the script alone tells."""
    return _chinese(text) if script == "Hani" else only_language(script, text)


def _chinese(text: str) -> str:
    form = variant(text)
    return f"zh-{form}" if form else "zh"


def _words(text: str, script: str) -> str:
    """Return the first words of `text`, those in other scripts than `script` left out (empty: none are)."""
    if script:
        kept, done = [], 0
        for run in runs(text, skip=script):
            kept.append(text[done : run.start])
            done = run.end
        text = " ".join([*kept, text[done:]])
    words: list[str] = []
    room = _MAX_CHARS
    for found in _WORD.finditer(text):
        room -= found.end() - found.start() + 1
        if room < 0 and words:
            break
        words.append(found[0][:_MAX_CHARS])
    return unicodedata.normalize("NFC", " ".join(words))


def _certain(words: str, languages: tuple[str, ...], script: str) -> Guess:
    """Return what the words tell by themselves."""
    if marked := _marked(words, script):
        return Guess(marked, _MARKS_SCORE)
    names = _capitalised(words)
    if names == 2:
        return _NOTHING  # as soon a person as a heading
    second, reliable = _second_opinion(words)
    if len(languages) > 1 and (reliable or not names):
        few = _first(words, languages)
        if few.score >= _LEAST_AMONG_FEW and _same(few.language, second):
            return few
    first, margin = _open(words, script)
    if _is_sure(first, margin, second, reliable, bool(names)):
        return first
    return _NOTHING


def _is_sure(first: Guess, margin: float, second: str, reliable: bool, is_name: bool) -> bool:
    """Whether lingua's answer out of all languages stands, given the second detector's."""
    if _same(first.language, second):
        least = _LEAST_AMONG_ALL if is_name or not reliable else 0.0
        return first.score >= least and margin >= _LEAST_MARGIN
    if is_name:
        return False
    if _ALIKE.get(first.language, first.language) not in eldc.LANGUAGES:
        return first.score >= _LEAST_UNSECONDED  # the second detector cannot know better
    return first.score >= (_SURE if reliable else _LEAST_AMONG_ALL)


def _likely(words: str, seen: tuple[str, ...], script: str) -> Guess:
    """Return which of the `seen` languages the words are in, if nothing speaks against it."""
    if not seen or " " not in words:
        return _NOTHING
    second, reliable = _second_opinion(words)
    guess = _first(words, seen) if len(seen) > 1 else Guess(seen[0], _ONLY_SEEN_SCORE)
    least = _LEAST_AMONG_SEEN_RELIABLE if reliable else _LEAST_AMONG_SEEN
    if len(seen) > 1 and guess.score < least:
        return _NOTHING
    agrees = _same(guess.language, second)
    if _capitalised(words) in (1, 2):
        # eldc is next to never sure of a person's name, so a heading of two words may pass where all agree.
        agrees = agrees and reliable and _open(words, script)[0].language == guess.language
    elif not reliable:
        agrees = agrees or _open(words, script)[0].language == guess.language
    return Guess(guess.language, min(_MAX_SEEN_SCORE, guess.score)) if agrees else _NOTHING


def _marked(words: str, script: str) -> str | None:
    """Return the language neither detector knows that the words bear the marks of."""
    for written, language, pattern in _UNKNOWN_TO_BOTH:
        if written == script and len(pattern.findall(words)) >= _LEAST_MARKS:
            return language
    return None


def _capitalised(words: str) -> int:
    """Return the number of words where up to three stand there, all with a capital, as in a name; else 0.

    The particles of names and short acronyms do not count, unless there is nothing else.
    """
    found = words.split()
    capital = [word for word in found if word[0].isupper()]
    if any(word not in _PARTICLES for word in found if not word[0].isupper()):
        return 0
    names = sum(len(word) > 3 or not word.isupper() for word in capital)
    return max(names, 1) if names <= 3 else 0


_ALIKE = {"nb": "no", "nn": "no", "id": "ms", "bs": "hr"}
"""Languages of lingua that eldc knows under the name of their sister."""


def _same(language: str, second: str) -> bool:
    return _ALIKE.get(language, language) == second


@cache
def _second() -> Any:
    eldc.init()
    return eldc.instance()


@lru_cache(maxsize=8192)
def _second_opinion(words: str) -> tuple[str, bool]:
    """Return eldc's language and whether it holds it for reliable."""
    result = _second().detect_details(words)
    return str(result.language), bool(result.reliable)


@lru_cache(maxsize=8192)
def _first(words: str, languages: tuple[str, ...]) -> Guess:
    """Return lingua's choice among two or more of `languages`."""
    return _answers(_detector(languages), words)[0]


@lru_cache(maxsize=8192)
def _open(words: str, script: str) -> tuple[Guess, float]:
    """Return lingua's choice among all languages of `script`, and its lead over the next."""
    known = _languages(script)
    if len(known) < 2:
        return _NOTHING, 0.0
    first, next_one = _answers(_detector(tuple(known)), words)
    return first, first.score - next_one.score


def _answers(detector: LanguageDetector, words: str) -> tuple[Guess, Guess]:
    # lingua adds up in no fixed order, so the last digits differ from run to run; tables must not.
    values = detector.compute_language_confidence_values(words)
    best = sorted((-round(value.value, 3), _tag(value.language)) for value in values)[:2]
    first, next_one = (Guess(tag, -score) for score, tag in best)
    return first, next_one


@lru_cache(maxsize=256)
def _detector(languages: tuple[str, ...]) -> LanguageDetector:
    known = {_tag(language): language for language in Language.all()}
    chosen: Sequence[Language] = [known[tag] for tag in languages]
    return LanguageDetectorBuilder.from_languages(*chosen).build()


def _known(script: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of `languages` that lingua knows in `script`, sorted, once each."""
    primary = {tag.partition("-")[0] for tag in languages}
    return tuple(sorted(primary & _languages(script).keys()))


@cache
def _languages(script: str) -> Mapping[str, Language]:
    """Return lingua's languages written in `script`, by tag, for scripts that many languages share."""
    listings: dict[str, Callable[[], Any]] = {
        "Latn": Language.all_with_latin_script,
        "Cyrl": Language.all_with_cyrillic_script,
        "Arab": Language.all_with_arabic_script,
        "Deva": Language.all_with_devanagari_script,
    }
    listed = listings[script]() if script in listings else ()
    return {_tag(language): language for language in sorted(listed, key=_tag)}


def _tag(language: Language) -> str:
    return str(language.iso_code_639_1.name).lower()
