"""Label the segments whose own words say what they are, wherever on the page they stand."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import regex

from pipeline.borders.count import COUNTED, NUMBER
from pipeline.borders.credit import MAX_CAPTION, credit_at
from pipeline.borders.quote import quote_borders
from pipeline.document import Document, Segment
from pipeline.lines.shape import shape, width
from pipeline.lines.stamps import DATED
from pipeline.page.source_list import source_list
from pipeline.page.zone_openers import COUNT_BEHIND, is_open

SURE = 0.95
"""A whole line explained by a rule."""

LIKELY = 0.85
"""A line that begins or ends as furniture does."""

MAX_SHORT = 40
"""Columns of a sentence right above a picture's credit that only describes the picture."""

_STAMPS = ("dates", "ages", "days")

_CLOCK = regex.compile(r"\d{1,2}[:：.h]\d{2}.{0,6}")

_LENGTH = regex.compile(r"(?:\d{1,2}:)?[0-5]?\d:[0-5]\d")

_BELIEVED_ANYWHERE = ("lines", "field", "count", "chrome", "reading_times", "dates")


def label_lines(doc: Document) -> Document:
    """Return `doc` with the context-free labels.

    What opens a zone, ages (byline or card?) and rules that hold only at the edge of an article are
    left to the stages that see the page.
    """
    segments = [_labelled(segment) for segment in doc.segments]
    segments = [_in_its_place(segments, i) for i in range(len(segments))]
    for i, segment in enumerate(segments):
        if segment.label in ("attribution", "caption") and segment.cue("field") and _in_stamp(segments, i):
            segments[i] = segment.labelled("byline", segment.rule, LIKELY)
    for i, (above, segment) in enumerate(pairwise(segments), start=1):
        if not segment.rule and (_counts_behind(above, segment) or _counts_on(above, segments[i])):
            segments[i] = segment.labelled("stats", COUNT_BEHIND, SURE)
        if above.line == segment.line and above.cue("chrome/breaking") and not segment.rule:
            segments[i] = segment.labelled("related_title", "chrome/breaking", LIKELY)
        if _lasts(above, segment):
            segments[i] = segment.labelled("stats", "lines/length-of-recording", SURE)
        if above.line == segment.line and above.glued and above.cue("chrome/tags") and not segment.rule:
            segments[i - 1] = above.labelled("section_label", "chrome/tags", SURE)
            segments[i] = segment.labelled("nav", "field/tags", LIKELY)
        if above.line == segment.line and segment.rule == "lines/edit-link" and not above.rule:
            segments[i - 1] = above.labelled("heading", "lines/edited-section", SURE)
        if above.line == segment.line and shape(segment.text) == "prose" and _CLOCK.fullmatch(above.text):
            segments[i - 1] = above.labelled("marker", "lines/time-of-report", SURE)
    _label_captions(segments)
    _label_sources(segments)
    _label_tickers(doc.text, segments)
    return replace(doc, segments=tuple(segments))


def _counts_behind(label: Segment, number: Segment) -> bool:
    """Whether `number` is one, glued to the word for comments, likes, shares or readers right before it."""
    glued = label.line == number.line and label.end == number.start and NUMBER.fullmatch(number.text) is not None
    # A plus says that it counts what the button does, whatever that is.
    known = COUNTED if not number.text.startswith("+") else ("chrome",)
    return glued and any(cue.whole and label.cue(*known) is cue for cue in label.cues)


def _lasts(button: Segment, clock: Segment) -> bool:
    """Whether `clock` is how long the recording lasts that a button glued to it plays: no text comes out at `5:42`."""
    beside = button.line == clock.line and clock.start - button.end <= 1 and button.cue("chrome/nav") is not None
    return beside and _LENGTH.fullmatch(clock.text) is not None


def _counts_on(above: Segment, segment: Segment) -> bool:
    """Whether `segment` counts the comments, glued to a count of something else: `Views 312Comments 12`."""
    glued = above.line == segment.line and above.end == segment.start and above.label == "stats"
    return glued and segment.cue("openers/discussion") is not None and segment.text[-1].isdigit()


def _label_tickers(text: str, segments: list[Segment]) -> None:
    """Label the names, figures and changes that share a line which is a ticker as a whole."""
    for _, line in groupby(range(len(segments)), key=lambda i: segments[i].line):
        first, *others = line
        last = others[-1] if others else first
        if others and quote_borders(text[segments[first].at : segments[last].until]):
            for i in (first, *others):
                segments[i] = segments[i].labelled("stats", "lines/quote", SURE)


