"""What the letters of a run say of its kind, by themselves and in the dictionary, as named features."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from pipeline.fragments.place import Place
from pipeline.fragments.place_words import Features, border, classes_before, manner, sides
from pipeline.rules import PatternRule, load_rules
from pipeline.words.dictionary import Dictionary, Entry
from pipeline.words.slot import slot
from pipeline.words.starter import common_words
from pipeline.words.surnames import surname
from pipeline.words.word_evidence import Listed, is_of_words, listed

_NOTES = (
    "idiom", "slang", "abbr", "Internet", "coll.", "lit.", "fig.", "surname", "Taiwan", "neologism", "dialect",
    "saying", "old", "Buddhism", "CL:",
)  # fmt: skip
"""What the dictionary notes beside a sense."""
_ENDINGS = ("firm", "place", "shop")
"""Rows of run_forms.toml: how names of firms, places and shops end."""
_CLAUSE = regex.compile(r"[了你我他她的就也不吧吗是]|没有|已经|\p{Han}{7}")
_FORMS = {
    "hiragana": regex.compile(r"\p{Hiragana}"),
    "all hiragana": regex.compile(r"^\p{Hiragana}+$"),
    "all katakana": regex.compile(r"^[\p{Katakana}ー・]+$"),
    "okurigana": regex.compile(r"\p{Han}\p{Hiragana}{1,3}$"),
    "clause": _CLAUSE,
    "said twice": regex.compile(r"^(.{2,3})\1$"),
    "first capital": regex.compile(r"^\p{Lu}"),
    "all capitals first": regex.compile(r"^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+$"),
    "small letters": regex.compile(r"^\p{Ll}"),
    "two words of Hangul": regex.compile(r"^\p{Hangul}+ \p{Hangul}+$"),
}
_TELLING = (
    "said twice", "all hiragana", "all katakana", "okurigana", "all capitals first", "first capital", "small letters",
    "two words of Hangul",
)  # fmt: skip
_KOREAN_NAME = "korean-name"
_INFLECTED = ("Jpan", "Kore")
"""Scripts of languages whose words tell by their ends whether they are verbs, adverbs or nouns."""
_LONGEST_PART = 4
_MOST_SENSES = 4
_MOST_LETTERS = 6
_PARTS = 4
"""The share of words is told in so many parts."""


def letter_features(place: Place) -> Features:
    """Return what the letters look like."""
    found = Features(name for name, pattern in _FORMS.items() if pattern.search(place.text))
    found["spaces"] = place.text.count(" ")
    if place.run.script in _INFLECTED:
        found.update((f"last letter: {place.text[-1]}", f"last letters: {place.text[-2:]}"))
    if _FORMS["all katakana"].search(place.text):
        found[f"katakana: {min(len(place.text), 8)}"] = 1
    if border(sides(place)[0][-1:]) == "opening quote":
        found[f"quoted letters: {min(len(place.text), 7)}"] = 1
        found["quoted clause"] = int("clause" in found)
    return found


def standing_features(place: Place, words: Dictionary | None) -> Features:
    """Return what is known of the run as a word, beside such words and in such a slot; `words` is the dictionary."""
    standing = _standing(place, words)
    found = Features((standing, *_slot(place, words, standing)))
    found.update(f"{standing}, after {name}" for name in classes_before(place, 1))
    found.update(f"{standing}, near {name}" for name in classes_before(place, 3))
    if len(place.text) == 1:
        found.update(f"one letter after {name}" for name in classes_before(place, 1))
    return found


def _standing(place: Place, words: Dictionary | None) -> str:
    """Return how the dictionary lists a run of Han letters; of others, what their form tells as well."""
    run = place.text
    if place.run.script == "Hani":
        how = listed(run, words) if words else None
        return f"listed: {how.value}, {min(len(run), 5)}" if how else f"not looked up, {min(len(run), _MOST_LETTERS)}"
    if run.casefold() in common_words():
        return f"{place.run.script} common word"
    if _patterns()[_KOREAN_NAME].search(run):
        return "surname and name in Hangul"
    form = next((name for name in _TELLING if _FORMS[name].search(run)), "")
    return f"{place.run.script} {form or min(len(run), _MOST_LETTERS)}"


def han_features(place: Place, words: Dictionary | None) -> Features:
    """Return what the letters of a Chinese run tell, and what the dictionary, if there is one, says of it."""
    run = place.text
    if place.run.script != "Hani":
        return Features()
    how = listed(run, words) if words else None
    standing = how.value if how else "not looked up"
    found = Features((*_letters(run), *_ending(run, standing)))
    if words is None:
        return found
    if surname(run[:1], words) is not None and len(run) <= 3:
        found[f"surname first: {len(run)}, {standing}"] = 1
    entries = words.entries(run)
    return found + (_entry_features(entries) if entries else _part_features(run, words))


def _letters(run: str) -> Iterator[str]:
    yield f"last letter: {run[-1]}"
    yield f"last letters: {run[-2:]}"
    yield f"first letter: {run[0]}"
    for letter in set(run):
        yield f"letter: {letter}"


def _ending(run: str, standing: str) -> Iterator[str]:
    for name in _ENDINGS:
        if len(run) > 1 and _patterns()[name].search(run):
            yield f"ends as a {name}"
            yield f"ends as a {name}, {standing}"


def _slot(place: Place, words: Dictionary | None, standing: str) -> Iterator[str]:
    """Yield which part of speech an English slot asks for and whether the run can be one."""
    if not place.host_language.startswith("en"):
        return
    there = slot(place.segment.text, place.run.start, place.run.end, for_wording=False)
    part = there.best if there.fits else "any"
    yield f"slot for {part}"
    yield f"slot for {part}, {standing}"
    if words is not None and (entries := words.entries(place.text)):
        yield f"slot for {part}, {'a' if _is_verb(entries) else 'no'} verb"


@cache
def _patterns() -> Mapping[str, regex.Pattern[str]]:
    return {rule.id.partition("/")[2]: rule.pattern for rule in load_rules("run_forms", PatternRule)}


def _is_verb(entries: Sequence[Entry]) -> bool:
    return any(sense.startswith("to ") for entry in entries for sense in entry.senses)


def _entry_features(entries: Sequence[Entry]) -> Features:
    senses = [sense for entry in entries for sense in entry.senses]
    found = Features(f"noted: {note}" for note in _NOTES if any(note in sense for sense in senses))
    found["verb"] = int(_is_verb(entries))
    found["senses"] = min(_MOST_SENSES, len(senses))
    return found


def _part_features(run: str, words: Dictionary) -> Features:
    """Return how much of a run that the dictionary does not list is made of words that it does list."""
    covered = _covered_by_words(run, words)
    found = Features({"share of words": _PARTS * covered // len(run)})
    if covered in (0, len(run)):
        found[f"{'all' if covered else 'none'} of it words: {min(len(run), 5)}"] = 1
    if is_of_words(run, words):
        found["two words of two letters"] = 1
    return found


def _covered_by_words(run: str, words: Dictionary) -> int:
    """Return how many letters of `run` listed common words can cover at most, none of them twice."""
    covered = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - _LONGEST_PART), end - 1)
        whole = [covered[start] + end - start for start in starts if listed(run[start:end], words) is Listed.WORD]
        covered[end] = max(covered[end - 1], *whole, 0)
    return covered[-1]


def in_manner(found: Features, place: Place) -> Features:
    """Return `found`, each said of a run that stands apart or of one that hangs on the word before it."""
    how = manner(place)
    return Counter({f"{how}, {name}": much for name, much in found.items()})
