"""Attach to each segment what the rule tables say of it alone: labels, stamps, line shapes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from pipeline.borders.credit import CREDITS, credit_at
from pipeline.borders.glued_rows import glued_row_languages
from pipeline.borders.label_rows import row_languages
from pipeline.borders.language_names import own_name
from pipeline.document import CUES, Cue, Document, Segment
from pipeline.lines.day_and_clock import is_time_alone
from pipeline.lines.labelled_minutes import labelled_minutes
from pipeline.lines.line_rules import LineRule
from pipeline.lines.screen import Screen
from pipeline.lines.shape import ends_sentence, shape, width
from pipeline.lines.stamps import (
    DATED,
    MAX_STAMP,
    SEPARATORS,
    Found,
    age_at_end,
    day_alone,
    find_dates,
    fold,
    label_before,
    labels_of,
    reading_time,
)
from pipeline.record import changed
from pipeline.rules import Rule, load_rules

HEAD = 400
"""Code points in which a line says what it is; later ones cannot make a paragraph furniture."""

TELLING = 0.3
"""Share of a short line that the words of one language take, from which the line is in that language."""

MAX_OPENER = 60
"""Columns of a line that opens a box."""

_NO_SENTENCES = ("nav", "stats", "byline")
"""Labels whose fields hold names, numbers and titles."""

_UNSPACED = ("ja", "ko", "th", "zh-Hans", "zh-Hant")
"""Languages in which a stem may begin inside a run of letters."""

_DIGIT = regex.compile(r"\d")
_PLAYER = regex.compile(r"0?0:00(?:\s?/\s?(?:\d{1,2}:)?\d{1,2}:\d{2})?")
"""How much of a recording has been heard; no text is published at that minute and says no more."""

_BEFORE_DAY = regex.compile(r"\p{Lu}\p{L}{2,14},\s\d{1,2}|\p{Lu}\p{L}{2,14}:\s\d.{5,20}\d:\d\d")
_FIELD = regex.compile(r"^([^:：՝]{1,30})[:：՝]\s*(\S.*)$")
_OTHER_FIELDS = (
    (regex.compile(r"^[\[【(（]([^\])】）]{1,30})[\])】）]\s*(\S.*)$"), ("related_title",)),
    (regex.compile(r"^(\p{Han}{1,6})\s?[|｜丨]\s?(\p{L}[\p{L}\p{M}·. ]{1,20})$"), ("byline", "attribution")),
)
"""The word before a link in brackets, who did what before a bar; words of other fields are kickers there."""
# 1.5k, 3 418, 12,4 mil, 5,3 тыс., 1.2万
_NUMBER = (
    r"\d(?:[\d.,]|[ \u00a0\u202f](?=\d{3}))*"
    r"(?:\s?(?:[kKmMbB万萬千천만]|mil|mln|tys\.?|тыс\.?|тис\.?|bin|rb|jt|nghìn|triệu|N|Tr)(?!\p{L}))?\+?"
)
_COUNT = regex.compile(
    rf"^(?P<count>{_NUMBER})\s*(?P<what>\D+)$"
    rf"|^(?P<what>[^\d(（\[]+?)\s*(?:[:：]?\s*(?P<count>{_NUMBER})|[(（\[](?P<count>{_NUMBER})[)）\]])$"
)

_VOTES = regex.compile(
    r"^[+−-]\d{1,4}\s++(?P<what>[^\d\s]\D*)$"
    r"|^(?:\p{So}(?:\s?\d{1,6})?\s?)++(?P<what>[^\d\p{So}]+)$|^(?P<what>[^\d\p{So}]++)(?:\p{So}(?:\s?\d{1,6})?\s?)++$"
)
"""A button with the votes beside it: 👍 18👎 1Yanıtla, +12 Odpowiedz."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenerRule(Rule):
    """Words that open a box of the page; see the head of openers.toml."""

    opens: str
    stems: Mapping[str, str]


