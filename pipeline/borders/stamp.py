"""Where the stamps on a short line begin: its dates with their labels, its relative age, its other fields."""

from collections.abc import Sequence

import regex

from pipeline.lines.glue_borders import borders
from pipeline.lines.stamps import (
    DATED,
    SEPARATORS,
    Found,
    age_at_end,
    day_alone,
    find_dates,
    label_before,
    labels_of,
    reading_time,
)
from pipeline.metadata.signatures import is_signed

MAX_PUBLISHER = 40
"""Code points of a name before a stamp; longer heads are sentences."""

MAX_GLUED_NAME = 10
"""The same of a name behind an age."""

MIN_NOUN = 5
"""Code points of a noun for an author where letters have a case; shorter words say `by`: `Published By: Harbour`."""

_SENTENCE_END = regex.compile(r"[.!?。！？…][\"'”’」』)]?$")
_INITIAL = regex.compile(r"\p{Lu}\p{Ll}+\s\p{Lu}\.$")
"""A name whose last part is one letter."""
_WORD = regex.compile(r"\s?[\p{Han}\p{Hangul}\p{Katakana}\p{Hiragana}]{2,4}")
_TOLD_OF_DAY = regex.compile(r"\s?(?:[—–-]\s?\d[^:：]{0,14})?[:：]\s?[^\s\d]")
_YEAR = regex.compile(r"\d{4}")
_DOT = regex.compile(r"\s[·•|｜]\s")
_BAR = regex.compile(r"\s?[|｜·•]\s")
_COMMAS = (",", "，", "、")
_COLON = regex.compile("[:：]")
_GLUED_WEEKDAY = regex.compile(
    r"(?<=\s\p{Lu}\p{L}*\p{Ll})(?<!(?<!\p{L})(?:Ma?c|Fitz|De[lr]?|L[ae]|Van|D[aiu]))"
    r"\p{Lu}\p{Ll}{2,12}(?:-\p{Ll}{3,6})?\.?,?\s$"
)
"""A word with a capital that is glued to the name before it and stands before the day."""

_BRACKETS = regex.compile(r"[(（][^()（）]*[)）]|【\d{1,2}[:：]\d{2}[^【】]*】")
_PAPER_AND_AUTHOR = regex.compile(
    r"(?:\p{Lu}[\p{L}\p{N}&.’'-]*\s){1,4}\p{L}[^:]{1,24}:\s?\p{Lu}[\p{L}\p{M}.’'-]+(?:\s\p{Lu}[\p{L}\p{M}.’'-]+){1,3}"
)
_DIGIT = regex.compile(r"\d")
_TIME = regex.compile(r"\d{1,2}[:：]\d{2}(?!\d)")
_WIDE_BLANK = regex.compile(r"\u3000+|\t+|  +")


def date_borders(line: str) -> list[int]:
    """Cut a stamp before the label of each of its dates, or before the date.

    >>> date_borders("Harbour PostAtualizado em 2026-03-04")
    [12]
    >>> date_borders("10月2日：初步配额为零"), date_borders("9月8日—26日：第一次调查")
    ([], [])
    >>> date_borders("Harbour PostPublisert: 12. januar kl. 06:18")
    [12]
    """
    dates = find_dates(line)
    if len(dates) == 1 and (age := age_at_end(line)) and age.start <= dates[0].start < age.end:
        return []  # the time beside `yesterday`
    if len(dates) == 1 and (label := _before_day_alone(line, dates[0])) is not None:
        return [label.start] if label.start else []
    if not dates or _ends_as_sentence(line, dates[-1].end) or _is_bracketed(line, dates) or _is_entry(line, dates[0]):
        return []
    labels = [label_before(line, date.start) for date in dates]
    ends = [_past_label(line, date.end) for date in dates]
    # What stands behind the first date and the last belongs to the date before it in between too.
    behind = labels[0] is None and all(end > date.end for end, date in zip(ends, dates, strict=True))
    labels = [None] * len(dates) if behind else labels
    starts = [
        label.start if label else _unknown_label(line, before, date.start)
        for label, before, date in zip(labels, [0, *ends], dates, strict=False)
    ]
    gaps = [line[i:j] for i, j in zip([0, *ends], [*starts, len(line)], strict=True)]
    fields = _field_starts(line)
    if not fields and max(len(gap.strip(SEPARATORS)) for gap in gaps) > MAX_PUBLISHER:
        return []
    known = (
        fields
        or any(labels)
        or (behind and len(dates) > 1)
        or any(line[i : i + 1] != line[d.start : d.start + 1] for i, d in zip(starts, dates, strict=True))
    )
    stamp = _follows_name(line, starts[0], ends[-1]) or (not starts[0] and is_signed(line[ends[-1] :].strip()))
    if not known and not stamp and not all(_is_apart(line, i, j) for i, j in zip(starts, ends, strict=True)):
        return []
    tails = [end for end, gap in zip(ends, gaps[1:], strict=True) if gap.strip(SEPARATORS)]
    tails += [ends[-1] + cut for cut in age_borders(line[ends[-1] :])]
    blanks = [match.end() for match in _WIDE_BLANK.finditer(line)]
    return sorted({*starts, *tails, *_field_starts(line), *blanks})


def _before_day_alone(line: str, clock: Found) -> Found | None:
    """Return the label of a day without a year that ends `line` with its time, at `clock`."""
    digit = _DIGIT.search(line, 0, clock.start) if _TIME.match(line, clock.start) else None
    label = label_before(line, digit.start()) if digit else None
    return label if label and digit and day_alone(line[digit.start() :]) else None


