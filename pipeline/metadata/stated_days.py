"""The days on which an article says it was published and changed, as its bylines state them."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import regex

from pipeline.document import Cue, Segment
from pipeline.lines.dates import parse_date, parse_unknown
from pipeline.lines.day_and_clock import is_clock, is_time_alone
from pipeline.lines.stamps import SEPARATORS, age_at_end, find_dates, label_before, label_behind, labels_of

EDITED = "lines/page-edited"
"""The rule for a sentence that says when the page was last edited."""
_DAY_OF_YEAR = (
    regex.compile(r"\d{1,2}月\d{1,2}日"),
    regex.compile(r"(?<!\d)\d{1,2}\.?\s(?:de\s|d[’'])?\p{L}[\p{L}\p{M}]{2,}"),
    regex.compile(r"(?<!\p{L})\p{L}{3,}\.?\s\d{1,2}(?!\d|[:.]\d)"),
)
"""A day and its month, in the order in which languages write them."""
_LABEL_WORDS = 6
_AROUND_LABEL = SEPARATORS + "()（）[]【】"
_YEAR = regex.compile(r"(?<!\d)\d{4}(?!\d)")


def published_day(bylines: Sequence[Segment], site: str) -> date | None:
    """Return the first day labelled as the publication's, else the first without a label that a table knows.

    `site` is the language (BCP 47) of the page around the article: it tells how bare numbers are meant.
    """
    labelled = (day for _, day in _labelled(bylines, "published", site))
    return next(labelled, None) or _bare_day(bylines, site)


def updated_day(bylines: Sequence[Segment], site: str) -> date | None:
    """Return the first day labelled as the last change's, else the later one of two that are labelled alike.

    `Stand` may mean either, and so may a label that no table knows right behind another label.
    """
    if day := next((day for _, day in _labelled(bylines, "updated", site)), None) or _day_behind_label(bylines, site):
        return day
    published = list(_labelled(bylines, "published", site))
    strange = [(s, day) for s, value, day in _unlabelled(bylines, site) if not s.text.startswith(value)]
    days = {day for _, day in published}
    for (above, first), (below, second) in pairwise(sorted(published + strange, key=lambda item: item[0].start)):
        days |= {first, second} if below.line - above.line <= 1 and first < second else set()
    return max(days) if len(days) > 1 else None


def _day_behind_label(bylines: Sequence[Segment], site: str) -> date | None:
    """Return the first day that stands behind the label of a change on one line: [更新]2026年5月15日."""
    for label, stamp in pairwise(sorted(bylines, key=lambda segment: segment.start)):
        cue, rest = stamp.cue("dates"), _behind_label_of_change(label.text)
        aged = rest is not None and (not rest or ((age := age_at_end(rest)) is not None and age.start == 0))
        if cue and aged and label.line == stamp.line and (day := _day(cue, site)):
            return day
    return None


def _behind_label_of_change(text: str) -> str | None:
    """Return what stands in `text` behind the label of a change that it begins with, None if it begins with none.

    >>> [_behind_label_of_change(text) for text in ("[更新]", "Atualizado há um dia (", "Ana atualizou")]
    ['', 'há um dia', None]
    """
    words = text.strip(_AROUND_LABEL).split()
    for n in range(min(len(words), _LABEL_WORDS), 0, -1):
        if any(rule.id == "chrome/updated" for rule, _ in labels_of(" ".join(words[:n]))):
            return " ".join(words[n:]).strip(_AROUND_LABEL)
    return None


def is_changed_the_same_day(bylines: Sequence[Segment]) -> bool:
    """Whether one of `bylines` has a time of the day, and no day, behind the label of a change."""
    values = (cue.value or "" for segment in bylines for cue in segment.cues if cue.row == "updated" and cue.whole)
    behind = (_behind_label_of_change(segment.text) or "" for segment in bylines)
    return any(is_clock(value, 0, len(value)) for value in values) or any(map(is_time_alone, behind))


def edited_day(segments: Sequence[Segment], site: str) -> date | None:
    """Return the day on which the page was last edited, as a wiki says in a whole sentence at its foot."""
    said = (segment.text for segment in segments if segment.cue(EDITED))
    dates = ((text, found) for text in said for found in find_dates(text))
    days = (_in_languages(text[found.start : found.end], list(found.languages), site) for text, found in dates)
    return next(filter(None, days), None)


def changed_day_without_year(bylines: Sequence[Segment], published: date | None) -> date | None:
    """Return the first day from `published` on that a label of a change and a day without its year can mean."""
    if published is None:
        return None
    texts = [segment.text for segment in bylines if not _YEAR.search(segment.text)]
    for text in texts:
        for day in (match for pattern in _DAY_OF_YEAR if (match := pattern.search(text))):
            label = label_before(text, day.start())
            if label is None or label.rule != "chrome/updated":
                continue
            days = (parse_date(_with_year(day.group(), published.year + n), label.languages) for n in (0, 1))
            if found := next((one for one in days if one and one >= published), None):
                return found
    return None


def _with_year(day: str, year: int) -> str:
    """Return `day` with its `year` where the writing has it.

    >>> _with_year("25 mars", 2026), _with_year("3月2日", 2026)
    ('25 mars 2026', '2026年3月2日')
    """
    return f"{year}年{day}" if "月" in day else f"{day} {year}"


def _labelled(bylines: Sequence[Segment], row: str, site: str) -> Iterator[tuple[Segment, date]]:
    for segment in bylines:
        for cue in segment.cues:
            if (cue.row == row or _row_behind(segment.text, cue) == row) and (day := _day(cue, site)):
                yield segment, day


def _row_behind(text: str, cue: Cue) -> str | None:
    """Return the row of the label behind the date that `cue` read in `text`, None if there is none."""
    behind = label_behind(text, text.find(cue.value) + len(cue.value)) if cue.table == "dates" and cue.value else None
    return behind.rule.partition("/")[2] if behind else None


def _bare_day(bylines: Sequence[Segment], site: str) -> date | None:
    """Return the first date that stands alone, else the first behind a label that no table knows, else among words."""
    days = [(segment.text.startswith(value), day) for segment, value, day in _unlabelled(bylines, site)]
    alone = next((day for _, day in sorted(days, key=lambda item: not item[0])), None)
    unknown = (cue.value for segment in bylines if (cue := segment.cue("days/unknown")) and cue.value)
    return alone or next(_among_words(bylines, site), None) or next(filter(None, map(parse_unknown, unknown)), None)


def _among_words(bylines: Sequence[Segment], site: str) -> Iterator[date]:
    """Yield the days in bylines that say more: `By Jane Doe on 3 March 2026`, `Valley - 3 Mar 2026 - 05:30`."""
    for segment in bylines:
        if segment.cue("dates"):
            for found in find_dates(segment.text):
                if day := _in_languages(segment.text[found.start : found.end], list(found.languages), site):
                    yield day


def _unlabelled(bylines: Sequence[Segment], site: str) -> Iterator[tuple[Segment, str, date]]:
    """Yield each segment that is a date without a known label, what was read in it, and the day."""
    for segment in bylines:
        cue = segment.cue("dates")
        if (
            cue
            and cue.value
            and not any("updated" in (c.row, _row_behind(segment.text, c)) for c in segment.cues)
            and (day := _day(cue, site))
        ):
            yield segment, cue.value, day


def _day(cue: Cue, site: str) -> date | None:
    """Return the day of a segment that is a date from end to end, as the page's language writes days.

    Where the words of the date or its label belong to several languages, or to none, the site's decides.
    """
    if not cue.whole or not cue.value:
        return None
    return _in_languages(cue.value, [language for language in cue.language.split("|") if language != "und"], site)


def _in_languages(text: str, languages: list[str], site: str) -> date | None:
    known = [language for date in find_dates(text) for language in date.languages]
    languages = [*languages, *known] if not set(languages) & set(known) else languages
    alike = [language for language in languages if language.split("-")[0] == site.split("-")[0]]
    own = [site] if site != "und" else []
    return parse_date(text, alike or languages or own) or parse_date(text, [*languages, *own])
