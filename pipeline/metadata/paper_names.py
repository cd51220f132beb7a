"""Names that are made of the words of papers, sites and agencies."""

from functools import cache, lru_cache

from pipeline.lines.screen import Screen
from pipeline.rules import ScreenedRule, load_rules

MAX_WORDS = 5
"""Words of a paper's name; a menu has more."""


@lru_cache(maxsize=4096)
def is_paper(name: str) -> bool:
    """Whether `name` has a word that names of papers are made of; that word alone is a section or a button.

    >>> is_paper("Tidewater Post"), is_paper("Jane Doe"), is_paper("News")
    (True, False, False)
    """
    if len(name.split()) > MAX_WORDS:
        return False
    found = (pattern.search(name) for _, pattern in _words().candidates(name))
    return any(match is not None and match.group() != name for match in found)


@cache
def _words() -> Screen[str]:
    return Screen((rule.id, rule.pattern) for rule in load_rules("papers", ScreenedRule))
