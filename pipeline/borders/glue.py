"""Where one line is several segments: stamps, alt texts and question letters glued together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import pairwise

import regex

from pipeline.borders.button import button_borders
from pipeline.borders.card_lines import card_borders, card_lines
from pipeline.borders.count import count_borders
from pipeline.borders.credit import credit_borders
from pipeline.borders.follow import follow_borders
from pipeline.borders.head import head_borders
from pipeline.borders.headline import headline_border
from pipeline.borders.label import label_borders
from pipeline.borders.language_names import switcher_borders
from pipeline.borders.marked_lines import marked_lines
from pipeline.borders.menu_lines import BAR, Span, menu_spans
from pipeline.borders.name import name_borders
from pipeline.borders.paragraph import paragraph_borders
from pipeline.borders.path import path_borders
from pipeline.borders.quote import quote_borders
from pipeline.borders.shattered import shattered
from pipeline.borders.speaker_lines import speaker_lines
from pipeline.borders.stamp import MAX_PUBLISHER, age_borders, date_borders, field_borders
from pipeline.borders.tag import tag_borders
from pipeline.lines.glue_borders import borders, may_have_border
from pipeline.lines.screen import Screen
from pipeline.lines.shape import width
from pipeline.lines.stamps import (
    MAX_AGE,
    MAX_STAMP,
    SEPARATORS,
    age_at_end,
    day_alone,
    find_dates,
    labels_of,
    reading_time,
)
from pipeline.lines.table_rows import table_rows
from pipeline.rules import PatternRule, load_rules

MAX_BUTTONS = 64
"""Columns of two buttons with a wide blank between them."""

MAX_FIGURES = 3
"""Figures of a count glued to a day, by which it is told from a year."""

MIN_HEAD = 2
"""Code points of a publisher's name."""

MIN_GLUED_ENTRIES = 4
"""Borders in a word from which it is a menu."""

MUCH_MORE = 3
"""Borders that a line without breaks has more than its stamps and labels explain."""

Finder = Callable[[str], Sequence[int]]
_FIGURE = regex.compile(r"\d")
_COUNTED = regex.compile(r"(?P<number>\d[\d.,\u00a0\u202f ]*[kKmMbB万萬千만]?)\s?(?P<what>\p{L}[\p{L} ]{1,24})$")
_BRACKETED_DAY = regex.compile(r"[(（\[]\d{1,4}(?:[-/.]\d{1,2}){1,2}[)）\]]$")
_WIDE_BLANK = regex.compile(r" {2,}")
_FIGURE_BEHIND_WORD = regex.compile(r"[\p{L}\p{M}](?=\d)")
_YEAR = regex.compile(r"(?<=\s)(?:19|20)\d{2}(?=\d)")
_ARTICLE = regex.compile(r"(?:[-–•*·] ?)?A(?!\p{Latin})\p{L}{1,8} \p{Ll}")
"""An article before a word left in another script, which is no answer's letter."""


