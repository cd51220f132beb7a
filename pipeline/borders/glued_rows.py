"""Menus on one line without blanks between their entries: labels that the tables know, glued to each other."""

from itertools import pairwise

import regex

from pipeline.borders.label_rows import ENTRIES, shared_languages
from pipeline.lines.full_stops import FULL_STOPS
from pipeline.lines.glue_borders import borders
from pipeline.lines.stamps import ChromeRule, label_of_folded

MIN_LABEL = 2
MAX_LABEL = 40
"""Code points of an entry."""

TELLING = 4
MIN_TELLING = 2
"""Code points of a label that no other word begins with by chance, and how many such labels a row has."""

SHARE = 1 / 2
"""Share of the letters that labels take in scripts that do not show where one ends."""

_UNCASED = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Hangul}\p{Thai}\p{Devanagari}\p{Bengali}\p{Tamil}\p{Telugu}]")
_MARK = regex.compile(r"\p{M}")
_SENTENCE = regex.compile(rf"[{FULL_STOPS}!?！？؟…](?:$|\s)|[:：,،]$")

_Label = tuple[ChromeRule, tuple[str, ...]]


def glued_row_languages(text: str) -> tuple[str, ...] | None:
    """Return the languages that the labels share of which the row `text` is made, None where it is no menu.

    >>> glued_row_languages("ImpressumUnsere HausordnungDatenschutzKontakt")
    ('de',)
    >>> glued_row_languages("회사소개기사제보청소년보호"), glued_row_languages("HarbourPost")
    (('ko',), None)
    """
    if _SENTENCE.search(text):
        return None
    found, named = _uncased(text) if _UNCASED.match(text) else _cased(text)
    if sum(not rule.opens for rule, _ in found) < 2 or named < SHARE * sum(map(str.isalpha, text)):
        return None
    return shared_languages([languages for _, languages in found])


def _cased(text: str) -> tuple[list[_Label], int]:
    """Return the labels between capitals inside words, and how many letters those entries have."""
    parted = borders(text)
    if not parted:
        return [], 0
    entries = [text[i:j].strip() for i, j in pairwise([0, *parted, len(text)])]
    found = [(entry, label) for entry in entries if (label := _entry(entry)) is not None]
    return [label for _, label in found], sum(map(str.isalpha, "".join(entry for entry, _ in found)))


def _uncased(text: str) -> tuple[list[_Label], int]:
    """Return the labels found from left to right, the longest first, at least one of them glued to the next thing."""
    found: list[_Label] = []
    named = at = 0
    glued, telling = False, 0
    while at < len(text):
        sizes = range(min(MAX_LABEL, len(text) - at), MIN_LABEL - 1, -1)
        size, label = next(((n, e) for n in sizes if (e := _whole_entry(text, at, n)) is not None), (1, None))
        if label is not None:
            found.append(label)
            telling += size >= TELLING
            named += sum(map(str.isalpha, text[at : at + size]))
            glued = glued or (at + size < len(text) and not text[at + size].isspace())
        at += size
    return (found, named) if glued and telling >= MIN_TELLING else ([], 0)


def _whole_entry(text: str, at: int, size: int) -> _Label | None:
    end = at + size
    if text[at].isspace() or text[end - 1].isspace() or (end < len(text) and _MARK.match(text[end])):
        return None
    return _entry(text[at:end])


def _entry(text: str) -> _Label | None:
    label = label_of_folded(text.lower()) if len(text) >= MIN_LABEL else None
    return label if label is not None and label[0].label in ENTRIES else None
