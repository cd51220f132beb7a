"""Reports of an event that goes on: the time of each, in one line with its heading or alone, and its paragraphs below.

Cards have such times too, below their titles. But reports take most of what is written on their page, their times
stand apart from what is above them, and the last of these has its text below it as well.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from pipeline.document import Segment
from pipeline.lines.shape import shape, width

MIN_REPORTS = 3
MIN_TEXT = 100
"""Columns of their texts, in the mean: a programme has a line below each of its times."""

MIN_HEADED = 60
"""The same where each time has a heading in its line: the form tells."""

MAX_MARK = 20
"""Code points of a line with a time of the day."""

MAX_LETTERS = 8
"""Letters beside it: `Uhr`, `WIB`, `ora`."""

MIN_WIDE = 2
"""Columns of a letter, more of which are a heading where letters are wide."""

MAX_NAME = 30
"""Columns of the name of whoever writes a comment, which stands above its time."""

MAX_HEADING = 160
"""Columns of the heading of a report."""

MIN_SHARE = 0.5
"""Share of what is written on the page that is theirs."""

MAX_WRAPS = 1
"""How often the clock of one event passes midnight."""

HOURS = 24
MINUTES = 60

_TEXT = ("prose", "bullet")
"""Shapes of what a report says: a list too, and what somebody says behind a dash."""

_TIME = regex.compile(
    r"(?<![\d.:：])(\d{1,2})\s?(?:[:：.h]|[時时点點시])\s?(\d{2})(?![\d%])(?![.,:：/-]\d)", regex.IGNORECASE
)
_FRAMED = regex.compile(r"[【\[](\d{1,2})[:：](\d{2})\s?\p{L}{0,8}[】\]]\s?")
"""A time in brackets before its heading, with the word for an update or without it."""
_BARRED = regex.compile(r"\d{1,2}[:.h]\d{2}\s?h?\s?[|–—-]")
"""A time cut off from its heading, which a bar parts them from."""
_LETTER = regex.compile(r"\p{L}")
_DIGIT = regex.compile(r"\d")


def report_times(segments: Sequence[Segment]) -> list[int]:
    """Return which of `segments` are the times of such reports, none unless they are what the page is about."""
    found = [i for run in _runs(segments) if _are_reports(segments, run) for i in run]
    own = sum(_columns(segments, _text_below(segments, i)) for i in found)
    written = sum(width(s.text) for s in segments if shape(s.text) == "prose")
    return found if own > MIN_SHARE * written else []


def report_heading(segments: Sequence[Segment], time: int) -> int | None:
    """Return the heading of the report at `time`, in the same line or between it and its text; None if it has none."""
    if _has_heading(segments[time]):
        return time
    start = _text_below(segments, time).start
    return start - 1 if start > time + 1 else None


def _runs(segments: Sequence[Segment]) -> Iterator[list[int]]:
    """Yield the times that have a text each, or a heading in their line, parted where one has neither."""
    run: list[int] = []
    for i, segment in enumerate(segments):
        if _minutes(segment) is None:
            continue
        if _leads(segments, i) or (run and _has_heading(segment)):
            run.append(i)
            continue
        yield run
        run = []
    yield run


def _are_reports(segments: Sequence[Segment], run: Sequence[int]) -> bool:
    """Whether the clock goes one way, the texts are long, and no time ends the last one as it would a card."""
    if len(run) < MIN_REPORTS:
        return False
    texts = [_text_below(segments, i) for i in run]
    least = MIN_HEADED if all(_has_heading(segments[i]) for i in run) else MIN_TEXT
    if sum(_columns(segments, text) for text in texts) < least * len(run):
        return False
    times = [minutes for i in run if (minutes := _minutes(segments[i])) is not None]
    steps = [later - earlier for earlier, later in pairwise(times)]
    one_way = min(sum(step > 0 for step in steps), sum(step < 0 for step in steps)) <= MAX_WRAPS
    after = texts[-1].stop
    ends_card = after < len(segments) and _minutes(segments[after]) is not None
    # A button or a card of a box may stand right above some of them.
    return one_way and not ends_card and not all(_ends_card(segments, i) for i in run)


def _ends_card(segments: Sequence[Segment], i: int) -> bool:
    """Whether the line at `i` stands closer to what is above it than to what is below."""
    return (
        0 < i < len(segments) - 1 and segments[i + 1].line - segments[i].line > segments[i].line - segments[i - 1].line
    )


def _leads(segments: Sequence[Segment], i: int) -> bool:
    """Whether the line at `i` stands above a text, and is not that of a comment, below a name."""
    if not _text_below(segments, i):
        return False
    if i == 0:
        return True
    above, below = segments[i - 1], segments[i + 1]
    signed = shape(above.text) == "title" and width(above.text) <= MAX_NAME and not above.rule
    return not (signed and shape(below.text) == "prose" and segments[i].line - above.line == 1)


def _text_below(segments: Sequence[Segment], i: int) -> range:
    """Return the paragraphs below the time at `i`, the first right below it or below one heading."""
    start = i + 1
    if start < len(segments) and _is_heading(segments[start]):
        start += 1
    end = start
    while end < len(segments) and shape(segments[end].text) in _TEXT and not segments[end].rule:
        end += 1
    return range(start, end)


def _is_heading(segment: Segment) -> bool:
    return shape(segment.text) in ("title", "ordinal") and width(segment.text) <= MAX_HEADING


def _columns(segments: Sequence[Segment], text: range) -> int:
    return sum(width(segments[i].text) for i in text)


def _minutes(segment: Segment) -> int | None:
    """Return the minutes from midnight to the time that is all there is on the line of `segment` but for a heading."""
    text = segment.text
    headed = _headed(segment)
    alone = not segment.glued or _BARRED.fullmatch(text) is not None
    time = headed or (_TIME.search(text) if len(text) <= MAX_MARK and alone else None)
    if time is None:
        return None
    rest = text[: time.start()] + text[time.end() :]
    if headed is None and (_DIGIT.search(rest) or len(_LETTER.findall(rest)) > MAX_LETTERS):
        return None
    hours, minutes = int(time[1]), int(time[2])
    return 60 * hours + minutes if hours < HOURS and minutes < MINUTES else None


def _headed(segment: Segment) -> regex.Match[str] | None:
    """Return the time that begins the line of `segment`, if a heading follows it: `03:45 The eye passes the port`."""
    if len(segment.text) > MAX_HEADING or segment.glued:
        return None
    framed = _FRAMED.match(segment.text)
    time = framed or _TIME.match(segment.text)
    if time is None or "." in time[0]:  # 1.25 million
        return None
    rest = segment.text[time.end() :]
    return time if (framed or rest[:1].isspace()) and shape(rest.strip()) == "title" else None


def _has_heading(segment: Segment) -> bool:
    """Whether more than a zone or a word for the hour follows the time in the line of `segment`."""
    time = _headed(segment)
    if time is None:
        return False
    rest = segment.text[time.end() :].strip()
    return width(rest) > (MAX_LETTERS if width(rest) < 2 * len(rest) else MIN_WIDE)
