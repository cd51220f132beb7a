"""Sections of a site, by the menu above that names them too."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.shape import shape, width

MAX_ENTRY = 24
"""Columns of a menu's entry."""


def is_menu_twin(segments: Sequence[Segment], i: int) -> bool:
    """Whether line `i` stands twice among `segments`, those above an article, once amid a menu: between short lines.

    >>> lines = ["The Post", "News", "Ports", "Ice", "The winter road", "Ports", "12:30", "The Post", "Ice road"]
    >>> page = [Segment(k, k, k, text, k) for k, text in enumerate(lines)]
    >>> is_menu_twin(page, 5), is_menu_twin(page, 2), is_menu_twin(page, 7), is_menu_twin(page, 3)
    (True, True, False, False)
    """
    text = segments[i].text
    if width(text) > MAX_ENTRY:
        return False
    places = [k for k, segment in enumerate(segments) if segment.text == text]
    amid = (k for k in places if 0 < k < len(segments) - 1)
    return len(places) > 1 and any(_is_entry(segments[k - 1], text) and _is_entry(segments[k + 1], text) for k in amid)


def _is_entry(segment: Segment, beside: str) -> bool:
    short = shape(segment.text) == "title" and width(segment.text) <= MAX_ENTRY
    return short and segment.text != beside and not segment.cue("dates", "ages", "days")
