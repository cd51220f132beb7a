"""Menus on one line: entries with bars, dots, arrows or wide blanks between them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import regex

from pipeline.lines.shape import width
from pipeline.lines.stamps import MAX_STAMP, find_dates, labels_of

MIN_BARS = 2
MAX_ENTRY = 32
"""Bars that a menu on one line has at least, and columns that an entry of it has at most."""

MIN_CLAUSE, MAX_CLAUSES = 14, 4
"""Columns of the middle clause of a headline, and how many it has at most."""

BAR = regex.compile(r"\s*[|•｜]\s*|(?<!\p{Han})\s*·\s*|\s+·\s*|·\s+|\s+(?:[/>›»＞]|>>)\s+|\s*\u3000+\s*|\s*\t+\s*|  +")
"""What parts the entries of a menu."""

Span = tuple[int, int]
# By package `re`, which looks for one of several characters in a third of the time that `regex` takes.
_BAR_SIGN = re.compile(r"[|·∙•｜/>›»＞\u3000\t]")
_SENTENCE_END = regex.compile(r"[.!?。！？…][\"'”’」』)]?$")
_DOT = regex.compile(r"\s*∙\s*")
_ARROW = regex.compile("[›»＞>]")
_SLASH = regex.compile("[/›»＞>]")
_DEEDS = ("chrome/author", "chrome/editor")
"""Rules for what somebody did for a text."""
_WRITTEN = "文"
"""What stands before who wrote a Chinese text, where that is a field; anywhere else it is a word."""
_HAN = regex.compile(r"\p{Han}{2}")
_COLON = regex.compile("[:：]")


def menu_spans(line: str) -> list[Span]:
    """Return the entries of a menu on one line and the bars between them, each a span; empty if it is none.

    >>> menu_spans("Home | News | Sport"), menu_spans("The Harbour | Home")
    ([(0, 4), (5, 6), (7, 11), (12, 13), (14, 19)], [])
    """
    if len(line) > MAX_STAMP or not ("  " in line or _BAR_SIGN.search(line)):
        return []
    if _SENTENCE_END.search(line) or find_dates(line):
        return []
    bars = list(BAR.finditer(line)) or _slashes(line) or list(_DOT.finditer(line))
    edges = [0, *(edge for bar in bars for edge in bar.span()), len(line)]
    entries = [line[i:j] for i, j in zip(edges[::2], edges[1::2], strict=True)]
    # A path ends with the title of what stands below it.
    wide = entries[:-1] if _is_path(entries, bars) else entries
    if max(width(entry) for entry in wide) > MAX_ENTRY or not all(entries[1:]):
        return []
    sure = len(bars) >= MIN_BARS and "∙" not in bars[0].group()
    if not sure and not (bars and all(_is_button(entry) for entry in entries)):
        return []
    if any(rule.id == "chrome/author" for rule, _ in labels_of(_COLON.split(line, maxsplit=1)[0])):
        return []  # names in Chinese have such dots too
    if _is_row_of_fields(entries) or _is_headline(entries, bars):
        return []
    spans = [(i, j) for i, j in pairwise(edges) if line[i:j].strip()]
    return [(i + len(p) - len(p.lstrip()), i + len(p.rstrip())) for i, j in spans if (p := line[i:j])]


def _is_row_of_fields(entries: Sequence[str]) -> bool:
    """Whether bars stand between what somebody did for a text and the name: `作者 | 张晓东 编辑 | 李四`."""
    deeds = [entries[0], *(words[-1] for entry in entries[1:-1] if len(words := entry.split()) > 1)]
    return len(deeds) > 1 and all(
        deed == _WRITTEN or any(rule.id in _DEEDS for rule, _ in labels_of(deed)) for deed in deeds
    )


def _is_headline(entries: Sequence[str], bars: Sequence[regex.Match[str]]) -> bool:
    """Whether wide blanks, and bars beside them, part the few clauses of a headline in Han; a menu's are short."""
    signs = {sign for bar in bars for sign in bar.group()}
    if not {"\u3000"} <= signs <= {"\u3000", "｜", " "} or len(entries) > MAX_CLAUSES or not _HAN.search(entries[0]):
        return False
    known = any(labels_of(_COLON.split(entry, maxsplit=1)[0]) for entry in entries)
    return not known and median(map(width, entries)) >= MIN_CLAUSE


def _slashes(line: str) -> list[regex.Match[str]]:
    """Return the slashes without blanks in a path that begins at the front page (`Home/Business/Ports`)."""
    bars = list(_SLASH.finditer(line))
    return bars if bars and _is_home(line[: bars[0].start()]) else []


def _is_path(entries: Sequence[str], bars: Sequence[regex.Match[str]]) -> bool:
    """Whether arrows lead from the front page, or from one capital to the next, to the last of `entries`."""
    arrows = len(bars) >= MIN_BARS and all(_ARROW.search(bar.group()) for bar in bars)
    return arrows and (_is_home(entries[0]) or all(entry[:1].isupper() for entry in entries[:-1]))


def _is_home(entry: str) -> bool:
    """Whether a path may begin with `entry`."""
    return any(rule.id == "chrome/nav" for rule, _ in labels_of(entry))


def _is_button(entry: str) -> bool:
    return any(rule.label == "nav" for rule, _ in labels_of(entry))
