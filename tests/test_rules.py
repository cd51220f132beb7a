"""Every row of every table of edits does what it says, and the reader refuses what it must."""

import tomllib
from dataclasses import fields
from importlib.resources import files

import pytest

from pipeline.edit import apply
from pipeline.errors import RuleError
from pipeline.io.legacy import AlphabetRule
from pipeline.lines.marks import MarkRule
from pipeline.rules import EditRule, PatternRule, Rule, load_rules, parse_rules
from pipeline.stages.normalize_typography import TypographyRule
from pipeline.words.english import DerivationRule
from pipeline.words.number_units import UnitRule
from pipeline.words.slot import SlotRule, WordClassRule

EDIT_KINDS: tuple[type[EditRule], ...] = (EditRule, TypographyRule, MarkRule)


def kind_of(table: str) -> type[EditRule] | None:
    """Return the kind of a table of edits, told by its keys; None for a table of another kind."""
    rows = tomllib.loads(files("pipeline.rules").joinpath(f"{table}.toml").read_text(encoding="utf-8"))["rule"]
    return next((kind for kind in EDIT_KINDS if rows[0].keys() == {field.name for field in fields(kind)}), None)


TABLES = sorted(
    file.name.removesuffix(".toml") for file in files("pipeline.rules").iterdir() if file.name.endswith(".toml")
)
EDIT_TABLES = [table for table in TABLES if kind_of(table)]
ROWS = [
    pytest.param(rule, id=rule.id) for table in EDIT_TABLES for rule in load_rules(table, kind_of(table) or EditRule)
]


def test_the_tables_of_edits_are_found() -> None:
    assert {"invisible", "link_numbers", "markdown", "typography", "senses", "agreement"} <= set(EDIT_TABLES)


PATTERN_KINDS: dict[str, type[PatternRule]] = {
    "clocks": PatternRule, "derivations": DerivationRule, "more": PatternRule, "rights": PatternRule,
    "run_forms": PatternRule, "senses_dropped": PatternRule, "site_calls": PatternRule, "slot_phrases": SlotRule,
    "slot_wordings": SlotRule, "slots": SlotRule,
}  # fmt: skip


@pytest.mark.parametrize(
    "rule",
    [pytest.param(rule, id=rule.id) for table, kind in PATTERN_KINDS.items() for rule in load_rules(table, kind)],
)
def test_a_pattern_finds_its_hits_and_no_miss(rule: PatternRule) -> None:
    assert rule.miss
    assert all(rule.pattern.search(text) for text in rule.hit)
    assert not any(rule.pattern.search(text) for text in rule.miss)


@pytest.mark.parametrize(
    ("table", "kind"),
    [("word_classes", WordClassRule), ("context_words", WordClassRule), ("number_units", UnitRule)],
)
def test_a_list_holds_its_hits_and_no_miss(table: str, kind: type[WordClassRule] | type[UnitRule]) -> None:
    for rule in load_rules(table, kind):
        listed = set(rule.words if isinstance(rule, WordClassRule) else rule.values)
        assert rule.miss
        assert set(rule.hit) <= listed
        assert not set(rule.miss) & listed


@pytest.mark.parametrize("rule", ROWS)
def test_a_hit_is_changed(rule: EditRule) -> None:
    for hit in rule.hit:
        assert apply(hit, rule.propose(hit)) != hit, hit


@pytest.mark.parametrize("rule", ROWS)
def test_a_changed_hit_is_left_alone(rule: EditRule) -> None:
    for hit in rule.hit:
        changed = apply(hit, rule.propose(hit))
        assert list(rule.propose(changed)) == [], hit


@pytest.mark.parametrize("rule", ROWS)
def test_a_miss_is_left_alone(rule: EditRule) -> None:
    assert rule.miss
    for miss in rule.miss:
        assert list(rule.propose(miss)) == [], miss


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in load_rules("alphabets", AlphabetRule)])
def test_an_alphabet_has_the_letters_of_its_own_words_only(rule: AlphabetRule) -> None:
    def is_written(text: str) -> bool:
        return all(char.isascii() or char in "·’" or rule.covers(char) for char in text)

    assert all(map(is_written, rule.hit))
    assert not any(map(is_written, rule.miss))


ROW = """[[rule]]
id = "a"
pattern = 'x+'
new = "y"
why = "because"
source = "here"
hit = ["x"]
miss = ["z"]
"""


def test_a_row_is_read() -> None:
    (rule,) = parse_rules("t", ROW, EditRule)
    assert (rule.id, rule.new, rule.hit, rule.miss) == ("t/a", "y", ("x",), ("z",))
    assert apply("axxb", rule.propose("axxb")) == "ayb"
    assert [edit.start for edit in rule.propose("axxb", 10)] == [11]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (ROW.replace('why = "because"\n', ""), "missing or unknown keys.*why"),
        (ROW + 'extra = "1"\n', "missing or unknown keys.*extra"),
        (ROW.replace("because", ""), "must not be empty"),
        (ROW.replace('hit = ["x"]', "hit = []"), "must not be empty"),
        (ROW.replace('source = "here"', 'source = ""'), "must not be empty"),
        (ROW.replace("x+", "x(+"), "t/a"),
        (ROW + ROW, "stands twice"),
        (ROW.replace('id = "a"\n', ""), r"t/\?"),
    ],
)
def test_a_malformed_row_is_refused(toml: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        parse_rules("t", toml, EditRule)


def test_a_row_of_another_kind_is_refused() -> None:
    with pytest.raises(RuleError):
        parse_rules("t", ROW, PatternRule)
    with pytest.raises(RuleError):
        parse_rules("t", ROW, Rule)
