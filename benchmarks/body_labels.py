"""Write the labels of page furniture that the body models learn with, from the tables as they are now.

`python -m benchmarks.body_labels`; both models have to be trained again afterwards, since their features change.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pipeline.body.chrome_words import CLASSES, LABELS, ChromeWords, line_bucket, no_chrome_words
from pipeline.body.line_arrays import bucket, read_lines
from pipeline.lines.stamps import ChromeRule
from pipeline.rules import load_rules

OUT = Path(__file__).parents[1] / "pipeline" / "models" / LABELS

MAX_WORDS = 2
"""Words of a label that count one by one; in longer ones most are everyday words."""
MIN_LETTERS = 4

_AFTER = frozenset({"related", "popular", "discussion", "questions", "author"})
_AROUND = frozenset({"nav", "stats", "ad", "disclaimer", "marker"})


def labels_of_rules() -> ChromeWords:
    """Return the labels of `rules/chrome.toml`."""
    known = no_chrome_words()
    for bit, name in enumerate(CLASSES):
        labels = read_lines("\n".join(_labels(name)))
        known.lines[line_bucket(labels.numbers)] |= np.uint8(1 << bit)
        few = np.bincount(labels.word_lines, minlength=labels.count) <= MAX_WORDS
        telling = few[labels.word_lines] & (labels.word_ends - labels.word_starts >= MIN_LETTERS)
        known.words[bucket(labels.word_numbers[telling])] |= np.uint8(1 << bit)
    return known


def _labels(name: str) -> Iterable[str]:
    rules = [rule for rule in load_rules("chrome", ChromeRule) if _class(rule) == name]
    return sorted({text for rule in rules for texts in rule.strings.values() for text in texts})


def _class(rule: ChromeRule) -> str:
    if rule.opens in _AFTER or rule.id in ("chrome/prev_article", "chrome/next_article", "chrome/read_more"):
        return "after"
    return "around" if rule.label in _AROUND else "about"


def write(known: ChromeWords, path: Path) -> None:
    """Write what is in the sets to `path`."""
    lines, words = (np.flatnonzero(sets).astype(np.int32) for sets in (known.lines, known.words))
    np.savez_compressed(
        path, lines=lines, line_classes=known.lines[lines], words=words, word_classes=known.words[words]
    )


if __name__ == "__main__":
    write(labels_of_rules(), OUT)
