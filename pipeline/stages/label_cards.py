"""Label cards of other articles that no label announces: title, text, source and age, again and again."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import regex

from pipeline.document import Document, Segment
from pipeline.lines.shape import LONG_PROSE, shape, width

RHYTHM = 0.8
"""Where the rhythm of cards alone decides."""

MIN_CARDS = 2
"""Ages on the page from which they belong to cards; a single one is the article's own byline."""

MIN_DATED_CARDS = 4
"""The same for dates, of which an article's own byline may have several."""


MAX_BUTTON = 30
"""Columns of what may stand between a byline and its article: a count, a button."""

MIN_REPORTS = 2
MIN_HEADLINE = 20
"""Reports of a live ticker one below the other, and columns of the headline of each."""

MIN_TITLE = 9
"""Columns of a card's title; shorter lines are numbers and labels of boxes."""

_CLOCK = regex.compile(r"\d{1,2}[:.]\d{2}")


def label_cards(doc: Document) -> Document:
    """Return `doc` with the labels of unannounced cards, found by the ages below their titles."""
    segments = _with_ticker(doc.segments)
    lines = [group for group in _stamp_lines(segments) if segments[group[0]].label in ("other", "byline")]
    aged = sum(segments[group[-1]].cue("ages", "days") is not None for group in lines)
    if aged < MIN_CARDS and len(lines) < MIN_DATED_CARDS:
        return replace(doc, segments=tuple(segments))
    written = next((i for i, s in enumerate(segments) if shape(s.text) == "prose"), len(segments))
    for group in lines:
        card = [] if _is_byline(segments, group, written) else _card_above(segments, group[0])
        if not card and not (aged >= MIN_CARDS and segments[group[-1]].cue("ages", "days")):
            continue  # a column of dates is a table, not a box
        for i in group:
            segments[i] = segments[i].labelled("related_meta", "cards/age", RHYTHM)
        for i, label in card:
            segments[i] = segments[i].labelled(label, "cards/rhythm", RHYTHM)
    return replace(doc, segments=tuple(segments))


def _with_ticker(given: Sequence[Segment]) -> list[Segment]:
    """Return the segments with the reports of a ticker above the article labelled: time and headline, again and again.

    Below the first paragraph such lines may be a chronicle, which is the article's own.
    """
    segments = list(given)
    run: list[int] = []
    for i, segment in enumerate(segments):
        if shape(segment.text) == "prose" and width(segment.text) >= LONG_PROSE:
            break
        if _is_report(segments, i):
            run = [*run, i] if run and i == run[-1] + 2 else [i]
            for k in run if len(run) >= MIN_REPORTS else ():
                segments[k] = segments[k].labelled("related_meta", "cards/age", RHYTHM)
                segments[k + 1] = segments[k + 1].labelled("related_title", "cards/rhythm", RHYTHM)
    return segments


def _is_report(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a time of the day and nothing else, and has a headline right below it or glued to it."""
    below = segments[i + 1] if i + 1 < len(segments) else None
    if below is None or not _CLOCK.fullmatch(segments[i].text) or below.rule or shape(below.text) != "title":
        return False
    return width(below.text) >= MIN_HEADLINE and not below.cue("dates")


def _stamp_lines(segments: Sequence[Segment]) -> list[list[int]]:
    """Return the lines that are an age, with or without its source, as lists of segment ordinals."""
    groups: list[list[int]] = []
    for i, segment in enumerate(segments):
        age = segment.cue("ages", "days", "dates")
        if age is None or not age.whole:
            continue
        if groups and segments[groups[-1][-1]].line == segment.line:
            groups[-1].append(i)
            continue
        group = [i]
        if segment.cue("days/any"):
            groups.append(group)  # in brackets behind a title, not beside a source
            continue
        while group[0] > 0 and segments[group[0] - 1].line == segment.line:
            group.insert(0, group[0] - 1)
        groups.append(group)
    return groups


def _is_byline(segments: Sequence[Segment], group: Sequence[int], written: int) -> bool:
    """Whether the stamp is the article's own: two paragraphs follow it, or the page's first one, a long one.

    `written` is where the first paragraph of the page stands.
    """
    line = segments[group[-1]].line
    below = (s for s in segments[group[-1] + 1 : group[-1] + 10] if s.line != line and not s.rule)
    after = list(islice((s for s in below if width(s.text) > MAX_BUTTON), 2))
    if len(after) > 1 and all(shape(s.text) == "prose" for s in after):
        return True
    return written >= group[0] and bool(after) and width(after[0].text) >= LONG_PROSE


def _card_above(segments: Sequence[Segment], i: int) -> list[tuple[int, str]]:
    """Return the title, and the text between it and the stamp at `i`, with their labels; empty if there is none."""
    above, card = i - 1, []
    if above > 0 and _is_free(segments[above]) and shape(segments[above].text) == "prose":
        card, above = [(above, "related_summary")], above - 1
    if above < 0 or not _is_free(segments[above]) or shape(segments[above].text) != "title":
        return []
    return [*card, (above, "related_title")] if width(segments[above].text) >= MIN_TITLE else []


def _is_free(segment: Segment) -> bool:
    return not segment.rule
