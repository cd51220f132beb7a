"""Where counts, ages and durations stand glued to the words of the buttons and boxes beside them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from pipeline.lines.stamps import SEPARATORS, age_at_end, fold, labels_of, reading_time

MAX_LINE = 80
"""Code points; a row of buttons with their counts has fewer."""

MIN_LABEL = 3
"""Code points of a label in letters that have a case; two of them stand together by chance."""

MAX_PART = 40
"""Code points of an age, a count or a duration with its words."""

MIN_COUNTS = 2
"""Counts at the beginning of a line that make it a row of them."""

COUNTED = ("chrome/cart", "chrome/comments", "chrome/likes", "chrome/share", "chrome/views")
"""Labels that a bare number may stand behind; behind others it may be part of a name: `News24`."""

NUMBER = regex.compile(r"[(（\[]?\+?\d[\d.,]{0,8}[kKmM]?[)）\]]?")
"""A count as buttons show it."""

_MAY_HAVE = regex.compile(
    r"\d[\p{Lu}\p{Lo}]|[\p{L}\p{M}]\.?[(（+]?\d|\d.{0,12}\p{Ll}\.\p{Lu}|\p{Arabic}{5}|\p{Hebrew}{5}"
    r"|[\p{L}\p{M}&&[\p{Devanagari}\p{Bengali}\p{Thai}]]{5}",
    regex.V1,
)
_WITH_WORD = regex.compile(
    r"\d[\d.,]{0,8}(?:\s?[kKmM万萬千천](?!\p{L}))?\s?(?P<what>\D{2,24})"
    r"|(?P<what>\D{2,24}?)\s\d[\d.,]{0,8}[개건件条條則]?"
)
_LABELLED = regex.compile(
    r"(?P<what>[^\W\d_](?:[\p{L}\p{M} ]{0,22}[\p{L}\p{M}])?)\s?[:：]?\s?\d[\d.,]{0,8}[kKmM万萬千천만]?"
)
_IN_NUMBER = regex.compile(r"\d[.,]?$")
_DIGIT = regex.compile(r"\d")
_CASED = regex.compile(r"[\p{Lu}\p{Ll}\p{Lt}]")
_SOLID = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]{2}")


@lru_cache(maxsize=4096)
def count_borders(line: str) -> Sequence[int]:
    """Return the offsets in `line` between its parts, none unless each is a label, a count, an age or a duration.

    >>> count_borders("阅读 12.6万评论 304收藏分享至微信")
    (8, 14)
    >>> count_borders("Comments(2)"), count_borders("Like56Reply2 hours ago"), count_borders("News24")
    ((8,), (4, 6, 11), ())
    """
    if len(line) > MAX_LINE or (line.isascii() and not _DIGIT.search(line)) or not _MAY_HAVE.search(line):
        return ()
    return next(_chains(line, 0, "", set()), None) or _counts_first(line)


def _counts_first(line: str) -> Sequence[int]:
    """Return the ends of the counts that `line` begins with, several behind each other, whatever stands behind them."""
    ends: list[int] = []
    while (count := _LABELLED.match(line, ends[-1] if ends else 0)) and _is_counted(count["what"]):
        ends.append(count.end())
    return tuple(end for end in ends if end < len(line)) if len(ends) >= MIN_COUNTS else ()


def _chains(line: str, start: int, before: str, dead: set[tuple[int, bool]]) -> Iterator[tuple[int, ...]]:
    """Yield the borders of `line` behind `start`, where the part that stands right before it is `before`."""
    state = (start, _is_counted(before) or bool(labels_of(before)))
    if state in dead:
        return
    number = NUMBER.match(line, start) if _is_counted(before) else None
    first = (number.end(),) if number else ()
    last = min(len(line), start + MAX_PART)
    for end in (*first, *reversed(range(start + 1, last + 1))):
        if end < len(line) and not _may_part(line, end):
            continue
        part = line[start:end]
        if not _is_told(part, before):
            continue
        if end == len(line):
            if start and (_is_figure(part) or _is_figure(before) or _DIGIT.search(line)):
                yield ()
            continue
        for rest in _chains(line, end, part, dead):
            yield (end, *rest)
            return
    dead.add(state)


def _may_part(line: str, at: int) -> bool:
    """Whether something may begin at `at`: no blank is there, no two letters of a script without blanks, no sign."""
    pair = line[at - 1 : at + 1]
    if any(map(str.isspace, pair)) or _SOLID.fullmatch(pair):
        return False
    return not (line[at].isdigit() and (line[at - 1] == "+" or _IN_NUMBER.search(line, 0, at)))


def _is_told(part: str, before: str) -> bool:
    """Whether the tables know all of `part`, which stands right behind `before`."""
    if NUMBER.fullmatch(part):
        return _is_counted(before) or (part[0] == "+" and bool(labels_of(before)))
    least = MIN_LABEL if _CASED.search(part) else 2
    if len(part) >= least and labels_of(part):
        return True
    return _is_figure(part)


def _is_counted(part: str) -> bool:
    return bool(part) and any(rule.id in COUNTED for rule, _ in labels_of(part))


def _is_figure(part: str) -> bool:
    """Whether `part` is an age, a duration, or a count with what it counts."""
    if not MIN_LABEL <= len(part) <= MAX_PART or (_CASED.search(part) and not _DIGIT.search(part)):
        return False
    age = age_at_end(part)
    if (age is not None and age.start == 0) or _takes_minutes(part):
        return True
    count = _WITH_WORD.fullmatch(part)
    return count is not None and any(rule.id in COUNTED for rule, _ in labels_of(count["what"]))


def _takes_minutes(part: str) -> bool:
    """Whether `part` says how long the article takes to read, with its label or without."""
    if not _DIGIT.search(part):
        return False
    label, colon, _ = part.partition(":")
    named = bool(colon) and any(rule.id == "chrome/reading_time" for rule, _ in labels_of(label))
    return named or reading_time(fold(part).strip(SEPARATORS)) is not None