def recognize(doc: Document) -> Document:
    """Return `doc` with the cues of every segment; a segment without any is ordinary text.

    >>> from pipeline.stages.split_segments import split_segments
    >>> doc = recognize(split_segments(Document.from_raw("Condividi")))
    >>> [(cue.rule, cue.language, cue.label) for cue in doc.segments[0].cues]
    [('chrome/share', 'it', 'nav')]
    """
    return replace(doc, segments=tuple([changed(segment, CUES, _cues_of(segment)) for segment in doc.segments]))


def _cues_of(segment: Segment) -> tuple[Cue, ...]:
    """Return the cues of a segment; a language's own name that shares its line is an entry of a switcher."""
    cues = _cues(segment.text)
    # It says nothing of the page, whose other lines are hardly in that language.
    switches = segment.glued and own_name(segment.text) is not None
    return (*cues, Cue("lines", "language-switcher", label="nav")) if switches else cues


def _cues(text: str) -> tuple[Cue, ...]:
    if len(text) <= MAX_STAMP:
        return _short_cues(text)
    # The mark keeps `$` from matching where a long text was only cut off.
    return (*_credited(text), *_shapes(text if len(text) <= HEAD else text[:HEAD] + "\u2060"))


@lru_cache(maxsize=16_384)
def _short_cues(text: str) -> tuple[Cue, ...]:
    """Return the cues of a line that may be furniture, and then stands on many pages."""
    found = (_labels, _row, _dates, _ages, _field, _counted, _openers, _credited, _shapes)
    return tuple(cue for find in found for cue in find(text))


def _row(text: str) -> Iterator[Cue]:
    """Yield a cue for a menu whose entries stand on one line."""
    languages = None
    if shape(text) == "title":
        languages = row_languages(text)
        languages = glued_row_languages(text) if languages is None else languages
    if languages is not None:
        yield Cue("chrome", "row", "|".join(languages) or "und", label="nav")


def _labels(text: str) -> Iterator[Cue]:
    for rule, languages in labels_of(text):
        table, _, row = rule.id.partition("/")
        # A question letter is the same in many languages and evidence for none.
        language = "und" if rule.label == "marker" else "|".join(languages)
        yield Cue(table, row, language, label=rule.label, opens=rule.opens)


def _dates(text: str) -> Iterator[Cue]:
    """Yield a cue for a segment that is a date, with or without its label."""
    dates = find_dates(text)
    if not dates or _PLAYER.fullmatch(text):
        return
    first, last = dates[0], dates[-1]
    if day_alone(text) and (first.start or last.end < len(text)):
        return  # the time beside a day without a year is part of that day's stamp
    label = label_before(text, first.start)
    start = label.start if label else first.start
    rest = (text[:start] + text[last.end :]).strip(SEPARATORS + "()（）")
    # A place or a weekday may stand before the day, a label that no table knows before day and time.
    whole = len(rest) <= len("10:30 (UTC+8)") and (not regex.search(r"\p{L}{6}", rest) or bool(_BEFORE_DAY.match(text)))
    stamp = label or first
    table, _, row = (label.rule if label else "dates/" + first.rule.partition("/")[2]).partition("/")
    languages = stamp.languages or first.languages
    yield Cue(
        table,
        row,
        Found(0, 0, "", languages).language,
        whole=whole,
        value=text[first.start : first.end] if whole else None,
        label="byline" if whole else "",
    )


def _ages(text: str) -> Iterator[Cue]:
    counted = (reading_time(text) or labelled_minutes(text), day_alone(text)) if _DIGIT.search(text) else ()
    for found in (age_at_end(text), *counted):
        if found is not None:
            table, _, row = found.rule.partition("/")
            whole = not text[: found.start].strip(SEPARATORS)
            label = "stats" if row == "reading_time" or table == "reading_times" else ""
            yield Cue(table, row, found.language, whole=whole, value=text[found.start : found.end], label=label)


