"""How far the boxes of a page reach."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import regex

from pipeline.article import is_foreign
from pipeline.document import Segment
from pipeline.sections import is_section
from pipeline.shape import asks, ends_sentence, shape, width
from pipeline.stamps import fold
from pipeline.zone_openers import HEADING_WIDTH, MAX_MENU, find_border, is_below_text, is_meta, is_open

MAX_POINT = 200
"""Columns of a point of an abstract that has several."""

MAX_HEAD = 4
"""Lines between the time of a comment and its words: a button, whom it answers."""

_SIGNED = ("lines/byline-", "chrome/published", "chrome/updated")
"""Rules that read who wrote a text, and when."""

_RANK = regex.compile(r"[#＃№]?\s?0?(\d{1,2})(?:[.):：、]|\s|位|$)")
MIN_RANKS = 3
"""Numbers in a row that make a list a ranking."""

_FIGURE = regex.compile(r"\d+")

RESUME_WIDTH = 300
"""Columns of prose that an article must still have to go on after a box in its middle."""


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


def _cards_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    """Cards: titles with or without texts and meta lines, to where the article goes on if it does."""
    border = _before_head(segments, i, find_border(segments, i, language))
    if border == i < len(segments) and _is_head(segments, i, len(segments)):
        return None  # an entry of a menu above the title
    border = next((j for j in range(i, border) if segments[j].rule == "chrome/tags" and not segments[j].glued), border)
    if i >= len(segments):
        return i
    block = range(i, border)
    prose = [j for j in block if is_open(segments[j]) and not segments[j].cue("edge")]
    if prose and prose[0] == i and width(segments[i].text) > HEADING_WIDTH:
        return None
    resume = _resume(segments, i, prose, language)
    if resume is not None:
        return min(resume, border)
    # What the site offers below the stamp of the last card is no card.
    offers = (j for j in range(i + 1, border) if segments[j].cue("outside/offer", "outside/offer-central"))
    border = next((j for j in offers if is_meta(segments, j - 1) and _all_stamped(segments, i, j)), border)
    # Menus below the cards have shorter lines than titles.
    while border > i + 1 and (segments[border - 1].rule or _is_menu(segments[border - 1])):
        if max(width(s.text) for s in segments[i:border]) <= MAX_MENU or is_meta(segments, border - 1):
            break
        if _form(segments[border - 1].text) in {_form(s.text) for s in segments[i : border - 1]}:
            break
        border -= 1
    return border


def _ranking_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    """Cards, or a list that counts from one: that is over below the title with its last number."""
    end = _cards_end(segments, i, language)
    last, rank, j = i, 0, i
    while end is not None and j < end and (number := _RANK.match(segments[j].text)) and int(number[1]) == rank + 1:
        # A number alone is the title's on the same line or the next one; a stamp below is its own.
        j += 1 + (number.end() == len(segments[j].text))
        while j < end and (is_meta(segments, j) or segments[j].label == "stats"):
            j += 1
        last, rank = j, rank + 1
    return min(last, end) if end is not None and rank >= MIN_RANKS else end


def _form(text: str) -> str:
    """Return `text` folded, with 0 for each figure in it: `Page 4` and `Page 16` have one form."""
    return _FIGURE.sub("0", fold(text))


def _all_stamped(segments: Sequence[Segment], i: int, j: int) -> bool:
    """Whether each card from `i` to `j` ends with a stamp: as many of them as titles, or more."""
    titles = sum(is_open(segments[k], "title") and not is_meta(segments, k) for k in range(i, j))
    return sum(is_meta(segments, k) and not segments[k + 1].glued for k in range(i, j)) >= titles


def _before_head(segments: Sequence[Segment], i: int, border: int) -> int:
    """Return where cards above the article end: at its head.

    That is the path of menus over it, its title if that repeats, or its title if a line below it says who wrote it.
    """
    if any(is_open(s) for s in segments[: i - 1]):
        return border
    for j in range(i, border):
        if _is_head(segments, j, border):
            # The section may stand over the title.
            return j - (j > i and is_section(segments[: j - 1], segments[j - 1].text))
        again = any(_is_same_title(segments[j].text, s.text) for s in segments[j + 1 : j + 3])
        if j > i and (again or (j + 1 < border and _is_bar(segments[j], segments[j + 1]))):
            return j
    return border


def _is_head(segments: Sequence[Segment], j: int, border: int) -> bool:
    """Whether a long line `j` has right below it who wrote it or, behind a label, when it was published."""
    # A title between them has the byline; what is glued to the name of its box may be a news ticker.
    reach = 1 if segments[j].glued else 2
    below = (s for s in segments[j + 1 : min(j + 1 + reach, border)] if s.line > segments[j].line)
    long = shape(segments[j].text) == "title" and width(segments[j].text) > MAX_MENU and not segments[j].cues
    return long and any(_signs(s) for s in below)


def _signs(segment: Segment) -> bool:
    return any(c.rule.startswith(_SIGNED) and c.value is not None and c.whole for c in segment.cues)


def _is_same_title(text: str, shorter: str) -> bool:
    """Whether a long line is `shorter`, with or without the site's name behind it."""
    return width(shorter) > MAX_MENU and fold(text).startswith(fold(shorter))


