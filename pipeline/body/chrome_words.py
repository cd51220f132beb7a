"""The labels that page furniture bears, as the body models have learnt them: all lines of a page are looked up at once.

They are shipped beside the models and not read from `rules/chrome.toml`, which grows: a model that is told of labels it
has not learnt with takes pages for others. `python -m benchmarks.body_labels` renews them; the models then have to be
trained again.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from pipeline.body.line_arrays import BUCKETS, bucket
from pipeline.lines.stretch_numbers import Ints, Numbers

CLASSES = ("after", "around", "about")
"""What a label opens below an article; what stands all around it; what tells of the article itself."""

LABELS = "body_labels.npz"
_LINE_BITS = 20


@dataclass(frozen=True, slots=True)
class ChromeWords:
    """Sets of `CLASSES`, a bit each, by the upper bits of the number of a line or a word."""

    lines: NDArray[np.uint8]
    words: NDArray[np.uint8]

    def of_lines(self, numbers: Numbers) -> NDArray[np.uint8]:
        """Return the classes of labels that each line is."""
        return self.lines[line_bucket(numbers)]

    def of_words(self, numbers: Numbers) -> NDArray[np.uint8]:
        """Return the classes of labels that each word is part of."""
        return self.words[bucket(numbers)]


def no_chrome_words() -> ChromeWords:
    """Return sets that nothing is in."""
    return ChromeWords(np.zeros(1 << _LINE_BITS, dtype=np.uint8), np.zeros(BUCKETS, dtype=np.uint8))


@cache
def chrome_words() -> ChromeWords:
    """Return the shipped labels; raises FileNotFoundError if they are missing."""
    known = no_chrome_words()
    data = files("pipeline").joinpath("models", LABELS).read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        known.lines[stored["lines"]] = stored["line_classes"]
        known.words[stored["words"]] = stored["word_classes"]
    return known


def line_bucket(numbers: Numbers) -> Ints:
    """Return the place of each line's number."""
    return (numbers >> np.uint64(64 - _LINE_BITS)).astype(np.int64)
