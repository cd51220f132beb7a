"""Where the article begins and ends among the segments of its page."""

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from pipeline.document import Segment
from pipeline.lines.shape import LONG_PROSE, ends_sentence, shape, width
from pipeline.lines.table_rows import MIN_BARS, bars_of, table_rows

MAX_GAIN = 400
"""Columns that one paragraph adds at most: one long legal text must not outweigh an article."""

COST = {"title": 25, "scrap": 25, "bullet": 10, "ordinal": 10}
"""What a line that is no paragraph takes off a run, in columns; menus are many such lines."""

LABELLED_COST = 12
"""What a segment with a furniture label takes off: a box inside an article must not break it."""

FOREIGN_COST = 60
"""What a line in another language than the article takes off: it is the site speaking."""

MAX_BLOCK = 60
"""What a list or a table between two paragraphs takes off, in columns."""

MAX_LINES = 16
"""Lines of such a list or table; a menu has more."""

MIN_ITEM = 60
"""Columns from which a list item weighs as a paragraph; menus have shorter ones."""

MIN_ARTICLE = 100
"""Columns of paragraphs that make an article; a page of cards and menus has fewer that are nobody's."""

MIN_PART = 0.3
"""Share of its page that an article of such words alone takes."""

MAX_REST = 0.2
"""Share of the article that may follow a closing note and still be furniture."""

MAX_LIFE = 500
"""Columns of the paragraph on an author; a section of an article that names its topic is longer."""

MAX_BOX = 0.4
"""The same for an author box, of which name and life together are better evidence than a note's words."""

MAX_STANDFIRST = 400
"""Columns of a teaser between title and byline."""

SURE_LANGUAGE = 0.6
"""Score from which a paragraph's other language speaks against its being the article's."""

_LEGAL = ("disclaimer", "copyright", "reproduction")
"""How the rules for a site's legal text are called."""

_NAME = regex.compile(
    r"^(?:\p{Lu}[\p{L}.'’-]*(?:\s(?:\p{Lu}[\p{L}.'’-]*|de|da|van|von|der|bin|al)){1,4}|\p{Han}{2,4}|\p{Hangul}{2,4})$"
)


def find_article(segments: Sequence[Segment]) -> tuple[int, int] | None:
    """Return the half-open range of segments that the article takes, None where there is no paragraph.

    It is the run with the largest sum of gains, without the notes, author boxes, standfirsts and
    paragraphs in other languages at its two ends.
    """
    run = _main_run(segments, main_language([s for s in segments if _is_written(s)]))
    if run is None or not _has_article(segments[run[0] : run[1]], segments):
        return None
    start, end = run
    language = main_language(segments[start:end])
    end = _end(segments, start, end, language)
    return _start(segments, start, end, language), end


def _has_article(segments: Sequence[Segment], page: Sequence[Segment]) -> bool:
    """Whether there is more than the site's legal text, offers and imprint, or not much page around them.

    News on money is written in the words of offers and warnings, so these count against a text only
    where it drowns among menus and cards.
    """
    own = sum(width(s.text) for s in segments if not s.rule and _is_written(s) and not _is_note(s))
    written = sum(width(s.text) for s in segments if not s.rule and _is_written(s))
    return own >= MIN_ARTICLE or written > MIN_PART * sum(width(s.text) for s in page)


def _is_note(segment: Segment) -> bool:
    """Whether `segment` is a short paragraph in the words of legal texts and offers; long ones may just use them."""
    return segment.cue("edge", "outside") is not None and width(segment.text) < LONG_PROSE


def main_language(segments: Iterable[Segment]) -> str:
    """Return the primary language subtag that most of the unlabelled text is in, `und` where none is known."""
    return language_of_most(segment for segment in segments if not segment.rule)


def language_of_most(segments: Iterable[Segment]) -> str:
    """Return the primary language subtag that most of the text is in, `und` where none is known."""
    weight: Counter[str] = Counter()
    for segment in segments:
        if segment.language not in ("und", "zxx"):
            weight[segment.language.split("-")[0]] += width(segment.text)
    return weight.most_common(1)[0][0] if weight else "und"


