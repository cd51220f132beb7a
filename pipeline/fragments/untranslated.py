"""Sentences and clauses of a paragraph that were left in another language written in Latin letters.

Three judges in a row, each dearer than the one before: a few letters and words that ordinary text does not hold,
the everyday words of the sentence, and the language detector. The last two have to name the same language.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.fragments.evidence import is_said_untranslated
from pipeline.languages.detector import detect
from pipeline.languages.everyday import WORD, Everyday, everyday, hints_of_guests
from pipeline.languages.marked_languages import taken_for
from pipeline.lines.quotations import is_within, quotations
from pipeline.lines.sentences import sentences
from pipeline.rules import PatternRule, load_rules

_LEAST_WORDS = 5
_LEAST_EVERYDAY = 2
"""Different everyday words of the guest's language."""
_LEAST_CLAUSE_WORDS = 6
_LEAST_CLAUSE_EVERYDAY = 3
_LEAST_SHARE = 0.12
"""Of everyday words among all: Polish and Turkish need few."""
_LEAST_JOINTS = 3
"""Everyday words of a whole sentence that holds neither pronoun nor conjunction nor auxiliary."""
_LEAST_SMALL = 0.45
"""Share of words in small letters: titles and names have fewer, German sentences not many more."""
_NEAR = 0.75
"""How near its rivals' number of everyday words the language must come that the detector names: sisters share many."""
_MOST_OF_QUOTE = 2
"""Length of a quote, in stretches, that the stretch is the bulk of."""
_LEAST_SCORE = 0.6
_BEFORE = 80
_AFTER = 60
_MOST_READ = 400
"""Code points shown to the rules: before the stretch, after it, and of the stretch itself."""
_RIVALS = ("de", "en", "es", "fr", "it", "pt")
"""Languages that the detector always weighs against the suspect."""

_CODE = re.compile(r"\w_\w|\w\(\)")
"""Identifiers and calls: code is English in its words, and nobody's leftover."""

_SHARED = ("Latn", "Cyrl")
"""Scripts of several languages whose everyday words are known."""
_AFTER_LATIN = "\u0370"
_LATIN = "A-Za-z\\u00c0-\\u024f\\u1ea0-\\u1ef9"
_LATIN_CLAUSE = re.compile(f" [{_LATIN}'’]+ [{_LATIN}'’]+")
_LATIN_STRETCH = regex.compile(
    r"\p{Latin}(?:[\p{Latin}\p{M}\d,.;:!?'’\"“”$%€£#&/+ -]|[–—](?=[ \p{Latin}]))*[\p{Latin}\d%]"
)
_PIECE = regex.compile(r"[^,;:()\[\]“”\"«»—–|]+")
_STOP_BEFORE = regex.compile(r"(?:^|[.!?…。！？][”’\"'»」』)）]*\s*)$")
_STOP_AFTER = regex.compile(r"[.!?。！？]")
_STOPS = regex.compile(r"[.!?…。！？]+[”’\"'»」』)）]?\s*")
_NUMBER = regex.compile(r"(?: \d[\d.,]*+%?)+(?=[.!?]|$)|(?: \d[\d.,]*\d%?)+(?=[.!?])")
"""What may end a sentence after its last word."""
_EDGE = regex.compile(r"[\p{L}\p{N}](?:.*[\p{L}\p{N}])?", regex.S)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text in another language than its host's, from its first letter or digit to its last."""

    start: int
    end: int
    language: str
    score: float
    """How sure the language is, 0 to 1."""


def may_be_mixed(text: str, host: str, script: str) -> bool:
    """Return, at a glance, whether `text` may hold a sentence that `untranslated` would yield.

    >>> may_be_mixed("The end of the day.", "en", "Latn"), may_be_mixed("He said che non sono.", "en", "Latn")
    (False, True)
    """
    if script in _SHARED:
        words, letters = hints_of_guests(host)
        if words.search(text) or (letters and not text.isascii() and letters.search(text)):
            return True
    return script != "Latn" and _LATIN_CLAUSE.search(text) is not None


