"""What a dictionary entry says a Chinese word means, as words that can stand in an English sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from pipeline.rules import EditRule, PatternRule, load_rules
from pipeline.words.dictionary import Entry

_MOST_WORDS = 5
_MOST_LETTERS = 1_000
"""Of a sense; twice what the longest one of a real dictionary has."""
_PART = regex.compile(r"(?:[^;(]|\((?:[^()]|\([^()]*+\))*+\)|\()++")
"""What stands between semicolons that are in no bracket, two deep; one that is never closed is a letter."""
_BRACKET = regex.compile(r"[()\[\]]")
_VERB = regex.compile(r"to (?=\p{Ll})")
_STATEMENT = regex.compile(r"\S+ \S+ .+\.")


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning: its words, whether they are a verb or a whole statement, and its place in its entry (0 first)."""

    text: str
    is_verb: bool
    order: int
    is_statement: bool = False


def senses(entries: Iterable[Entry]) -> tuple[Sense, ...]:
    """Return the meanings in `entries` that are words for the thing, without notes, first meanings first.

    A reading that is a proper name gives way to one that is not.

    >>> entry = Entry("回報", "回报", "hui2 bao4", ("(in) return", "to report back", "CL:個|个[ge4]"))
    >>> [(sense.text, sense.is_verb) for sense in senses([entry])]
    [('return', False), ('report back', True)]
    """
    rows = list(entries)
    common = [entry for entry in rows if not is_name(entry)] or rows
    seen: dict[tuple[str, bool], Sense] = {}
    for entry in common:
        for order, text in enumerate(part for sense in entry.senses for part in _words(sense)):
            found = as_sense(text, order)
            seen.setdefault((found.text.casefold(), found.is_verb), found)
    return tuple(sorted(seen.values(), key=lambda sense: sense.order))


def as_sense(text: str, order: int = 0) -> Sense:
    """Return words as a meaning: `to plunge` is a verb, `time will tell.` a statement, and `Mr.` neither."""
    if _STATEMENT.fullmatch(text):
        return Sense(text.removesuffix("."), is_verb=False, order=order, is_statement=True)
    is_verb = _VERB.match(text) is not None
    return Sense(text[3:] if is_verb else text, is_verb, order)


def is_name(entry: Entry) -> bool:
    """Return whether an entry is a proper name: dictionaries capitalise its transcription."""
    return entry.pinyin[:1].isupper()


def _words(sense: str) -> Iterator[str]:
    if len(sense) > _MOST_LETTERS:
        return
    for part in _PART.findall(sense):
        if any(rule.pattern.search(part) for rule in load_rules("senses_dropped", PatternRule)):
            continue
        for rule in load_rules("senses", EditRule):
            part = rule.pattern.sub(rule.new, part)
        text = part.strip(" ,.")
        # A bracket that is still there holds a remark that nothing ended, or stands in one.
        if text and len(text.split()) <= _MOST_WORDS and text.isascii() and not _BRACKET.search(text):
            yield text
