"""Where a page opens a box of its own: which lines announce one, and what must stand around them."""

from collections.abc import Sequence

import regex

from pipeline.document import Cue, Segment
from pipeline.lines.shape import asks, shape, width
from pipeline.page.article import is_foreign, is_name
from pipeline.page.sections import offers_more

HEADING_WIDTH = 400
"""Columns of prose right below a label that make it the heading of a section."""

MAX_MENU = 24
"""Columns of a menu entry; titles are longer."""

MIN_TOPICS = 2
MAX_TOPIC = 20
MAX_WIDE_TOPIC = 12
MAX_TOPIC_WORDS = 2
"""Lines that are topics of an article, columns of each, in wide characters too, and words."""

MAX_SIGNATURE = 40
"""Columns of what stands above a comment without a date."""

NEAR_CARDS = 12
"""Segments to the stamp of another card of the same box."""

MAX_STAMP_LINE = 4
"""Segments of a line that is one card's: its source, the days of publication and change, a count."""

CARD_ZONES = ("related", "popular")

COUNT_BEHIND = "lines/count-behind-label"
"""The rule for a number that stands glued to the name of its box."""

_ORDERS = ("chrome/latest", "chrome/popular")
"""Names of boxes that are also the orders in which comments may stand."""

TIME_OF_REPORT, LETTER_OF_TURN = "reports/time", "qa/turn"
"""The rules for the time above a part of a live report, and for the letter before a turn of an interview."""

TEXT_MARKS = (TIME_OF_REPORT, LETTER_OF_TURN)
"""What stands before the parts of an article itself: no box reaches over it."""

UNKNOWN_BOX = Cue("zone", "between-cards", opens="related")
"""What a label in no table opens, where it stands between the cards of two boxes."""

MORE_OF_SECTION = Cue("zone", "more-of-section", opens="related")
"""What a word for more before the name of one of the site's sections opens."""

_SITE = (
    *("edge/app-promo", "edge/consent", "edge/cookie-notice", "edge/copyright", "edge/newsletter"),
    *("edge/reproduction", "field/disclaimer", "lines/scan-code"),
    *("outside/imprint", "outside/menu", "outside/newsletter-heading", "outside/newsletter-inbox"),
)
"""With what rules begin by which the site speaks of itself, in whatever languages: no box reaches over them."""


_FIGURE = regex.compile(r"\d+(?:[.,]\d+)*")

_SIGNED = ("chrome/published", "chrome/updated", "field/author")
MAX_KICKED = 6
"""Segments below a title among which the article's stamp is."""

MAX_TOP = 8
"""Segments at a page's top that may be the entries of its menu."""


def find_opener(segments: Sequence[Segment], i: int, language: str) -> Cue | None:
    """Return the cue by which segment `i` opens a zone, if it does; `language` is the article's, primary tag."""
    segment = segments[i]
    if segment.rule or _is_ranked(segments, i) or segment.cue("edge/app-promo"):
        return None
    if _counts_for_card(segments, i) or _is_listed(segments, i):
        return None
    sure = next((cue for cue in segment.cues if cue.opens and cue.table == "chrome"), None)
    if sure is not None:
        return None if _is_menu_entry(segments, i, sure) or _is_kicker(segments, i, sure) else sure
    told = next((cue for cue in segment.cues if cue.opens and _is_credible(segments, i, cue, language)), None)
    return MORE_OF_SECTION if told is None and offers_more(segments, i) else told


