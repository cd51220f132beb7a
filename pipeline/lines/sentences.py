"""Where the sentences of a paragraph begin and end.

One pass over the end marks, each with a short look to both sides, so a paragraph costs its length. Chinese and
Japanese marks always end a sentence and take the closing quotes along; a Latin full stop has to show that it is
no decimal, no initial and no abbreviation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lines.full_stops import OTHER_STOPS
from pipeline.rules import Rule, load_rules

_CLOSING = "\"'”’»›“)\\]）］」』》〉】"
_MARK = re.compile(rf"[.!?؟{OTHER_STOPS}]+[{_CLOSING}]*|[。！？｡]+[{_CLOSING}]*|…+[{_CLOSING}]*")
_MOST_TOKEN = 16
"""Code points before a full stop that are looked at for an abbreviation."""
_TOKEN = re.compile(r"[^\W\d_](?:[\w.'’-]*[^\W\d_])?\Z")
_FAR_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NEXT = re.compile(r"(\s*)[“\"'‘«„「『《(（\[¿¡—–-]*\s?(\w*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRule(Rule):
    """Words that a full stop belongs to.

    `role` says what the stop means: `inside` (a word follows: Dr.), `open` (it may end the sentence as well:
    Inc.). `starts` hold words that begin a sentence: after one of `open` they decide.
    """

    role: str
    words: tuple[str, ...]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of every sentence of `text`, its marks and closing quotes in, no space around it.

    >>> text = "Dr. Li paid 3.5 euros. 他说：“不去。”然后走了。"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Dr. Li paid 3.5 euros.', '他说：“不去。”', '然后走了。']
    """
    start = 0
    for mark in _MARK.finditer(text):
        if _ends(text, mark):
            yield from _trimmed(text, start, mark.end())
            start = mark.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, mark: re.Match[str]) -> bool:
    """Return whether `mark` ends a sentence."""
    if mark.group()[0] in "。！？｡":
        return True
    if mark.end() == len(text):
        return True
    after = _NEXT.match(text, mark.end())
    space, word = (after.group(1), after.group(2)) if after else ("", "")
    if not space:
        # Glued to Chinese or Japanese, which sets no spaces: `the margin.随后`.
        return mark.group()[0] != "…" and bool(word) and bool(_FAR_EAST.match(word))
    if word and word[0].islower():
        return False
    return mark.group()[0] != "." or not _is_abbreviation(text, mark.start(), word)


def _is_abbreviation(text: str, stop: int, word: str) -> bool:
    """Return whether the full stop at `stop` belongs to the word before it and ends nothing before `word`."""
    found = _TOKEN.search(text[max(0, stop - _MOST_TOKEN) : stop])
    if not found:
        return False
    token = found.group().casefold()
    if token in _words("inside"):
        return True
    # An initial: J. K. Rowling; but `plan B. The`.
    if len(token) == 1 or token in _words("open"):
        return word.casefold() not in _words("starts")
    return False


@cache
def _words(role: str) -> frozenset[str]:
    rules = load_rules("sentences", SentenceRule)
    return frozenset(word for rule in rules if rule.role == role for word in rule.words)
