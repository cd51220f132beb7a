"""Translations in brackets: `飞轮 (flywheel effect)` and, the other way round, `flywheel effect (飞轮)`.

Everything here looks at a bracket and a short stretch before it, so a line of any length costs a line's time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from pipeline.rules import PatternRule, load_rules

OPENERS = "“\"‘'«„「『《〈【"
CLOSERS = "”\"’'»“」』》〉】"


_MOST_INNER = 90
"""Code points a bracket may hold; a longer one is an aside, not a gloss."""
_MOST_WORDS = 8
MOST_PARAPHRASE = 16
"""Words of a meaning told at length, where a language has no word for it."""
_MOST_LEAD = 48
"""Code points in a bracket before the word that its lead announces."""
_REMEMBERED = 1024
"""Brackets and glosses: those of a page and the last few."""

_BRACKET = regex.compile(rf"[(（]([^()（）\n]{{1,{_MOST_INNER}}})[)）]")
_AFTER = regex.compile(rf"[{regex.escape(CLOSERS)}]?+ ?+(?=[(（])")
_PART = regex.compile(r"(?:[^,，、;；/]|(?<=\b\p{Lu})/(?=\p{Lu}\b))+")  # T/T is one short form
_PHRASE = regex.compile(r"\p{Latin}[\p{Latin}\p{M}\p{N}'’.&+/ -]*")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’.&+]+")
_ORIGINAL = regex.compile(
    r"[\p{L}--\p{Latin}](?:[\p{L}\p{M}〇ー·・、--\p{Latin}]|[ '’-](?=[\p{L}--\p{Latin}]))*+", regex.V1
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossRule(PatternRule):
    """What a gloss looks like: `role` says what the pattern finds, `language` whose words it holds.

    lead: words before a gloss inside its bracket. guard: what is no gloss. remark: with what a remark begins, and no
    meaning told at length. told: such a meaning beside a word that stands by itself. paired: a translation that shares
    its bracket with the word. apposed: a translation after it without brackets. verb: what ends a phrase on its left
    beside the everyday words. title: what somebody is. slot: the words before a common noun or an adjective. pinyin: a
    transcription. link: a preposition that may hold two halves of a term together; half: one after which only half a
    term stands; joint: one that belongs to a verb as often, with the word before it.
    word: everyday words of `language`, which end a phrase and betray the language of a text.
    """

    role: str
    language: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """A pair of brackets: offsets of the opening one, of what it holds, and after the closing one."""

    start: int
    inner: int
    until: int
    end: int


@dataclass(frozen=True, slots=True)
class Gloss:
    """A translation as it stands in the text, with its offsets."""

    text: str
    start: int
    end: int
    short: bool
    """Whether it is a short form: `BTC`, `IPO`, `NFTs`."""


def brackets(text: str) -> Iterator[Bracket]:
    """Yield the innermost brackets of `text` that are short enough to hold a gloss.

    >>> [text[b.inner:b.until] for text in ["飞轮 (flywheel effect) (1)"] for b in brackets(text)]
    ['flywheel effect', '1']
    """
    for found in _BRACKET.finditer(text):
        yield Bracket(found.start(), found.start(1), found.end(1), found.end())


def bracket_after(text: str, offset: int) -> Bracket | None:
    """Return the bracket right after `offset`, a closing quote and one space allowed between."""
    between = _AFTER.match(text, offset)
    found = _BRACKET.match(text, between.end()) if between else None
    return Bracket(found.start(), found.start(1), found.end(1), found.end()) if found else None


def bracket_around(text: str, start: int, end: int) -> Bracket | None:
    """Return the bracket that begins with `start` to `end`, quotes or a lead (`Chinese:`) before them."""
    opened = max(text.rfind(mark, max(0, start - _MOST_LEAD), start) for mark in "(（")
    found = _BRACKET.match(text, opened) if opened >= 0 else None
    bracket = Bracket(found.start(), found.start(1), found.end(1), found.end()) if found else None
    return bracket if bracket and original_in(text, bracket) == (start, end) else None


def glosses_in(text: str, bracket: Bracket) -> tuple[Gloss, ...]:
    """Return the translations that `bracket` holds: one, and short forms of it; empty where it is no gloss.

    >>> text = "(Initial Coin Offering, ICO)"
    >>> [(g.text, g.short) for bracket in brackets(text) for g in glosses_in(text, bracket)]
    [('Initial Coin Offering', False), ('ICO', True)]
    """
    at = bracket.inner
    found = _glosses(text[at : bracket.until])
    return tuple([Gloss(gloss.text, at + gloss.start, at + gloss.end, gloss.short) for gloss in found])


@lru_cache(_REMEMBERED)
def _glosses(inner: str) -> tuple[Gloss, ...]:
    """Return the translations in a bracket that holds `inner`, which is asked several times in each pass."""
    if _is_guarded(inner):
        return ()
    found = [g for part in _PART.finditer(inner) if (g := _gloss(part.group(), part.start()))]
    full = [gloss for gloss in found if not gloss.short]
    # Several names in a row are members of what was named before, not its translation.
    if len(full) > 2 or sum(gloss.text[0].isupper() for gloss in full) > 1:
        return ()
    if not full and len(found) > 1:
        return ()
    return (*full[:1], *(gloss for gloss in found if gloss.short))


def paraphrase_in(text: str, bracket: Bracket) -> Gloss | None:
    """Return the meaning that `bracket` tells at length, longer than any gloss; None where it remarks on something.

    >>> texts = "(the hour when nobody calls and the shop is yours)", "(he had never liked the street and its noise)"
    >>> [paraphrase_in(text, next(brackets(text))) is None for text in texts]
    [False, True]
    """
    inner = text[bracket.inner : bracket.until]
    words = len(inner.split())
    if not _MOST_WORDS < words <= MOST_PARAPHRASE or not _PHRASE.fullmatch(inner) or not inner[0].islower():
        return None
    if _is_guarded(inner) or any(rule.pattern.match(inner) for rule in rules("remark")):
        return None
    return Gloss(inner, bracket.inner, bracket.until, False)


def is_part_of_bracket(text: str, offset: int, gloss: str) -> bool:
    """Return whether the bracket after `offset` tells more than `gloss`: another phrase of two words or more.

    >>> [is_part_of_bracket(text, 2, "sun above") for text in ["光伏 (sun above, grass below)", "光伏 (sun above, PV)"]]
    [True, False]
    """
    bracket = bracket_after(text, offset)
    parts = _PART.findall(text[bracket.inner : bracket.until]) if bracket else []
    others = [part.strip() for part in parts if gloss not in part]
    return any(len(part.split()) > 1 and not is_pinyin(part) for part in others)


def original_in(text: str, bracket: Bracket) -> tuple[int, int] | None:
    """Return where the word in other than Latin letters stands that `bracket` begins with.

    A lead (`Chinese:`) and quotes may come before it; a transcription and a remark, set off, after it.
    """
    at = bracket.inner
    for rule in rules("lead"):
        lead = rule.pattern.match(text, at, bracket.until)
        if lead:
            at = lead.end()
    while at < bracket.until and text[at] in OPENERS:
        at += 1
    found = _ORIGINAL.match(text, at, bracket.until)
    if not found:
        return None
    rest = text[found.end() : bracket.until].strip(CLOSERS + " ")
    if not rest:
        return found.span()
    return found.span() if rest[0] in ",，;；:：" and not _is_listing(rest) else None


def _is_listing(rest: str) -> bool:
    """Return whether what follows the first word in a bracket goes on as a list of common words.

    >>> _is_listing(", fees, key people, audits"), _is_listing(", dì zū, a tax"), _is_listing(", born 1960")
    (True, False, False)
    """
    parts = [part.strip() for part in _PART.findall(rest)]
    if len(parts) < 2 or any(map(is_pinyin, parts)):
        return False
    return all(part[:1].islower() and len(part.split()) <= 3 for part in parts)


def has_pinyin_after(text: str, offset: int) -> bool:
    """Return whether a transcription with tone marks stands in a bracket right after `offset`."""
    bracket = bracket_after(text, offset)
    return bracket is not None and any(map(is_pinyin, _PART.findall(text[bracket.inner : bracket.until])))


@lru_cache(_REMEMBERED)
def content_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a gloss without `the`, `of`, `and`; hyphens part words.

    >>> content_words("Banks for People")
    ('Banks', 'People')
    """
    words = [word for word in _WORD.findall(phrase.replace("-", " ")) if any(c.isalnum() for c in word)]
    return tuple([word for word in words if not is_everyday(word, "en")] or words)