def is_name(text: str) -> bool:
    """Whether `text` could be a person's full name and nothing else."""
    return len(text) <= 60 and _NAME.match(text) is not None


def is_author_box(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` names the author and the next one is a paragraph on that person.

    A name above a paragraph that repeats it may head any section: initials above it, or the same name
    in a byline, make it the author's.
    """
    name, life = segments[i], segments[i + 1]
    if not is_name(name.text) or shape(life.text) != "prose" or width(life.text) > MAX_LIFE:
        return False
    initials = i > 0 and are_initials(segments[i - 1].text, name.text)
    # Last, since it looks at all the page.
    return (initials and name.text in life.text) or any(
        s.label == "byline" and name.text in s.text for s in segments[:i]
    )


def are_initials(text: str, name: str) -> bool:
    """Whether `text` is the first letters of `name`."""
    return len(text) > 1 and text.isupper() and list(text) == [word[0] for word in name.split()][: len(text)]


def _gain(segment: Segment, language: str) -> int:
    if segment.rule:
        return -LABELLED_COST
    if is_foreign(segment, language):
        return -FOREIGN_COST
    kind, columns = shape(segment.text), min(width(segment.text), MAX_GAIN)
    if kind == "prose":
        return 0 if segment.cue("edge") else columns
    if kind == "title" and bars_of(segment.text) >= MIN_BARS:
        kind = "bullet"  # a row of a table
    return columns if _is_written(segment) else -COST[kind]


def _is_written(segment: Segment) -> bool:
    """Whether `segment` is a paragraph, or a list item or turn of a dialogue that is one; menu entries are short."""
    kind, columns = shape(segment.text), width(segment.text)
    if kind in ("bullet", "ordinal"):
        turn = segment.text[0] in "—–" and ends_sentence(segment.text)
        return columns >= MIN_ITEM or turn
    return kind == "prose"


def _main_run(segments: Sequence[Segment], language: str) -> tuple[int, int] | None:
    """Return the run with the largest sum of gains (Kadane's algorithm)."""
    best, best_sum = None, 0
    start, running = 0, 0
    for i, gain in enumerate(_gains(segments, language)):
        if running <= 0:
            start, running = i, 0
        running += gain
        if running > best_sum:
            best, best_sum = (start, i + 1), running
    return best


def _gains(segments: Sequence[Segment], language: str) -> list[int]:
    """Return what each segment adds; a list or a table between two paragraphs costs no more than `MAX_BLOCK`."""
    rows = table_rows([segment.text for segment in segments])
    gains = [0 if i in rows and not s.rule else _gain(s, language) for i, s in enumerate(segments)]
    open_block = [g < 0 and not s.rule and not is_foreign(s, language) for g, s in zip(gains, segments, strict=True)]
    start = 0
    for i in range(len(gains) + 1):
        if i < len(gains) and open_block[i]:
            continue
        between = 0 < start < i < len(gains) and gains[start - 1] > 0 and gains[i] > 0
        if between and i - start <= MAX_LINES and sum(gains[start:i]) < -MAX_BLOCK:
            gains[start:i] = [-(MAX_BLOCK // (i - start))] * (i - start)
        start = i + 1
    return gains


def _end(segments: Sequence[Segment], start: int, end: int, language: str) -> int:
    """Return where the article ends: before its closing notes and whatever little follows them."""
    total = sum(width(s.text) for s in segments[start:end] if not s.rule)
    rest = 0
    for i in reversed(range(start + 1, end)):
        segment = segments[i]
        if segment.rule:
            continue
        rest += width(segment.text)
        if rest > MAX_BOX * total:
            break
        listed = shape(segment.text) in ("bullet", "ordinal")
        noted = _is_legal(segment) if listed else segment.cue("edge") is not None
        note = noted or _closes_abroad(segments, i, end, language)
        # What was cut off does not count against the next candidate above it.
        box = is_author_box(segments, i - 1)
        if box or (note and rest <= MAX_REST * total):
            end, rest = i, 0
    while end > start + 1 and (segments[end - 1].rule or shape(segments[end - 1].text) in ("title", "scrap")):
        end -= 1
    return _with_closing_lines(segments, end, language)


def _with_closing_lines(segments: Sequence[Segment], end: int, language: str) -> int:
    """Return `end` moved past a last short sentence and past a list that closes the article."""
    while end < len(segments):
        segment = segments[end]
        kind = shape(segment.text)
        listed = kind in ("bullet", "ordinal")
        # A risk or an offer that a list names is no legal text.
        told = any(cue.table not in ("edge", "outside") or not listed for cue in segment.cues) or _is_legal(segment)
        if segment.rule or told or is_foreign(segment, language) or segment.glued:
            break
        leads = segment.text.endswith((":", "：")) and end + 1 < len(segments)
        leads = leads and shape(segments[end + 1].text) in ("bullet", "ordinal")
        if not (listed or leads or (kind == "title" and ends_sentence(segment.text))):
            break
        end += 1
    return end


def _is_legal(segment: Segment) -> bool:
    """Whether `segment` says what the page is not, who owns it or who may copy it: also as an item of a list."""
    return any(cue.table == "edge" and cue.row.startswith(_LEGAL) for cue in segment.cues)


def _closes_abroad(segments: Sequence[Segment], i: int, end: int, language: str) -> bool:
    """Whether everything from `i` to `end` is in another language than the article."""
    return all(s.rule or is_foreign(s, language) for s in segments[i:end])


def is_foreign(segment: Segment, language: str) -> bool:
    """Whether `segment` is surely in another language than `language` (a primary subtag)."""
    tag = segment.language.split("-")[0]
    return language != "und" and tag not in ("und", "zxx", language) and segment.language_score >= SURE_LANGUAGE


def _start(segments: Sequence[Segment], start: int, end: int, language: str) -> int:
    """Return where the article starts: below standfirst, notes and paragraphs in another language."""
    teasers = 0
    while start < end - 1:
        segment = segments[start]
        # A page has one teaser; a diary has a date below every entry.
        teaser = teasers == 0 and is_standfirst(segments, start)
        told = segment.rule or segment.cue("edge") or is_foreign(segment, language)
        if not (told or teaser or _is_of_head(segments, start, language)):
            break
        teasers += teaser
        start += 1
    return start


def _is_of_head(segments: Sequence[Segment], i: int, language: str) -> bool:
    """Whether a short line at the article's beginning stands above its teaser or a date, or is in no such language."""
    if shape(segments[i].text) not in ("title", "scrap"):
        return False
    short = next((k for k in range(i + 1, min(i + 4, len(segments))) if segments[k].rule), i + 1)
    below = segments[short]
    dated = below.label == "byline" and below.cue("dates", "chrome/published", "chrome/updated") is not None
    named = all(shape(s.text) in ("title", "scrap") for s in segments[i:short])
    button = i > 0 and segments[i - 1].label == "byline" and segments[i].language.split("-")[0] != language
    return (dated and named) or button or is_standfirst(segments, i + 1)


def is_standfirst(segments: Sequence[Segment], i: int) -> bool:
    """Whether paragraph `i` stands above the byline: the article's teaser, not its first paragraph."""
    if segments[i].rule or shape(segments[i].text) not in ("prose", "title"):
        return False
    if width(segments[i].text) > MAX_STANDFIRST:
        return False
    if any(s.label == "byline" and s.cue("dates", "chrome/published") for s in segments[max(0, i - 3) : i]):
        return False
    below = segments[i + 1 : i + 5]
    stamped = next((k for k, s in enumerate(below) if s.label == "byline" or s.cue("ages", "days")), None)
    return stamped is not None and not any(shape(s.text) == "prose" and not s.rule for s in below[:stamped])
