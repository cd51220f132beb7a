"""Label what stands between the title and the article: bylines, the standfirst, the first heading."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import is_name, is_standfirst
from pipeline.document import Document, Segment
from pipeline.shape import shape, width
from pipeline.signatures import is_paper
from pipeline.site_name import is_site_name, told_by_site

PLACE = 0.6
"""Where the place on the page decides."""

MIN_STANDFIRST = 30
MIN_HEADING = 8
MAX_BYLINE = 50
"""Columns of each."""

ABOVE_TITLE = 3
"""Segments above the title in which a paper and a date may stand."""

MAX_WORD = 20
"""Columns of a publisher in one word."""


def label_head(doc: Document) -> Document:
    """Return `doc` with the head of the article labelled; unchanged where there is no article."""
    segments = list(doc.segments)
    start = next((i for i, s in enumerate(segments) if s.keep), 0)
    title = next((i for i, s in enumerate(segments) if s.rule == "title/best"), -1)
    told = told_by_site(segments)
    for i in range(max(0, title - ABOVE_TITLE), title):
        if not segments[i].rule and _shares_line_with_date(segments, i):
            segments[i] = segments[i].labelled("byline", "head/byline", PLACE)
    for i in range(title + 1, start):
        segment = segments[i]
        if segment.rule:
            continue
        if (segment.cue("head", "field") and not segment.cue("outside/menu")) or _is_byline(segments, i):
            segments[i] = segment.labelled("byline", "head/byline", PLACE)
        elif _is_poster(segments, i):
            segments[i] = segment.labelled("byline", "head/poster", PLACE)
        elif width(segment.text) <= MAX_BYLINE and is_site_name(segment.text, told):
            segments[i] = segment.labelled("byline", "head/site", PLACE)
        elif (
            is_standfirst(segments, i) and not segment.cue("edge", "outside") and width(segment.text) >= MIN_STANDFIRST
        ):
            segments[i] = segment.labelled("summary", "head/standfirst", PLACE)
        # The model that reads markup has seen that line too.
        elif i == start - 1 and doc.markup is None and _could_be_heading(segments, i):
            segments[i] = segment.labelled("heading", "head/heading", PLACE)
    return replace(doc, segments=tuple(segments))


def _shares_line_with_date(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` stands right before a date on one line, as a paper above the title does."""
    below = segments[i + 1]
    dated = below.label == "byline" and below.cue("dates", "chrome/published")
    return bool(dated) and below.line == segments[i].line and shape(segments[i].text) == "title"


def _is_poster(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is the name, in one word or two, above the line in which a forum tells of its bearer."""
    alone = not segments[i].glued and width(segments[i].text) <= MAX_BYLINE and len(segments[i].text.split()) <= 2
    return alone and segments[i + 1].cue("lines/member-of-forum") is not None


def _could_be_heading(segments: Sequence[Segment], i: int) -> bool:
    """Whether the line right above the article is its first heading: in its language, and long enough to tell."""
    segment, below = segments[i], segments[i + 1]
    if i > 0 and segments[i - 1].line == segment.line:
        return False
    same = segment.language.split("-")[0] == below.language.split("-")[0]
    return same and shape(segment.text) in ("title", "ordinal") and width(segment.text) >= MIN_HEADING


def _is_byline(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a stamp, shares its line with one, or is a name beside one."""
    segment = segments[i]
    if segment.cue("ages", "days"):
        return True
    if shape(segment.text) == "prose":
        return False
    if segment.cue("dates") and width(segment.text) <= 2 * MAX_BYLINE:
        return True
    if width(segment.text) > MAX_BYLINE:
        return False
    above, below = (
        [s for s in near if s.label == "byline" or s.cue("ages", "days", "dates")]
        for near in (segments[max(0, i - 2) : i], segments[i + 1 : i + 3])
    )
    if any(s.line == segment.line for s in (*above, *below)):
        return True
    if segment.cue("chrome", "openers"):
        return False
    if i > 0 and segments[i - 1].line == segment.line and segments[i - 1].cue("lines/alt-text"):
        return True  # a name beside a picture
    if segment.glued:
        return False
    # What stands below a stamp in one word is a button.
    named = is_name(segment.text) or is_paper(segment.text) or (not above and _is_word(segment.text))
    return _is_enclosed(segments, i) or (bool(above or below) and named)


def _is_enclosed(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a name right below the title, or stands alone between title and stamp as a paper may."""
    if not 0 < i < len(segments) - 1 or shape(segments[i].text) != "title":
        return False
    named = segments[i + 1].label == "byline" or is_name(segments[i].text)
    return segments[i - 1].label == "title" and named


def _is_word(text: str) -> bool:
    """Whether `text` is one word, which without spaces only a short line can be."""
    spaced = width(text) == len(text)
    return shape(text) == "title" and " " not in text and width(text) <= (MAX_WORD if spaced else MAX_WORD // 2)
