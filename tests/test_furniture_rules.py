"""Every row of the tables that recognise furniture fires on its hits and leaves its misses alone."""

import pytest
import regex

from pipeline.borders.marked_lines import QaLetters, glued_mark
from pipeline.document import Document
from pipeline.lines.line_rules import LineRule
from pipeline.lines.stamps import ChromeRule, LanguagePatterns, fold, labels_of
from pipeline.rules import PatternRule, Rule, load_rules
from pipeline.stages.recognize import OpenerRule, recognize
from pipeline.stages.split_segments import split_segments

Finds = list[tuple[str, Rule]]


def _rows(table: str, kind: type[Rule]) -> Finds:
    return [(table, rule) for rule in load_rules(table, kind)]


ROWS: Finds = [
    *_rows("chrome", ChromeRule),
    *_rows("openers", OpenerRule),
    *_rows("lines", LineRule),
    *_rows("glue", PatternRule),
    *_rows("attribution", PatternRule),
    *_rows("bylines", PatternRule),
    *_rows("papers", PatternRule),
    *_rows("rights", PatternRule),
    *_rows("signatures", PatternRule),
    *_rows("qa_letters", QaLetters),
    *[row for table in ("ages", "dates", "days", "reading_times") for row in _rows(table, LanguagePatterns)],
]


def _finds(table: str, rule: Rule, text: str) -> bool:
    match rule:
        case ChromeRule():
            return any(found.id == rule.id for found, _ in labels_of(text))
        case OpenerRule():
            return any(regex.search(stem, fold(text)) for stem in rule.stems.values())
        case LanguagePatterns():
            return any(regex.fullmatch(p, text, regex.IGNORECASE) for p in rule.patterns)
        case QaLetters():
            return bool(glued_mark(rule.question).match(text))
        case LineRule():
            return bool(regex.search(rule.pattern, text))
        case PatternRule():
            whole = table == "glue"
            return bool(rule.pattern.fullmatch(text) if whole else rule.pattern.search(text))
    raise AssertionError(f"no way to try {rule.id}")


@pytest.mark.parametrize(("table", "rule"), ROWS, ids=[rule.id for _, rule in ROWS])
def test_rule_fires_on_its_hits_only(table: str, rule: Rule) -> None:
    assert [text for text in rule.hit if not _finds(table, rule, text)] == []
    assert [text for text in rule.miss if _finds(table, rule, text)] == []


STAMPS = {
    "chrome/published", "chrome/updated", "chrome/author", "chrome/source", "chrome/editor", "chrome/follow",
}  # fmt: skip
"""Labels beside a name or a day, known in languages too of whose menus and boxes nothing is."""


def test_languages_are_covered_alike() -> None:
    rules = load_rules("chrome", ChromeRule)
    languages = {language for rule in rules if rule.id not in STAMPS for language in rule.strings}
    assert len(languages) >= 20
    for rule in rules:
        assert set(rule.strings) >= languages if rule.id in STAMPS else set(rule.strings) == languages, rule.id


@pytest.mark.parametrize("rule", load_rules("chrome", ChromeRule), ids=lambda rule: rule.id)
def test_every_label_is_found_again(rule: ChromeRule) -> None:
    missed = [
        (language, string)
        for language, strings in rule.strings.items()
        for string in strings
        if not any(found.id == rule.id and language in languages for found, languages in labels_of(string))
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("👍 18👎 1Yanıtla", "tr"), ("+12 Odpowiedz", "pl"), ("Odgovori👍 17👎 3", "hr|sr|sl"), ("Maoni 4", "sw")],
)
def test_a_button_beside_its_votes_tells_a_language_but_no_count_of_readers(text: str, language: str) -> None:
    (segment,) = recognize(split_segments(Document.from_raw(text))).segments
    assert [(cue.language, cue.label) for cue in segment.cues if cue.table == "count"] == [(language, "")]
