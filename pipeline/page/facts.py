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
    for is_fact, group in groupby(range(len(segments)), key=lambda i: _is_fact(segments[i])):
        block = list(group)
        first, last = block[0], block[-1]
        if not is_fact or len(block) < MIN_FACTS or first == 0 or last + 1 == len(segments):
            continue
        above = sum(shape(segment.text) == "prose" for segment in segments[:first])
        if above >= MIN_ABOVE and all(shape(segments[i].text) == "prose" for i in (first - 1, last + 1)):
            found |= {*_facts_of(segments, block)}
    return frozenset(found)


def _facts_of(segments: Sequence[Segment], block: Sequence[int]) -> Sequence[int]:
    """Return `block` without what names it above or heads what is below it: the only lines without a figure."""
    figured = [i for i in block if _FIGURE.search(segments[i].text)]
    return figured if len(figured) > 1 and len(figured) == figured[-1] - figured[0] + 1 else block


def _is_fact(segment: Segment) -> bool:
    text = segment.text
    is_free = not segment.rule and not segment.cue("edge", "outside", "field")
    return is_free and len(text) <= MAX_FACT and not ends_sentence(text) and _FACT.match(text) is not None
