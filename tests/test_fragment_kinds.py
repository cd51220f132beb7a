"""What a run in another script is: kinds of hard cases, and the look-alikes beside them."""

import itertools
from functools import partial
from typing import Any

import pytest
import regex
from fragment_pages import page

from benchmarks.fragment_cases import Case, leaks, read_cases
from pipeline.fragments.evidence import EvidenceRule
from pipeline.io.cedict import open_dictionary
from pipeline.rules import load_rules
from pipeline.stages.find_fragments import find_fragments

DICTIONARY = partial(open_dictionary, None)
ATOMS = ["a", "A", "1", " ", "汉", "汉 ", "가", "(", "“", "⟦", "⟧", ", ", "Aa ", "a b ", "- ", "说 ", "name ", "the "]
LIMIT = 2.0
"""Seconds of processor time for one search, thousands of times what a linear pattern needs."""


def cases() -> list[Any]:
    failing = {True: (pytest.mark.xfail(reason="known, see the case", strict=True),), False: ()}
    return [pytest.param(case, id=case.name, marks=failing[case.is_failing]) for case in read_cases()]


@pytest.mark.parametrize("case", cases())
def test_kind(case: Case) -> None:
    if case.needs_dictionary and open_dictionary(None) is None:
        pytest.skip("only the dictionary tells")
    doc = find_fragments(case.document(), dictionary=DICTIONARY)
    seen = [(fragment.text, fragment.kind) for fragment in doc.fragments if fragment.segment == 0]
    assert seen == list(case.runs)


@pytest.mark.parametrize("host", sorted(leaks()))
def test_the_paragraph_of_leaks_is_one(host: str) -> None:
    found = find_fragments(page((leaks()[host], host), language=host)).fragments
    assert {fragment.kind for fragment in found} == {"residue"}
    assert len(found) >= 2


@pytest.mark.parametrize("rule", load_rules("fragments", EvidenceRule), ids=lambda rule: rule.id)
def test_pattern_is_linear(rule: EvidenceRule) -> None:
    pattern = regex.compile(rule.pattern)
    for first, second in itertools.product(ATOMS, repeat=2):
        pattern.search((first + second) * 40 + "⟦汉⟧" + (first + second) * 30, timeout=LIMIT)
