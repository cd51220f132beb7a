"""Sections of a site, by the menu above that names them too."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.shape import shape, width

MAX_ENTRY = 24
"""Columns of a menu's entry."""


def is_menu_twin(segments: Sequence[Segment], i: int) -> bool:
    """Whether the line above stands further up too, amid a menu: between two other short lines.

    >>> lines = ["Harbour Post", "News", "Ports", "Ice", "The winter road", "Ports", "Harbour Post"]
    >>> page = [Segment(k, k, k, text, k) for k, text in enumerate(lines)]
    >>> is_menu_twin(page, 5), is_menu_twin(page, 6)
    (True, False)
    """
    text = segments[i].text
    if width(text) > MAX_ENTRY:
        return False
    above = (k for k in range(1, i - 1) if segments[k].text == text)
    return any(all(_is_entry(s, text) for s in (segments[k - 1], segments[k + 1])) for k in above)


def _is_entry(segment: Segment, beside: str) -> bool:
    return shape(segment.text) == "title" and width(segment.text) <= MAX_ENTRY and segment.text != beside