def _is_entry(line: str, date: Found) -> bool:
    """Whether `line` is an entry of a chronology: a day, or the first and the last, and what was on it.

    A stamp has its year, or the label of a field.
    """
    told = date.start == 0 and _TOLD_OF_DAY.match(line, date.end) is not None
    return told and not _YEAR.search(line, date.start, date.end) and not _field_starts(line)


def _ends_as_sentence(line: str, date: int) -> bool:
    """Whether a full stop ends `line` behind its last date at `date`, and not that of a shortened word (`4 min.`)."""
    ended = date < len(line) and _SENTENCE_END.search(line) is not None and not _DOT.search(line, date)
    last = max([date, *_field_starts(line)])
    return ended and reading_time(line[last:].strip()) is None


def age_borders(line: str) -> list[int]:
    """Cut a publisher from the age glued to it.

    >>> age_borders("链捕手6 h fa"), age_borders("3 giờ trước汇谈"), age_borders("3天前NBA比赛结果")
    ([3], [11], [])
    """
    if len(line) > 2 * MAX_PUBLISHER:
        return []
    age = age_at_end(line)
    if age is None or age.start == 0:
        return _name_border(line) if age is None else []
    head = line[: age.start]
    bare = head.strip(SEPARATORS)
    ended = _SENTENCE_END.search(bare) is not None and not _INITIAL.search(bare)
    short = len(bare) <= MAX_PUBLISHER and not ended
    single = " " not in bare and len(bare) <= MAX_PUBLISHER // 2
    return [age.start] if short and (single or _is_apart(line, age.start, len(line))) else []


def _name_border(line: str) -> list[int]:
    """Cut an age from the name in other letters that is glued to it; a headline goes on after it: 昨天Apple股价大涨."""
    starts = [] if line.isascii() else borders(line)
    if len(starts) != 1 or len(line) - starts[0] > MAX_GLUED_NAME or not any(map(str.isdigit, line[: starts[0]])):
        return []
    age = age_at_end(line[: starts[0]])
    return starts if age and (age.start, age.end) == (0, starts[0]) else []


def field_borders(line: str) -> list[int]:
    """Cut a row of fields (`稿源:晚报 编辑:李雷`) before each of its labels, and a paper from the field for its author.

    >>> field_borders("Harbour Post Editor: Jane Doe"), field_borders("Published By: Harbour Games")
    ([13], [])
    >>> field_borders("Главный редактор: Анна Иванова")
    []
    """
    has_colon = ":" in line or "：" in line
    starts = _field_starts(line) if has_colon and not (_SENTENCE_END.search(line) or "。" in line) else []
    paper = bool(starts) and _PAPER_AND_AUTHOR.fullmatch(line) is not None and _names(line, starts[0])
    return starts if len(starts) > 1 or paper else []


def _names(line: str, start: int) -> bool:
    """Whether the label at `start` is a noun for who wrote or edited."""
    label = _COLON.split(line[start:], maxsplit=1)[0]
    if label[:1].islower() or (len(label) < MIN_NOUN and label.lower() != label.upper()):
        return False  # Главный редактор: no paper, but what sort of editor
    return start > 0 and any(rule.id in ("chrome/author", "chrome/editor") for rule, _ in labels_of(label))


def _is_bracketed(line: str, dates: Sequence[Found]) -> bool:
    """Whether all of `dates` stand in brackets with other words, `（3月25日 摄）`, or in a heading's: `【08:12】`."""
    inside = [span.span() for span in _BRACKETS.finditer(line)]
    return all(
        any(i < d.start and d.end < j and (line[i] == "【" or d.end - d.start < j - i - 2) for i, j in inside)
        for d in dates
    )


def _field_starts(line: str) -> list[int]:
    colons = (match.start() for match in _COLON.finditer(line))
    labels = (label_before(line, colon, dated=False) for colon in colons)
    return [label.start for label in labels if label]


def _past_label(line: str, end: int) -> int:
    """Return the end of the label that follows a date (`2026年1月15日 公開`), or of the date."""
    rest = _WORD.match(line, end)
    dated = rest is not None and any(rule.id in DATED for rule, _ in labels_of(rest[0]))
    return rest.end() if rest is not None and dated else end


def _unknown_label(line: str, before: int, date: int) -> int:
    """Return where a label that no table knows starts, the date's own start where there is none.

    A weekday glued to a name goes with its day. Between a border of case or script (or the date before it) and a
    colon right before this date stands a label, whatever its language.
    """
    gap = line[before:date]
    if weekday := _GLUED_WEEKDAY.search(gap):
        return before + weekday.start()
    if not gap.rstrip().endswith((":", "：")):
        return date
    ends = borders(gap)
    start = before + (ends[-1] if ends else 0)
    return start if date - start <= MAX_PUBLISHER else date


def _is_apart(line: str, start: int, end: int) -> bool:
    """Whether nothing but a separator or direct glue joins line[start:end] to its neighbours."""
    before, after = line[:start], line[end:]
    if before.rstrip().endswith(_COMMAS) and after.lstrip().startswith(_COMMAS):
        return False  # in the middle of a caption
    left = not before or not before[-1].isspace() or before.rstrip()[-1:] in SEPARATORS
    right = not after or not after[0].isspace() or after.lstrip()[:1] in SEPARATORS
    return left and right


def _follows_name(line: str, start: int, end: int) -> bool:
    """Whether one word, such as the name of a paper, or who signed stands before a date that ends `line` or a part."""
    head = line[:start].strip()
    named = (" " not in head and len(head) <= MAX_PUBLISHER // 2) or is_signed(head)
    return bool(head) and named and (end == len(line) or (is_signed(head) and _BAR.match(line, end) is not None))