def is_everyday(word: str, language: str = "") -> bool:
    """Return whether `word` is an everyday word of `language`, or of any language we know some of."""
    folded = word.casefold()
    return any(rule.pattern.fullmatch(folded) for rule in rules("word") if not language or rule.language == language)


def language_by_words(text: str) -> str:
    """Return the language that most everyday words of `text` belong to; `und` where two are as likely.

    A coarse answer for Latin script that costs nothing; it serves before any detector has run.

    >>> [language_by_words(text) for text in ("the end of the line", "la fine della corsa", "BTC")]
    ['en', 'it', 'und']
    """
    return _language_by_words(text[:4000].casefold())


@lru_cache(maxsize=16)
def _language_by_words(sample: str) -> str:
    """Remembered, as it is asked for each bracket of a text."""
    votes = [(len(rule.pattern.findall(sample)), rule.language) for rule in rules("word")]
    (most, language), (second, _) = sorted(votes, reverse=True)[:2]
    return language if most > second and most >= 2 else "und"


def is_pinyin(text: str) -> bool:
    """Return whether `text` is a transcription with tone marks."""
    return any(rule.pattern.fullmatch(text.strip()) for rule in rules("pinyin"))


@cache
def rules(role: str) -> tuple[GlossRule, ...]:
    """Return the rows of rules/glosses.toml with this role."""
    return tuple(rule for rule in load_rules("glosses", GlossRule) if rule.role == role)


def _is_guarded(text: str) -> bool:
    return any(rule.pattern.search(text) for rule in rules("guard"))


def _gloss(part: str, offset: int) -> Gloss | None:
    start = len(part) - len(part.lstrip(" " + OPENERS))
    for rule in rules("lead"):
        lead = rule.pattern.match(part, start)
        start = lead.end() if lead else start
    start += len(part[start:]) - len(part[start:].lstrip(" " + OPENERS))
    text = part[start:].rstrip(" ." + CLOSERS)
    if not _PHRASE.fullmatch(text) or len(text.split()) > _MOST_WORDS or is_pinyin(text) or len(text) < 2:
        return None
    return Gloss(text, offset + start, offset + start + len(text), _is_short_form(text))


def _is_short_form(text: str) -> bool:
    upper = sum(letter.isupper() for letter in text)
    return " " not in text and len(text) <= 8 and upper >= 2 and 2 * upper >= len(text)
