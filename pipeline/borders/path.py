"""Where the path of menus above an article ends and the title begins that is glued to it."""

import re
from itertools import pairwise

import regex

from pipeline.lines.glue_borders import borders
from pipeline.lines.shape import width

MIN_STEPS = 3
MAX_STEP = 32
"""Steps of a path, the last with the title glued to it, and columns of each."""

MIN_STEP = 4
"""Code points of the last step; a border after fewer may be in a name (`iPhone`)."""

MIN_TITLE = 16
"""Columns of a title."""

_BETWEEN = regex.compile(r"\s/\s|\s?(?:[›»＞]|>{1,2})\s?")
_BAR = re.compile("[/›»＞>]")
_SENTENCE = regex.compile(r"[.!?。！？…]\s")


def path_borders(line: str) -> list[int]:
    """Return the offset at which the title begins behind a path, none where there is no path.

    >>> path_borders("Home / Ports / CranesThe night shift loads the last grain ship")
    [21]
    """
    bars = list(_BETWEEN.finditer(line)) if _BAR.search(line) else []
    if len(bars) < MIN_STEPS - 1 or _SENTENCE.search(line, 0, bars[-1].end()):
        return []
    edges = [0, *(edge for bar in bars for edge in bar.span())]
    steps = [line[i:j] for i, j in list(pairwise(edges))[::2]]
    if not all(steps) or max(map(width, steps)) > MAX_STEP:
        return []
    last = bars[-1].end()
    return next(([last + at] for at in borders(line[last:]) if _parts(line[last:], at)), [])


def _parts(text: str, at: int) -> bool:
    return at >= MIN_STEP and width(text[:at]) <= MAX_STEP and width(text[at:]) >= MIN_TITLE
