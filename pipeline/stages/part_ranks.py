"""Cut the numbers off the titles in rankings of a site's own articles: they are in no language, and no part of one."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.borders.parting import parted
from pipeline.document import Document, Segment

RANKED = 0.8

MIN_RANKS = 3
MIN_MARKED = 2
"""Titles that count from one, with no mark behind the number and with one: any title may begin with a number."""

_RANK = regex.compile(r"[#＃№]?\s?(\d{1,2})(?:[.):：、]\s?(?=\D)|[.)]?\s(?=\S))")


def part_ranks(doc: Document) -> Document:
    """Return `doc` with a `marker` of its own for each number that stands before a title in a ranking.

    A number with a word of its language glued to it stays where it is (`1위`, `1位`).
    """
    ends: dict[int, int] = {}
    run: list[tuple[int, int]] = []
    for i, segment in enumerate(doc.segments):
        if segment.label != "popular":
            run = [] if not _goes_on(doc.segments, i) else run
            continue
        rank = _RANK.match(segment.text)
        counts_on = rank is not None and int(rank[1]) == len(run) + 1
        run = [*run, (i, rank.end())] if rank and counts_on else [(i, rank.end())] if rank and int(rank[1]) == 1 else []
        marked = all(not doc.segments[j].text[:end].rstrip()[-1].isdigit() for j, end in run)
        ends |= dict(run) if len(run) >= (MIN_MARKED if marked else MIN_RANKS) else {}
    parts = ((segment,) if i not in ends else _parted(doc, segment, ends[i]) for i, segment in enumerate(doc.segments))
    return replace(doc, segments=tuple(part for pair in parts for part in pair))


def _goes_on(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` shares the line of the title before it, or tells of it: how often it was read, and when."""
    return segments[i].label in ("stats", "related_meta") or (i > 0 and segments[i].line == segments[i - 1].line)


def _parted(doc: Document, segment: Segment, at: int) -> tuple[Segment, ...]:
    rank, *title = parted(doc, segment, at)
    if not title:
        return (segment,)
    number = rank.labelled("marker", "rankings/number", RANKED).tagged("und", 0.0, "Zyyy")
    return (number._replace(cues=(), runner_up=""), *title)
