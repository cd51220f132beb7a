"""What the class, id and role of an element tell of it: words that the markup of the web uses for the same things."""

from functools import cache, lru_cache

import regex

from pipeline.rules import PatternRule, load_rules

_WORD = regex.compile(r"[A-Z]?[a-z]+[0-9]?|[A-Z]{2,}")
_REMEMBERED = 16_384
"""Names come again and again on the pages of a site."""


@cache
def cues() -> tuple[str, ...]:
    """Return what names can tell: the ids of `rules/markup.toml`, in order."""
    return tuple(rule.id.partition("/")[2] for rule in load_rules("markup", PatternRule))


@lru_cache(maxsize=_REMEMBERED)
def name_bits(names: str) -> int:
    """Return the cues in `names`, a bit for each of `cues`.

    >>> [cue for bit, cue in enumerate(cues()) if name_bits("siteFooter col-2") >> bit & 1]
    ['footer', 'wrapper']
    """
    bits = 0
    for word in _WORD.findall(names):
        bits |= _word_bits(word.lower())
    return bits


@lru_cache(maxsize=_REMEMBERED)
def _word_bits(word: str) -> int:
    rules = load_rules("markup", PatternRule)
    return sum(1 << bit for bit, rule in enumerate(rules) if rule.pattern.search(word))
