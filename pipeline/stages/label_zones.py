"""Label the boxes of a page that announce themselves: related reading, comments, abstracts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from pipeline.document import Cue, Document, Segment
from pipeline.lines.shape import asks, shape, width
from pipeline.lines.stamps import SEPARATORS, fold
from pipeline.page.article import is_foreign, main_language
from pipeline.page.zone_ends import ZONE_ENDS
from pipeline.page.zone_openers import (
    UNKNOWN_BOX,
    differs_in_figures,
    find_opener,
    heads_card,
    is_below_text,
    is_between_cards,
    is_meta,
    is_open,
    topics_end,
)

ZONE = 0.9
"""Inside a box that its own label opens."""

BUTTON = 2
"""How often a label may stand on a page; more often it is a button of every card."""

FILL = {"related": ("related_title", "related_summary"), "popular": ("popular", "popular")}
"""Labels of title and text in the boxes made of cards."""

MAX_ALIKE = 24
NEAR_ALIKE = 4
"""Columns of a count or a page below a title, and segments to that of the next card."""

MIN_TEXT = 30
"""Columns of a card's text that is glued to its title."""

MAX_SOURCE_WORDS = 3
"""Words of the name of a paper."""

MAX_TOPIC = 16
"""Code points of the words of a cloud of topics, on the average; scripts without blanks have longer stretches."""

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}\s'’&/+#-]{160,}")
"""Nothing that parts or ends sentences, in whatever script."""

_CARDS = ("zone/related", "zone/popular")
"""Rules of what stands in such boxes."""

_RANK = regex.compile(r"[#＃№]?\s?\d{1,2}[.)．]?")
"""A title's place in a list of those most read, on a line of its own or glued to the title."""

_COUNT = regex.compile(r"\d[\d.,\u00a0\u202f ]*")
_INLINE = regex.compile(r"[:：]\s*+\S.{11}")
"""`Read also: a title` is a link in the article and opens nothing."""


def label_zones(doc: Document) -> Document:
    """Return `doc` with the labels of announced boxes; segments that have a label already keep it."""
    segments = list(doc.segments)
    for i in _clouds(segments):
        segments[i] = segments[i].labelled("nav", "zone/topics", ZONE)
    again = Counter(fold(s.text) for s in segments)
    language = main_language([s for s in segments if is_open(s)])
    opened: set[str] = set()
    below_cards = below_topics = -1
    i = 0
    while i < len(segments):
        opener = find_opener(segments, i, language)
        if opener is None and _may_go_on(segments, i, below_cards, below_topics, language):
            opener = UNKNOWN_BOX
        i += 1
        if opener is None:
            continue
        if alone := _alone(segments[i - 1], opener, again):
            segments[i - 1] = segments[i - 1].labelled(alone, opener.rule, ZONE)
            continue
        end = ZONE_ENDS[opener.opens](segments, i, language)
        if end is None:
            continue
        if opener.opens in FILL:
            end = _end_of_line(segments, i, end)
        button = _is_button(segments, i, end, opener, again=opener.opens in opened)
        opened.add(opener.opens)
        segments[i - 1] = segments[i - 1].labelled(
            "nav" if button else _opening(segments, i, opener), opener.rule, ZONE
        )
        if button and opener.opens == "discussion":
            continue
        topics = topics_end(segments, i, end) if opener.opens == "related" else i
        end = topics if topics > i else end
        for j in range(i, end):
            topic = segments[j].labelled("nav", "zone/topics", ZONE)
            segments[j] = topic if j < topics else _filled(segments, j, opener)
        below_cards = end if opener.opens in FILL else -1
        below_topics = end if topics > i else -1
        i = end
    return replace(doc, segments=tuple(segments))


def _clouds(segments: Sequence[Segment]) -> Iterator[int]:
    """Yield the segments that are many topics on one line, below their label: long as a paragraph, and words alone."""
    for i, segment in enumerate(segments[1:], start=1):
        short = len(segment.text.split()) * MAX_TOPIC > len(segment.text)
        if segments[i - 1].rule == "chrome/tags" and is_open(segment) and short and _WORDS.fullmatch(segment.text):
            yield i


def _alone(segment: Segment, opener: Cue, again: Counter[str]) -> str:
    """Return the label of a line that has the words of `opener` and opens nothing; empty if it may open a box."""
    if again[fold(segment.text)] > BUTTON:
        return "nav"  # `Read on` below every card is a button of each
    return FILL[opener.opens][0] if opener.opens in FILL and _INLINE.search(segment.text) else ""


def _may_go_on(segments: Sequence[Segment], i: int, below_cards: int, below_topics: int, language: str) -> bool:
    """Whether segment `i` stands right below a box of cards or of topics and heads cards itself.

    A line in the `language` of the article below cards in another is the article's.
    """
    is_articles = segments[i].language.split("-")[0] == language and any(
        is_foreign(segment, language) for segment in segments[max(0, i - 2) : i]
    )
    between = i == below_cards and is_between_cards(segments, i) and not is_articles
    return between or (i == below_topics and heads_card(segments, i))


