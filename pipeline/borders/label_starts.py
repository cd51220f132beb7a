"""Labels by how they begin, where only the text tells where one ends."""

from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.lines.stamps import MAX_LABEL, known_labels, lowered

MIN_LABEL = 4
"""Code points of a label that is looked for inside a line."""


def label_begins(word: str) -> bool:
    """Return whether `word`, as `fold` returns it, is the first of any label; most words are not."""
    return word in _first_words()


@cache
def _first_words() -> frozenset[str]:
    return frozenset(label.partition(" ")[0] for label in known_labels())


def label_at(text: str, start: int) -> int | None:
    """Return where the longest label that begins at `start` ends, None if none does.

    >>> label_at("full.Related articlesZinc", 5)
    21
    """
    # Few places in a text begin as any label does, and a line may have millions.
    lengths = _lengths().get(text[start : start + MIN_LABEL].lower())
    if lengths is None:
        return None
    head = lowered(text[start : start + MAX_LABEL])
    return next((start + n for n in lengths if n <= len(head) and head[:n] in known_labels()), None)


@cache
def _lengths() -> Mapping[str, Sequence[int]]:
    """Return how long the labels are that begin alike, the longest first; a word of few letters begins by chance."""
    found: dict[str, set[int]] = {}
    for label in known_labels():
        if MIN_LABEL <= len(label) <= MAX_LABEL:
            found.setdefault(label[:MIN_LABEL], set()).add(len(label))
    return {beginning: sorted(lengths, reverse=True) for beginning, lengths in found.items()}