def _field(text: str) -> Iterator[Cue]:
    """Yield a cue for a line `label: value`."""
    if match := _FIELD.match(text):
        yield from _valued(match[1], match[2])
        for cue in _openers(match[1]):
            if cue.opens == "tags":
                yield Cue("field", "tags", cue.language, whole=False, value=match[2], label="nav")
        return
    for pattern, fields in _OTHER_FIELDS:
        if match := pattern.match(text):
            yield from (cue for cue in _valued(match[1], match[2]) if cue.label in fields)


def _valued(label: str, value: str) -> Iterator[Cue]:
    """Yield a cue for each field that `label` names, if `value` may be one of it."""
    sentence = shape(value) == "prose"
    for rule, languages in labels_of(label):
        # `Report: The mayor knew of it.` is no button, and `Date: 3 dates, pitted` is no date.
        dated = rule.id not in DATED or bool(find_dates(value)) or is_time_alone(value)
        if rule.field and dated and not (sentence and rule.field in _NO_SENTENCES):
            row = rule.id.partition("/")[2]
            yield Cue("field", row, "|".join(languages), whole=False, value=value, label=rule.field)


def _counted(text: str) -> Iterator[Cue]:
    """Yield a cue for a count of readers or likes: `1.5k Totale visualizzazioni`; of a button the language alone."""
    count = (_COUNT.match(text) or _VOTES.match(text)) if _DIGIT.search(text) else None
    if count is None:
        return
    for rule, languages in labels_of(count["what"]):
        if rule.id in DATED:
            continue  # it tells of a time: Laatste update: 17.34
        label, number = ("stats", count.groupdict().get("count")) if rule.label == "stats" else ("", None)
        yield Cue("count", rule.id.partition("/")[2], "|".join(languages), value=number, label=label)


def _openers(text: str) -> Iterator[Cue]:
    """Yield a cue for a short line whose words open a box; context has to confirm it."""
    if (
        shape(text) in ("bullet", "ordinal")
        or width(text) > MAX_OPENER
        or (ends_sentence(text) and not text.endswith((":", "：", "?", "？")))
    ):
        return
    key = fold(text)
    found: dict[OpenerRule, dict[str, regex.Match[str]]] = {}
    for (rule, language), pattern in _stems().candidates(key):
        if match := pattern.search(key):
            found.setdefault(rule, {})[language] = match
    for rule, languages in found.items():
        # A word of one language only tells the language of such a line, though not yet its role.
        told = len(languages) == 1 and max(len(m.group()) for m in languages.values()) >= TELLING * len(key)
        row = rule.id.partition("/")[2]
        yield Cue("openers", row, "|".join(languages), whole=told, label="section_label", opens=rule.opens)


def _credited(text: str) -> Iterator[Cue]:
    """Yield a cue for a sentence that describes a picture, by the credit behind it."""
    at = credit_at(text)
    if at is not None:
        # The credit may be in the site's language, and the sentence in the article's.
        yield Cue("field", CREDITS.partition("/")[2], whole=False, value=text[at:], label="caption")


@cache
def _stems() -> Screen[tuple[OpenerRule, str]]:
    return Screen(
        ((rule, language), stem if language in _UNSPACED else rf"\b(?:{stem})")
        for rule in load_rules("openers", OpenerRule)
        for language, stem in rule.stems.items()
    )


@cache
def _lines() -> Screen[LineRule]:
    return Screen((rule, rule.pattern) for rule in load_rules("lines", LineRule))


def _shapes(text: str) -> Iterator[Cue]:
    for rule, pattern in _lines().candidates(text):
        if match := pattern.search(text):
            row = rule.id.partition("/")[2]
            author = match.groupdict().get("author")
            languages = "|".join(rule.languages) or "und"
            yield Cue(
                rule.table,
                row,
                languages,
                whole=bool(rule.languages) and match.group() == text,
                value=author.strip() if author else None,
                label=rule.label,
            )
