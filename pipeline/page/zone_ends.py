"""How far the boxes of a page reach."""

from collections.abc import Callable, Sequence

from pipeline.document import Segment
from pipeline.lines.shape import ORDINAL, asks, ends_sentence, shape, width
from pipeline.lines.stamps import fold
from pipeline.page.card_ends import cards_end, columns_of, is_menu, ranking_end
from pipeline.page.zone_openers import HEADING_WIDTH, MAX_MENU, find_border, is_below_text, is_open

MAX_POINT = 200
"""Columns of a point of an abstract that has several."""

MAX_HEAD = 4
"""Lines between the time of a comment and its words: a button, whom it answers."""


def _summary_end(segments: Sequence[Segment], i: int, _language: str) -> int | None:
    """An abstract: one paragraph or one run of list items, and only above the article.

    The same words inside or below an article are a heading, and so they are where no text follows.
    """
    before = sum(width(s.text) for s in segments[: i - 1] if is_open(s))
    if before > HEADING_WIDTH or i >= len(segments):
        return None
    if is_open(segments[i]):
        return _points_end(segments, i)
    j = i
    while j < len(segments) and shape(segments[j].text) in ("bullet", "ordinal"):
        j += 1
    return j if j > i else None


def _points_end(segments: Sequence[Segment], i: int) -> int:
    """The end of points that stand one right below the other, where paragraphs stand apart or are much longer."""
    j = i + 1
    while (
        j < len(segments)
        and is_open(segments[j])
        and width(segments[j].text) <= MAX_POINT
        and segments[j].line == segments[j - 1].line + 1
    ):
        j += 1
    if j >= len(segments) or width(segments[i].text) > MAX_POINT:
        return i + 1
    longest = max(width(s.text) for s in segments[i:j])
    apart = segments[j].line > segments[j - 1].line + 1 or width(segments[j].text) >= 2 * longest
    return j if apart else i + 1


def _questions_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    """A question box: as long as questions, answers and their letters follow one another."""
    border = find_border(segments, i, language)
    j = i
    while j < border and (
        segments[j].label.startswith("qa_") or segments[j].label == "marker" or _is_turn(segments[j])
    ):
        j += 1
    return j if j > i else None


def _is_turn(segment: Segment) -> bool:
    return not segment.rule and (asks(segment.text) or shape(segment.text) in ("prose", "bullet", "ordinal"))


def _discussion_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    """Comments: to the next box; a long text in the language of the page above is an article's section."""
    above = [s for s in segments[:i] if is_open(s)]
    below = [s for s in segments[i : find_border(segments, i, language)] if is_open(s)]
    if not above or 2 * columns_of(above) < columns_of(below):
        return None  # comments follow an article; what has the article below it is a menu entry
    if (
        below
        and below[0].language == above[-1].language
        and is_open(segments[i])
        and width(segments[i].text) > HEADING_WIDTH
    ):
        return None
    # `Reply` below a comment opens no other box, and the menu below the last one is no comment.
    border = find_border(segments, i, language, within="discussion")
    border = next((j for j in range(i + 1, border) if segments[j].cue("edge")), border)
    said = _last_words(segments, i, border)
    if said is not None:
        # What follows in other order is another box, but for the button of the last comment.
        border = max(said, *(j + 1 for j in range(i, border) if segments[j].cue("chrome/comments")), said)
    least = max(said or _last_time(segments, i, border), i + 1)
    while border > least and (segments[border - 1].rule or is_menu(segments[border - 1])):
        border -= 1
    return border


def _last_time(segments: Sequence[Segment], i: int, border: int) -> int:
    """Return where the last age right below a comment's words ends, `i` where none stands there."""
    below = (j for j in range(i + 1, border) if segments[j].cue("ages", "days") and _is_said(segments[j - 1]))
    return max(below, default=i - 1) + 1


def _last_words(segments: Sequence[Segment], i: int, border: int) -> int | None:
    """Return where the words of the last comment from `i` to `border` end, None unless times stand above words."""
    times = [j for j in range(i, border) if segments[j].cue("ages", "days", "dates")]
    if not times or any(is_open(s) for s in segments[i : times[0]]):
        return None
    below = range(times[-1] + 1, min(times[-1] + MAX_HEAD, border))
    end = next((j for j in below if _is_said(segments[j])), times[-1] + 1) + 1
    while end < border and _is_said(segments[end]):
        end += 1
    return min(end, border)


def _is_said(segment: Segment) -> bool:
    return is_open(segment) or (not segment.rule and ends_sentence(segment.text))


def _tags_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    """The topics below their label: a line or a run of short ones, below an article; above it, they are a menu."""
    if not any(is_open(s) for s in segments[: i - 1]):
        return None
    j = i
    border = min(i + 12, find_border(segments, i, language))
    while j < border and is_open(segments[j], "title") and (j == i or width(segments[j].text) <= MAX_MENU):
        j += 1
    return j if j > i else None


def _disclaimer_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    border = find_border(segments, i, language)
    j = i
    while j < border and shape(segments[j].text) in ("prose", "bullet", "ordinal") and not segments[j].rule:
        j += 1
    return j


def _contents_end(segments: Sequence[Segment], i: int, _language: str) -> int | None:
    """A list of the page's own headings: lines that come again further down, there with or without their numbers."""
    later = [fold(ORDINAL.sub("", s.text)) for s in segments]
    j = i
    while j < len(segments) and shape(segments[j].text) != "prose" and later[j] in later[j + 1 :]:
        j += 1
    return j if j > i else None


def _author_end(segments: Sequence[Segment], i: int, _language: str) -> int | None:
    """A name below `By` or a name and a life below `About the author`."""
    j = i
    if j < len(segments) and is_open(segments[j], "title") and width(segments[j].text) <= 60:
        j += 1
    written = is_below_text(segments, i)
    while written and j < len(segments) and is_open(segments[j]) and not _speaks_of_text(segments[j]):
        j += 1
    return j if j > i else None


def _speaks_of_text(segment: Segment) -> bool:
    """Whether `segment` tells where the article comes from, or what it is not, rather than who wrote it."""
    return any(cue.table == "edge" and cue.label in ("attribution", "disclaimer") for cue in segment.cues)


ZONE_ENDS: dict[str, Callable[[Sequence[Segment], int, str], int | None]] = {
    "summary": _summary_end,
    "questions": _questions_end,
    "related": cards_end,
    "popular": ranking_end,
    "discussion": _discussion_end,
    "disclaimer": _disclaimer_end,
    "contents": _contents_end,
    "author": _author_end,
    "tags": _tags_end,
}
"""How far each zone reaches: given the segments and where it begins, its end, or None if it is none."""
