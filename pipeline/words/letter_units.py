"""A Latin letter that Chinese writes for a unit of number, left in another language: `10w+ views`."""

import re
from collections.abc import Iterator

from pipeline.rules import PatternRule, load_rules

# A letter that is looked for by itself is found several times as fast as one of a class: every text pays for it.
_HINTS = (re.compile("w(?<=[0-9]w)"), re.compile("W(?<=[0-9]W)"))


def may_hold_units(text: str) -> bool:
    """Return, at a glance, whether `text` may hold what `letter_units` would yield.

    >>> may_hold_units("got 10w+ views"), may_hold_units("got 10,000 views")
    (True, False)
    """
    return any(hint.search(text) for hint in _HINTS)


def letter_units(text: str) -> Iterator[tuple[int, int]]:
    """Yield where such letters stand in `text`, which is not Chinese, in order.

    >>> text = "got 10w+ views with a 10w bulb"
    >>> [text[start:end] for start, end in letter_units(text)], list(letter_units("a 10w bulb"))
    (['w'], [])
    """
    if not may_hold_units(text):
        return
    found = {
        match.span(group)
        for rule in load_rules("letter_units", PatternRule)
        for match in rule.pattern.finditer(text)
        for group in range(1, len(match.groups()) + 1)
        if match.group(group)
    }
    yield from sorted(found)
