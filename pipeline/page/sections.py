"""The sections of a site, as its menu above the article lists them: they stand beside stamps where a paper may."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.lines.shape import shape, width
from pipeline.rules import PatternRule, load_rules

MAX_ENTRY = 24
"""Columns of an entry of a menu."""

MIN_NAME = 3
"""Code points of a section's name; fewer may stand behind a word for more in any button."""


def is_section(segments: Sequence[Segment], name: str, *, first_too: bool = False) -> bool:
    """Whether `name` stands above the article in the midst of a menu, an entry a line; the site's own stands first.

    Where the site is known by another name, its first entry is a section too.

    >>> menu = [Segment(0, 0, 0, text, i) for i, text in enumerate(("Harbour Post", "World", "Health", "Sport"))]
    >>> is_section(menu, "Health"), is_section(menu, "Harbour Post"), is_section(menu, "Sport")
    (True, False, False)
    """
    key = name.lower()
    start = next((i for i, s in enumerate(segments) if s.keep), len(segments))
    first = next((i for i, s in enumerate(segments) if not s.cues), start)
    places = (i for i in range(1 if first_too else first + 1, start - 1) if segments[i].text.lower() == key)
    return any(
        all(_is_entry(segments, j) for j in (i - 1, i, i + 1))
        and all(segments[j].text.lower() != key for j in (i - 1, i + 1))
        for i in places
    )


def offers_more(segments: Sequence[Segment], i: int) -> bool:
    """Return whether segment `i` is a word for more and the name of a section that stands alone above it.

    >>> page = [Segment(0, 0, 0, text, i) for i, text in enumerate(("Buitenland", "Sport", "Meer Buitenland"))]
    >>> offers_more(page, 2), offers_more(page, 0)
    (True, False)
    """
    text = segments[i].text
    if width(text) > 2 * MAX_ENTRY or segments[i].glued:
        return False
    found = (rule.pattern.search(text) for rule in load_rules("more", PatternRule))
    rest = (text[: word.start()] + text[word.end() :] for word in found if word)
    names = {name.lower() for name in rest if len(name) >= MIN_NAME}
    return bool(names) and any(s.text.lower() in names for s in segments[:i] if width(s.text) <= MAX_ENTRY)


def _is_entry(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a few words alone on a line that no label has taken but a menu's."""
    segment = segments[i]
    alone = not segment.glued and segment.label in ("", "nav", "section_label", "related_title", "other")
    return alone and shape(segment.text) == "title" and width(segment.text) <= MAX_ENTRY
