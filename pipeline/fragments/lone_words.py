"""A common English word left alone in a sentence of another language, with the capital of a heading: `nuevas Rules`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.lines.quotations import is_within, quotations
from pipeline.rules import Rule, load_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneWordRule(Rule):
    """Words of `language`, by `role`: see rules/lone_words.toml."""

    role: str
    language: str
    words: tuple[str, ...]


def may_hold_lone(text: str, host: str) -> bool:
    """Return, at a glance, whether `text` in `host` (primary tag) may hold what `lone_words` would yield.

    >>> may_hold_lone("publicó nuevas Rules para", "es"), may_hold_lone("publicó nuevas reglas para", "es")
    (True, False)
    """
    pattern = _pattern(host)
    return pattern is not None and pattern.search(text) is not None


def lone_words(text: str, host: str) -> Iterator[tuple[int, int]]:
    """Yield where such words stand in `text`, which is in `host`; a quoted one is a title.

    >>> text = "Las nuevas Rules y el grupo The Rules"
    >>> [text[start:end] for start, end in lone_words(text, "es")]
    ['Rules']
    """
    pattern = _pattern(host)
    if pattern is None or not pattern.search(text):
        return
    quoted = quotations(text)
    for found in pattern.finditer(text):
        if not is_within(*found.span(1), quoted):
            yield found.span(1)


@cache
def _pattern(host: str) -> regex.Pattern[str] | None:
    before = _words("before", host)
    words = _words("word", "en") - _words("shared", host)
    if not before:
        return None
    # A capital on either side, or a hyphen, is part of a name.
    capital = "|".join(sorted(word.capitalize() for word in words))
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}'’-])(?:{'|'.join(sorted(before))}) ({capital})(?=$|[.,;:!?)](?:\s|$)|\s\p{{Ll}})"
    )


def _words(role: str, language: str) -> frozenset[str]:
    rules = load_rules("lone_words", LoneWordRule)
    return frozenset(word for rule in rules if (rule.role, rule.language) == (role, language) for word in rule.words)
