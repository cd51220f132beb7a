"""What two wordings of a title have in common, and a title with its article: words, pairs of letters in Chinese."""

from collections.abc import Sequence

import regex

from pipeline.lines.stamps import fold

MIN_ALIKE = 0.6
"""Share of words that two wordings of one title have in common, where one is longer or shorter than the other."""

_WORDS = regex.compile(r"\p{Han}{2}|[^\W\d_]{4,}")
"""Words long enough to mean something."""


def title_words(text: str) -> list[str]:
    """Return the words of a title, folded.

    >>> title_words("Ice on the River, 1962")
    ['river']
    """
    return [str(word) for word in _WORDS.findall(fold(text))]


def is_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether titles of these words are wordings of one title.

    >>> is_alike(title_words("The frozen river"), title_words("River frozen")), is_alike([], [])
    (True, False)
    """
    mine, others = set(one), set(other)
    return bool(mine) and len(mine & others) >= MIN_ALIKE * max(len(mine), len(others))


def share_told(words: Sequence[str], body: str) -> float:
    """Return the share of `words` that a folded `body` has too; 0 without words.

    >>> share_told(["river", "frozen"], "the river rose")
    0.5
    """
    return sum(word in body for word in words) / len(words) if words else 0.0