def _is_button(segments: Sequence[Segment], i: int, end: int, opener: Cue, *, again: bool) -> bool:
    """Whether what would open a box from `i` to `end` is a button; `again` tells that such a box has been."""
    if opener.opens == "tags":
        return segments[i - 1].glued
    if opener.opens == "discussion":
        return end == i or again  # `Reply` below the comments, or a label with nothing below it
    # `More` between the last card of a box and the name of the next one leads to other cards.
    return opener.opens in FILL and end == i and segments[max(0, i - 2)].rule in _CARDS


def _end_of_line(segments: Sequence[Segment], i: int, end: int) -> int:
    """Return `end`, or where the line of a label ends that has a card glued to it above the article: a news ticker."""
    glued = i < end and segments[i].line == segments[i - 1].line
    if not glued or any(is_open(s) for s in segments[: i - 1]):
        return end
    return next((j for j in range(i, end) if segments[j].line != segments[i].line), end)


def _filled(segments: Sequence[Segment], j: int, opener: Cue) -> Segment:
    """Return segment `j` with its label inside the zone of `opener`."""
    segment, zone, rule = segments[j], opener.opens, f"zone/{opener.opens}"
    said_at = zone == "discussion" and segment.label == "byline" and segment.cue("dates") is not None
    if segment.rule and not said_at and not (zone in FILL and segment.label in ("byline", "caption", "footnote")):
        return segment
    if zone in FILL and _is_count(segments, j):
        label = "stats"
    elif zone == "popular" and _RANK.fullmatch(segment.text):
        label = "marker"
    elif zone in FILL:
        title, text = FILL[zone]
        stamped = is_meta(segments, j) or _names_source(segments, j) or _is_one_of_alike(segments, j)
        written = shape(segment.text) == "prose" or _goes_on(segments, j)
        label = _meta(segments, j, zone) if stamped else text if written else title
    elif zone == "questions":
        label = "qa_question" if asks(segment.text) else "qa_answer"
    elif zone == "author":
        label = _written(segments, j)
    else:
        label = {
            "summary": "summary",
            "discussion": "discussion",
            "disclaimer": "disclaimer",
            "contents": "nav",
            "tags": "nav",
        }[zone]
    return segment.labelled(label, rule, ZONE)


def _is_count(segments: Sequence[Segment], j: int) -> bool:
    """Whether segment `j` is a bare number glued to the title before it: how often that was read."""
    above, segment = segments[j - 1], segments[j]
    return above.line == segment.line and above.end == segment.start and _COUNT.fullmatch(segment.text) is not None


def _goes_on(segments: Sequence[Segment], j: int) -> bool:
    """Whether segment `j` is the text of a card, glued to the title before it."""
    above, segment = segments[j - 1], segments[j]
    glued = above.line == segment.line and above.end == segment.start and above.label == "related_title"
    return glued and width(segment.text) >= MIN_TEXT


def _names_source(segments: Sequence[Segment], j: int) -> bool:
    """Whether segment `j`, below a card's title, is a short name and an age: `Harbour English 2 days ago`."""
    segment = segments[j]
    age = segment.cue("ages", "days")
    if age is None or age.whole or not age.value or not segment.text.endswith(age.value) or not segments[j - 1].rule:
        return False
    words = segment.text.removesuffix(age.value).rstrip(SEPARATORS).split()
    named = 0 < len(words) <= MAX_SOURCE_WORDS and all(word[0].isalpha() and not word[0].islower() for word in words)
    return named and segments[j - 1].label in ("related_title", "related_summary", "popular")


def _opening(segments: Sequence[Segment], i: int, opener: Cue) -> str:
    """Return the label of what opens a box at `i`: `Written by` is part of a byline, `About the author` heads a box."""
    return "byline" if opener.opens == "author" and _written(segments, i) == "byline" else "section_label"


def _written(segments: Sequence[Segment], j: int) -> str:
    """Return the label of what tells the author: a byline above the article, a box below it."""
    return "author_bio" if is_below_text(segments, j) else "byline"


def _meta(segments: Sequence[Segment], j: int, zone: str) -> str:
    """Return the label of a card's meta line: how often it was read and when it was made, or source and age."""
    line = [s for s in segments[max(0, j - 3) : j + 4] if s.line == segments[j].line]
    if zone == "related" and segments[j].cue("openers/discussion") and _is_one_of_alike(segments, j):
        return "stats"
    counted = any(s.cue("count", "chrome/published", "chrome/updated") for s in line) or _is_one_of_alike(segments, j)
    return "stats" if counted and zone == "popular" else "related_meta"


def _is_one_of_alike(segments: Sequence[Segment], j: int) -> bool:
    """Whether segment `j` is a short line with a figure, and one near it is the same but for the figures."""
    text = segments[j].text
    short = width(text) <= MAX_ALIKE and shape(text) not in ("prose", "scrap")
    return short and differs_in_figures(segments, j, NEAR_ALIKE)
