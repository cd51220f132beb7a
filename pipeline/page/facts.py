"""Facts in a list without marks, each behind what it is called: Opened: 1968."""

from collections.abc import Sequence
from itertools import groupby

import regex

from pipeline.document import Segment
from pipeline.lines.shape import ends_sentence, shape

MIN_FACTS = 3
MIN_ABOVE = 2
"""Paragraphs above them: with one, it may be a standfirst, and what is below it who wrote the text, and when."""
MAX_FACT = 120
"""Code points; a speaker's turn is longer, or ends as a sentence does."""

_FIGURE = regex.compile(r"\d")
_FACT = regex.compile(r"^[^:：\d]{2,40}[:：]\s?\S")


def fact_lines(segments: Sequence[Segment]) -> frozenset[int]:
    """Return the places in `segments`, an article's, of facts that stand one below the other between paragraphs."""
    found: set[int] = set()
    above = 0
    for is_fact, group in groupby(range(len(segments)), key=lambda i: _is_fact(segments[i])):
        block = list(group)
        if not is_fact:
            above += sum(shape(segments[i].text) == "prose" for i in block)
            continue
        around = segments[max(0, block[0] - 1) : block[0]], segments[block[-1] + 1 : block[-1] + 2]
        between = all(side and shape(side[0].text) == "prose" for side in around)
        if between and above >= MIN_ABOVE and len(block) >= MIN_FACTS:
            found |= {*_facts_of(segments, block)}
    return frozenset(found)


def _facts_of(segments: Sequence[Segment], block: Sequence[int]) -> Sequence[int]:
    """Return `block` without a line that names it above or heads what is below it: the only ones without a figure."""
    figures = [_FIGURE.search(segments[i].text) is not None for i in block]
    if not all(figures[1:-1]):
        return block
    return block[not figures[0] : len(block) - (not figures[-1])]


def _is_fact(segment: Segment) -> bool:
    text = segment.text
    is_free = not segment.rule and not segment.cue("edge", "outside", "field")
    return is_free and len(text) <= MAX_FACT and not ends_sentence(text) and _FACT.match(text) is not None
