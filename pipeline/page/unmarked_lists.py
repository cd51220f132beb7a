"""Lists whose bullets were lost with the markup: short parallel lines below a lead that ends open."""

from collections.abc import Sequence
from statistics import median

import regex

from pipeline.document import Segment
from pipeline.lines.full_stops import FULL_STOPS
from pipeline.lines.shape import ends_sentence, shape, width

MAX_ITEM = 240
"""Columns of an item that ends on a semicolon."""

MAX_SENTENCE = 130
"""Columns of an item that is a sentence of its own."""

MIN_ITEMS, MIN_SENTENCES = 2, 3
"""Items of a list, and those of one whose items are sentences."""

MAX_HEADING = 80
"""Columns of a heading that stands above a list."""

ALIKE = 2
"""How much longer than the shortest one the longest item below a heading is at most."""

TIMES_LONGER = 1.8
"""How much longer than such sentences the paragraphs of the page must be."""

_COLON = (":", "：")
_SEMICOLON = (";", "；")
_OPEN = regex.compile(r"[\p{L}\p{M}]$")
_QUOTED = tuple("\"“”„«»‘'「『—–-")
_CODE = regex.compile(r"[{}<>=]|::|->|\w\(|\)[;?]")
"""What lines of code have, which end on semicolons too."""
_STOP = regex.compile(rf"[{FULL_STOPS}؟?!！？][)）]?$")


def unmarked_items(segments: Sequence[Segment]) -> frozenset[int]:
    """Return the places in `segments`, an article's, of what a list without marks consists of.

    Items end on semicolons, the last one on a full stop; or all are sentences, much shorter than the paragraphs of the
    page, below a colon or, as one block between blank lines, below a heading. What is quoted below a colon is speech.
    """
    found: set[int] = set()
    typical = _typical(segments)
    for lead in range(len(segments) - MIN_ITEMS):
        if lead in found or segments[lead].rule:
            continue
        prose = shape(segments[lead].text) == "prose" or _leads(segments[lead])
        end = _clauses_end(segments, lead + 1) if prose and _may_lead(segments[lead]) else lead
        if end <= lead + 1 and _leads(segments[lead]):
            end = _sentences_end(segments, lead + 1, typical)
        if end <= lead + 1 and _heads(segments, lead):
            end = _block_end(segments, lead + 1)
        found.update(range(lead + 1, end))
    return frozenset(found)


def _leads(segment: Segment) -> bool:
    return segment.text.endswith(_COLON)


def _may_lead(segment: Segment) -> bool:
    return _leads(segment) or _OPEN.search(segment.text) is not None


def _clauses_end(segments: Sequence[Segment], i: int) -> int:
    """Return where a list that begins at `i` ends, `i` if there is none: clauses with semicolons, and the last one."""
    j = i
    while j < len(segments) and _is_clause(segments[j]):
        j += 1
    last = j < len(segments) and _is_free(segments[j]) and _STOP.search(segments[j].text) is not None
    return j + 1 if last and j > i and width(segments[j].text) <= MAX_ITEM else i


def _is_clause(segment: Segment) -> bool:
    return _is_free(segment) and segment.text.endswith(_SEMICOLON) and not _CODE.search(segment.text)


def _sentences_end(segments: Sequence[Segment], i: int, typical: float) -> int:
    """Return where a list that begins at `i` ends, `i` if there is none: three sentences or more, all of them short."""
    j = i
    while j < len(segments) and _is_sentence(segments[j]) and TIMES_LONGER * width(segments[j].text) <= typical:
        j += 1
    return j if j - i >= MIN_SENTENCES else i


def _heads(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a heading that has its first line right below it."""
    text = segments[i].text
    named = shape(text) in ("title", "ordinal") and not ends_sentence(text) and width(text) <= MAX_HEADING
    return named and segments[i + 1].line == segments[i].line + 1


def _block_end(segments: Sequence[Segment], i: int) -> int:
    """Return where a list that begins at `i` ends, `i` if there is none: sentences alike, up to a blank line."""
    end = i
    while end < len(segments) and (end == i or segments[end].line == segments[end - 1].line + 1):
        if not _is_sentence(segments[end]):
            return i
        end += 1
    widths = [width(segment.text) for segment in segments[i:end]]
    alike = len(widths) >= MIN_SENTENCES and max(widths) <= ALIKE * min(widths)
    return end if alike and TIMES_LONGER * max(widths) <= _typical([*segments[:i], *segments[end:]]) else i


def _typical(segments: Sequence[Segment]) -> float:
    """Return the width of most paragraphs among `segments`."""
    return median([width(s.text) for s in segments if shape(s.text) == "prose" and not s.rule] or [0])


def _is_sentence(segment: Segment) -> bool:
    text = segment.text
    return _is_free(segment) and width(text) <= MAX_SENTENCE and _STOP.search(text) is not None


def _is_free(segment: Segment) -> bool:
    plain = not segment.rule and shape(segment.text) in ("prose", "title") and not segment.cue("edge", "outside")
    return plain and width(segment.text) <= MAX_ITEM and not segment.text.startswith(_QUOTED)