def cut(lines: Sequence[str]) -> list[list[Span]]:
    """Return for each of `lines` (stripped) the spans of its segments, in order.

    Every non-space code point of a line lies in exactly one span, and spans start and end at one.
    """
    marked = card_lines(lines) | speaker_lines(lines) | marked_lines(lines)
    rows = table_rows(lines)
    menus = [[(0, len(line))] if i in rows else menu_spans(line) for i, line in enumerate(lines)]
    starts = [marked.get(i) or ([] if menus[i] else _cuts(line)) for i, line in enumerate(lines)]
    heads = {line[: cuts[0]].strip(SEPARATORS) for line, cuts in zip(lines, starts, strict=True) if cuts}
    heads |= {line for line in lines if len(line) <= MAX_PUBLISHER}
    known = _beginnings(lines, heads)
    return [
        menu or _tidy(line, cuts or _known_head_cuts(line, known.get(line, ())))
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


def _cuts(line: str) -> Sequence[int]:
    known = _short_cuts(line) if len(line) <= MAX_STAMP else ()
    if credit := credit_borders(line):
        return [*_cuts(line[: credit[0]]), *credit]
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
    finders = _finders(_FIGURE.search(line) is not None, may_have_border(line))
    cuts: Sequence[int] = next((found for find in finders if (found := find(line))), ())
    if not cuts:
        return path_borders(line)
    last = max(cuts)
    # Behind a stamp there may be more than one field: who wrote it, and who translated it.
    fields = (last + cut for cut in field_borders(line[last:])) if last else ()
    return tuple(sorted({*path_borders(line[: min(cuts)]), *cuts, *fields}))


@cache
def _finders(figures: bool, glued: bool) -> Sequence[Finder]:
    """Return what looks for borders on a short line, in order, as far as it may find any.

    Most lines have no `figures`, and nothing in them is `glued` to each other: case and script never change.
    """
    every: tuple[tuple[Finder, bool], ...] = (
        (quote_borders, figures),
        (_spaced_cuts, True),
        (_bracketed_day_cuts, figures),
        (_shape_cuts, True),
        (_switcher_cuts, True),
        (count_borders, True),
        (tag_borders, True),
        (follow_borders, glued),
        (button_borders, True),
        (_headline_cuts, True),
        (_time_cuts, figures),
        (_label_cuts, glued),
        (_count_cuts, figures),
        (date_borders, True),
        (age_borders, True),
        (card_borders, figures),
        (field_borders, True),
        (head_borders, glued),
        (name_borders, True),
    )
    return tuple(find for find, may_find in every if may_find)


def _spaced_cuts(line: str) -> list[int]:
    """Cut two short things with a wide blank between them, the first of which is a button (`Log in   Join for 1 €`)."""
    blanks = list(_WIDE_BLANK.finditer(line))
    if len(blanks) != 1 or width(line) > MAX_BUTTONS:
        return []
    # The value of a field may be set off like that, which no button has.
    button = any(rule.label == "nav" and rule.field in ("", "nav") for rule, _ in labels_of(line[: blanks[0].start()]))
    return [blanks[0].end()] if button and not find_dates(line[blanks[0].end() :]) else []


def _switcher_cuts(line: str) -> list[int]:
    """Cut the names of a language switcher from each other, and the menu before it as if it stood alone."""
    found = switcher_borders(line)
    return [*(_short_cuts(line[: found[0]]) if found else ()), *found]


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


def _headline_cuts(line: str) -> list[int]:
    """Cut off the label before a headline (`BREAKING NEWSThe port is closed`)."""
    at = headline_border(line)
    return [at, *(at + cut for cut in _cuts(line[at:]))] if at else []


def _time_cuts(line: str) -> list[int]:
    """Cut off a reading time that is glued to a name or a button (`By Jane Doe6 min read`)."""
    ends = (match.end() for match in _FIGURE_BEHIND_WORD.finditer(line))
    at = next((at for at in ends if reading_time(BAR.split(line[at:])[0])), None)
    return [*_cuts(line[:at]), at, *(at + cut for cut in _cuts(line[at:]))] if at else []


def _is_age(text: str) -> bool:
    age = age_at_end(text) if len(text) <= MAX_AGE else None
    return age is not None and age.start == 0


def _count_cuts(line: str) -> list[int]:
    """Cut a day or title from the count of readers glued to it (`30 dicembre 20255 377 visualizzazioni`)."""
    counted = _COUNTED.search(line)
    if counted is None:
        return []
    if not any(rule.label == "stats" for rule, _ in labels_of(counted["what"])):
        # Whatever is counted: no year has three figures, and nothing else is glued to a day.
        small = len(counted["number"].strip()) <= MAX_FIGURES
        return [counted.start()] if small and day_alone(line[: counted.start()]) else []
    for at in range(max(1, counted.start()), counted.end("number")):
        head = line[:at]
        if line[at].isdigit() and (day_alone(head) or any(d.end == at for d in find_dates(head) if d.start == 0)):
            return [at]
    year = _YEAR.match(line, counted.start())
    at = year.end() if year else counted.start()
    return [*_cuts(line[:at]), at] if year or (at and line[at - 1].isalpha()) else []


def _beginnings(lines: Iterable[str], heads: Set[str]) -> Mapping[str, Sequence[str]]:
    """Return those of `heads`, the shortest first, that each of `lines` begins with; so too for heads.

    >>> _beginnings(["BlockGestern"], {"Blo", "Block", "Gestern"})["BlockGestern"]
    ['Blo', 'Block']
    """
    found: dict[str, Sequence[str]] = {}
    begun: list[str] = []
    # In their order, what begins with a head comes right behind it.
    for text in sorted({*lines, *heads}):
        while begun and not text.startswith(begun[-1]):
            begun.pop()
        if begun:
            found[text] = begun.copy()
        if text in heads:
            begun.append(text)
    return found


def _known_head_cuts(line: str, heads: Sequence[str]) -> list[int]:
    """Cut a publisher that other stamps or a line of the page name from an age in words (`BlockrundeGestern`)."""
    if len(line) > 2 * MAX_PUBLISHER:
        return []
    places = (at for at in map(len, heads) if MIN_HEAD <= at < len(line) - 1)
    return next(([at] for at in places if _is_age(line[at:])), [])


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
