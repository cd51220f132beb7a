"""No pattern may blow up on hostile text: each is run against repetitive lines with a generous time limit.

The limit is a guard against backtracking that grows exponentially (it then never ends), not a measurement.
"""

import itertools

import pytest
import regex

from pipeline.lines.line_rules import LineRule
from pipeline.lines.marks import MarkRule
from pipeline.lines.stamps import MAX_STAMP, LanguagePatterns
from pipeline.rules import PatternRule, load_rules
from pipeline.stages.normalize_typography import TypographyRule
from pipeline.stages.recognize import HEAD, OpenerRule

ATOMS = [
    "a", "A", "1", " ", "  ", "|", " | ", "·", ".", ",", "-", "Aa", "AB ", "1.2% ", "en ", "汉", "汉 ", "가 ", "/",
    " > ",     '"', "(", "©", "#a ", "Mr ", "12 ", "12:00 ", "3 h", "Ab12 ", "$1 ", "*", "—", " a. ", "The ",
    "[", "]", "](/", "![", "\n", "\\", "1. a:b\n", "2. a:b\n",
]  # fmt: skip
HOSTILE = [(first + second) * HEAD + "!" for first, second in itertools.product(ATOMS, repeat=2)]
LIMIT = 2.0
"""Seconds of processor time for one search, thousands of times what a linear pattern needs."""


def _patterns() -> list[tuple[str, regex.Pattern[str], int]]:
    lines = [(rule.id, regex.compile(rule.pattern), HEAD) for rule in load_rules("lines", LineRule)]
    lines += [(rule.id, rule.pattern, HEAD) for rule in load_rules("typography", TypographyRule)]
    for table in ("markdown", "link_numbers"):
        lines += [(rule.id, rule.pattern, HEAD) for rule in load_rules(table, MarkRule)]
    for table in ("glue", "attribution", "bylines"):
        lines += [(rule.id, rule.pattern, HEAD) for rule in load_rules(table, PatternRule)]
    for table in ("clocks", "rights", "signatures", "site_calls"):
        lines += [(rule.id, rule.pattern, MAX_STAMP) for rule in load_rules(table, PatternRule)]
    for table in ("ages", "dates", "days", "reading_times"):
        for stamp in load_rules(table, LanguagePatterns):
            joined = "|".join(stamp.patterns)
            lines.append((stamp.id, regex.compile(joined, regex.IGNORECASE), MAX_STAMP))
            lines.append((stamp.id + "$", regex.compile(f"(?:{joined})$", regex.IGNORECASE), MAX_STAMP))
    for opener in load_rules("openers", OpenerRule):
        lines += [(f"{opener.id}/{lang}", regex.compile(stem), MAX_STAMP) for lang, stem in opener.stems.items()]
    return lines


@pytest.mark.parametrize(("name", "pattern", "length"), [pytest.param(*row, id=row[0]) for row in _patterns()])
def test_pattern_is_linear(name: str, pattern: regex.Pattern[str], length: int) -> None:
    for text in HOSTILE:
        pattern.search(text[:length], timeout=LIMIT)
