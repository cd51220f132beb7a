"""What stands at the top of an article or a card: a title with who wrote the text, or when, right below it."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.lines.shape import shape, width
from pipeline.page.zone_openers import MAX_MENU, is_open

_SIGNED = ("lines/byline-", "chrome/published", "chrome/updated")
"""Rules that read who wrote a text, and when."""

MIN_TITLE, MAX_ROLE, MAX_LINE, MAX_HEAD = 16, 36, 60, 6
"""Columns of a title over its article, of a name or role, of less than a paragraph; segments of a head."""


def is_head(segments: Sequence[Segment], j: int, border: int) -> bool:
    """Whether a long line `j` has right below it who wrote it or, behind a label, when it was published."""
    # A title between them has the byline; what is glued to the name of its box may be a news ticker.
    reach = 1 if segments[j].glued else 2
    # The bare day of publication may stand above who wrote it, or that of the last change.
    behind = next((k for k in range(j + 1, border) if not is_bare(segments[k])), border)
    stamped = j + 1 < behind < border and not segments[j].glued and _signs(segments[behind])
    below = (s for s in segments[j + 1 : min(j + 1 + reach, border)] if s.line > segments[j].line)
    long = shape(segments[j].text) == "title" and width(segments[j].text) > MAX_MENU and not segments[j].cues
    return (long and (stamped or any(_signs(s) for s in below))) or _is_above_article(segments, j)


def _is_above_article(segments: Sequence[Segment], j: int) -> bool:
    """Whether short lines stand below title `j`, the last a labelled day, and right below that two paragraphs."""
    title = segments[j]
    if shape(title.text) != "title" or width(title.text) < MIN_TITLE or title.cues or title.glued:
        return False
    k = j + 1
    while k < min(j + MAX_HEAD, len(segments) - 1) and not _signs(segments[k]) and width(segments[k].text) <= MAX_ROLE:
        k += 1
    text = [s for s in segments[k + 1 : k + 1 + MAX_HEAD] if is_open(s) or (shape(s.text) == "title" and not s.cues)]
    signed = k < len(segments) and _signs(segments[k]) and segments[k].line > title.line
    return signed and len(text) > 1 and all(is_open(s) and width(s.text) > MAX_LINE for s in text[:2])


def _signs(segment: Segment) -> bool:
    """Whether `segment` says who wrote a text or, behind a label, when."""
    return any(cue.rule.startswith(_SIGNED) and cue.value is not None and cue.whole for cue in segment.cues)


def is_bare(stamp: Segment) -> bool:
    """Whether `stamp` has a line of its own and a day on it."""
    return stamp.cue("dates") is not None and not stamp.glued