def _label_captions(segments: list[Segment]) -> None:
    """Label what belongs to a table's name right before it, or to a picture's credit right behind it."""
    for i, (above, segment) in enumerate(pairwise(segments), start=1):
        # The sentence that a table's caption shares its line with belongs to the table.
        if not segment.rule and above.line == segment.line and above.cue("lines/caption-numbered"):
            segments[i] = segment.labelled("caption", "lines/caption-numbered", LIKELY)
        if not above.rule and segment.label == "caption" and _describes(segments, i - 1):
            segments[i - 1] = above.labelled("caption", "lines/above-credit", LIKELY)


def _label_sources(segments: list[Segment]) -> None:
    """Label the sources of the article, one a line below the word for them."""
    for i in range(len(segments)):
        listed = source_list(segments, i)
        if listed:
            segments[i] = segments[i].labelled("section_label", "sources/head", SURE)
        for j in listed:
            segments[j] = segments[j].labelled("footnote", "sources/listed", LIKELY)


def _describes(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` describes the picture whose credit comes next: glued to it, or on a line right above it.

    Such two lines stand apart from what is around them; where no lines do, a paragraph may stand above a credit.
    """
    text, credit = segments[i], segments[i + 1]
    credited = credit.cue("field/image_credit", "lines/caption-credit") is not None and width(credit.text) <= MAX_SHORT
    if credited and width(text.text) <= MAX_SHORT and credit.line == text.line + 1 and not text.glued:
        # No article begins with so little, nor does a teaser say no more.
        return shape(text.text) == "prose" and not any(is_open(s) for s in segments[:i])
    if not credit.cue("field/image_credit") or len(text.text) > MAX_CAPTION:
        return False
    if credit.line == text.line:
        return True
    if credit_at(credit.text):
        return False  # it stands behind a caption of its own
    first, below = i == 0 or segments[i - 1].line < text.line - 1, segments[i + 2 : i + 3]
    apart = first and bool(below) and below[0].line > credit.line + 1
    return apart and credit.line == text.line + 1 and shape(text.text) == "prose" and not text.glued


def _is_beside_number(segments: Sequence[Segment], i: int) -> bool:
    """Whether a bare number stands beside segment `i`, a word that counts readers or likes: without, it is a button."""
    return any(shape(s.text) == "scrap" and any(map(str.isdigit, s.text)) for s in segments[max(0, i - 1) : i + 2])


def _in_its_place(segments: Sequence[Segment], i: int) -> Segment:
    """Return segment `i`, a button where no number makes it a count, without a label where no day makes it a stamp."""
    segment = segments[i]
    if segment.label == "stats" and segment.rule.startswith("chrome/") and not _is_beside_number(segments, i):
        return segment.labelled("nav", segment.rule, segment.score)
    if segment.label == "byline" and _lacks_date(segments, i):
        return segment._replace(label="other", rule="", score=0.0)
    if segment.rule == "field/disclaimer" and _is_listed(segments, i):
        return segment._replace(label="other", rule="", score=0.0)
    return segment


def _is_listed(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is an item of a list: what a list says of risks belongs to it."""
    return shape(segments[i].text) == "bullet" and any(
        s is not segments[i] and is_open(s, "bullet") for s in segments[max(0, i - 1) : i + 2]
    )


def _lacks_date(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a word for the day of publication with no day near it: the entry of a menu (`Data`)."""
    segment = segments[i]
    if segment.rule not in DATED or any(cue.value for cue in segment.cues) or segment.text.endswith((":", "：")):
        return False
    return not any(s.cue(*_STAMPS) for s in segments[max(0, i - 2) : i + 4] if s is not segment)


def _in_stamp(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a field of a byline: it shares its line with a date."""
    line = [s for s in segments[max(0, i - 6) : i + 7] if s.line == segments[i].line]
    return len(line) > 1 and any(s.cue("dates", "chrome/published", "chrome/updated") for s in line)


def _labelled(segment: Segment) -> Segment:
    opens = segment.cue("openers") is not None
    for cue in segment.cues:
        if opens and cue.rule == "lines/caption-mark":
            continue  # a mark before the name of a box
        if cue.rule == "chrome/row" and segment.cue("edge/app-promo"):
            continue  # the words of two buttons, one of which offers the site's app
        if cue.rule == "chrome/editor" and segment.cue("lines/edit-link"):
            continue  # a wiki's link for editing, not the word before who edited
        if cue.table in _BELIEVED_ANYWHERE and cue.label and not cue.opens:
            return segment.labelled(cue.label, cue.rule, SURE if cue.whole else LIKELY)
    if not segment.text:
        return segment.labelled("other", "segment/invisible", 1.0)
    return segment
