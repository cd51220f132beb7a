"""Label what is left outside the article: the author's box, cards and menus around it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.document import Document, Segment
from pipeline.lines.shape import ends_sentence, shape, width
from pipeline.lines.stamps import fold
from pipeline.metadata.author_life import authors_above, tells_of
from pipeline.page.article import are_initials, is_author_box, is_name
from pipeline.page.zone_openers import TEXT_MARKS

PLACE = 0.6
"""Where the place on the page decides."""

MIN_ENTRIES = 4
CAPITALS = 0.8
"""Words of a menu on one line, and the share of them with a capital."""

_BOXES = frozenset({"related_title", "related_summary", "related_meta", "popular", "discussion", "author_bio"})
"""What stands in the boxes that a short line may name."""

_TOPICS = frozenset({"nav", "byline", "other"})
"""Labels that topics may still have: any word can be one."""

_SITE = frozenset({"other", "ad"})
_MAY_NAME = ("outside/", "chrome/nav", "chrome/subscribe", "chrome/follow")
"""What a site says in paragraphs of its own, and rules by which a line may be the name of one."""

_QUOTES = ("outside/quote", "outside/quotes-row", "outside/quotes-glued", "outside/price-change")
"""Cues of a ticker."""

_TELLING = ("copyright", "app-promo", "donation", "presented-by", "sale")
"""Rows of disclaimers and ads that are believed of the shortest line."""

_LETTERS = ("edge/newsletter-named", "edge/newsletter-named-nordic-ca", "outside/newsletter-inbox")
"""Cues of what a newsletter says of itself: the word for one right above is its heading, even below a menu."""

_TITLE_CASE = frozenset({"und", "zxx", "en", "id", "ms"})
"""Languages whose headlines have capitals too, or may have."""

_LEFT = ("", "body/foreign-line", "body/outside")
"""Rules of what nothing but its place has told."""

MAX_BESIDE = 2
"""Segments to the next entry of a menu, a mark between them or not."""

MAX_NAME = 40
"""Columns of the name of a box."""

MIN_HEADLINE = 30
"""Columns from which a line outside the article is another article's title rather than a menu entry."""


def label_rest(doc: Document) -> Document:
    """Return `doc` with every segment labelled."""
    segments = list(doc.segments)
    end = next((i + 1 for i in reversed(range(len(segments))) if segments[i].keep), 0)
    _label_author_box(segments, end)
    _label_lives(segments, end)
    _label_initials(segments)
    for i, segment in enumerate(segments):
        if i > end and _is_source(segments, i):
            segments[i] = segment.labelled("related_meta", "outside/source", PLACE)
        elif not segment.rule:
            segments[i] = _outside(segments, i)
        elif i > end and _is_in_menu(segments, i):
            segments[i] = segment.labelled("nav", "outside/in-menu", PLACE)
        elif i > end and _is_dated_card(segments, i):
            segments[i] = segment.labelled("related_meta", "outside/date", PLACE)
    again = Counter(fold(s.text) for s in segments)
    for i, segment in enumerate(segments):
        if (again[fold(segment.text)] == 1 and _names_box(segments, i)) or (end and _names_topics(segments, i)):
            segments[i] = segments[i].labelled("section_label", "outside/above-box", PLACE)
    return replace(doc, segments=tuple(segments))


