"""How far boxes of cards reach: other articles, and rankings of them."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.document import Segment
from pipeline.lines.shape import LONG_PROSE, ends_sentence, shape, width
from pipeline.lines.stamps import fold
from pipeline.page.article import is_foreign
from pipeline.page.heads import is_bare, is_head
from pipeline.page.sections import is_section
from pipeline.page.zone_openers import HEADING_WIDTH, MAX_MENU, find_border, is_meta, is_open

_RANK = regex.compile(r"[#＃№]?\s?0?(\d{1,2})(?:[.):：、]|\s|位|$)")
MIN_RANKS = 3
"""Numbers in a row that make a list a ranking."""

_OFFERS = ("outside/offer", "outside/amount", "outside/offer-central")
"""Rows of lines that sell something."""

_FIGURE = regex.compile(r"\d+")

MAX_BETWEEN = 4
"""Lines that may stand between cards and the next paragraph of the article."""

RESUME_WIDTH = 300
"""Columns of prose that an article must still have to go on after a box in its middle."""


def cards_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    """Cards: titles with or without texts and meta lines, to where the article goes on if it does."""
    border = _before_head(segments, i, find_border(segments, i, language))
    if border == i < len(segments) and is_head(segments, i, len(segments)):
        return None  # an entry of a menu above the title
    border = next((j for j in range(i, border) if segments[j].rule == "chrome/tags" and not segments[j].glued), border)
    if i >= len(segments):
        return i
    block = range(i, border)
    prose = [j for j in block if _is_written(segments[j]) and not segments[j].cue("edge")]
    if prose and prose[0] == i and width(segments[i].text) > HEADING_WIDTH:
        return None
    resume = _below_foreign(segments, i, prose, language) or _resume(segments, i, prose, language)
    if resume is not None:
        return min(resume, border)
    # What the site offers below the stamp of the last card is no card.
    offers = (j for j in range(i + 1, border) if segments[j].cue(*_OFFERS))
    border = next((j for j in offers if is_meta(segments, j - 1) and _all_stamped(segments, i, j)), border)
    # Menus below the cards have shorter lines than titles.
    while border > i + 1 and (segments[border - 1].rule or is_menu(segments[border - 1])):
        if max(width(s.text) for s in segments[i:border]) <= MAX_MENU or is_meta(segments, border - 1):
            break
        if _form(segments[border - 1].text) in {_form(s.text) for s in segments[i : border - 1]}:
            break
        border -= 1
    return border


def ranking_end(segments: Sequence[Segment], i: int, language: str) -> int | None:
    """Cards, or a list that counts from one: that is over below the title with its last number."""
    end = cards_end(segments, i, language)
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
        if is_head(segments, j, border):
            # The section may stand over the title.
            return j - (j > i and is_section(segments[: j - 1], segments[j - 1].text))
        again = any(_is_same_title(segments[j].text, s.text) for s in segments[j + 1 : j + 3])
        if j > i and (again or (j + 1 < border and _is_bar(segments[j], segments[j + 1]))):
            return j
    return border


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
    return _with_heading(segments, i, candidates[0])


def _below_foreign(segments: Sequence[Segment], i: int, prose: Sequence[int], language: str) -> int | None:
    """Return where the article goes on right below cards in another language only, whose text that cannot be."""
    ours = [j for j in prose if not is_foreign(segments[j], language)]
    if not ours or not all(is_foreign(card, language) for card in segments[i : ours[0]]):
        return None
    own, *others = ours
    stamped = any(is_meta(segments, j) for j in range(own + 1, min(own + 3, len(segments))))
    # Titles in one language may all have texts in the other.
    titled = any(not segments[j - 1].rule and is_foreign(segments[j - 1], language) for j in others)
    return own if own > i and width(segments[own].text) >= LONG_PROSE and not (stamped or titled) else None


def _of_cards(segments: Sequence[Segment], metas: list[int], language: str) -> list[int]:
    """Return the stamps that end cards: where some do, a date above a paragraph of the article's heads an entry."""
    heads = {j for j in metas if j + 1 < len(segments) and _goes_on(segments[j], segments[j + 1], language)}
    return [j for j in metas if j not in heads] if len(heads) < len(metas) else metas


def _goes_on(stamp: Segment, below: Segment, language: str) -> bool:
    return is_bare(stamp) and is_open(below) and not is_foreign(below, language)


def _before_gap(segments: Sequence[Segment], metas: list[int], prose: Sequence[int]) -> list[int]:
    """Return the stamps up to the first gap that holds an article: those below it belong to another box."""
    for k, (meta, following) in enumerate(pairwise(metas), start=1):
        between = [segments[j] for j in prose if meta < j < following]
        pairs = [(a, b) for a, b in pairwise(prose) if meta < a and b < following and b == a + 1]
        paired = any(columns_of([segments[a], segments[b]]) > RESUME_WIDTH for a, b in pairs)
        if paired or (len(between) > 2 and columns_of(between) > 3 * RESUME_WIDTH):
            return metas[:k]
    return metas


def _with_heading(segments: Sequence[Segment], i: int, resume: int) -> int:
    """Return where the article goes on if `resume` is its next paragraph: at a heading, a question or a point above it.

    What stands there in the article's language, unlike the cards that start at `i`, is no card, nor is one line that
    stands apart from cards in that language.
    """
    language = segments[resume].language.split("-")[0]
    if not is_foreign(segments[i], language):
        apart = resume - 1 > i and _is_apart(segments[i - 1 : resume])
        return resume - (apart and _could_lead(segments[resume - 1], language))
    least = max(i, resume - MAX_BETWEEN)
    while resume - 1 > least and _could_lead(segments[resume - 1], language):
        resume -= 1
    return resume


def _is_written(segment: Segment) -> bool:
    """Whether it is a paragraph, or a turn of a dialogue or a point of a list that ends as a sentence does."""
    return is_open(segment) or (is_open(segment, "bullet") and ends_sentence(segment.text))


def _could_lead(above: Segment, language: str) -> bool:
    return not above.rule and above.language.split("-")[0] == language and not above.cue("ages", "days", "dates")


def _is_apart(box: Sequence[Segment]) -> bool:
    """Whether the last line of `box` has blank lines around it, and those above, the name of the box first, none."""
    *cards, line = box
    solid = all(second.line <= first.line + 1 for first, second in pairwise(cards))
    return len(cards) > 1 and solid and line.line > cards[-1].line + 1 and shape(line.text) == "title"


def columns_of(segments: Sequence[Segment]) -> int:
    """Return the columns of all of `segments`."""
    return sum(width(s.text) for s in segments)


def is_menu(segment: Segment) -> bool:
    """Whether `segment` is the site's own words or as short as the entry of a menu."""
    return segment.cue("edge", "outside") is not None or (
        shape(segment.text) != "prose" and width(segment.text) <= MAX_MENU
    )
