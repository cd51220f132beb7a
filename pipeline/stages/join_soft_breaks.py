"""Put lines together that a writer of Markdown broke at a width, before the marks go by which the lines had it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from pipeline.borders.glue import line_spans
from pipeline.borders.page_width import Span, is_full
from pipeline.document import Document
from pipeline.edit import Edit
from pipeline.lines.marks import MarkRule, are_in
from pipeline.lines.shape import width

NARROW, WIDE = 50, 130
"""Columns between which the width lies at which a program breaks lines."""

LEAST = 10
"""Pairs of lines that show it; with fewer, paragraphs are too short to be in pieces."""

USUAL = 0.98
"""Share of the lines that are no wider than it: words and addresses without a blank stay whole."""

FULL = 0.75
"""Share of the pairs that it parted, at least; where people broke the lines, few are full."""

_ALONE = regex.compile(r"[#|]|`{3}|~{3}|(?:[-*_=|:][ \t]*+){3,}+$")
_STARTS = regex.compile(r">|[*+-][ \t]|[0-9]{1,9}[.)][ \t]")
_CODE, _HARD_BREAK = "    ", "  "
_COMPOUND = regex.compile(r"\w-$")


def join_soft_breaks(doc: Document, *, rules: Sequence[MarkRule]) -> Document:
    """Return the document with a blank for each soft break, if `rules` find it to be Markdown of one width.

    CommonMark has lines in a row as one paragraph (0.31, 6.8), but not all that write Markdown keep to it; so the lines
    themselves have to show that a program broke them.
    """
    if doc.markup is not None or not are_in(doc.text, rules):
        return doc
    pairs = [*_pairs(doc.text)]
    lines = [(doc.text[slice(*above)], doc.text[slice(*below)]) for above, below in pairs]
    columns = _columns([above for above, _ in lines])
    full = sum(is_full(above, below, columns) for above, below in lines)
    if len(pairs) < LEAST or not NARROW <= columns <= WIDE or full < FULL * len(pairs):
        return doc
    return doc.edited(_joints(doc.text, pairs))


def _pairs(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield lines, from their first letter to the last, with the next one where both may be in one paragraph."""
    for above, below in pairwise(line_spans(text)):
        first, second = text[slice(*above)], text[slice(*below)]
        gap = text[above[1] : below[0]]
        parted = not first or not second or gap.startswith(_HARD_BREAK) or gap.endswith(_CODE)
        if not (parted or _ALONE.match(first) or _ALONE.match(second) or _STARTS.match(second)):
            yield above, below


def _columns(lines: Sequence[str]) -> int:
    widths = sorted(width(line) for line in lines if "://" not in line and "](" not in line)
    return widths[int(USUAL * (len(widths) - 1))] if widths else 0


def _joints(text: str, pairs: Sequence[tuple[Span, Span]]) -> Iterator[Edit]:
    for (start, end), (below, _) in pairs:
        # A program that breaks lines breaks at the hyphens that are there, and sets none.
        new = "" if _COMPOUND.search(text[start:end]) and text[below].isalnum() else " "
        yield Edit(end, text[end:below], new, "markdown/soft-break")
