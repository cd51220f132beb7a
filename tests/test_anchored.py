"""A pattern that begins at the mark finds what the one did that it was made of."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.anchored import anchored
from pipeline.evidence import EvidenceRule
from pipeline.rules import load_rules

RULES = load_rules("fragments", EvidenceRule)
CONTEXTS = sorted({text for rule in RULES for text in (*rule.hit, *rule.miss) if text.count("⟦") == 1})
PIECES = [
    "a",
    "the word ",
    "called ",
    "(",
    ") ",
    "“",
    "”",
    ", ",
    " is ",
    "Xu ",
    "is 3 ",
    "好",
    ". ",
    "компания ",
    "/ ",
    "@",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id.partition("/")[2])
def test_every_rule_finds_the_same(rule: EvidenceRule) -> None:
    fast = anchored(rule.pattern)
    different = [text for text in CONTEXTS if bool(fast.search(text)) != bool(rule.pattern.search(text))]
    assert not different


@given(*[st.lists(st.sampled_from(PIECES), max_size=6).map("".join)] * 3)
def test_any_context_gives_the_same_evidence(left: str, run: str, right: str) -> None:
    text = f"{left}⟦{run}⟧{right}"
    for rule in RULES:
        assert bool(anchored(rule.pattern).search(text)) == bool(rule.pattern.search(text)), rule.id


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        ("(?i)\\bcall ⟦", "(?i)⟦(?<=\\bcall ⟦)"),
        ("a⟦x|b⟦y", "⟦(?<=a⟦)x|⟦(?<=b⟦)y"),
        ("[]|(]⟦", "⟦(?<=[]|(]⟦)"),
        ("[^]⟦|]⟦", "[^]⟦|]⟦"),
        ("\\(⟦", "⟦(?<=\\(⟦)"),
        ("⟦a", "⟦a"),
        ("(?:a⟦|b)", "(?:a⟦|b)"),
        ("⟧ means", "⟧ means"),
    ],
)
def test_what_becomes_of_a_pattern(pattern: str, made: str) -> None:
    assert anchored(regex.compile(pattern)).pattern == made
