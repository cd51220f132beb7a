"""Where one line is several segments: stamps, alt texts and question letters glued together."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import regex

from pipeline.glue_borders import borders
from pipeline.head_borders import head_borders
from pipeline.label_borders import label_borders
from pipeline.marked_lines import marked_lines
from pipeline.paragraph_borders import paragraph_borders
from pipeline.rules import PatternRule, load_rules
from pipeline.screen import Screen
from pipeline.shape import width
from pipeline.shattered import shattered
from pipeline.stamps import (
    DATED,
    MAX_STAMP,
    SEPARATORS,
    Found,
    age_at_end,
    day_alone,
    find_dates,
    label_before,
    labels_of,
    reading_time,
)
from pipeline.table_rows import table_rows

MIN_BARS = 2
MAX_ENTRY = 32
"""Bars that a menu on one line has at least, and columns that an entry of it has at most."""

MIN_GLUED_ENTRIES = 4
"""Borders in a word from which it is a menu."""

MUCH_MORE = 3
"""Borders that a line without breaks has more than its stamps and labels explain."""

MAX_PUBLISHER = 40
"""Code points of a name before a stamp; longer heads are sentences."""

Span = tuple[int, int]
_SENTENCE_END = regex.compile(r"[.!?。！？…][\"'”’」』)]?$")
_BAR = regex.compile(r"\s*[|•｜]\s*|(?<!\p{Han})\s*·\s*|\s+·\s*|·\s+|\s+(?:[/>›»＞]|>>)\s+|\s*\u3000+\s*|\s*\t+\s*|  +")
_BAR_SIGN = regex.compile(r"[|·•｜/>›»＞\u3000\t]|  ")
_WORD = regex.compile(r"\s?[\p{Han}\p{Hangul}\p{Katakana}\p{Hiragana}]{2,4}")
_COUNTED = regex.compile(r"(?P<number>\d[\d.,\u00a0\u202f ]*[kKmMbB万萬千만]?)\s?(?P<what>\p{L}[\p{L} ]{1,24})$")
_BRACKETED_DAY = regex.compile(r"[(（\[]\d{1,4}(?:[-/.]\d{1,2}){1,2}[)）\]]$")
_COMMAS = (",", "，", "、")
_COLON = regex.compile("[:：]")
_ARTICLE = regex.compile(r"(?:[-–•*·] ?)?A(?!\p{Latin})\p{L}{1,8} \p{Ll}")
"""An article before a word left in another script, which is no answer's letter."""
_BRACKETS = regex.compile(r"[(（][^()（）]*[)）]")
_WIDE_BLANK = regex.compile(r"\u3000+|\t+|  +")


def cut(lines: Sequence[str]) -> list[list[Span]]:
    """Return for each of `lines` (stripped) the spans of its segments, in order.

    Every non-space code point of a line lies in exactly one span, and spans start and end at one.
    """
    marked = marked_lines(lines)
    rows = table_rows(lines)
    menus = [[(0, len(line))] if i in rows else _menu_spans(line) for i, line in enumerate(lines)]
    starts = [marked.get(i) or ([] if menus[i] else _cuts(line)) for i, line in enumerate(lines)]
    heads = {line[: cuts[0]].strip(SEPARATORS) for line, cuts in zip(lines, starts, strict=True) if cuts}
    return [
        menu or _tidy(line, cuts or _known_head_cuts(line, heads))
        for line, cuts, menu in zip(lines, starts, menus, strict=True)
    ]