def _is_listed(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is an item of a menu: marked, as are those right beside it, and short, as is one of them."""
    around = segments[max(0, i - 1) : i + 2]
    marked = len(around) > 2 and all(shape(s.text) == "bullet" for s in around)
    return marked and width(segments[i].text) <= MAX_MENU and min(width(s.text) for s in around[::2]) <= MAX_MENU


def _is_ranked(segments: Sequence[Segment], i: int) -> bool:
    """Whether a rank is glued to segment `i`: it is a title, whatever words it has."""
    above = segments[i - 1] if i else segments[i]
    return above.text.isdigit() and above.line == segments[i].line and above.end == segments[i].start


def _counts_for_card(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` tells how many comments another article has: such a line comes again with other figures.

    Or it has the age of that article right before it on its line.
    """
    if segments[i].cue("openers/discussion") is None:
        return False
    above = segments[i - 1] if i else segments[i]
    aged = above.line == segments[i].line and any(cue.whole and cue.table in ("ages", "days") for cue in above.cues)
    return aged or differs_in_figures(segments, i, NEAR_CARDS)


def differs_in_figures(segments: Sequence[Segment], i: int, reach: int) -> bool:
    """Whether segment `i` has a figure, and one of those within `reach` of it is the same but for its figures."""
    text = segments[i].text
    if not _FIGURE.search(text):
        return False
    form = _FIGURE.sub("0", text)
    near = segments[max(0, i - reach) : i + reach + 1]
    return any(s.text != text and _FIGURE.sub("0", s.text) == form for s in near)


def _speaks_of_site(segment: Segment) -> bool:
    return any(cue.rule.startswith(_SITE) for cue in segment.cues)


def is_between_cards(segments: Sequence[Segment], i: int) -> bool:
    """Whether a short line stands between the last stamp of one box and the first title of the next."""
    return i > 0 and is_meta(segments, i - 1) and not is_meta(segments, i) and heads_card(segments, i)


def heads_card(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a short line with a card below it: a title, then a text or a stamp."""
    if i + 2 >= len(segments) or shape(segments[i].text) != "title" or width(segments[i].text) > MAX_MENU:
        return False
    title, below = segments[i + 1 : i + 3]
    card = shape(title.text) == "title" and width(title.text) > MAX_MENU and not title.cues
    return card and (shape(below.text) == "prose" or is_meta(segments, i + 2))


def topics_end(segments: Sequence[Segment], i: int, end: int) -> int:
    """Return where topics end that stand from `i` on in a box up to `end`: its first block, a word or two a line.

    Titles are longer, and the cards of a box without such have stamps.
    """
    j = i
    while j < end and _could_be_topic(segments[j]) and (j == i or segments[j].line <= segments[j - 1].line + 1):
        j += 1
    apart = j == len(segments) or segments[j].line > segments[j - 1].line + 1
    stamped = any(is_meta(segments, k) for k in range(i, j))
    return j if j >= i + MIN_TOPICS and apart and not stamped else i


def _could_be_topic(segment: Segment) -> bool:
    spaced = width(segment.text) == len(segment.text)
    most = MAX_TOPIC if spaced else MAX_WIDE_TOPIC
    short = width(segment.text) <= most and len(segment.text.split()) <= MAX_TOPIC_WORDS
    return is_open(segment, "title") and short and not segment.cues


def _is_menu_entry(segments: Sequence[Segment], i: int, cue: Cue) -> bool:
    """Whether a label stands among menu entries: on one line with others, or above short lines without stamps."""
    line = [s for s in segments[max(0, i - 2) : i + 5] if s.line == segments[i].line]
    # A paragraph that lost its breaks may have the box below it on its line, stamps and all.
    if len(line) > 2 and not any(shape(s.text) == "prose" or s.cue("ages", "days", "dates") for s in line):
        return True
    beside = [s for s in segments[max(0, i - 1) : i + 2] if s is not segments[i]]
    alike = all(not s.rule and not s.cues for s in beside) or all(_is_known_entry(s) for s in beside)
    # At the page's top, between entries that the tables know and do not, unless a stamp makes a card of the one below.
    mixed = all(width(s.text) <= MAX_MENU and (not s.cues or _is_known_entry(s)) for s in (*segments[:i], *beside))
    alike = alike or (
        mixed and i <= MAX_TOP and not any(s.cue("ages", "days", "dates") for s in segments[i + 2 : i + 3])
    )
    if alike and len(beside) == 2 and all(width(s.text) <= MAX_MENU and shape(s.text) == "title" for s in beside):
        return cue.opens in (*CARD_ZONES, "discussion")
    if _is_counted(segments, i):
        return False  # `Comments12` tells how many there are, which no menu does
    if cue.rule in _ORDERS and _orders_comments(segments, i):
        return True
    below = segments[i + 1 : i + 4]
    short = [width(s.text) <= MAX_MENU and shape(s.text) in ("title", "scrap") for s in below]
    stamped = any(s.cue("ages", "days", "dates", "count") for s in below)
    return cue.opens in (*CARD_ZONES, "discussion") and bool(below) and all(short) and not stamped


def _is_counted(segments: Sequence[Segment], i: int) -> bool:
    """Whether a number is glued to segment `i`."""
    return i + 1 < len(segments) and segments[i + 1].rule == COUNT_BEHIND


def _orders_comments(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` stands right below the name of the comments, and no title or rank below it."""
    above = next((s for s in reversed(segments[max(0, i - 3) : i]) if s.rule != COUNT_BEHIND), None)
    named = above is not None and any(cue.opens == "discussion" for cue in above.cues)
    below = segments[i + 1] if i + 1 < len(segments) else segments[i]
    return named and shape(below.text) == "title" and width(below.text) <= MAX_MENU


def _is_kicker(segments: Sequence[Segment], i: int, cue: Cue) -> bool:
    """Whether `Live` or `Breaking` stands right above the article's title, and nothing is written above.

    The first stamp below the title says who wrote it or, behind a label, when; a card has its age.
    """
    title, *below = segments[i + 1 : i + 2 + MAX_KICKED] or [segments[i]]
    if cue.rule != "chrome/latest" or not is_open(title, "title") or any(is_open(s) for s in segments[:i]):
        return False
    stamp = next((k for k, s in enumerate(below) if s.cue("ages", "days", "dates", *_SIGNED)), 0)
    others = [s for s in below[:stamp] if is_open(s, "title") and width(s.text) > MAX_MENU and not s.cues]
    return bool(below) and below[stamp].cue(*_SIGNED) is not None and not others


def _is_known_entry(segment: Segment) -> bool:
    """Whether the tables know `segment` for a way to another page, and for nothing else."""
    return bool(segment.cues) and all(cue.label == "nav" for cue in segment.cues)


def _is_credible(segments: Sequence[Segment], i: int, cue: Cue, language: str) -> bool:
    """Whether what surrounds segment `i` bears out that its words open a box."""
    above = [s for s in segments[:i] if is_open(s)]
    below = segments[i + 1 : i + 5]
    if not below or is_open(segments[i]) or "#" in segments[i].text[1:]:
        return False
    foreign = is_foreign(segments[i], language)
    if cue.opens in ("tags", "contents"):
        return True
    if cue.opens == "summary":
        written = [s for s in above if not s.cue("edge", "outside") and not is_foreign(s, language)]
        return not written and (foreign or any(s.label == "byline" for s in segments[:i]))
    if cue.opens == "questions":
        return foreign or asks(below[0].text) or below[0].label == "marker"
    if cue.opens == "author":
        return bool(above) and (is_name(below[0].text) or width(below[0].text) <= HEADING_WIDTH)
    if cue.opens == "discussion":
        signed = width(below[0].text) <= MAX_SIGNATURE or any(s.cue("ages", "days", "dates") for s in below[:2])
        return foreign or (bool(above) and signed)
    stamped = any(s.cue("ages", "days", "dates", "count") for s in below)
    lines = [shape(s.text) for s in below]
    return foreign or stamped or (bool(above) and lines[0] == "title" and lines[1:2] != ["prose"])


def find_border(segments: Sequence[Segment], i: int, language: str, within: str = "") -> int:
    """Return the next segment from `i` on that opens a zone, another one than `within`, or is the site's legal text.

    A box inside a live report or an interview ends where the next of its parts begins.
    """
    for j in range(i, len(segments)):
        opener = find_opener(segments, j, language)
        answers = within == "discussion" and _answers_comment(segments, j)
        opens = opener is not None and opener.opens != within and not answers
        goes_on = segments[j].rule in TEXT_MARKS
        if opens or goes_on or is_between_cards(segments, j) or _speaks_of_site(segments[j]):
            return j
    return len(segments)


def _answers_comment(segments: Sequence[Segment], j: int) -> bool:
    """Whether segment `j` says that the author of the article speaks: it has words right below it, and no name."""
    below = segments[j + 1 : j + 2]
    return segments[j].cue("chrome/author") is not None and bool(below) and is_open(below[0])


def is_open(segment: Segment, wanted: str = "prose") -> bool:
    """Whether `segment` has no label yet and the shape `wanted`."""
    return not segment.rule and shape(segment.text) == wanted


def is_below_text(segments: Sequence[Segment], i: int) -> bool:
    """Whether most of what is written above and below segment `i` stands above it: a standfirst does not outweigh."""
    above, below = (sum(width(s.text) for s in part if is_open(s)) for part in (segments[:i], segments[i:]))
    return above > 0 and above >= below


def is_meta(segments: Sequence[Segment], j: int) -> bool:
    """Whether segment `j` is a card's source or age: it holds a stamp, or shares its line with one.

    Where all of a box stands on one line, what stands right before the stamp is the source.
    """
    line = [k for k in range(max(0, j - 3), min(j + 4, len(segments))) if segments[k].line == segments[j].line]
    near = line if len(line) <= MAX_STAMP_LINE else [k for k in line if k in (j, j + 1)]
    return width(segments[j].text) <= 60 and any(
        cue.whole and (cue.table in ("ages", "days", "dates", "count") or cue.row in ("published", "updated"))
        for k in near
        for cue in segments[k].cues
    )
