"""Where buttons begin that stand glued to the sentence of a notice before them."""

from itertools import pairwise

import regex

from pipeline.lines.glue_borders import borders
from pipeline.lines.stamps import labels_of

MAX_BUTTONS = 60
"""Code points of a row of buttons."""

_GLUED = regex.compile(r"[.!?…。！？](?=[\p{Lu}\p{Lo}])")
_BUTTONS = ("nav", "ad")


def button_borders(line: str) -> list[int]:
    """Return the offsets at which buttons begin behind the last stop in `line`, none unless the tables know each.

    >>> button_borders("We use cookies on this site.AcceptReject all"), button_borders("It rained.Nobody came")
    ([28, 34], [])
    """
    ends = [match.end() for match in _GLUED.finditer(line, max(0, len(line) - MAX_BUTTONS))]
    if not ends:
        return []
    edges = [ends[-1], *(at for at in borders(line) if at > ends[-1]), len(line)]
    known = all(any(rule.label in _BUTTONS for rule, _ in labels_of(line[i:j])) for i, j in pairwise(edges))
    return edges[:-1] if known else []
