"""Dates as pages write them, read without a clock: what lacks its year stays unread."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import regex

_YEAR_FIRST = regex.compile(r"(\d{4})\s?(?:[-./]|年|년)\s?(\d{1,2})\s?(?:[-./]|月|월)\s?(\d{1,2})")
_MINGUO = regex.compile(r"民國\s?(\d{2,3})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})")
_MINGUO_DIGITS = regex.compile(r"(?<!\d)(1\d\d)[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_REIWA = regex.compile(r"令和\s?(\d{1,2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})")
_YEAR_LAST = regex.compile(r"\b(\d{1,2})[-./]\s?(\d{1,2})[-./]\s?(\d{4})\b")

_DAY_TO_YEAR = regex.compile(r"\d{1,2}\D*\p{L}\D*\d{4}")
_LONG_WORD = regex.compile(r"(\p{L}{3})\p{L}+")
_CUT_SHORT = frozenset({"sl", "sr"})
"""Languages of whose months dateparser has no genitive; their first three letters it knows."""
_IN_LATIN_LETTERS = {"sr": "sr-Latn"}
"""How dateparser names a language in its second script."""

ERAS = ((_YEAR_FIRST, 0), (_MINGUO, 1911), (_REIWA, 2018))
BUDDHIST_ERA = 543
"""Years by which Thai pages may be ahead."""


def parse_date(text: str, languages: Sequence[str] = ()) -> date | None:
    """Return the day that `text` names, read as a page in `languages` (BCP 47) means it; None if it is unclear.

    `5/6/2024` is unclear without a language; with English alone it is month first, with any other day first.

    >>> parse_date("Published 2026.05.29").isoformat()
    '2026-05-29'
    >>> parse_date("29 mai 2026", ["fr"]).isoformat()
    '2026-05-29'
    >>> parse_date("petek, 29. maja 2026 ob 14.05", ["sl"]).isoformat()
    '2026-05-29'
    """
    for pattern, offset in ERAS:
        if match := pattern.search(text):
            year, month, day = (int(group) for group in match.groups())
            return _day(year + offset, month, day)
    if "zh-Hant" in languages and (match := _MINGUO_DIGITS.search(text)):
        year, month, day = (int(group) for group in match.groups())
        return _day(year + 1911, month, day)
    if match := _YEAR_LAST.search(text):
        first, second, year = (int(group) for group in match.groups())
        return _numeric(first, second, year, languages)
    return _written(text, tuple(sorted({language.split("-")[0] for language in languages})))


def _numeric(first: int, second: int, year: int, languages: Sequence[str]) -> date | None:
    if first > 12 or (second <= 12 and languages and "en" not in languages):
        return _day(year, second, first)
    if second > 12 or "en" in languages:
        return _day(year, first, second)
    return _day(year, first, first) if first == second else None


@lru_cache(maxsize=1024)
def _written(text: str, languages: tuple[str, ...]) -> date | None:
    if not languages or not regex.search(r"\d{4}", text):
        return None
    from dateparser import parse  # a heavy import that most pages, with their ISO dates, never need

    # Before it stands the weekday, after it the time; their words dateparser does not know in all languages.
    text = match.group() if (match := _DAY_TO_YEAR.search(text)) else text
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
    known = [*languages, *(_IN_LATIN_LETTERS[language] for language in languages if language in _IN_LATIN_LETTERS)]
    moment = parse(text, languages=known, settings=settings)
    if moment is None and _CUT_SHORT.intersection(languages):
        moment = parse(_LONG_WORD.sub(r"\1", text), languages=known, settings=settings)
    return _day(moment.year, moment.month, moment.day) if moment else None


def _day(year: int, month: int, day: int) -> date | None:
    if 2400 <= year <= 2700:
        year -= BUDDHIST_ERA
    try:
        return date(year, month, day)
    except ValueError:
        return None
