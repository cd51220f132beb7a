"""Dates as pages write them, read without a clock: what lacks its year stays unread."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

import regex

_YEAR_FIRST = regex.compile(
    r"(?<![\d./-])(\d{4})\s?(?:[-./]|年|년|оны)\s?(\d{1,2})(?:-?(?:р|дүгээр|дугаар))?\s?(?:[-./]|月|월|сарын)\s?(\d{1,2})"
)
_MINGUO = regex.compile(r"民國\s?(\d{2,3})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})")
_MINGUO_DIGITS = regex.compile(r"(?<!\d)(1\d\d)[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_REIWA = regex.compile(r"令和\s?(\d{1,2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})")
_YEAR_LAST = regex.compile(r"\b(\d{1,2})([-./])\s?(\d{1,2})[-./]\s?(\d{4})\b")
_VIETNAMESE = regex.compile(r"(?i)\b(\d{1,2})\s(?:tháng|thg)\s(\d{1,2}),?\s(?:năm\s)?(\d{4})\b")
"""As Vietnamese says a day in full: of month 12."""
_SHORT_YEAR = regex.compile(r"(?<![\d./])(\d{2})([./])(\d{2})[./](\d{2})(?![\d./])")
_YEAR_BEFORE = frozenset({"zh", "ja", "ko", "hu", "lt"})
"""Languages that write the year first even when they cut it short."""
_CENTURY = 2000

_DAY_TO_YEAR = regex.compile(r"\d{1,2}\D*\p{L}\D*\d{4}")
_LONG_WORD = regex.compile(r"(\p{L}{3})\p{L}+")
_ORDINAL = regex.compile(r"(?<=\d)(?:st|nd|rd|th)(?!\p{L})")
"""What stands behind a day in English, where the month may stand before it."""
_CUT_SHORT = frozenset({"eu", "sl", "sr"})
"""Languages of whose months dateparser has no genitive; their first three letters it knows."""
_IN_LATIN_LETTERS = {"sr": "sr-Latn"}
"""How dateparser names a language in its second script."""

ERAS = ((_YEAR_FIRST, 0), (_MINGUO, 1911), (_REIWA, 2018))
_NAMED_PARTS = regex.compile("ថ្ងៃទី|ទី|ខែ|ឆ្នាំ|ວັນທີ|ເດືອນ|ປີ|(?<=\\s)ב(?=\\p{Hebrew}{3})")
"""Words for day, month and year that Khmer and Lao write before them without a blank, and the Hebrew for `in`."""
_DIRECTION = regex.compile("[\u200e\u200f]")
"""Marks that browsers put before the bars of an Arabic date."""
_COUNTED = ["нэг", "хоёр", "гурав", "дөрөв", "тав", "зургаа", "долоо", "найм", "ес", "арав", "арван нэг", "арван хоёр"]
_MONGOLIAN = regex.compile(
    rf"(\d{{4}})\s?оны\s({'|'.join(reversed(_COUNTED))})д(?:угаар|үгээр)\sсарын\s(\d{{1,2}})(?!\d)"
)
"""As Mongolian says a day in full: of the twelfth month."""
_CLOCK = regex.compile(r"(?<!\d)\d{1,2}\s?[:.hg]\s?\d{2}(?::\d{2})?(?![\d.])")
_JALALI_MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
_JALALI_WRITTEN = regex.compile(rf"(\d{{1,2}})\s+({'|'.join(_JALALI_MONTHS)})(?:\s?ماه)?\s?[،,]?\s+(\d{{4}})")
_JALALI_YEARS = range(1300, 1500)
OTHERS = (
    "af", "am", "bs", "cy", "eu", "fo", "ga", "gl", "gu", "ha", "hy", "is", "ka", "kk", "km", "kn", "ky", "lb",
    "lo", "lv", "mk", "ml", "mr", "ms", "mt", "my", "ne", "pa", "si", "so", "sq", "sw", "ta", "te", "ur", "uz", "zu",
)  # fmt: skip
"""Languages whose months dateparser knows and no row of dates.toml does, or of which a page shows too little."""

MAX_WORDS = 5
"""Words of a date that are tried as its month, weekday and `at` among them."""

BUDDHIST_ERA = 543
"""Years by which Thai pages may be ahead."""


def parse_date(text: str, languages: Sequence[str] = ()) -> date | None:
    """Return the day that `text` names, read as a page in `languages` (BCP 47) means it; None if it is unclear.

    `5/6/2024` is unclear without a language; with English alone it is month first, with any other day first, and so
    it is with points in all languages.

    >>> parse_date("Published 2026.05.29").isoformat()
    '2026-05-29'
    >>> parse_date("29 mai 2026", ["fr"]).isoformat(), parse_date("4.3.2026").isoformat()
    ('2026-05-29', '2026-03-04')
    >>> parse_date("May 29th, 2026", ["en"]).isoformat()
    '2026-05-29'
    >>> parse_date("ngày 29 tháng 5 năm 2026", ["vi"]).isoformat()
    '2026-05-29'
    >>> parse_date("petek, 29. maja 2026 ob 14.05", ["sl"]).isoformat()
    '2026-05-29'
    """
    text = _DIRECTION.sub("", text)
    for pattern, offset in ERAS:
        if match := pattern.search(text):
            year, month, day = (int(group) for group in match.groups())
            if "fa" in languages and year in _JALALI_YEARS:
                return _jalali(year, month, day)
            return _day(year + offset, month, day)
    if "fa" in languages and (match := _JALALI_WRITTEN.search(text)):
        return _jalali(int(match[3]), 1 + _JALALI_MONTHS.index(match[2]), int(match[1]))
    if "zh-Hant" in languages and (match := _MINGUO_DIGITS.search(text)):
        year, month, day = (int(group) for group in match.groups())
        return _day(year + 1911, month, day)
    if in_numbers := _with_month_counted(text):
        return in_numbers
    if match := _YEAR_LAST.search(text):
        first, second, year = (int(match[group]) for group in (1, 3, 4))
        return _numeric(first, second, year, languages, dotted=match[2] == ".")
    if languages and (match := _SHORT_YEAR.search(text)):
        one, two, three = (int(match[group]) for group in (1, 3, 4))
        if {language.split("-")[0] for language in languages} <= _YEAR_BEFORE:
            return _day(_CENTURY + one, two, three)
        return _numeric(one, two, _CENTURY + three, languages, dotted=match[2] == ".")
    return _written(text, tuple(sorted({language.split("-")[0] for language in languages})))


def _with_month_counted(text: str) -> date | None:
    """Return the day in `text`, in the languages that have numbers in place of the names of months."""
    if match := _VIETNAMESE.search(text):
        day, month, year = (int(group) for group in match.groups())
        return _day(year, month, day)
    if match := _MONGOLIAN.search(text):
        return _day(int(match[1]), 1 + _COUNTED.index(match[2]), int(match[3]))
    return None


def parse_unknown(text: str) -> date | None:
    """Return the day of a date whose month no row knows, if all the other languages that have such a word agree.

    >>> parse_unknown("12 Eanáir 2026").isoformat(), parse_unknown("12 Fnord 2026")
    ('2026-01-12', None)
    """
    days = {day for language in OTHERS if (day := _written(text, (language,)))}
    return days.pop() if len(days) == 1 else None


def _numeric(first: int, second: int, year: int, languages: Sequence[str], *, dotted: bool) -> date | None:
    day_first = dotted or (languages and "en" not in languages)
    if first > 12 or (second <= 12 and day_first):
        return _day(year, second, first)
    if second > 12 or "en" in languages:
        return _day(year, first, second)
    return _day(year, first, first) if first == second else None


@lru_cache(maxsize=1024)
def _written(text: str, languages: tuple[str, ...]) -> date | None:
    if not languages or not regex.search(r"\d{4}", text):
        return None
    from dateparser import parse  # a heavy import that most pages, with their ISO dates, never need

    text = _ORDINAL.sub("", text)
    # Before it stands the weekday, after it the time; their words dateparser does not know in all languages.
    text = match.group() if (match := _DAY_TO_YEAR.search(text)) else text
    settings: dict[str, object] = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": "DMY",
    }
    known = [*languages, *(_IN_LATIN_LETTERS[language] for language in languages if language in _IN_LATIN_LETTERS)]
    wordings = [text, *_bare(text)]
    if _CUT_SHORT.intersection(languages):
        wordings += [_LONG_WORD.sub(r"\1", wording) for wording in wordings]
    # Normalized it loses its marks, by which alone some months differ (Thai มี.ค. and ม.ค.), so that comes later; last
    # in English, whose short names of months are those of many languages.
    tries = [
        (wording, tried, settings | {"NORMALIZE": normalize})
        for tried in (known, ["en"])
        for normalize in (False, True)
        for wording in wordings
    ]
    moment = next((m for wording, tried, how in tries if (m := parse(wording, languages=tried, settings=how))), None)
    return _day(moment.year, moment.month, moment.day) if moment else None


def _bare(text: str) -> Iterator[str]:
    """Yield `text` as day, word and year for each of its longer words: without the time, weekday and `m.` or `d.`.

    >>> list(_bare("2026 m. gegužės 3 d. 14:05"))
    ['3 gegužės 2026']
    """
    text = _NAMED_PARTS.sub(" ", _CLOCK.sub(" ", text))
    year, day = regex.search(r"\d{4}", text), regex.search(r"(?<!\d)\d{1,2}(?!\d)", text)
    if year and day:
        yield from (f"{day[0]} {word} {year[0]}" for word in regex.findall(r"\p{L}[\p{L}\p{M}]{2,}", text)[:MAX_WORDS])


def _jalali(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of one in the Persian solar calendar.

    >>> _jalali(1405, 1, 1).isoformat(), _jalali(1403, 12, 30).isoformat(), _jalali(1404, 12, 30)
    ('2026-03-21', '2025-03-20', None)
    """
    if not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return None
    found = _jalali_new_year(year) + timedelta(days=31 * (month - 1) - max(0, month - 7) + day - 1)
    return found if found < _jalali_new_year(year + 1) else None


def _jalali_new_year(year: int) -> date:
    """Return the first day of `year`; 8 of 33 years are leap years, as they have been since 1304."""
    cycles, rest = divmod(year - 979, 33)
    return date(1600, 3, 20) + timedelta(days=365 * (year - 979) + 8 * cycles + (rest + 3) // 4)


def _day(year: int, month: int, day: int) -> date | None:
    if 2400 <= year <= 2700:
        year -= BUDDHIST_ERA
    try:
        return date(year, month, day)
    except ValueError:
        return None
