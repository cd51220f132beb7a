"""The labels that page furniture bears, in 20 languages, as numbers: all lines of a page are looked up at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.line_arrays import BUCKETS, bucket, read_lines
from pipeline.rules import load_rules
from pipeline.stamps import ChromeRule
from pipeline.stretch_numbers import Ints, Numbers

CLASSES = ("after", "around", "about")
"""What a label opens below an article; what stands all around it; what tells of the article itself."""

_AFTER = frozenset({"related", "popular", "discussion", "questions", "author"})
_AROUND = frozenset({"nav", "stats", "ad", "disclaimer", "marker"})

_LINE_BITS = 20
MAX_WORDS = 2
"""Words of a label that count one by one; in longer ones most are everyday words."""
MIN_LETTERS = 4


@dataclass(frozen=True, slots=True)
class ChromeWords:
    """Sets of `CLASSES`, a bit each, by the upper bits of the number of a line or a word."""

    lines: NDArray[np.uint8]
    words: NDArray[np.uint8]

    def of_lines(self, numbers: Numbers) -> NDArray[np.uint8]:
        """Return the classes of labels that each line is."""
        return self.lines[_line_bucket(numbers)]

    def of_words(self, numbers: Numbers) -> NDArray[np.uint8]:
        """Return the classes of labels that each word is part of."""
        return self.words[bucket(numbers)]


@cache
def chrome_words() -> ChromeWords:
    """Return the labels of `rules/chrome.toml`."""
    lines, words = np.zeros(1 << _LINE_BITS, dtype=np.uint8), np.zeros(BUCKETS, dtype=np.uint8)
    for bit, name in enumerate(CLASSES):
        labels = read_lines("\n".join(_labels(name)))
        lines[_line_bucket(labels.numbers)] |= np.uint8(1 << bit)
        few = np.bincount(labels.word_lines, minlength=labels.count) <= MAX_WORDS
        telling = few[labels.word_lines] & (labels.word_ends - labels.word_starts >= MIN_LETTERS)
        words[bucket(labels.word_numbers[telling])] |= np.uint8(1 << bit)
    return ChromeWords(lines, words)


def _labels(name: str) -> Iterable[str]:
    rules = [rule for rule in load_rules("chrome", ChromeRule) if _class(rule) == name]
    return sorted({text for rule in rules for texts in rule.strings.values() for text in texts})


def _class(rule: ChromeRule) -> str:
    if rule.opens in _AFTER or rule.id in ("chrome/prev_article", "chrome/next_article", "chrome/read_more"):
        return "after"
    return "around" if rule.label in _AROUND else "about"


def _line_bucket(numbers: Numbers) -> Ints:
    return (numbers >> np.uint64(64 - _LINE_BITS)).astype(np.int64)
