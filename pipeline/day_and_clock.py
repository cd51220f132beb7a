"""A time of the day beside a date: which of the two a span is, and whether both are one stamp."""

import regex

_CLOCK = regex.compile(r"\d{1,2}[:：]\d{2}(?::\d{2})?(?!\d)")
_HALF_AND_ZONE = r"(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s?\(?(?:[A-Z]{1,4}T|UTC|GMT|WIB|WITA|MSK|МСК)(?:[+-]\d{1,2})?\b\)?)?"
_BEHIND_CLOCK = regex.compile(_HALF_AND_ZONE)
_BETWEEN = regex.compile(rf"{_HALF_AND_ZONE}(?:\s?[,@|•·]|\s[–-])?\s?(?:on\s|at\s)?")
_ENDS_IN_CLOCK = regex.compile(r"(?<!\d)\d{1,2}:\d{2}$")


def is_clock(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a time of the day and nothing else.

    >>> is_clock("Updated 4:18 PM CST", 8, 19), is_clock("9 May 2026 4:18", 0, 15)
    (True, False)
    """
    clock = _CLOCK.match(text, start, end)
    return clock is not None and _BEHIND_CLOCK.fullmatch(text, clock.end(), end) is not None


def past_zone(text: str, start: int, end: int) -> int:
    """Return `end`, moved past the half of the day and the zone behind it if text[start:end] ends in a time.

    >>> past_zone("9 May 2026 4:18 PM CST, Harbour", 0, 15)
    22
    """
    behind = _BEHIND_CLOCK.match(text, end) if _ENDS_IN_CLOCK.search(text, start, end) else None
    return behind.end() if behind else end


def are_one(text: str, end: int, start: int) -> bool:
    """Whether nothing parts a date or time that ends at `end` from the time or date that begins at `start`."""
    return _BETWEEN.fullmatch(text, end, start) is not None