def _tidy(line: str, starts: Sequence[int]) -> list[Span]:
    """Return the spans between `starts`, blanks at their ends left out, bare separators given to the left."""
    if not starts and line:
        return [(0, len(line))]
    spans: list[Span] = []
    bounds = sorted({0, *starts, len(line)})
    for start, end in pairwise(bounds):
        piece = line[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if start == end:
            continue
        if spans and not piece.strip(SEPARATORS):
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _menu_spans(line: str) -> list[Span]:
    """Return the entries of a menu on one line and the bars between them, each a span; empty if it is none."""
    if len(line) > MAX_STAMP or not _BAR_SIGN.search(line) or _SENTENCE_END.search(line) or find_dates(line):
        return []
    bars = list(_BAR.finditer(line))
    edges = [0, *(edge for bar in bars for edge in bar.span()), len(line)]
    entries = [line[i:j] for i, j in zip(edges[::2], edges[1::2], strict=True)]
    if len(bars) < MIN_BARS or max(width(entry) for entry in entries) > MAX_ENTRY or not all(entries[1:]):
        return []
    if any(rule.id == "chrome/author" for rule, _ in labels_of(_COLON.split(line, maxsplit=1)[0])):
        return []  # names in Chinese have such dots too
    spans = [(i, j) for i, j in pairwise(edges) if line[i:j].strip()]
    return [(i + len(p) - len(p.lstrip()), i + len(p.rstrip())) for i, j in spans if (p := line[i:j])]


def _cuts(line: str) -> Sequence[int]:
    known = _short_cuts(line) if len(line) <= MAX_STAMP else ()
    pieces = [0, *shattered(line)]
    if len(pieces) <= MUCH_MORE + len(known):
        return known if len(line) <= MAX_STAMP else _long_cuts(line)
    within = (i + cut for i, j in pairwise([*pieces, len(line)]) for cut in _cuts(line[i:j]))
    return sorted({*pieces[1:], *within})


def _long_cuts(line: str) -> Sequence[int]:
    """Cut a line of paragraphs and furniture where they are glued; what is short then as any short line."""
    labels = label_borders(line)
    starts = sorted({*paragraph_borders(line[: min(labels, default=len(line))]), *labels})
    short = [(i, j) for i, j in pairwise([*starts, len(line)]) if j - i <= MAX_STAMP]
    return sorted({*starts, *(i + cut for i, j in short for cut in _short_cuts(line[i:j]))})


@lru_cache(maxsize=16_384)
def _short_cuts(line: str) -> Sequence[int]:
    return tuple(
        _bracketed_day_cuts(line)
        or _shape_cuts(line)
        or _label_cuts(line)
        or _count_cuts(line)
        or _date_cuts(line)
        or _age_cuts(line)
        or _field_cuts(line)
        or head_borders(line)
    )


def _bracketed_day_cuts(line: str) -> list[int]:
    """Cut a headline from the day in brackets behind it (`旧衣回收 (03-06)`)."""
    day = _BRACKETED_DAY.search(line)
    return [day.start()] if day and day.start() else []


def _shape_cuts(line: str) -> list[int]:
    for _, pattern in _glued_shapes().candidates(line):
        if match := pattern.fullmatch(line):
            return [match.start(group) for group in range(1, pattern.groups + 1)]
    return []


@cache
def _glued_shapes() -> Screen[str]:
    return Screen((rule.id, rule.pattern.pattern) for rule in load_rules("glue", PatternRule))


def _label_cuts(line: str) -> list[int]:
    """Cut off a label or reading time that is glued to what stands before or after it (`moreRelated articles`)."""
    found = borders(line)
    if _ARTICLE.match(line) or (len(found) >= MIN_GLUED_ENTRIES and " " not in line):
        return []  # a leak after its article; a menu that lost its blanks begins with a label by chance
    for at in found:
        head, tail = line[:at], line[at:]
        if any(labels_of(part) or reading_time(part) for part in (head, tail)) or _is_age(tail):
            return [*_cuts(head), at, *(at + cut for cut in _cuts(tail))]
    return []


def _is_age(text: str) -> bool:
    age = age_at_end(text)
    return age is not None and age.start == 0


def _count_cuts(line: str) -> list[int]:
    """Cut a day from the count of readers glued to it (`30 dicembre 20255 377 visualizzazioni`)."""
    counted = _COUNTED.search(line)
    if counted is None or not any(rule.label == "stats" for rule, _ in labels_of(counted["what"])):
        return []
    for at in range(max(1, counted.start()), counted.end("number")):
        head = line[:at]
        if line[at].isdigit() and (day_alone(head) or any(d.end == at for d in find_dates(head) if d.start == 0)):
            return [at]
    return []


def _known_head_cuts(line: str, heads: set[str]) -> list[int]:
    """Cut a publisher that other stamps of the page name from an age in words (`BlockrundeGestern`)."""
    if len(line) > 2 * MAX_PUBLISHER:
        return []
    for head in heads:
        if head and line.startswith(head) and _is_age(line[len(head) :]):
            return [len(head)]
    return []


def _date_cuts(line: str) -> list[int]:
    """Cut a stamp before the label of each of its dates, or before the date."""
    dates = find_dates(line)
    if not dates or (_SENTENCE_END.search(line) and dates[-1].end < len(line)) or _is_bracketed(line, dates):
        return []
    labels = [label_before(line, date.start) for date in dates]
    ends = [_past_label(line, date.end) for date in dates]
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
        or any(line[i : i + 1] != line[d.start : d.start + 1] for i, d in zip(starts, dates, strict=True))
    )
    stamp = _follows_name(line, starts[0], ends[-1])
    if not known and not stamp and not all(_is_apart(line, i, j) for i, j in zip(starts, ends, strict=True)):
        return []
    tails = [end for end, gap in zip(ends, gaps[1:], strict=True) if gap.strip(SEPARATORS)]
    tails += [ends[-1] + cut for cut in _age_cuts(line[ends[-1] :])]
    blanks = [match.end() for match in _WIDE_BLANK.finditer(line)]
    return sorted({*starts, *tails, *_field_starts(line), *blanks})


def _is_bracketed(line: str, dates: Sequence[Found]) -> bool:
    """Whether all of `dates` stand inside brackets with other words: `（3月25日 摄）`."""
    inside = [span.span() for span in _BRACKETS.finditer(line)]
    return all(
        any((i < d.start - 1 and d.end <= j) or (i < d.start and d.end < j - 1) for i, j in inside) for d in dates
    )


def _field_cuts(line: str) -> list[int]:
    """Cut a row of fields (`稿源:晚报 编辑:李雷`) before each of its labels."""
    starts = [] if _SENTENCE_END.search(line) or "。" in line else _field_starts(line)
    return starts if len(starts) > 1 else []


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

    Between a border of case or script (or the date before it) and a colon right before this date
    stands a label, whatever its language.
    """
    gap = line[before:date]
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
    """Whether one word, such as the name of a paper, stands before a date that ends `line`."""
    head = line[:start].strip()
    return bool(head) and " " not in head and len(head) <= MAX_PUBLISHER // 2 and end == len(line)


def _age_cuts(line: str) -> list[int]:
    """Cut a publisher from the age glued to it."""
    age = age_at_end(line)
    if age is None or age.start == 0 or len(line) > 2 * MAX_PUBLISHER:
        return []
    head = line[: age.start]
    bare = head.strip(SEPARATORS)
    short = len(bare) <= MAX_PUBLISHER and not _SENTENCE_END.search(bare)
    single = " " not in bare and len(bare) <= MAX_PUBLISHER // 2
    return [age.start] if short and (single or _is_apart(line, age.start, len(line))) else []


def line_spans(text: str) -> Iterator[Span]:
    """Yield the spans of the lines of `text`, white space around them left out, empty lines as empty spans.

    Lines end where `str.splitlines` ends them.
    """
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        start = at + len(line) - len(line.lstrip()) if bare else at
        yield start, start + len(bare)
        at += len(line)
