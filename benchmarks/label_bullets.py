"""Pages whose menus, cards, rankings and lists have a mark before each item, as text made of HTML lists has it.

Two in five lines of such text begin with one; of the annotated pages' furniture hardly any does, for whoever wrote them
copied what a browser shows. There a mark tells an article's list from a menu, elsewhere it tells nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from pipeline.evaluation.gold import Block, Gold

SHARE = 0.3
"""Of the pages that get marks."""
PART = 0.8
"""Of the boxes of such a page that get them."""
MARKS = ("- ", "- ", "• ", "* ", "· ")
LISTED = ("nav", "related_title", "popular", "list_item")
"""Labels of what sites put into lists."""
_BLANKS = 80
"""Code points before a block that its line is looked for in."""
LEAST = 2
"""Blocks of one label, between two paragraphs, that are a list."""


def with_bullets(gold: Gold, random: np.random.Generator) -> Gold:
    """Return `gold`, or with marks before the items of most of its boxes.

    Fragments and clean text stay those of the page as it was.
    """
    if random.random() > SHARE:
        return gold
    mark = str(random.choice(MARKS))
    marked = {i for box in _boxes(gold) if random.random() < PART for i in box}
    raw, blocks, at, moved = [], [], 0, 0
    for i, block in enumerate(gold.blocks):
        raw.append(gold.raw[at : block.start])
        added = len(mark) * (i in marked)
        if added:
            raw.append(mark)
        raw.append(gold.raw[block.start : block.end])
        blocks.append(replace(block, start=block.start + moved, end=block.end + moved + added))
        at, moved = block.end, moved + added
    return replace(gold, raw="".join([*raw, gold.raw[at:]]), blocks=tuple(blocks))


def _boxes(gold: Gold) -> Iterator[list[int]]:
    """Yield the numbers of the blocks that are a list: of one label, without a paragraph or a box's name among them."""
    for parts, group in groupby(enumerate(gold.blocks), key=lambda one: _parts(one[1])):
        if not parts:
            yield from _alike(gold.blocks, [i for i, block in group if _can_be_marked(gold, block)])


def _parts(block: Block) -> bool:
    return block.labels[0] == "section_label" or (block.keep and block.labels[0] != "list_item")


def _alike(blocks: Sequence[Block], numbers: Sequence[int]) -> Iterator[list[int]]:
    counts = Counter(blocks[i].labels[0] for i in numbers)
    for label, count in counts.items():
        if count >= LEAST:
            yield [i for i in numbers if blocks[i].labels[0] == label]


def _can_be_marked(gold: Gold, block: Block) -> bool:
    """Whether `block` is what lists are made of, begins its line, and has no mark."""
    above = gold.raw[max(0, block.start - _BLANKS) : block.start].rstrip(" \t")[-1:]
    begins = gold.raw[block.start : block.start + 1]
    return block.labels[0] in LISTED and above in ("", "\n", "\r") and (begins.isalnum() or begins in tuple('"“«‘「『'))
