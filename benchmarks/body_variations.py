"""Variations of a page to learn from: glued, in disguise, with less or with another page's furniture."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np

from benchmarks.body_disguise import any_disguise
from benchmarks.body_pages import MarkedPage, Rendered

GLUED = 0.25
"""How often a page is taken as a careless dump has it."""
SWAPPED = 0.3
"""How often what stands above or below the body is exchanged for another page's, or cut short."""
THINNED = 0.3
"""How often single lines are left out."""
UNTITLED = 0.3
"""How often the first line, the page's title, is missing."""
DISGUISED = 0.25
UNNAMED = 0.15
"""How often a page in HTML has no class, no id, and states nothing."""

_LOST_FURNITURE, _LOST_BODY = 0.15, 0.03
"""Shares of lines left out at most."""

_SWAPS = ("join_foot", "other_foot", "other_head", "cut_foot", "cut_head", "other_both")
_WEIGHTS = (35, 20, 15, 10, 10, 10)


def vary(page: MarkedPage, pages: Sequence[MarkedPage], random: Random) -> Rendered:
    """Return `page` as it stands or varied; furniture comes from `pages`."""
    glued = random.random() < GLUED
    rendered = page.glued if glued else page.plain
    if random.random() < SWAPPED and rendered.is_body.any():
        other = random.choice(pages)
        rendered = _swapped(rendered, other.glued if glued else other.plain, random)
    if random.random() < THINNED:
        rendered = _thinned(rendered, random)
    if random.random() < UNTITLED and len(rendered.lines) > 3 and not rendered.is_body[0]:
        rendered = rendered.part(1)
    if random.random() < DISGUISED:
        rendered = disguised(rendered, random)
    if rendered.markup and random.random() < UNNAMED:
        elements = tuple(replace(element, names="") for element in rendered.markup.elements)
        rendered = replace(rendered, markup=replace(rendered.markup, elements=elements, stated=()))
    return rendered


def disguised(page: Rendered, random: Random) -> Rendered:
    """Return `page` in a language that nobody speaks."""
    text = any_disguise(random)("\n".join(page.lines))
    return replace(page, lines=tuple(text.split("\n")))


def _swapped(page: Rendered, other: Rendered, random: Random) -> Rendered:
    """Return `page` with its head or foot exchanged for that of `other`, joined with it, or cut short."""
    first, last = _span(page)
    head, foot = page.part(0, first), page.part(last)
    other_head, other_foot = head, foot
    if other.is_body.any():
        their_first, their_last = _span(other)
        other_head, other_foot = head.part(0, 1).joined(other.part(1, their_first)), other.part(their_last)
    swap = random.choices(_SWAPS, _WEIGHTS)[0]
    if swap == "join_foot":
        foot = foot.part(0, random.randrange(len(foot.lines) + 1)).joined(other_foot)
    elif swap == "cut_foot":
        foot = foot.part(random.randrange(len(foot.lines) + 1))
    elif swap == "cut_head":
        head = head.part(0, 1).joined(head.part(random.randrange(len(head.lines) + 1)))
    if swap in ("other_foot", "other_both"):
        foot = other_foot
    if swap in ("other_head", "other_both"):
        head = other_head
    return head.joined(page.part(first, last)).joined(foot)


def _span(page: Rendered) -> tuple[int, int]:
    """Return the range from the first to the last line of the body."""
    at = np.flatnonzero(page.is_body)
    return int(at[0]), int(at[-1]) + 1


def _thinned(page: Rendered, random: Random) -> Rendered:
    share = random.random()
    kept = [
        i
        for i, is_body in enumerate(page.is_body)
        if i == 0 or random.random() > share * (_LOST_BODY if is_body else _LOST_FURNITURE)
    ]
    return page.taken(kept)