def _names_box(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i`, a short line, stands above a box and not at the end of a menu."""
    segment, above = segments[i], segments[max(0, i - 1)]
    if segment.label != "nav" or segment.glued or shape(segment.text) != "title" or width(segment.text) > MAX_NAME:
        return False
    below = segments[i + 1 : i + 3]
    if segment.rule == "outside/line":
        in_menu = i > 0 and above.rule == "outside/line" and not above.glued
        inside = above.label == "discussion" and below[:1] != [] and below[0].label == "discussion"
        life = below[:1] != [] and below[0].label == "author_bio" and shape(below[0].text) == "prose"
        if not in_menu and not inside and (life or (len(below) == 2 and all(s.label in _BOXES for s in below))):
            return True
    # What the site says of itself in a paragraph of its own has its name right above, be that a known one.
    letter = bool(below) and below[0].cue(*_LETTERS) is not None and segment.rule.startswith("chrome/subscribe")
    alone = letter or (i > 0 and (above.label != "nav" or above.glued))
    said = bool(below) and below[0].label in _SITE and shape(below[0].text) == "prose" and not below[0].glued
    return alone and said and segment.rule.startswith(_MAY_NAME)


def _names_topics(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i`, a word for topics, stands below the article's beginning and above the topics."""
    segment, below = segments[i], segments[i + 1 : i + 2]
    if segment.rule != "chrome/tags" or segment.label != "nav" or not any(s.keep for s in segments[:i]):
        return False
    return bool(below) and not below[0].keep and below[0].label in _TOPICS and not below[0].text.isdigit()


def _is_in_menu(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i`, the word for advertising, stands among the entries of a menu and heads no advertisement."""
    if segments[i].rule != "chrome/advertisement":
        return False
    entries = [k for k in range(max(0, i - MAX_BESIDE), i + MAX_BESIDE + 1) if k < len(segments) and k != i]
    # Marks between the entries are none.
    entries = [k for k in entries if any(map(str.isalpha, segments[k].text))]
    beside = [segments[k] for k in (*[k for k in entries if k < i][-1:], *[k for k in entries if k > i][:1])]
    beside = [s for s in beside if abs(s.line - segments[i].line) <= 1]
    entry = [s.label == "nav" or s.cue("chrome/nav") is not None for s in beside]
    if segments[i].cue("chrome/nav"):
        return any(entry)  # `Advertise`, which no advertisement has above it
    return any(s.cue("chrome/nav") for s in beside) and all(entry)


def _is_dated_card(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i`, a date below the article, belongs to the title above it rather than to the article."""
    segment = segments[i]
    return segment.label == "byline" and bool(segment.cue("dates")) and segments[i - 1].label == "related_title"


def _is_source(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i`, below the article, stands right before an age on its line, and is no title."""
    segment, age = segments[i], segments[min(i + 1, len(segments) - 1)]
    short = shape(segment.text) == "title" and width(segment.text) < MIN_HEADLINE and not segment.rule
    return short and age is not segment and age.line == segment.line and bool(age.cue("ages", "days"))


def _label_author_box(segments: list[Segment], end: int) -> None:
    """Label a name, the initials above it and the paragraph about that person below the article."""
    for i in range(end, len(segments) - 1):
        name, life = segments[i], segments[i + 1]
        if name.rule or life.rule or not is_author_box(segments, i):
            continue
        first = i - 1 if i > end and are_initials(segments[i - 1].text, name.text) else i
        for j in range(first, i + 2):
            segments[j] = segments[j].labelled("author_bio", "foot/author-box", PLACE)
        return


def _label_lives(segments: list[Segment], end: int) -> None:
    """Label the paragraphs below the article that tell of its author."""
    start = next((i for i, s in enumerate(segments) if s.keep), 0)
    authors = authors_above(segments, start)
    for i in range(end, len(segments)) if authors else ():
        # A name before a role is how a byline looks too, and a life goes on.
        signed = segments[i].label == "byline" and shape(segments[i].text) == "prose"
        free = signed or (segments[i].rule in _LEFT and not segments[i].keep)
        if free and tells_of(segments[i].text, authors):
            segments[i] = segments[i].labelled("author_bio", "foot/author-box", PLACE)


def _label_initials(segments: list[Segment]) -> None:
    """Label an author's picture, which as text is two letters, and the name below it, above the article as well."""
    for i, (initials, name) in enumerate(pairwise(segments)):
        if not initials.rule and not name.rule and is_name(name.text) and are_initials(initials.text, name.text):
            segments[i] = initials.labelled("author_bio", "outside/initials", PLACE)
            segments[i + 1] = name.labelled("author_bio", "outside/initials", PLACE)


def _outside(segments: Sequence[Segment], i: int) -> Segment:
    """Return segment `i` with the label that its own shape and neighbours leave it."""
    segment = segments[i]
    # What is quoted has a currency, as what is offered does.
    edge = segment.cue(*_QUOTES) or segment.cue("edge", "outside")
    short = edge is not None and edge.label in ("disclaimer", "ad") and edge.row not in _TELLING
    if edge is not None and (not short or width(segment.text) >= MIN_HEADLINE):
        return segment.labelled(edge.label, f"lines/{edge.row}", PLACE)
    if segment.cue("ages", "days"):
        return segment.labelled("related_meta", "outside/age", PLACE)
    kind, columns = shape(segment.text), width(segment.text)
    above = segments[i - 1] if i else segment
    if above.cue("outside/sign-off") and kind == "title" and columns <= MAX_NAME:
        return segment.labelled("byline", above.rule, PLACE)
    if kind == "prose" and above.rule == "lines/newsletter-heading":
        return segment.labelled("ad", above.rule, PLACE)
    if kind == "prose" and above.cue("chrome/advertisement") and segment.line == above.line + 1:
        return segment.labelled("ad", above.rule, PLACE)
    if kind == "prose":
        under_title = i > 0 and segments[i - 1].label == "related_title" and segments[i - 1].rule == "outside/headline"
        return segment.labelled("related_summary" if under_title else "other", "outside/prose", PLACE)
    if kind == "title" and _is_capital_row(segment):
        return segment.labelled("nav", "outside/capitals", PLACE)
    if kind == "title" and columns >= MIN_HEADLINE and _is_among_cards(segments, i):
        return segment.labelled("related_title", "outside/headline", PLACE)
    below = segments[i + 1].label if i + 1 < len(segments) else ""
    opens_box = below in ("marker", "qa_question", "related_title") and segments[i + 1].rule not in TEXT_MARKS
    if kind == "title" and not segment.glued and opens_box:
        return segment.labelled("section_label", "outside/above-box", PLACE)
    alone = kind == "scrap" and not segment.glued
    return segment.labelled("other" if alone else "nav", "outside/line", PLACE)


def _is_among_cards(segments: Sequence[Segment], i: int) -> bool:
    """Whether a long line has a text below it, or other long lines or cards beside it; alone it is a link or a note."""
    beside = [segments[j] for j in (i - 1, i + 1) if 0 <= j < len(segments)]
    cards = any(
        s.label in _BOXES or (not s.rule and shape(s.text) == "title" and width(s.text) >= MIN_HEADLINE) for s in beside
    )
    below = segments[i + 1] if i + 1 < len(segments) else None
    return cards or (below is not None and not below.rule and shape(below.text) == "prose")


def _is_capital_row(segment: Segment) -> bool:
    """Whether a line is a menu by its capitals, in a language that writes headlines as it writes sentences."""
    words = [word for word in segment.text.split() if word[0].isalpha()]
    if len(words) < MIN_ENTRIES or segment.language.split("-")[0] in _TITLE_CASE or not segment.text[0].isalpha():
        return False
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= CAPITALS * len(words) and not ends_sentence(segment.text)
