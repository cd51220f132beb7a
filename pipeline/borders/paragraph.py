"""Where paragraphs begin on a long line that lost its breaks: no space parts a full stop from the next sentence."""

from itertools import pairwise

import regex

MIN_BORDERS = 2
"""Places without a space from which they are no slips of the pen."""

MIN_PARAGRAPH = 40
"""Code points of what stands between two of them."""

MAX_HEADING = 80
"""Code points of a heading that is glued to the paragraph below it."""

_BORDER = regex.compile(
    r"(?<=[\p{Ll}\p{N})\]%”’\"])[.!?…][”’»)]{0,2}(?P<quotes>\"{0,2})(?=[“«‘(]?\p{Lu}\p{L}*[\s’',-])"
)
_HEADING = regex.compile(r"\s\p{Ll}{2,20}\??(?=\p{Lu}(?:\p{Ll}+|\s))")
_SENTENCE_SIGNS = (". ", "! ", "; ", ", ")


def paragraph_borders(line: str) -> list[int]:
    """Return the offsets in `line` at which a paragraph begins right behind another one, and behind its heading.

    Writing without spaces, and a single slip in a paragraph, have none.

    >>> line = "It rained all day and nobody came to the fair.Places for saleThe port sells places in line.Nobody buys."
    >>> [line[at : at + 10] for at in paragraph_borders(line)]
    ['Places for', 'The port s', 'Nobody buy']
    """
    found: list[int] = []
    for match in _BORDER.finditer(line):
        above = line[(found or [0])[-1] : match.start()]
        found.append(match.start("quotes") + _closing(match["quotes"], above))
    if len(found) < MIN_BORDERS or any(j - i < MIN_PARAGRAPH for i, j in pairwise([0, *found])):
        return []
    return sorted({*found, *(end for at in found if (end := _heading_end(line, at)) is not None)})


def _closing(quotes: str, above: str) -> int:
    """Return how many of the straight `quotes` behind a stop close what the paragraph `above` has opened."""
    return min(len(quotes), above.count('"') % 2)


def _heading_end(line: str, at: int) -> int | None:
    """Return where the heading ends that is glued to the paragraph that begins at `at`, None where there is none."""
    glued = _HEADING.search(line, at, min(len(line), at + MAX_HEADING))
    if glued is None or any(sign in line[at : glued.end()] for sign in _SENTENCE_SIGNS):
        return None
    return glued.end()
