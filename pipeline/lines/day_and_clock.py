"""A time of the day beside a date: which of the two a span is, and how far both reach as one stamp."""

from functools import cache, lru_cache

import regex

from pipeline.lines.screen import Screen
from pipeline.rules import PatternRule, load_rules

MOST_WORDS = 3
"""Words behind the digits of a time: the half of the day, the word for hours, the zone."""

_CLOCK = regex.compile(r"\d{1,2}[:：]\d{2}(?::\d{2})?(?!\d)")
_HALF_AND_ZONE = r"(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s?\(?(?:[A-Z]{1,4}T|UTC|GMT|WIB|WITA|MSK|МСК)(?:[+-]\d{1,2})?\b\)?)?"
_BEHIND_CLOCK = regex.compile(_HALF_AND_ZONE)
_BETWEEN = regex.compile(
    rf"{_HALF_AND_ZONE}(?:\s?[,@|•·]|\s[–-])?\s?(?:(?:on|at|of|del|du|de|am|vom|den|от|від|dne)\s)?"
)
_OFFSET = regex.compile(r"(?<=(?:UTC|GMT)\s?)[+−-]\d{1,2}(?::?\d{2})?(?!\d|[.,]\d)")
"""How far a zone is from that of Greenwich, where the pattern of the date has ended on the zone."""
_ENDS_IN_CLOCK = regex.compile(r"(?<!\d)\d{1,2}(?:[:：.u]|\s?h\s?)\d{2}(?:\s?\p{L}[\p{L}\p{M}.]{0,4})?$")

_GAP = r"(?:\s?[,|·•@–-])?\s?"
_BEHIND_DAY = regex.compile(
    rf"{_GAP}(?:(?P<word>\p{{L}}[\p{{L}}\p{{M}}]{{0,12}}\.?(?:\s\p{{L}}[\p{{L}}\p{{M}}]{{0,8}}\.?)?)\s?)?"
    r"(?P<clock>\d{1,2}(?:[:：]\d{2}(?::\d{2})?|(?P<point>\.\d{2})|u\d{2}|\s?h\s?\d{2}|\s?h(?!\p{L})))(?!\d|[.,]\d)"
)
"""What may stand behind a day as its time; with a point only behind a word that says so."""
_MONTHS = 12
_SECONDS = regex.compile(r"(?<=\d)[:.][0-5]\d(?!\d|[.,]\d)")


def is_clock(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a time of the day and nothing else.

    >>> is_clock("Updated 4:18 PM CST", 8, 19), is_clock("9 May 2026 4:18", 0, 15)
    (True, False)
    """
    clock = _CLOCK.match(text, start, end)
    return clock is not None and _BEHIND_CLOCK.fullmatch(text, clock.end(), end) is not None


def is_time_alone(text: str) -> bool:
    """Whether `text` is a time of the day, maybe behind a word for `at`, in digits that are no day and month.

    >>> [is_time_alone(text) for text in ("kl. 13:20", "17.34", "9.12", "um 9.12 Uhr", "1:2")]
    [True, True, False, True, False]
    """
    clock = _BEHIND_DAY.match(text)
    if clock is None or _past_words(text, clock.end()) != len(text):
        return False
    return _is_joined(clock) or (not clock["word"] and int(clock["point"][1:]) > _MONTHS)


def past_clock(text: str, start: int, end: int) -> int:
    """Return `end` of a date, moved past the time behind it with the words around that time.

    >>> [past_clock(text, 0, 10) for text in ("2026-05-09 om 6u30", "2026-05-09 9.15 million", "2026-05-09 9:15:08 h.")]
    [18, 10, 21]
    """
    if not is_clock(text, start, end) and not _ENDS_IN_CLOCK.search(text, start, end):
        clock = _BEHIND_DAY.match(text, end)
        if clock is None or not _is_joined(clock):
            return end
        end = clock.end()
    seconds = _SECONDS.match(text, end)
    return _past_words(text, seconds.end() if seconds else end)


def before_weekday(text: str, end: int) -> int:
    """Return `end` of what stands before a day, moved before the weekday in it, of one word or two.

    >>> [before_weekday(text, len(text)) for text in ("Publié le mardi ", "Cập nhật thứ ba, ", "Publié le ")]
    [10, 9, 10]
    """
    head = text[:end].rstrip()
    for words in (2, 1):
        parts = head.rsplit(maxsplit=words)
        if len(parts) == words + 1 and _is_weekday(" ".join(parts[1:])):
            return len(parts[0]) + 1
    return end


@lru_cache(maxsize=4096)
def _is_weekday(words: str) -> bool:
    return any(pattern.fullmatch(words) for _, pattern in _weekdays().candidates(words))


@cache
def _weekdays() -> Screen[str]:
    """Return the pattern of weekdays: some hundred words, which one in a thousand texts begins with."""
    return Screen([("weekday", _words("weekday").pattern)])


def _is_joined(clock: regex.Match[str]) -> bool:
    word = clock["word"]
    return _words("joins").fullmatch(word) is not None if word else clock["point"] is None


def _past_words(text: str, end: int) -> int:
    """Return `end` of a time, moved past what says which half of the day, and which zone."""
    for _ in range(MOST_WORDS):
        at = end + text[end : end + 1].isspace()
        found = _words("hours").match(text, at) or _words("zone").match(text, at)
        if found is None:
            break
        end = found.end()
    offset = _OFFSET.match(text, end)
    return offset.end() if offset else end


@cache
def _words(row: str) -> regex.Pattern[str]:
    return next(rule.pattern for rule in load_rules("clocks", PatternRule) if rule.id == f"clocks/{row}")


def are_one(text: str, end: int, start: int) -> bool:
    """Whether nothing parts a date or time that ends at `end` from the time or date that begins at `start`."""
    return _BETWEEN.fullmatch(text, end, start) is not None
