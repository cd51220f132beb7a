"""What the borders of a run and the words beside it say of its kind, as named features."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice, pairwise

import regex

from pipeline.fragments.place import Place
from pipeline.languages.language_tag import primary
from pipeline.words.context_words import context_classes, cut_words
from pipeline.words.slot import classes

BEFORE, AFTER = 120, 90
"""Code points on either side that are looked at."""
_TOKEN = regex.compile(r"[\p{L}\p{M}]++(?:['’-][\p{L}\p{M}]++)*+|\d[\d.,]*+|[^\s\p{L}\p{M}\d]")
_PIECE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー]++|[\p{Latin}\p{Hangul}\p{Cyrillic}\p{M}]++|\d[\d.,]*+|\S")
"""A token where no spaces part words: letters of one alphabet."""
_WHOLE = regex.compile(r"[^\p{Han}\p{Hiragana}\p{Katakana}ー]")
_NEAR_BEFORE, _NEAR_AFTER = 7, 4
"""Words that count by themselves, wherever among these they stand."""
_AROUND_BEFORE, _AROUND_AFTER = 12, 8
"""Words whose classes count, wherever among these they stand."""
_APPOSITION = 5
_MOST_SPOKEN = 5
_MOST_CUT = 16
"""Words that are cut from a text without spaces on either side."""
_UNSPACED = ("zh", "yue", "ja")
"""Hosts that set no spaces between words."""

_BORDERS = (
    ("letter of CJK", regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー]")),
    ("Hangul", regex.compile(r"\p{Hangul}")),
    ("letter", regex.compile(r"[\p{L}\p{M}]")),
    ("number", regex.compile(r"[\d%]")),
    ("opening quote", regex.compile(r"[“\"'‘«„「『《]")),
    ("closing quote", regex.compile(r"[”’»」』》]")),
    ("opening bracket", regex.compile(r"[(（\[]")),
    ("closing bracket", regex.compile(r"[)）\]]")),
)
_OPEN = ("space", "opening quote", "opening bracket", "edge")
"""Borders on the left that keep a run apart from the word before it."""

Features = Counter[str]
"""Names of features and how much there is of each, mostly 1; what is missing is 0."""


def border(char: str) -> str:
    """Return what kind of border `char` is for what stands beside it.

    >>> [border(char) for char in ("", " ", "e", "汉", "「", ";")]
    ['edge', 'space', 'letter', 'letter of CJK', 'opening quote', ';']
    """
    if not char or char == "\n":
        return "edge"
    if char.isspace():
        return "space"
    return next((name for name, pattern in _BORDERS if pattern.match(char)), char)


def words_beside(place: Place) -> tuple[list[str], list[str]]:
    """Return the words before the run and after it, both in the order of the text; numbers and marks count as words."""
    if primary(place.host_language) not in _UNSPACED:
        before, after = (_TOKEN.findall(side) for side in sides(place))
        return before, after
    before, after = (_PIECE.findall(side) for side in sides(place))
    return _cut(before[::-1], backwards=True)[::-1], _cut(after, backwards=False)


def _cut(tokens: Iterable[str], *, backwards: bool) -> list[str]:
    cut = ((token,) if _WHOLE.match(token) else cut_words(token, backwards=backwards) for token in tokens)
    return list(islice(chain.from_iterable(cut), _MOST_CUT))


def sides(place: Place) -> tuple[str, str]:
    """Return the text before the run and after it, as far as it is looked at."""
    text, run = place.segment.text, place.run
    return text[max(0, run.start - BEFORE) : run.start], text[run.end : run.end + AFTER]


def manner(place: Place) -> str:
    """Return whether the run stands apart from what is before it or hangs on it: words say other things then."""
    before, _ = sides(place)
    if border(before[-1:]) in _OPEN:
        return "apart"
    return "amid" if primary(place.host_language) in _UNSPACED else "hanging"


def border_features(place: Place) -> Features:
    """Return what stands right at the run, and whose text it is."""
    before, after = sides(place)
    left, right = border(before[-1:]), border(after[:1])
    host = primary(place.host_language)
    return Counter((
        f"left: {left}",
        f"right: {right}",
        f"between: {left} … {right}",
        f"left two: {border(before[-2:-1])}, {left}",
        f"script: {place.run.script}",
        f"host: {host}",
        f"script in host: {place.run.script} in {host}",
        f"length: {min(len(place.text), 7)}",
        f"label: {place.segment.label}",
    ))  # fmt: skip


def word_features(place: Place) -> Features:
    """Return which words stand beside the run, and where."""
    before, after = words_beside(place)
    last, first = before[-1] if before else "|", after[0] if after else "|"
    found = Counter((
        f"word before: {last.lower()}",
        f"word after: {first.lower()}",
        f"words before: {' '.join(before[-2:]).lower()}",
        f"form before: {_form(last)}",
        f"forms before: {' '.join(map(_form, before[-2:]))}",
        f"form after: {_form(first)}",
        f"forms after: {' '.join(map(_form, after[:2]))}",
        f"forms around: {_form(last)} … {_form(first)}",
    ))  # fmt: skip
    found.update(f"near before: {word.lower()}" for word in before[-_NEAR_BEFORE:])
    found.update(f"near after: {word.lower()}" for word in after[:_NEAR_AFTER])
    found["capitals before"] = sum(_form(word) == "Capital" for word in before[-2:])
    return found + _class_features(before, after)


def _form(token: str) -> str:
    if token[0].isdigit():
        return "number"
    if not token[0].isalpha():
        return token
    return "Capital" if token[0].isupper() else "small"


def _class_features(before: list[str], after: list[str]) -> Features:
    """Return of which classes the words beside the run are, by their distance and as a whole."""
    found = Features()
    for distance, word in enumerate(reversed(before[-3:]), 1):
        found.update(f"{name} {distance} before" for name in context_classes(word))
    for distance, word in enumerate(after[:4], 1):
        found.update(f"{name} {distance} after" for name in context_classes(word))
    if before and before[-1][0].isupper():
        found.update(f"{name} with a capital" for name in context_classes(before[-1]))
    if after[:1] == [","]:
        found.update(f"{name} in apposition" for name in classes_of_all(after[1:_APPOSITION]))
    found.update(f"{name} around before" for name in classes_of_all(before[-_AROUND_BEFORE:]))
    found.update(f"{name} around after" for name in classes_of_all(after[:_AROUND_AFTER]))
    spoken = sum("word" in context_classes(word) for word in (*before, *after))
    found["words about words"] = min(spoken, _MOST_SPOKEN)
    found.update(f"at least {least} words about words" for least in (2, 4) if spoken >= least)
    return found


def classes_of_all(words: list[str]) -> set[str]:
    """Return the classes of all of `words`."""
    return {name for word in words for name in context_classes(word)}


def classes_before(place: Place, number: int) -> set[str]:
    """Return the classes of the last `number` words before the run."""
    return classes_of_all(words_beside(place)[0][-number:])


def grammar_features(place: Place) -> Features:
    """Return which parts of speech stand beside the run; English hosts alone have a table of them."""
    if primary(place.host_language) != "en":
        return Features()
    names = classes(place.segment.text, place.run.start, place.run.end).split()
    at = names.index("_")
    found = Features(f"part before: {name}" for name in names[max(0, at - 1) : at])
    found.update(f"part after: {name}" for name in names[at + 1 : at + 2])
    found.update(f"parts before: {one} {two}" for one, two in pairwise(names[max(0, at - 2) : at]))
    found.update(f"parts around: {one} … {two}" for one, two in zip(names[at - 1 : at], names[at + 1 :], strict=False))
    return found
