"""Days and ages as CLDR has them, which is how browsers and frameworks write them: all that we know are read."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from babel.dates import format_date, format_timedelta

from pipeline.lines.dates import parse_date
from pipeline.lines.stamps import age_at_end, find_dates

LOCALES = (
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "en_GB", "es", "et",
    "eu", "fa", "fi", "fil", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja",
    "ka", "kk", "km", "kn", "ko", "ky", "lb", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "mt", "my", "nb", "ne",
    "nl", "pa", "pl", "pt", "pt_PT", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta",
    "te", "th", "tr", "uk", "ur", "uz", "vi", "zh", "zh_Hant", "zu",
)  # fmt: skip
DAYS = (date(2026, 5, 29), date(2025, 12, 3), date(2026, 3, 14), date(2024, 8, 21))
UNREAD_DAYS = ("so",)
"""Of whose months dateparser, which reads them, does not know all."""
ODD_AGES = ("לפני יום 1", "خلال 4 أشهر", "pred 1 dnevom")
"""Slips of the data: `before day 1`, `within four months`, a plural for one day."""
PAST = (
    *(timedelta(minutes=-5), timedelta(hours=-1), timedelta(hours=-3), timedelta(days=-1), timedelta(days=-2)),
    *(timedelta(weeks=-1), timedelta(weeks=-3), timedelta(days=-40), timedelta(days=-120), timedelta(days=-400)),
    timedelta(days=-1200),
)


def days(locale: str) -> Iterator[tuple[str, date]]:
    for style in ("full", "long", "medium"):
        yield from ((format_date(day, style, locale=locale), day) for day in DAYS)


def ages(locale: str) -> Iterator[str]:
    """Yield the ages of `locale`, but for those that are a number behind a minus, which might be anything."""
    for style in ("long", "short", "narrow"):
        texts = (age(past, style, locale) for past in PAST)
        yield from (text for text in texts if text and text[0] not in "-−" and "(" not in text and text not in ODD_AGES)


def age(past: timedelta, style: str, locale: str) -> str | None:
    try:
        return format_timedelta(past, add_direction=True, locale=locale, format=style, threshold=1)
    except KeyError:  # Babel does not follow CLDR where a short form refers to a longer one.
        return None


@pytest.mark.parametrize("locale", [one for one in LOCALES if one not in UNREAD_DAYS])
def test_days_are_found_and_read(locale: str) -> None:
    for text, day in days(locale):
        found = next(iter(find_dates(text)), None)
        assert found is not None, text
        assert parse_date(text[found.start : found.end], found.languages or [locale.partition("_")[0]]) == day, text


@pytest.mark.parametrize("locale", LOCALES)
def test_ages_are_found(locale: str) -> None:
    unread = [text for text in ages(locale) if (age := age_at_end(text)) is None or age.start]
    assert not unread
