"""Put a rendering into a sentence: spaces, the article before it, its first letter."""

from dataclasses import dataclass

import regex

from pipeline.edit import Edit
from pipeline.rules import PatternRule, load_rules

_ARTICLE = regex.compile(r"(?<![\p{L}\p{N}'’.-])([Aa]n?)\s?$")
_OWN_ARTICLE = regex.compile(r"(?:an?|the)\s", regex.IGNORECASE)
_DETERMINER = regex.compile(r"\b(?:an?|the|this|that|these|those|its|their|his|her|our|my|your)\s?$", regex.IGNORECASE)
_SENTENCE_START = regex.compile(r"(?:^|[.!?…]['\"”’)]?\s|\n)\s*['\"“‘]?$")
# A straight quote after a letter or a mark is a closing one, or the apostrophe of a plural.
_NEEDS_SPACE_BEFORE = regex.compile(r"(?:[\p{L}\p{M}\p{N})\]”’»%,;:.!?]|[\p{L}\p{M}\p{N})%.!?]['\"])$")
_NEEDS_SPACE_AFTER = regex.compile(r"[\p{L}\p{N}(\[“‘«$€£]")
_FOLLOWING = regex.compile(r"\s?([\p{L}\p{N}][\p{L}\p{N}&.'’-]{0,23})")
_ABBREVIATED = regex.compile(r"\b(?:vs|Mr|Mrs|Ms|Dr|St|No|Inc|Co|Ltd|e\.g|i\.e|U\.S|\p{Lu})\.\s?$")
_UNSPACED = frozenset(("ja", "km", "lo", "my", "th", "zh"))
"""Languages (primary tags) that set no spaces between words."""
_SUFFIXED = frozenset(("ko",))
"""Languages whose particles follow a word without a space."""
_LOOKED_AT = 24
"""Code points before the place that decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRule(PatternRule):
    """Words that take `article`; the first row that matches at their beginning decides."""

    article: str


def splice(text: str, start: int, end: int, rendering: str, rule: str, *, language: str = "en") -> tuple[Edit, ...]:
    """Return the edits that put `rendering` where `start` to `end` stand, sorted and disjoint.

    One space parts it from a letter or digit on either side, none from punctuation, and none where `language` sets
    none between words. English `a` and `an` before it are made to agree; an article of its own gives way to one that
    stands there; it is capitalised at the start of a sentence.

    An empty rendering takes the word away, and a space that would stand twice; the article then agrees with the
    word that follows.

    >>> from pipeline.edit import apply
    >>> apply("a小样 of it", splice("a小样 of it", 1, 3, "example", "r"))
    'an example of it'
    """
    before = text[max(0, start - _LOOKED_AT) : start]
    edits: tuple[Edit, ...] = ()
    if not rendering:
        if language == "en" and (following := _FOLLOWING.match(text, end)):
            edits = _agreement(before, start, following[1], rule)
        return (*edits, _without(text, start, end, rule))
    if language == "en":
        if _DETERMINER.search(before):
            rendering = _OWN_ARTICLE.sub("", rendering, count=1)
        edits = _agreement(before, start, rendering, rule)
    if _starts_sentence(before):
        rendering = rendering[:1].upper() + rendering[1:]
    left = " " if language not in _UNSPACED and _NEEDS_SPACE_BEFORE.search(before) else ""
    right = " " if language not in _UNSPACED | _SUFFIXED and _NEEDS_SPACE_AFTER.match(text, end) else ""
    return (*edits, Edit(start, text[start:end], left + rendering + right, rule))


def article(rendering: str) -> str:
    """Return the indefinite article that English sets before `rendering`.

    >>> [article(word) for word in ["IPO", "unicorn", "hour", "NFT", "backlash", "asset"]]
    ['an', 'a', 'an', 'an', 'a', 'an']
    """
    rules = load_rules("articles", ArticleRule)
    return next((rule.article for rule in rules if rule.pattern.match(rendering)), "a")


def _without(text: str, start: int, end: int, rule: str) -> Edit:
    if _NEEDS_SPACE_AFTER.match(text, end) and _NEEDS_SPACE_BEFORE.search(text[max(0, start - 2) : start]):
        return Edit(start, text[start:end], " ", rule)
    if text[start - 1 : start] == " " and not _NEEDS_SPACE_AFTER.match(text, end):
        start -= 1
    elif text[end : end + 1] == " " and (start == 0 or text[start - 1] in "\n([“‘«"):
        end += 1
    return Edit(start, text[start:end], "", rule)


def _starts_sentence(before: str) -> bool:
    return bool(_SENTENCE_START.search(before)) and not _ABBREVIATED.search(before)


def _agreement(before: str, start: int, rendering: str, rule: str) -> tuple[Edit, ...]:
    """Return the edit that makes an article before the place agree; none where it does already."""
    found = _ARTICLE.search(before)
    if not found:
        return ()
    old = found.group(1)
    new = article(rendering)
    # In the middle of a sentence a capital is no article: Series A.
    if old.casefold() == new or (old[0] == "A" and not _starts_sentence(before[: found.start(1)])):
        return ()
    at = start - len(before) + found.start(1)
    return (Edit(at, old, old[0] + new[1:], rule),)
