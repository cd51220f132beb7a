"""What short furniture lines say: labels, ages, dates and counts in the languages of the rule tables.

Pure look-ups over `rules/chrome.toml`, `ages.toml`, `dates.toml`, `days.toml` and `reading_times.toml`. All offsets
are into the text given. Lines longer than `MAX_STAMP` are never stamps, which keeps the cost low.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from pipeline.lines.day_and_clock import are_one, before_weekday, is_clock, past_clock
from pipeline.lines.screen import Screen
from pipeline.rules import Rule, load_rules

MAX_STAMP = 200
"""Code points; publisher, two labels and two dates need fewer, a sentence that quotes a date has more."""

MAX_AGE = 40
"""Code points that the longest age takes, blanks included."""

MAX_LABEL = 40
"""Code points of a label that is looked for inside a line."""

# What every pattern of dates.toml has somewhere: a year, a time, or a day in Chinese.
_DATE_GATE = regex.compile(r"\d(?:\d{3}|[:：]\d\d|月|[/.]\d\d?[/.]\d\d)|民國|令和|平成")
_DIGIT = regex.compile(r"\d")
_NUMBER_OR_BAR = regex.compile(r"[\d·|•—–｜]|\p{L}\s\p{L}{2,}\s*$")
_WORDS = regex.compile(r"\p{L}{2,}\s\p{L}{2,}")
_ABOUT = regex.compile(r"[≈~∼～≃]|\b(?:ca|approx)\.")
_HYPHENED = regex.compile(r"(?<=\d)-(\p{L}{3,10}\.?)-(?=\d{2})")
"""What stands around a month's name in 30-Sep-2025, which says the same with blanks."""
_SMALL_WORD = regex.compile(r"\s\p{Ll}{1,4}$")

