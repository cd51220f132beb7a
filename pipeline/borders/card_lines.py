"""Where the title, the text and the stamp of a card of another article begin that stand glued on one line."""

import re
from collections.abc import Sequence

import regex

from pipeline.lines.glue_borders import borders
from pipeline.lines.shape import ends_sentence, width
from pipeline.lines.stamps import MAX_STAMP, Found, age_at_end, day_alone

MIN_CARDS = 2
"""Lines that end with a source and its age from which a border before the source is no capital within a name."""

MIN_TITLE = 12
MIN_TEXT = 30
"""Columns of a title, and of the text glued to it."""

MAX_SOURCE = 40
"""Code points of a source before an age."""

_BAR = regex.compile(r"\s?[•·|]\s?|\s[–—-]\s")
_BAR_SIGN = re.compile("[•·|–—-]")
_CLOCK = regex.compile(r"(?<=[\p{L}\p{M}”»\")?!])(?:[01]?\d|2[0-3]):[0-5]\d$")
_NUMBER = regex.compile(r"(?<=\p{L}{3}|[”»)?!])(?:\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d{3,6})$")
_SENTENCE = regex.compile(r"[.!?。！？…]\s")
_GLUED_AGE = regex.compile(r"[\p{L}\p{M}][.!?…。！？]?[”\"»]?$")
_WORD_BEFORE = regex.compile(r"\p{Ll}{3}[”\"»)]?$")


def card_borders(line: str) -> list[int]:
    """Return where text and stamp begin in a card that ends with an age or a time glued to its last word.

    >>> line = "Olives, InterruptedA frost in April has cost the shore half its harvest.2 days ago"
    >>> [line[at:] for at in card_borders(line)]
    ['A frost in April has cost the shore half its harvest.2 days ago', '2 days ago']
    >>> card_borders("It rained for 2 days"), card_borders("The ferry has come.")
    ([], [])
    >>> card_borders("Film week moves to autumn18:05")
    [25]
    """
    if (clock := _CLOCK.search(line)) and width(line[: clock.start()]) >= MIN_TITLE and " " in line:
        return [clock.start()]
    age = _age(line)
    if age is None or not line[age.start].isdigit() or not _GLUED_AGE.search(line, 0, age.start):
        return []
    head = line[: age.start]
    return [*([text] if ends_sentence(head) and (text := _text_start(head)) else []), age.start]


def card_lines(lines: Sequence[str]) -> dict[int, list[int]]:
    """Return the borders before text and source in each of `lines` that is a card with its source and age behind it.

    >>> lines = ["Nobody ironsAsia Desk • 2 days ago", "The port that wants to be boringPorts • 1 day ago"]
    >>> [lines[i][at:] for i, cuts in card_lines(lines).items() for at in cuts]
    ['Asia Desk • 2 days ago', 'Ports • 1 day ago']
    """
    found = {i: cuts for i, line in enumerate(lines) if line and (cuts := _source_borders(line))}
    return (found if len(found) >= MIN_CARDS else {}) | _counted(lines)


def _counted(lines: Sequence[str]) -> dict[int, list[int]]:
    """Return the border before the number in titles one below the other that each end with a number glued to them.

    >>> _counted(["What a ferry costs to heat9 204", "The mayor who reads meters7 655", "", "Days with the AK47"])
    {0: [26], 1: [26]}
    """
    found = {i: [number.start()] for i, line in enumerate(lines) if (number := _NUMBER.search(line)) and " " in line}
    found = {i: cut for i, cut in found.items() if MIN_TITLE <= width(lines[i][: cut[0]]) <= MAX_STAMP}
    return {i: cut for i, cut in found.items() if i - 1 in found or i + 1 in found}


def _age(line: str) -> Found | None:
    """Return the age that ends `line` behind something else."""
    age = age_at_end(line) if len(line) <= MAX_STAMP else None
    return age if age is not None and age.start > 0 else None


def _source_borders(line: str) -> list[int]:
    head = _before_stamp(line)
    if not head:
        return []
    found = [at for at in borders(head) if _WORD_BEFORE.search(head, 0, at)]
    if not found or len(head) - found[-1] > MAX_SOURCE or width(head[: found[-1]]) < MIN_TITLE:
        return []
    text = _text_start(head[: found[-1]])
    return [*([text] if text else []), found[-1]]


def _before_stamp(line: str) -> str:
    """Return what stands before a bar or dot and an age or day that end `line`, empty where they do not."""
    bars = list(_BAR.finditer(line)) if len(line) <= MAX_STAMP and _BAR_SIGN.search(line) else []
    stamp = line[bars[-1].end() :] if bars else ""
    age = age_at_end(stamp)
    told = (age is not None and age.start == 0) or day_alone(stamp) is not None
    return line[: bars[-1].start()] if told else ""


def _text_start(head: str) -> int:
    """Return where a text begins that is glued to the title before it, 0 where there is none."""
    found = (at for at in borders(head) if _WORD_BEFORE.search(head, 0, at))
    return next((at for at in found if _parts(head[:at], head[at:])), 0)


def _parts(title: str, text: str) -> bool:
    return width(title) >= MIN_TITLE and width(text) >= MIN_TEXT and not _SENTENCE.search(title)
