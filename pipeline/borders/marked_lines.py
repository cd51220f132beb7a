"""Lines that begin with a mark of their own: letters of questions, times of a live report, ranks of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from pipeline.lines.shape import asks, width
from pipeline.rules import Rule, load_rules

MIN_REPORTS = 3
"""Paragraphs that begin with a time from which they are a live report."""

MIN_RANKS = 3
MAX_RANKED = 160
"""Lines that count from one with the number glued to their words, and columns of each."""

NEAR_TURN = 6
"""Filled lines from a turn that asks to one that does not."""

_RANK = regex.compile(r"(\d{1,2})(?=[\p{Lu}\p{Lo}\"“”„«‘’'¿¡「『《【(（#])")
_WORDED = regex.compile(r"[\"“«「‘'¿¡]|\p{Lu}\p{Ll}|\p{Lo}")
_UNIT = regex.compile(r"\p{Lo}")
_TIME = regex.compile(
    r"(?:[01]?\d|2[0-3])[:：.h][0-5]\d(?:\s?(?:Uhr|h|hrs?|[ap]\.?m\.?))?\s*[|·:–—-]?\s+(?=\S.{29})", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QaLetters(Rule):
    """The marks of a question and of its answer."""

    question: tuple[str, ...]
    answer: tuple[str, ...]


def marked_lines(lines: Sequence[str]) -> dict[int, list[int]]:
    """Return the cut after its mark for each of `lines` that has one."""
    return _ranks_before(lines) | _times_before(lines) | _letters_before(lines)


def _ranks_before(lines: Sequence[str]) -> dict[int, list[int]]:
    """Return the cut after its number for each line of a list of titles that counts from one.

    >>> _ranks_before(["1The river is high", "2“It froze”", "", "3河水上涨", "5G is here"])
    {0: [1], 1: [1], 3: [1]}
    >>> _ranks_before(["1月の売上", "2月の売上", "3月の売上"])
    {}
    """
    found: dict[int, list[int]] = {}
    run: list[tuple[int, int]] = []
    for i, line in [*((i, line) for i, line in enumerate(lines) if line), (len(lines), "")]:
        rank = _RANK.match(line) if width(line) <= MAX_RANKED else None
        if rank and int(rank[1]) == len(run) + 1:
            run.append((i, rank.end()))
            continue
        if len(run) >= MIN_RANKS and not _count_units([lines[j][at:] for j, at in run]):
            found |= {j: [at] for j, at in run}
        run = [(i, rank.end())] if rank and int(rank[1]) == 1 else []
    return found


def _count_units(words: Sequence[str]) -> bool:
    """Whether all begin with one letter of a script without capitals, which says what is counted: 1月, 2月, 3月."""
    firsts = {word[0] for word in words}
    return len(firsts) == 1 and _UNIT.match(firsts.pop()) is not None


def _times_before(lines: Sequence[str]) -> dict[int, list[int]]:
    """Return the cut after the time for each paragraph of a live report.

    >>> _times_before(["18:05 The teams come in, and the hall is full.", "12:30 to 14:00"] * 3)
    {0: [6], 2: [6], 4: [6]}
    """
    found = {i: [time.end()] for i, line in enumerate(lines) if (time := _TIME.match(line))}
    return found if len(found) >= MIN_REPORTS else {}


def glued_mark(marks: Sequence[str]) -> regex.Pattern[str]:
    """Return what matches one of `marks`, with a number or not, where a sentence is glued to it.

    Without capitals any word may begin with the letter, so there a number or Latin script has to follow. A letter
    before more than two capitals is the first of a word.
    """
    cased = "|".join(regex.escape(mark) for mark in marks if mark.lower() != mark.upper()) or "(?!)"
    caseless = "|".join(regex.escape(mark) for mark in marks if mark.lower() == mark.upper()) or "(?!)"
    return regex.compile(
        rf"(?:{cased})\p{{Nd}}{{0,2}}(?=[\p{{Lo}}\"“«「‘'¿¡$\d]|\p{{Lu}}(?!\p{{Lu}}{{2}}))"
        rf"|(?:{caseless})(?:\p{{Nd}}{{1,2}}(?=\p{{L}})|(?=[\p{{Latin}}\"“«「]))"
    )


@cache
def _letters() -> tuple[tuple[regex.Pattern[str], regex.Pattern[str]], ...]:
    return tuple((glued_mark(rule.question), glued_mark(rule.answer)) for rule in load_rules("qa_letters", QaLetters))


@cache
def _any_question() -> regex.Pattern[str]:
    """Return what matches the question's mark of any language: on most pages no line has one."""
    return glued_mark([mark for rule in load_rules("qa_letters", QaLetters) for mark in rule.question])


def _letters_before(lines: Sequence[str]) -> dict[int, list[int]]:
    """Return the cut after the letter for each line of questions and answers with glued letters.

    A letter is believed only where a line that asks and the next line both carry theirs: `A` alone
    starts too many sentences. Near such a pair others do not need to ask, if words follow the letters.

    >>> _letters_before(["QIs it safe?", "AIt is.", "QPeople say it smells.", "AOnly in winter."])
    {0: [1], 1: [1], 2: [1], 3: [1]}
    >>> _letters_before(["QPeople say it smells.", "AOnly in winter."])
    {}
    >>> _letters_before(["QIs it safe?", "AIt is.", "Q3 revenue rose.", "AI chips sold."])
    {0: [1], 1: [1]}
    """
    filled = [(i, line) for i, line in enumerate(lines) if line]
    marked = [(k, pair) for k, pair in enumerate(pairwise(filled)) if _any_question().match(pair[0][1])]
    found: dict[int, list[int]] = {}
    for question, answer in _letters() if marked else ():
        pairs = {
            k: (i, first.end(), j, second.end())
            for k, ((i, ask), (j, reply)) in marked
            if (first := question.match(ask)) and (second := answer.match(reply))
        }
        asking = {k for k, (i, *_) in pairs.items() if _asks(lines[i])}
        for k, (i, first_end, j, second_end) in pairs.items():
            near = not asking.isdisjoint(range(k - NEAR_TURN, k + NEAR_TURN + 1))
            worded = _WORDED.match(lines[i], first_end) and _WORDED.match(lines[j], second_end)
            if k in asking or (near and worded):
                found |= {i: [first_end], j: [second_end]}
    return found


def _asks(line: str) -> bool:
    """Whether `line` ends as a question does, also in Greek."""
    return asks(line) or line.rstrip("\"'”’」)").endswith((";", "\u037e"))