SEPARATORS = " \t\u00a0\u3000|｜·•∙/,，;；-–—:：՝>»›丨"
_DECORATION = SEPARATORS + "→▼▾↓…【】[]*#+<«‹▪▸►▶■●◆➤➜☞👉"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChromeRule(Rule):
    """A kind of furniture label and its strings by language; see the head of chrome.toml."""

    label: str
    field: str
    opens: str
    strings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePatterns(Rule):
    """Patterns of one language; each matches a whole stamp."""

    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A stamp in a text: its span, the rules that read it and the languages they belong to."""

    start: int
    end: int
    rule: str
    languages: tuple[str, ...]

    @property
    def language(self) -> str:
        """The languages as a cue holds them: joined by `|`, `und` for none."""
        return "|".join(self.languages) or "und"


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return `text` as label look-ups compare it: NFC, lower case, one space, no decoration around it."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split()).strip(_DECORATION)


def _keys(text: str) -> tuple[str, ...]:
    # Turkish has its own case pairs; both foldings are tried because the language is not known yet.
    if "I" in text or "İ" in text:
        return fold(text), fold(text.replace("İ", "i").replace("I", "ı"))
    return (fold(text),)


@cache
def known_labels() -> Mapping[str, tuple[tuple[ChromeRule, tuple[str, ...]], ...]]:
    """Return the label rules with their languages for each string of the table, as `fold` returns it."""
    table: dict[str, dict[str, tuple[ChromeRule, list[str]]]] = {}
    for rule in load_rules("chrome", ChromeRule):
        for language, strings in rule.strings.items():
            for key in {key for string in strings for key in _keys(string)} - {""}:
                languages = table.setdefault(key, {}).setdefault(rule.id, (rule, []))[1]
                languages.append(language)
    return {key: tuple((r, tuple(ls)) for r, ls in rows.values()) for key, rows in table.items()}


def labels_of(text: str) -> tuple[tuple[ChromeRule, tuple[str, ...]], ...]:
    """Return the label rules that `text` as a whole is a string of, each with its languages.

    >>> [(rule.id, languages) for rule, languages in labels_of("Letture associate:")]
    [('chrome/related_reading', ('it',))]
    """
    if len(text) > MAX_STAMP:
        return ()
    for key in _keys(text):
        if rows := known_labels().get(key):
            return rows
    return ()


def label_of_folded(key: str) -> tuple[ChromeRule, tuple[str, ...]] | None:
    """Return the first label rule that `key`, as `fold` returns it, is a string of, with its languages."""
    return next(iter(known_labels().get(key, ())), None)


def lowered(text: str) -> str:
    """Return `text` in lower case and as long, or offsets would slip (İ becomes two code points)."""
    return text.lower() if text.isascii() else "".join(low if len(low := c.lower()) == 1 else c for c in text)


DATED = ("chrome/published", "chrome/updated")


@cache
def _labels_by_length(dated: bool) -> tuple[dict[str, tuple[str, tuple[str, ...]]], tuple[int, ...]]:
    """Return the labels that may stand before a value, each with its rule and languages, and their lengths."""
    table: dict[str, tuple[str, tuple[str, ...]]] = {}
    for rule in load_rules("chrome", ChromeRule):
        if not (rule.id in DATED if dated else rule.field):
            continue
        for language, strings in rule.strings.items():
            for key in {key for string in strings for key in _keys(string)} - {""}:
                first, languages = table.get(key, (rule.id, ()))
                if first == rule.id:
                    table[key] = (first, (*languages, language))
    return table, tuple(sorted({len(key) for key in table}, reverse=True))


def label_before(text: str, end: int, *, dated: bool = True) -> Found | None:
    """Return the longest label that ends at `end`, blanks and a colon aside, and a preposition behind a dated one.

    `dated` asks for `published` or `updated`, else for any label that may stand before a value. The
    label may be glued to what stands before it: `DailyPublicado em` ends with one.
    """
    # Between a label and its day a dash may stand, too.
    stop = len(text[: before_weekday(text, end) if dated else end].rstrip(" \t:：՝\u00a0\u3000" + "-–—" * dated))
    found = _label_up_to(text, stop, dated=dated)
    if found is None and dated and (small := _SMALL_WORD.search(text, max(0, stop - MAX_LABEL), stop)):
        return _label_up_to(text, small.start(), dated=True)
    return found


def label_behind(text: str, start: int) -> Found | None:
    """Return the label for a day that is all of `text` from `start` on (`2 March 2026 (updated)`, `3月2日更新`).

    >>> label_behind("3月2日更新", 4).rule
    'chrome/updated'
    """
    rest = text[start:].strip(SEPARATORS + "()（）")
    found = ((rule.id, languages) for rule, languages in labels_of(rest) if rule.id in DATED)
    return next((Found(start, len(text), *reading) for reading in found), None)


def _label_up_to(text: str, stop: int, *, dated: bool) -> Found | None:
    table, lengths = _labels_by_length(dated)
    tail = lowered(text[max(0, stop - max(lengths)) : stop])
    for length in lengths:
        found = table.get(tail[-length:]) if length <= stop else None
        if found is not None:
            start = stop - length
            return Found(start, stop, *found) if _is_label_border(text, start) else None
    return None


def _is_label_border(text: str, start: int) -> bool:
    """Whether a label may start at `start`: at a word's start, or glued on with a capital or in a caseless script."""
    return not (text[start - 1 : start].islower() and text[start : start + 1].islower())


@cache
def _patterns(table: str) -> Screen[tuple[str, tuple[str, ...]]]:
    """Return the patterns of `table`, each with its rule and languages; but for dates, an age has to end the text."""
    # As a condition, since the screen sees the text with the stop that the search leaves out. What has to be the whole
    # text says so, too: the screen then gives up at its first letters.
    begin, end = {"dates": ("", ""), "ages": ("", "(?=$)")}.get(table, ("^", "$"))
    return Screen(
        ((rule.id, _languages(rule)), unicodedata.normalize("NFC", f"(?i){begin}(?:{'|'.join(rule.patterns)}){end}"))
        for rule in load_rules(table, LanguagePatterns)
    )


def _languages(rule: LanguagePatterns) -> tuple[str, ...]:
    language = rule.id.partition("/")[2]
    return () if language in ("any", "unknown") else (language,)


