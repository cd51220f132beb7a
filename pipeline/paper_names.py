"""Names that are made of the words of papers, sites and agencies."""

from pipeline.rules import PatternRule, load_rules

MAX_WORDS = 5
"""Words of a paper's name; a menu has more."""


def is_paper(name: str) -> bool:
    """Whether `name` has a word that names of papers are made of; that word alone is a section or a button.

    >>> is_paper("Tidewater Post"), is_paper("Jane Doe"), is_paper("News")
    (True, False, False)
    """
    if len(name.split()) > MAX_WORDS:
        return False
    found = (rule.pattern.search(name) for rule in load_rules("papers", PatternRule))
    return any(match is not None and match.group() != name for match in found)