def untranslated(text: str, host: str, script: str) -> Iterator[Stretch]:
    """Yield the sentences and clauses of `text` in another language than `host`, a primary tag, in Latin letters.

    `script` (ISO 15924) is the host's. What is quoted, announced or translated beside it is left out.

    >>> text = "公司回应。We do not know when the plant will open again.随后股价下跌。"
    >>> [text[found.start:found.end] for found in untranslated(text, "zh", "Hani")]
    ['We do not know when the plant will open again']
    """
    found = set(_in_own_script(text, host, script)) if script in _SHARED else set()
    if script != "Latn":
        found.update(_in_other_script(text))
    pending: Stretch | None = None
    for stretch in _stretches(text, host, sorted(found)):
        if pending and pending.language == stretch.language and _STOPS.fullmatch(text, pending.end, stretch.start):
            # One sentence after the other: they were left together.
            score = min(pending.score, stretch.score)
            pending = Stretch(pending.start, stretch.end, stretch.language, score)
            continue
        if pending:
            yield pending
        pending = stretch
    if pending:
        yield pending


def _stretches(text: str, host: str, found: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    quoted: Sequence[tuple[int, int]] | None = None
    for start, end in found:
        language = suspect(text, start, end, host)
        # What a language is taken for tells of no other: its own sentences may lack its marks.
        if not language or language in taken_for(host):
            continue
        start, end = _without_hosts_edges(text, start, end, host, language)
        quoted = quotations(text) if quoted is None else quoted
        # A quote that begins in the host's language was not meant to end in another.
        own = [(left, right) for left, right in quoted if right - left <= _MOST_OF_QUOTE * (end - start)]
        if not is_within(start, end, own) and (stretch := _judged(text, start, end, host, language)):
            yield stretch


def _in_other_script(text: str) -> Iterator[tuple[int, int]]:
    """Yield the Latin sentences of a text in another script."""
    for stretch in _LATIN_STRETCH.finditer(text):
        at = stretch.start()
        for start, end in sentences(stretch.group()):
            yield from _edges(text, at + start, at + end)


def _in_own_script(text: str, host: str, script: str) -> Iterator[tuple[int, int]]:
    """Yield what may be in another language: whole sentences, and the parts of them free of the host's words.

    Amid Cyrillic, Latin words end such a part: they are looked at by themselves.
    """
    known = everyday(host)
    for start, end in sentences(text):
        words = [(word.start() + start, word.end() + start) for word in WORD.finditer(text[start:end])]
        signs = [_sign(text[left:right].casefold(), known) for left, right in words]
        if script != "Latn":
            signs = [-1 if text[left] < _AFTER_LATIN else sign for (left, _), sign in zip(words, signs, strict=True)]
        if signs.count(1) < _LEAST_EVERYDAY:
            continue
        for first, last in _free_parts(text, words, signs):
            number = _NUMBER.match(text, words[last][1], end) if last + 1 == len(words) else None
            yield from _edges(text, words[first][0], number.end() if number else words[last][1])


def _sign(word: str, known: Everyday) -> int:
    """Return 1 for an everyday word of some guest only, -1 for one of the host, 0 for any other word."""
    if word in known.own:
        return -1
    return 1 if known.is_guests(word) else 0


def _free_parts(text: str, words: Sequence[tuple[int, int]], signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last word of the stretches that hold guests' everyday words and none of the host's.

    A word that tells nothing goes with the everyday word before it, for articles and prepositions stand in front;
    at the start of a clause it goes with the next one.
    """
    at = 0
    while at < len(words):
        if signs[at] != 1:
            at += 1
            continue
        first = at
        while first and signs[first - 1] == 0:
            first -= 1
        if first and signs[first - 1] == -1:
            first = _after_mark(text, words, first, at)
        last = at
        while last + 1 < len(words) and signs[last + 1] != -1:
            last += 1
        if last + 1 < len(words):
            last = _before_mark(text, words, signs, at, last)
        yield first, last
        at = last + 1


def _after_mark(text: str, words: Sequence[tuple[int, int]], first: int, at: int) -> int:
    """Return the word from `first` to `at` that stands after the last mark in between, `at` where there is none."""
    for word in range(at, first - 1, -1):
        if word and _is_marked(text[words[word - 1][1] : words[word][0]]):
            return word
    return at


def _before_mark(text: str, words: Sequence[tuple[int, int]], signs: Sequence[int], at: int, last: int) -> int:
    """Return the word before the mark that follows the last everyday word of the guest's, `last` where none does."""
    sure = max(word for word in range(at, last + 1) if signs[word] == 1)
    for word in range(sure, last + 1):
        if word + 1 < len(words) and _is_marked(text[words[word][1] : words[word + 1][0]]):
            return word
    return last


def _is_marked(between: str) -> bool:
    return any(mark in between for mark in ',;:()—–“”"«»|')


def _edges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    found = _EDGE.search(text, start, end)
    if found:
        yield found.span()


def suspect(text: str, start: int, end: int, host: str) -> str:
    """Return the language that the everyday words of a stretch name, empty where they do not make a sentence."""
    found = WORD.findall(text, start, end)
    if len(found) < _LEAST_WORDS:
        return ""
    small = sum(word[0].islower() for word in found)
    words = [word.casefold() for word in found]
    known = everyday(host)
    votes = known.languages(words)
    if not votes or small < _LEAST_SMALL * len(words):
        return ""
    most = max(votes.values())
    language = min(tag for tag, number in votes.items() if number == most)
    distinct = {word for word in words if known.is_guests(word)}
    if len(distinct) < _LEAST_EVERYDAY or most < _LEAST_SHARE * len(words):
        return ""
    if _is_between_stops(text, start, end):
        return language if most >= _LEAST_JOINTS or not distinct.isdisjoint(known.clause[language]) else ""
    # Part of a sentence may be a phrase that the host has borrowed: a fait accompli, a raison d'être.
    is_long = len(words) >= _LEAST_CLAUSE_WORDS and len(distinct) >= _LEAST_CLAUSE_EVERYDAY
    return language if is_long and not distinct.isdisjoint(known.clause[language]) else ""


def _is_between_stops(text: str, start: int, end: int) -> bool:
    """Return whether a stretch is a sentence with its mark: titles and names have none."""
    return bool(_STOP_BEFORE.search(text, max(0, start - 8), start) and _STOP_AFTER.match(text, end))


def _without_hosts_edges(text: str, start: int, end: int, host: str, language: str) -> tuple[int, int]:
    """Return the stretch without clauses at its ends that hold no word of `language` and are the host's."""
    pieces = [piece.span() for piece in _PIECE.finditer(text, start, end)]
    while len(pieces) > 1 and _is_hosts(text, *pieces[0], host, language):
        del pieces[0]
    while len(pieces) > 1 and _is_hosts(text, *pieces[-1], host, language):
        del pieces[-1]
    found = _EDGE.search(text, pieces[0][0], pieces[-1][1]) if pieces else None
    return found.span() if found else (start, end)


def _is_hosts(text: str, start: int, end: int, host: str, language: str) -> bool:
    words = everyday(host).languages(word.casefold() for word in WORD.findall(text, start, end))
    return not words[language] and detect(text[start:end], (host, language), (host, language)).language == host


def _judged(text: str, start: int, end: int, host: str, language: str) -> Stretch | None:
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    around = f"{before}⟦{text[start : min(end, start + _MOST_READ)]}⟧{after}"
    is_introduced = any(rule.pattern.search(around) for rule in load_rules("introduced", PatternRule))
    if is_introduced and not is_said_untranslated(around):
        return None
    stretch = text[start:end]
    if _CODE.search(text, start, end + _AFTER):
        return None
    guess = detect(stretch, tuple(sorted({language, host, *_RIVALS})))
    votes = everyday(host).languages(word.casefold() for word in WORD.findall(stretch))
    if guess.score < _LEAST_SCORE or votes[guess.language] < _NEAR * max(votes.values()):
        return None
    return Stretch(start, end, guess.language, guess.score)
