"""Menus on one line with nothing but blanks between their entries: several labels and capitals, no sentence."""

from collections import Counter
from collections.abc import Sequence

from pipeline.borders.label_starts import label_begins
from pipeline.lines.stamps import ChromeRule, fold, label_of_folded

MIN_WORDS = 3
MIN_ENTRIES = 3
"""Labels of menus from which one that bylines have too, such as that for the newsroom, is a menu's entry as well."""

MAX_LABEL_WORDS = 4

MIN_SHARED = 2
"""Labels that have to be of one language for the row to be in it."""

ENTRIES = frozenset({"nav", "section_label", "popular", "ad"})
"""What a menu's entries are labelled where they stand alone; a reporter and a source make a byline."""

SHARE, SHARE_BELOW_HOME = 1 / 2, 1 / 4
"""Share of the words that labels take, and where the first of them is the front page's."""

_Label = tuple[ChromeRule, tuple[str, ...]]


def row_languages(text: str) -> tuple[str, ...] | None:
    """Return the languages that the labels in the menu `text` share, None where it is no menu.

    There are two labels or more that open no box; what is none is a section's name, with a capital where the script
    has any.

    >>> row_languages("Home Nieuws Markten Scheepvaart Podcasts Inloggen")
    ('nl',)
    >>> row_languages("Share your home page"), row_languages("Home prices fall")
    (None, None)
    >>> row_languages("View all comments")
    """
    words = text.split()
    folded = fold(text).split()
    if len(words) < MIN_WORDS or len(folded) != len(words):
        return None
    labels: list[_Label] = []
    named = at = strange = 0
    while at < len(words):
        size, label = _longest(folded, at)
        if label is not None:
            strange += label[0].label not in ENTRIES
            labels.append(label)
            named += size
        elif words[at][0].islower():
            return None
        at += size
    least = SHARE_BELOW_HOME if labels and label_of_folded(folded[0]) and labels[0][0].id == "chrome/nav" else SHARE
    entries = [rule for rule, _ in labels if rule.label in ENTRIES and not rule.opens]
    if len(entries) < (MIN_ENTRIES if strange else 2) or named < least * len(words):
        return None
    return shared_languages([languages for _, languages in labels])


def shared_languages(labels: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the languages that most of `labels` are in, none where no two have one in common.

    The tables lack a word in one language or the other, so that no language may have all of them.

    >>> shared_languages([("sv", "da"), ("sv",), ("tr",)]), shared_languages([("sv",), ("tr",)])
    (('sv',), ())
    """
    count = Counter(language for languages in labels for language in languages)
    most = max(count.values(), default=0)
    return tuple(language for language, n in count.items() if n == most and n >= MIN_SHARED)


def _longest(words: list[str], at: int) -> tuple[int, _Label | None]:
    """Return the longest label that begins at word `at` and of how many words it is; 1 and None for none."""
    if not label_begins(words[at]):
        return 1, None
    for size in range(min(MAX_LABEL_WORDS, len(words) - at), 0, -1):
        if (label := label_of_folded(" ".join(words[at : at + size]))) is not None:
            return size, label
    return 1, None
