"""What lingua says of a line, out of the languages it is asked about."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from pipeline.languages.guess import NOTHING, Guess
from pipeline.languages.language_tag import primary


@lru_cache(maxsize=1024)
def lingua_answer(words: str, languages: tuple[str, ...]) -> Guess:
    """Return lingua's choice among two or more of its `languages`, with the runner-up; scores are its own.

    What it costs grows with their number. Raises KeyError on a language that it does not know.

    >>> answer = lingua_answer("amanhã de manhã", ("es", "pt"))
    >>> answer.language, answer.runner_up
    ('pt', 'es')
    """
    if len(languages) < 2:
        return NOTHING
    values = _detector(languages).compute_language_confidence_values(words)
    # It adds up in no fixed order, so the last digits differ from run to run; tables must not.
    best = sorted((-round(value.value, 3), _tag(value.language)) for value in values)
    (first, language), (second, runner_up) = best[:2]
    return Guess(language, -first, runner_up, -second)


@lru_cache(maxsize=1024)
def among(languages: tuple[str, ...], script: str) -> tuple[str, ...]:
    """Return those of `languages` (BCP 47) that lingua knows in `script`, sorted, once each.

    >>> among(("zh-Hans", "it", "ru", "gl", "it"), "Latn")
    ('it',)
    """
    return tuple(sorted({primary(tag) for tag in languages} & written_in(script).keys()))


@cache
def written_in(script: str) -> Mapping[str, Language]:
    """Return lingua's languages written in `script`, by tag in order, for scripts that many languages share."""
    listings: dict[str, Callable[[], Any]] = {
        "Latn": Language.all_with_latin_script,
        "Cyrl": Language.all_with_cyrillic_script,
        "Arab": Language.all_with_arabic_script,
        "Deva": Language.all_with_devanagari_script,
    }
    listed = listings[script]() if script in listings else ()
    return {_tag(language): language for language in sorted(listed, key=_tag)}


@lru_cache(maxsize=1024)
def _detector(languages: tuple[str, ...]) -> LanguageDetector:
    known = _all()
    chosen: Sequence[Language] = [known[tag] for tag in languages]
    return LanguageDetectorBuilder.from_languages(*chosen).build()


@cache
def _all() -> Mapping[str, Language]:
    return {_tag(language): language for language in Language.all()}


@cache
def _tag(language: Language) -> str:
    return str(language.iso_code_639_1.name).lower()
