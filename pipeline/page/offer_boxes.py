"""Boxes inside an article in which the site offers itself: between blank lines a heading, a few lines and a button."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.document import Segment
from pipeline.lines.shape import ends_sentence, shape, width

MAX_LINES = 4
"""Lines of such a box above its button."""

MAX_OFFER = 220
"""Columns of what it says; a longer paragraph is the article's, whatever stands below."""

_BUTTONS = ("chrome/subscribe", "chrome/sign_in")
_TERMS = ("nav", "disclaimer", "ad")
"""Labels of what may stand below the button."""


def offered_lines(article: Sequence[Segment]) -> Mapping[int, str]:
    """Return the places in `article` of the lines of such boxes, with their labels.

    >>> lines = ("It rained, and nobody came.", "Local News", "You read us for free: take a week.", "Subscribe", "Ice.")
    >>> article = [Segment(0, 0, 0, text, line) for text, line in zip(lines, (1, 3, 4, 5, 7), strict=True)]
    >>> article[3] = article[3].labelled("nav", "chrome/subscribe", 1.0)
    >>> offered_lines(article)
    {1: 'section_label', 2: 'ad'}
    """
    borders = [i for i, (above, below) in enumerate(pairwise(article), 1) if below.line > above.line + 1]
    found: dict[int, str] = {}
    for start, end in pairwise(borders):
        button = next((i for i in range(start, end) if article[i].rule in _BUTTONS), start)
        box = article[start:button]
        below = article[button + 1 : end]
        if 0 < len(box) <= MAX_LINES and _is_offer(box) and all(s.label in _TERMS and s.rule for s in below):
            found |= {start + i: _label(s) for i, s in enumerate(box) if not s.rule}
    return found


def _is_offer(box: Sequence[Segment]) -> bool:
    """Whether a heading begins what stands above a button, and no paragraph in it is long."""
    return _label(box[0]) == "section_label" and all(width(s.text) <= MAX_OFFER and not s.glued for s in box)


def _label(segment: Segment) -> str:
    heads = shape(segment.text) == "title" and not ends_sentence(segment.text)
    return "section_label" if heads else "ad"
