"""What the script of a line tells of its language: all of it, that there is none, or what is left to ask about."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.languages.chinese import variant
from pipeline.languages.guess import NO_LANGUAGE, NOTHING, Guess
from pipeline.languages.han_marks import chinese_marks, han_language, is_cantonese
from pipeline.languages.japanese import is_japanese
from pipeline.languages.line_words import count_names, is_address, words_of
from pipeline.languages.lingua_answer import written_in
from pipeline.languages.no_words import is_code, without_noise
from pipeline.languages.script import count_letters, main_script, only_language

AS_SOON_A_NAME = 2
"""Two words with capitals are as soon a person as a heading."""
_LEAST_LETTERS = 6
"""With fewer, not even the languages of the same page help."""
_LEAST_GREEK = 3
"""One or two are a symbol: Δ, μm."""
_LEAST_JAPANESE = 2
"""One letter of kana is a face: ツ."""
_MOST_WITHOUT_KANA = 40
"""Letters of Han in a row that Japanese may hold without kana between them: a heading, a list of names."""
_MAX_HEAD = 10_000
"""What is looked at of a paragraph without end, in code points."""

# The share of right answers, by what an answer rests on.
_SCRIPT_SCORE = 1.0
_LETTERS_SCORE = 0.9
"""For Han that only Japanese writes that way."""
_KANA_SCORE = 0.7
"""For a line of Han with little kana that may be Japanese or Chinese with a Japanese word in it."""


class Undecided(NamedTuple):
    """A line that its script alone does not decide: its first words, in `script`, and how many letters it has."""

    words: str
    script: str
    letters: int
    names: int
    """See `count_names`."""


def by_script(text: str, letters: Counter[str] | None = None) -> Guess | Undecided:
    """Return what the script of `text` tells: a language, that there is none, or what is left to ask about.

    `letters` are those of the whole text, if they have been counted already.
    """
    head = text[:_MAX_HEAD]
    clean = without_noise(head)
    if letters is None or clean != text:
        letters = count_letters(clean)
    if not letters:
        noisy = clean != head or any(map(str.isdigit, head))
        return Guess(NO_LANGUAGE, _SCRIPT_SCORE) if noisy else NOTHING
    script = main_script(letters)
    if is_code(head) or (script == "Grek" and letters[script] < _LEAST_GREEK):
        return NOTHING
    if script == "Jpan":
        return _chinese_or_japanese(clean, letters) if letters.total() >= _LEAST_JAPANESE else NOTHING
    if script == "Hani":
        return _in_han(clean, letters["Hani"])
    if language := only_language(script, clean):
        return Guess(language, _SCRIPT_SCORE)
    if letters[script] < _LEAST_LETTERS or not written_in(script):
        return NOTHING
    words = words_of(clean, script if len(letters) > 1 else "")
    names = AS_SOON_A_NAME if is_address(clean, words) else count_names(words)
    return Undecided(words, script, letters[script], names)


def _in_han(text: str, letters: int) -> Guess:
    """Return the language of a text without kana, of so many Han letters."""
    if is_cantonese(text, letters):
        return Guess("yue", _SCRIPT_SCORE)
    if letters <= _MOST_WITHOUT_KANA and is_japanese(text):
        return Guess(_chinese(text), _KANA_SCORE) if chinese_marks(text) else Guess("ja", _LETTERS_SCORE)
    return Guess(_chinese(text), _SCRIPT_SCORE)


def _chinese_or_japanese(text: str, letters: Mapping[str, int]) -> Guess:
    told = han_language(text, letters)
    if told == "zh":
        return Guess(_chinese(text), _SCRIPT_SCORE)
    return Guess("ja", _SCRIPT_SCORE if told else _KANA_SCORE)


def _chinese(text: str) -> str:
    form = variant(text)
    return f"zh-{form}" if form else "zh"