def _merged(found: Iterable[Found]) -> Found | None:
    """Return the widest of `found`, with the languages of all that have its span."""
    rows = sorted(found, key=lambda f: (f.start - f.end, f.start))
    if not rows:
        return None
    same = [f for f in rows if (f.start, f.end) == (rows[0].start, rows[0].end)]
    languages = tuple(language for f in same for language in f.languages)
    return Found(rows[0].start, rows[0].end, rows[0].rule, languages)


@lru_cache(maxsize=16_384)
def age_at_end(text: str) -> Found | None:
    """Return the age that ends `text` (`晚报1 h fa`, `3時間前`); words without a number only alone or set apart."""
    offset = max(0, len(text) - MAX_AGE)
    tail = text[offset:]
    if len(text) > MAX_STAMP or not (offset == 0 or _NUMBER_OR_BAR.search(tail)):
        return None
    stop = len(tail.rstrip(" .\t"))
    return _merged(
        Found(offset + match.start(), offset + match.end(), *reading)
        for reading, pattern in _patterns("ages").candidates(tail)
        if (match := pattern.search(tail, 0, stop) or (stop < len(tail) and pattern.search(tail)))
        and (offset + match.start() == 0 or _is_set_apart(tail, match))
    )


def _is_set_apart(tail: str, age: regex.Match[str]) -> bool:
    """Whether an age inside a line is one: it has a number, a bar or dot before it, or is words glued to a letter."""
    before = tail[: age.start()]
    glued = before[-1:].isalpha() and _WORDS.match(age.group()) is not None
    return glued or bool(_DIGIT.search(age.group())) or before.rstrip()[-1:] in "·|•—–｜"


def day_alone(text: str) -> Found | None:
    """Return the day that `text` is, if it is one without a year (`12 января`) or with a month that no row knows."""
    found = _whole("days", text)
    if found is not None and found.rule == "days/unknown" and any(date.languages for date in find_dates(text)):
        return None
    return found


def reading_time(text: str) -> Found | None:
    """Return the reading time that `text` is, if it is one."""
    if not _DIGIT.search(text):
        return None
    # As many blanks for signs that a number is not exact, so that offsets stay.
    return _whole("reading_times", _ABOUT.sub(lambda sign: " " * len(sign.group()), text))


def _whole(table: str, text: str) -> Found | None:
    if len(text) > MAX_STAMP or not _DIGIT.search(text):
        return None
    bare = text.strip(SEPARATORS)
    return _merged(
        Found(0, len(text), *reading)
        for reading, pattern in _patterns(table).candidates(bare)
        if pattern.fullmatch(bare)
    )


def find_dates(text: str) -> Sequence[Found]:
    """Return the dates in `text` from left to right, none overlapping, the widest reading of each."""
    return _find_dates(text) if len(text) <= MAX_STAMP else ()


@lru_cache(maxsize=16_384)
def _find_dates(text: str) -> Sequence[Found]:
    if not _DATE_GATE.search(text):
        return ()
    text = _HYPHENED.sub(r" \1 ", text)
    found = [
        Found(match.start(), match.end(), *reading)
        for reading, pattern in _patterns("dates").candidates(text)
        for match in pattern.finditer(text)
    ]
    dates: list[Found] = []
    for first in sorted(found, key=lambda f: (f.start, f.start - f.end)):
        past = dates[-1].end if dates else 0
        if first.start >= past and (date := _merged(f for f in found if f.start == first.start)):
            _append(dates, date, text)
    return tuple(dates)


def _append(dates: list[Found], date: Found, text: str) -> None:
    """Add `date`, with its time and zone, to `dates`: to the last of them where one is the other's time."""
    last, clock = (dates[-1] if dates else None), is_clock(text, date.start, date.end)
    date = replace(date, end=past_clock(text, date.start, date.end))
    if last and are_one(text, last.end, date.start) and is_clock(text, last.start, last.end) != clock:
        day = last if clock else date
        dates[-1] = Found(last.start, date.end, day.rule, day.languages)
    else:
        dates.append(date)
