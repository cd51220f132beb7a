"""Numbers with Chinese units in English text, worked out: 6.8亿 is 680 million."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from pipeline.rules import Rule, load_rules

_NUMBER = regex.compile(r"(?<![\p{L}\p{N}.,])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(\.[0-9]{1,6})?\s?$")
_RANGE = regex.compile(r"[0-9]\s?[-–—~～]\s?$")
"""What stands before the second number of a range; its unit belongs to the first one too."""
_YEAR, _CALENDAR_YEAR = "年", regex.compile(r"(?:1[89]|20)[0-9]{2}\s?$")
_MORE = regex.compile(r"[多余餘](?=\p{Han}|$)")
_SAID_BEFORE = regex.compile(r"(?i)\b(?:than|over|about|around|some|nearly|almost|least|approximately|roughly)\s$")
"""What says already that a number is not exact: `over 30多 shops`."""
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_MOST_DIGITS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRule(Rule):
    """`values` of number words: powers of ten (role `power`), names of what is counted (`money`, of one `one`)."""

    role: str
    language: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit put into English; `start` is the offset of its first digit."""

    text: str
    start: int


def amount(text: str, start: int, end: int) -> Amount | None:
    """Return the number whose unit stands at `start` to `end`; None where there is no number or no such unit.

    None as well for a range of tens or more, and in the middle of a date. A year of the calendar needs no unit.

    >>> amount("raised 6.8亿 yuan", 10, 11)
    Amount(text='680 million', start=7)
    >>> amount("about 120万美元 more", 9, 12)
    Amount(text='1.2 million US dollars', start=6)
    >>> amount("owns 30多家 shops", 7, 9)
    Amount(text='more than 30', start=5)
    """
    found = _NUMBER.search(text, max(0, start - _MOST_DIGITS), start)
    if not found:
        return None
    if text[start] == _YEAR and _CALENDAR_YEAR.fullmatch(found.group()):
        # With more behind it, it is before or after that year.
        is_whole = end == start + 1 and not text[end : end + 1].isdigit()
        return Amount(found.group(1), found.start()) if is_whole else None
    more = _MORE.match(text, start, end)
    unit = text[more.end() if more else start : end]
    counted = (0, "") if more and not unit else _unit(unit)
    if counted is None:
        return None
    power, unit = counted
    if power and _RANGE.search(text, max(0, found.start() - _MOST_DIGITS), found.start()):
        return None
    number = Decimal(found.group(1).replace(",", "") + (found.group(2) or "")).scaleb(power)
    is_over = more and not _SAID_BEFORE.search(text, max(0, found.start() - _MOST_DIGITS), found.start())
    words = f"{_in_words(number)} {_noun(unit, is_one=number == 1 and not more)}".rstrip()
    return Amount(f"more than {words}" if is_over else words, found.start())


def _unit(unit: str) -> tuple[int, str] | None:
    """Return the power of ten and the name of what is counted that a Chinese unit is made of."""
    powers, counted = _values("power"), _values("money")
    for length in range(min(len(unit), 3), 0, -1):
        rest = unit[length:]
        if unit[:length] in powers and (not rest or rest in counted):
            return int(powers[unit[:length]]), rest
    return (0, unit) if unit in counted else None


def _noun(counted: str, *, is_one: bool) -> str:
    return (_values("one").get(counted) if is_one else None) or _values("money").get(counted, "")


def _values(role: str) -> Mapping[str, str]:
    return next(rule.values for rule in load_rules("number_units", UnitRule) if rule.role == role)


def _in_words(number: Decimal) -> str:
    """Return `number` as English news writes it, nothing rounded.

    >>> _in_words(Decimal(1500000)), _in_words(Decimal(30000)), _in_words(Decimal("1234567"))
    ('1.5 million', '30,000', '1.234567 million')
    """
    for power, name in _SCALES:
        if number >= Decimal(10) ** power:
            return f"{_plain(number.scaleb(-power))} {name}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
