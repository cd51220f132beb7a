"""What kind of fragment a run is: the evidence around it, weighed.

A rule sees the text around a run with the run between ⟦ and ⟧, so that `the word ⟦关系⟧` reads in the table
as it reads on the page.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.document import Kind
from pipeline.lines.screen import Screen
from pipeline.rules import ScreenedRule, load_rules

_BEFORE = 80
_AFTER = 60
_MOST_RUN = 24
"""Code points shown to the rules: before the run, after it, and of the run itself."""

_GLUED = regex.compile(r"[\p{L}\p{M}\p{Nd}]⟦|⟧(?!\p{Hangul})[\p{L}\p{Nd}]")
"""Hangul after a run is the particle that any Korean noun has."""
_UNTRANSLATED = "fragments/said-untranslated"
ALONE = "fragments/alone"
_ALONE = 1.0
"""Weight for a name where a run stands by itself: outside translations that is what it nearly always is."""
_OF_MORE = ("document", "passage")
"""Kinds of rules that are searched in more than the text around a run."""
_DOUBT = 0.8
"""Weight that the total is seen against: one weak rule must not make a sure kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRule(ScreenedRule):
    """Evidence of `weight` for one `kind`: a fragment's, `none` for no fragment, `document` for its page.

    `passage` is evidence for `term`, and searched in the paragraph before a run that stands by itself.
    `language`: the primary tag of the only host whose words the pattern means; `a` is no article in Hungarian.
    """

    kind: str
    weight: float
    language: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a run, what decided it, and how sure it is (0 to 1)."""

    kind: Kind
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Clue:
    """One piece of evidence: the rule's id, what it speaks for, how strongly."""

    rule: str
    kind: str
    weight: float


def context(text: str, start: int, end: int) -> str:
    """Return the text around a run as the rules see it.

    >>> context("sell飞轮, but", 4, 6)
    'sell⟦飞轮⟧, but'
    """
    run = text[start : min(end, start + _MOST_RUN)]
    return f"{text[max(0, start - _BEFORE) : start]}⟦{run}⟧{text[end : end + _AFTER]}"


def clues(around: str, language: str = "") -> tuple[Clue, ...]:
    """Return the evidence that stands around a run (see `context`), at least one piece that needs no gloss.

    `language` is the host's, a primary tag; without one, that of all hosts.

    >>> [clue.rule for clue in clues("with ⟦飞轮⟧2 there")]
    ['fragments/alone']
    """
    found = [
        Clue(rule.id, rule.kind, rule.weight)
        for rule, pattern in _rules().candidates(around)
        if (not language or rule.language in ("", language)) and pattern.search(around)
    ]
    if not _GLUED.search(around) or all(clue.kind == "glossed" for clue in found):
        found.append(Clue(ALONE, "name", _ALONE))
    return tuple(found)


@cache
def _rules(of: str = "") -> Screen[EvidenceRule]:
    """Return the rules for the text around a run, or else those of the kind `of`, one of `_OF_MORE`."""
    rules = load_rules("fragments", EvidenceRule)
    return Screen((rule, rule.pattern) for rule in rules if (rule.kind if rule.kind in _OF_MORE else "") == of)


def is_translated_page(texts: Iterable[str]) -> bool:
    """Return whether one of `texts` says that its page was translated from another language."""
    return any(pattern.search(text) for text in texts for _, pattern in _rules("document").candidates(text))


def passage_clues(before: str) -> Iterator[Clue]:
    """Yield what a paragraph says of the runs that follow `before`, its text up to them.

    >>> [clue.kind for clue in passage_clues("A note on words. The office writes ")]
    ['term']
    """
    for rule, pattern in _rules("passage").candidates(before):
        if pattern.search(before):
            yield Clue(rule.id, "term", rule.weight)


def is_said_untranslated(around: str) -> bool:
    """Return whether the text before a run (see `context`) says that the run was left untranslated.

    >>> is_said_untranslated("no está; sigue sin traducir: ⟦keep the door closed⟧.")
    True
    """
    return any(rule.id == _UNTRANSLATED and pattern.search(around) for rule, pattern in _rules().candidates(around))


def is_nothing(found: Iterable[Clue]) -> bool:
    """Return whether a run is no word at all: a symbol, a spelling trick, a face."""
    return any(clue.kind == "none" for clue in found)


def weigh(found: Iterable[Clue], *, has_gloss: bool) -> Verdict:
    """Return what the evidence says.

    What speaks for a leak speaks for `glossed` too, once there is a gloss; without one, rules for glossed
    count for nothing.

    >>> weigh([Clue("f/glue", "residue", 4.0)], has_gloss=False)
    Verdict(kind='residue', source='f/glue', confidence=0.83)
    """
    sums: defaultdict[str, float] = defaultdict(float)
    used = [clue for clue in found if has_gloss or clue.kind != "glossed"]
    for clue in used:
        sums[clue.kind] += clue.weight
    if has_gloss:
        sums["glossed"] += sums.pop("residue", 0.0)
    kinds: tuple[Kind, ...] = ("residue", "glossed", "name", "term")
    # A tie goes to the harmless kind: a name wrongly flagged is worse than a leftover overlooked.
    best = max(reversed(kinds), key=lambda kind: sums[kind])
    deciding = {best, "residue"} if best == "glossed" else {best}
    source = "+".join(clue.rule for clue in used if clue.kind in deciding)
    return Verdict(best, source, round(sums[best] / (sum(sums.values()) + _DOUBT), 2))
