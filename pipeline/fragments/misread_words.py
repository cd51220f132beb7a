"""Words of the Latin alphabet with Han letters in them that are accented letters read as GBK: `f黵` for `für`.

They look like Chinese that a translator left behind, so that only the whole page decides: two different words that
read well, and few Han letters glued to words that do not; or one word in which the letter can be nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.edit import Edit
from pipeline.languages.everyday import own_words
from pipeline.rules import PatternRule, load_rules

_GLUED = regex.compile(r"[A-Za-z]\p{Han}|\p{Han}[A-Za-z]")
_WORD = regex.compile(r"(?<![\p{L}\p{M}])[A-Za-z\p{Han}]++(?![\p{L}\p{M}])")
_HAN = regex.compile(r"\p{Han}++")
_PARTS = regex.compile(r"[A-Za-z]++")
_INSIDE = regex.compile(r"[A-Za-z]\p{Han}++[a-z]")
_VOWEL = regex.compile(r"(?i)[aeiouy]")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MARK = regex.compile(r"[“‘’—–]")

LONGEST = 40
"""Code points of a word; what is longer is no word."""
LEAST_WORDS = 2
"""Different words by which a page shows that it was read so."""
MOST_OTHERS = 0.25
"""Glued words that do not read well, for each that does, from which the page holds Chinese."""
BESIDE = 80
"""Code points on each side of a word in which the right word explains it."""
SHORTEST_WORD = 3
"""Letters beside a Han letter that may be a word of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MisreadWordRule(PatternRule):
    """A codec and the words that may come out; see the head of misread_words.toml."""

    codec: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    old: str
    new: str
    codec: str

    @property
    def is_clear(self) -> bool:
        """Whether it cannot be a letter of Chinese beside an English word."""
        rare = any(_is_rare(letter) for letter in self.old if not letter.isascii())
        return rare or any(part.lower() not in own_words("en") for part in _PARTS.findall(self.old))

    @property
    def is_clear_alone(self) -> bool:
        """Whether it needs no second word beside it."""
        rare = all(_is_rare(letter) for letter in self.old if not letter.isascii())
        no_word = any(_is_no_word(part) for part in _PARTS.findall(self.old))
        if self.codec == "utf-8":
            return (rare and bool(_MARK.search(self.new))) or (no_word and _INSIDE.search(self.old) is not None)
        return rare and (no_word or _INSIDE.search(self.old) is not None)


def reread_words(text: str) -> Iterator[Edit]:
    """Yield an edit for each Han letter of `text` that is a letter of the word around it, read as GBK.

    >>> [(edit.old, edit.new) for edit in reread_words("Umgew鰄nung, M眉nchen")]
    [('鰄', 'öh'), ('眉', 'ü')]
    >>> list(reread_words("area赢 we"))
    []
    """
    if text.isascii() or not _suspects().search(text):
        return
    glued = [match for match in _WORD.finditer(text) if _GLUED.search(match.group())]
    good: list[tuple[str, list[_Word]]] = []
    read: set[str] = set()
    for rule in load_rules("misread_words", MisreadWordRule):
        words = [word for match in glued if (word := _read(rule, match.group(), match.start()))]
        read.update(word.old for word in words)
        good.append((rule.id, [word for word in words if not _is_explained(text, word)]))
    others = len({match.group() for match in glued} - read)
    edits = [edit for rule, words in good if _is_misread(words, others) for edit in _edits(words, rule)]
    yield from sorted(edits, key=lambda edit: edit.start)


def _read(rule: MisreadWordRule, old: str, start: int) -> _Word | None:
    """Return the word that `old` is by `rule`, None if it is none."""
    if len(old) > LONGEST:
        return None
    try:
        new = old.encode("gbk").decode(rule.codec)
    except UnicodeError:
        return None
    return _Word(start, old, new, rule.codec) if rule.pattern.fullmatch(new) else None


def _is_explained(text: str, word: _Word) -> bool:
    """Return whether the right word stands beside the wrong one: such a text is about misread words."""
    return word.new in text[max(0, word.start - BESIDE) : word.start + len(word.old) + BESIDE]


def _is_misread(words: list[_Word], others: int) -> bool:
    """Return whether the page that holds `words` was read so; `others` is the number of its other glued words."""
    clear = {word.old for word in words if word.is_clear}
    if len(clear) >= LEAST_WORDS:
        return others <= MOST_OTHERS * len(clear)
    return not others and any(word.is_clear_alone for word in words)


def _edits(words: list[_Word], rule: str) -> Iterator[Edit]:
    for word in words:
        for run in _HAN.finditer(word.old):
            start = word.start + run.start()
            for piece in _pieces(run.group(), word.codec):
                yield Edit(start, piece, piece.encode("gbk").decode(word.codec), rule)
                start += len(piece)


def _pieces(run: str, codec: str) -> list[str]:
    """Return the letters of `run`, or all of it where its letters share a sign between them."""
    try:
        for letter in run:
            letter.encode("gbk").decode(codec)
    except UnicodeDecodeError:
        return [run]
    return list(run)


def _is_rare(letter: str) -> bool:
    """Return whether a Han letter is among the rare ones, in simplified and in traditional Chinese."""
    return _row(letter, "gb2312") >= 0xD8 and _row(letter, "big5") >= 0xC9


def _row(letter: str, codec: str) -> int:
    """Return the row of a Han letter in a standard that puts the common letters first; 255 if it has none."""
    try:
        return letter.encode(codec)[0]
    except UnicodeEncodeError:
        return 0xFF


def _is_no_word(part: str) -> bool:
    short = len(part) < SHORTEST_WORD or not _VOWEL.search(part)
    return short and part.lower() not in own_words("en")


@cache
def _suspects() -> re.Pattern[str]:
    """Return what a page must hold: a letter that some codec can read, beside a letter of the Latin alphabet."""
    utf8 = [bytes([lead, trail]) for lead in (0xC3, 0xC4, 0xC5, 0xE2) for trail in range(0x80, 0xC0)]
    latin1 = [bytes([lead, ord(trail)]) for lead in (*range(0x91, 0x95), *range(0xC0, 0xFF)) for trail in _LETTERS]
    doubled = [bytes([lead, trail]) for lead in range(0xDF, 0xFF) for trail in range(0xDF, 0xFF)]
    letters = "".join(pair.decode("gbk", "ignore") for pair in (*utf8, *latin1, *doubled))
    return re.compile(f"[{''.join(_HAN.findall(letters))}](?:(?<=[A-Za-z].)|(?=.?[A-Za-z]))")
