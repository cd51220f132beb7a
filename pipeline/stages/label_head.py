"""Label what stands between the title and the article: bylines, the standfirst, the first heading."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.document import Document, Segment
from pipeline.lines.shape import BULLET, shape, width
from pipeline.metadata.paper_names import is_paper
from pipeline.metadata.signatures import (
    are_full_names,
    could_name_person,
    is_full_name,
    is_name_and_paper,
    is_name_and_source,
    words_of,
)
from pipeline.metadata.site_name import is_site_name, told_by_site
from pipeline.page.article import is_name, is_standfirst
from pipeline.page.sections import is_section

PLACE = 0.6
"""Where the place on the page decides."""

SIGNED = 0.85
"""Where a full name stands alone above a date."""

MIN_STANDFIRST = 30
MIN_HEADING = 8
MAX_BYLINE = 50
"""Columns of each."""

MAX_ROW = 4
"""Segments of a line that says of a text who wrote it, and where."""

MAX_WORD = 20
"""Columns of a publisher in one word."""

NEAR_TITLE = 6
"""Segments above the title among which its byline may stand."""

NEAR_ITEMS = 4
"""Segments on either side of an item of a list that belong to the same byline."""

_NAMES = (is_full_name, are_full_names, is_name_and_paper, is_name_and_source)

_FIGURE = regex.compile(
    r"^(?:[★☆⭐\s]*\d|[^\d:：]{1,30}[:：]\s?[★☆⭐\s]*\d|\p{L}[\p{L}\p{M}]*\s\d[\d\s.,]*\s[\p{L}\p{M}]+$)"
)
"""A figure first, behind a colon, or between two words; a number at the end of a menu is its last button's."""


def label_head(doc: Document) -> Document:
    """Return `doc` with the head of the article labelled; unchanged where there is no article."""
    segments = list(doc.segments)
    start = next((i for i, s in enumerate(segments) if s.keep), 0)
    title = next((i for i, s in enumerate(segments) if s.rule == "title/best"), -1)
    told = told_by_site(segments)
    for i in range(title):
        if not segments[i].rule and i + NEAR_TITLE >= title and _is_name_above_stamp(segments, i):
            segments[i] = segments[i].labelled("byline", "head/byline", SIGNED)
        elif not segments[i].rule and _is_beside_stamp(segments, i):
            section = is_section(segments[:title], segments[i].text) and not is_site_name(segments[i].text, told)
            label, rule = ("nav", "head/section") if section else ("byline", "head/byline")
            segments[i] = segments[i].labelled(label, rule, PLACE)
    # Stamps first: what stands beside them goes by them.
    for i in range(title + 1, start):
        if not segments[i].rule and _is_stamp(segments[i]):
            segments[i] = segments[i].labelled("byline", "head/byline", PLACE)
    for i in range(title + 1, start):
        if not segments[i].rule:
            segments[i] = _labelled(segments, i, told, titled=title >= 0)
    # The model that reads markup has seen that line too.
    last = start - 1
    if last > title and doc.markup is None and not segments[last].rule and _could_be_heading(segments, last):
        segments[last] = segments[last].labelled("heading", "head/heading", PLACE)
    return replace(doc, segments=tuple(segments))


def _labelled(segments: Sequence[Segment], i: int, told: Sequence[str], *, titled: bool) -> Segment:
    """Return segment `i`, which stands between title and article, with its label if its place tells one.

    The lines `told` by the site name it.
    """
    segment = segments[i]
    counted = segment.cue("openers/discussion") is not None and segment.text[0].isdigit()
    if not counted and ((segment.cue("head", "field") and not segment.cue("outside/menu")) or _is_byline(segments, i)):
        return segment.labelled("byline", "head/byline", PLACE)
    if _is_followed(segments, i):
        return segment.labelled("byline", "head/followed", PLACE)
    if _is_poster(segments, i):
        return segment.labelled("byline", "head/poster", PLACE)
    if width(segment.text) <= MAX_BYLINE and is_site_name(segment.text, told):
        return segment.labelled("byline", "head/site", PLACE)
    long = width(segment.text) >= MIN_STANDFIRST
    if long and is_standfirst(segments, i) and not segment.cue("edge", "outside"):
        return segment.labelled("summary", "head/standfirst", PLACE)
    return segment.labelled("stats", "head/figure", PLACE) if counted or (titled and _is_figure(segment)) else segment