def _is_bar(entry: Segment, bar: Segment) -> bool:
    """Whether `bar` parts the entries of a menu from each other, the first of which is `entry`."""
    return bar.line == entry.line and not any(map(str.isalnum, bar.text))


def _resume(segments: Sequence[Segment], i: int, prose: Sequence[int], language: str) -> int | None:
    """Return where the article goes on below cards that start at `i`, given the paragraphs after them."""
    metas = [j for j in range(i, find_border(segments, i, language)) if is_meta(segments, j)] if prose else []
    metas = _of_cards(segments, metas, language)
    metas = _before_gap(segments, [i - 1, *metas], [j for j in prose if not is_foreign(segments[j], language)])[1:]
    if metas:
        # Every card has its stamp, so the cards end at the last one - or at the text below it,
        # where the cards before had theirs there too.
        after = [j for j in prose if j > metas[-1]]
        below = any(j - 1 in metas for j in prose if j < metas[-1])
        candidates = after[1:] if below else after
    elif prose and prose[0] <= i + 1:
        pairs = [j for j in prose if j + 1 in prose]
        candidates = [j for j in prose if pairs and j >= pairs[0] + (pairs[0] != prose[0])]
    else:
        candidates = list(prose)
    candidates = [j for j in candidates if not is_foreign(segments[j], language)]
    if sum(width(segments[j].text) for j in candidates) < RESUME_WIDTH:
        return None
    return candidates[0] - _is_heading_of(segments, i, candidates[0])


def _of_cards(segments: Sequence[Segment], metas: list[int], language: str) -> list[int]:
    """Return the stamps that end cards: where some do, a date above a paragraph of the article's heads an entry."""
    heads = {j for j in metas if j + 1 < len(segments) and _goes_on(segments[j], segments[j + 1], language)}
    return [j for j in metas if j not in heads] if len(heads) < len(metas) else metas


def _goes_on(stamp: Segment, below: Segment, language: str) -> bool:
    alone = stamp.cue("dates") is not None and not stamp.glued
    return alone and is_open(below) and not is_foreign(below, language)


def _before_gap(segments: Sequence[Segment], metas: list[int], prose: Sequence[int]) -> list[int]:
    """Return the stamps up to the first gap that holds an article: those below it belong to another box."""
    for k, (meta, following) in enumerate(pairwise(metas), start=1):
        between = [segments[j] for j in prose if meta < j < following]
        pairs = [(a, b) for a, b in pairwise(prose) if meta < a and b < following and b == a + 1]
        paired = any(_prose([segments[a], segments[b]]) > RESUME_WIDTH for a, b in pairs)
        if paired or (len(between) > 2 and _prose(between) > 3 * RESUME_WIDTH):
            return metas[:k]
    return metas


def _is_heading_of(segments: Sequence[Segment], i: int, resume: int) -> bool:
    """Whether the line above the resumed text is its heading: in its language, unlike the cards above."""
    above, language = segments[resume - 1], segments[resume].language.split("-")[0]
    if resume - 1 <= i or above.rule or shape(above.text) != "title":
        return False
    return above.language.split("-")[0] == language and is_foreign(segments[i], language)


def _discussion_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    """Comments: to the next box; a long text in the language of the page above is an article's section."""
    above = [s for s in segments[:i] if is_open(s)]
    below = [s for s in segments[i : find_border(segments, i, language)] if is_open(s)]
    if not above or 2 * _prose(above) < _prose(below):
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
    while border > least and (segments[border - 1].rule or _is_menu(segments[border - 1])):
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


def _prose(segments: Sequence[Segment]) -> int:
    return sum(width(s.text) for s in segments)


def _is_menu(segment: Segment) -> bool:
    return segment.cue("edge", "outside") is not None or (
        shape(segment.text) != "prose" and width(segment.text) <= MAX_MENU
    )


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
    """A list of the page's own headings: lines that come again further down."""
    later = [fold(s.text) for s in segments]
    j = i
    while j < len(segments) and shape(segments[j].text) != "prose" and fold(segments[j].text) in later[j + 1 :]:
        j += 1
    return j if j > i else None


def _author_end(segments: Sequence[Segment], i: int, _language: str) -> int | None:
    """A name below `By` or a name and a life below `About the author`."""
    j = i
    if j < len(segments) and is_open(segments[j], "title") and width(segments[j].text) <= 60:
        j += 1
    written = is_below_text(segments, i)
    while written and j < len(segments) and is_open(segments[j]):
        j += 1
    return j if j > i else None


ZONE_ENDS: dict[str, Callable[[Sequence[Segment], int, str], int | None]] = {
    "summary": _summary_end,
    "questions": _questions_end,
    "related": _cards_end,
    "popular": _ranking_end,
    "discussion": _discussion_end,
    "disclaimer": _disclaimer_end,
    "contents": _contents_end,
    "author": _author_end,
    "tags": _tags_end,
}
"""How far each zone reaches: given the segments and where it begins, its end, or None if it is none."""