def _is_poster(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is the name, in one word or two, above the line in which a forum tells of its bearer."""
    alone = not segments[i].glued and width(segments[i].text) <= MAX_BYLINE and len(segments[i].text.split()) <= 2
    alone = alone and not _FIGURE.search(segments[i].text)
    return alone and segments[i + 1].cue("lines/member-of-forum") is not None


def _could_be_heading(segments: Sequence[Segment], i: int) -> bool:
    """Whether the line right above the article is its first heading: in its language, and long enough to tell."""
    segment, below = segments[i], segments[i + 1]
    if i > 0 and segments[i - 1].line == segment.line:
        return False
    if segment.cues or (segment.verdict is not None and not segment.verdict.is_body):
        return False
    same = segment.language.split("-")[0] == below.language.split("-")[0]
    return same and shape(segment.text) in ("title", "ordinal") and width(segment.text) >= MIN_HEADING


def _is_stamp(segment: Segment) -> bool:
    if segment.cue("ages", "days"):
        return True
    return segment.cue("dates") is not None and shape(segment.text) != "prose" and width(segment.text) <= 2 * MAX_BYLINE


def _is_figure(segment: Segment) -> bool:
    """Whether a short line in a place where dates are known by now is a count, a rating or a duration."""
    short = shape(segment.text) in ("title", "scrap") and width(segment.text) <= MAX_BYLINE
    return short and _FIGURE.search(segment.text) is not None and not segment.cue("edge", "outside")


def _is_beside_stamp(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` stands right before a date with nothing else on their line: the paper, above the title."""
    segment, stamp = segments[i], segments[i + 1]
    line = [s for s in segments[max(0, i - 1) : i + 4] if s.line == segment.line]
    named = shape(segment.text) == "title" and width(segment.text) <= MAX_BYLINE and not segment.cues
    return named and len(line) == 2 and line[0] is segment and stamp.label == "byline" and bool(stamp.cue("dates"))


def _is_name_above_stamp(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a full name alone on its line, and the line below it a date that is labelled as one."""
    name = segments[i]
    alone = not name.glued and not name.cue("chrome", "openers", "outside") and is_full_name(name.text)
    below = [s for s in segments[i + 1 : i + 3] if s.line == name.line + 1]
    dated = any(s.label == "byline" and s.cue("dates", "chrome/published") for s in below)
    if not (alone and dated) or is_paper(name.text):
        return False
    # Today's date stands below the name of the site, and that stands elsewhere too.
    return not any(name.text in s.text for s in segments if s is not name and s.label != "author_bio" and not s.keep)


def _is_byline(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` shares its line with a stamp, is a name beside one, or stands in the midst of bylines."""
    segment = segments[i]
    if shape(segment.text) == "prose" or width(segment.text) > MAX_BYLINE:
        return False
    above, below = (
        [s for s in near if s.label == "byline" or s.cue("ages", "days", "dates")]
        for near in (segments[max(0, i - 2) : i], segments[i + 1 : i + 3])
    )
    if any(s.line == segment.line for s in (*above, *below)):
        return True
    if _is_in_row(segments, i):
        return True
    if segment.cue("chrome", "openers"):
        return False
    if i > 0 and segments[i - 1].line == segment.line and segments[i - 1].cue("lines/alt-text"):
        return True  # a name beside a picture
    line = [s for s in segments[max(0, i - 1) : i + 2] if s.line == segment.line and s is not segment]
    if is_full_name(segment.text) and " " in segment.text and any(s.cue("reading_times") for s in line):
        return True
    if segment.glued:
        # `Jane DoeAll her articles` below a stamp.
        buttons = bool(line) and all(s.cue("chrome") for s in line) and segments[i - 1].line < segment.line
        return buttons and bool(above) and is_full_name(segment.text) and " " in segment.text
    if (
        shape(segment.text) == "title"
        and not _FIGURE.search(segment.text)
        and all(0 <= j < len(segments) and segments[j].label == "byline" for j in (i - 1, i + 1))
    ):
        return True
    # What stands below a stamp in one word is a button.
    paper = is_paper(segment.text) and not _FIGURE.search(segment.text)
    named = paper or any(told(segment.text) for told in _NAMES) or (not above and _is_word(segment.text))
    return _is_enclosed(segments, i) or (bool(above or below) and named) or _is_item_of_byline(segments, i)


def _is_in_row(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` stands on a line of short ones between title and stamp: `Original  Jane Doe  The Post`."""
    line, near = segments[i].line, range(max(0, i - MAX_ROW), min(len(segments), i + MAX_ROW + 1))
    row_of = [j for j in near if segments[j].line == line]
    first, last = row_of[0], row_of[-1]
    if len(row_of) == 1 or len(row_of) > MAX_ROW or first == 0 or last + 1 >= len(segments):
        return False
    row, below = segments[first : last + 1], segments[last + 1]
    short = all(shape(s.text) == "title" and width(s.text) <= MAX_WORD and not s.cues for s in row)
    stamped = below.label == "byline" or below.cue("dates") is not None
    return short and stamped and segments[first - 1].label == "title" and below.line == line + 1


def _is_item_of_byline(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a full name in a list, a byline among its next items; marks may stand between them."""
    bare = BULLET.sub("", segments[i].text)
    around = (*segments[max(0, i - NEAR_ITEMS) : i], *segments[i + 1 : i + 1 + NEAR_ITEMS])
    listed = bare != segments[i].text and is_full_name(bare)
    return listed and any(s.label == "byline" for s in around)


def _is_followed(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a name with nothing but a button to follow its bearer behind it."""
    line = [s for s in segments[max(0, i - 1) : i + 3] if s.line == segments[i].line]
    button = len(line) == 2 and line[0] is segments[i] and line[1].cue("chrome/follow")
    return bool(button) and (is_full_name(segments[i].text) or could_name_person(segments[i].text))


def _is_enclosed(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a name right below the title, or stands alone between title and stamp as a paper may.

    A person's full name may stand right above what its bearer does, too.
    """
    if not 0 < i < len(segments) - 1 or shape(segments[i].text) != "title":
        return False
    if " " in segments[i].text and is_full_name(segments[i].text) and not is_paper(segments[i].text):
        below, place = segments[i + 1].text, words_of("place").search(segments[i].text)
        if not place and words_of("role").search(below):
            return True
    named = segments[i + 1].label == "byline" or is_name(segments[i].text)
    return segments[i - 1].label == "title" and named


def _is_word(text: str) -> bool:
    """Whether `text` is one word, which without spaces only a short line can be."""
    spaced = width(text) == len(text)
    return shape(text) == "title" and " " not in text and width(text) <= (MAX_WORD if spaced else MAX_WORD // 2)
