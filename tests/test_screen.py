"""A screen finds every pattern that matches: no rule may be lost for speed."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RuleError
from pipeline.lines import screen as screen_module
from pipeline.lines.relaxed import relaxed
from pipeline.lines.screen import Screen

TRICKY = (
    r"(?<!\d)\d{4}\b(?!\d)",
    r"(?i)\bicon(?=s)",
    r"(?i)[a-k]x",
    r"^(?P<said>\p{L}+)(?: (?P=said)){2,}+$",
    r"^([&#;])(?: ?\1){3,}",
    r"[^\s|]{2,20}\s[|·]\s",
    r"\w+\W\w",
    r"[\w.-]+@[\w-]+\.\w{2,4}",
    r"\p{Han}{2,4}：[^。\n]*+。$",
    r"(?>a|ab)c|\Aq{0,3}z\Z",
    r"[[(）]x[-\]]",
    r"é\u4e00|\x41{5}",
    r"a.b",
    r"[\D]-",
    r"a\Kb|[\s\S]c|[\W_]{2}z",
)
ALPHABET = "aAbcdkKxzqiIİıſsſ019 \t\n\u00a0\u2009|·@._-：。[]()（）&#;é一国ⓐ\u200d²\x1c\u0085'"


def rule_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(Path(str(files("pipeline.rules"))).glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            yield f"{path.stem}/{row['id']}", row


def patterns_of(row: dict[str, Any]) -> list[str]:
    found = [row["pattern"]] if "pattern" in row else []
    listed = row.get("patterns", [])
    return found + [pattern for pattern in listed if isinstance(pattern, str)] + list(row.get("stems", {}).values())


def missed(patterns: list[str], texts: list[str]) -> list[tuple[str, str]]:
    rows = Screen(enumerate(patterns))
    return [
        (patterns[number], text)
        for text in texts
        for number in {*range(len(patterns))} - {number for number, _ in rows.candidates(text)}
        if regex.search(patterns[number], text)
    ]


def tables() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for name, row in rule_rows():
        if patterns_of(row):
            found.setdefault(name.partition("/")[0], []).append(row)
    return found


OTHER_TEXTS = [text for _, row in rule_rows() for text in (*row["hit"], *row["miss"]) if len(text) < 100][::60]


@pytest.mark.parametrize(("table", "rows"), tables().items(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_rule_of_a_table_is_lost(table: str, rows: list[dict[str, Any]]) -> None:
    own = [text for row in rows for text in (*row["hit"], *row["miss"])]
    patterns = [pattern for row in rows for pattern in patterns_of(row)]
    assert missed(patterns, own[:: 1 + len(own) // 200] + OTHER_TEXTS) == []


@given(st.text(ALPHABET, max_size=24))
def test_no_text_hides_a_match(text: str) -> None:
    assert missed(list(TRICKY), [text]) == []


@given(
    st.text(max_size=12), st.sampled_from([r"\s", r"\S", r"\d", r"\D", r"\w", r"\W", r"[^\w]", r"[\W]", r"[\s\d]", "."])
)
def test_classes_are_at_least_as_wide(text: str, pattern: str) -> None:
    assert missed([pattern, f"^{pattern}+$", f"(?i){pattern}{{2}}"], [text]) == []


def test_a_screen_leaves_out_what_cannot_match() -> None:
    rows = Screen([("day", r"\d{1,2} (?:May|June)"), ("year", r"\b\d{4}\b"), ("share", "(?i)^condividi")])
    assert [value for value, _ in rows.candidates("CONDIVIDI 12")] == ["share"]
    assert [value for value, _ in rows.candidates("12 May 2026")] == ["day", "year"]
    assert list(rows.candidates("It rained.")) == []


def test_candidates_keep_their_order() -> None:
    rows = Screen([(0, "b"), (1, "^a"), (2, "(?i)^A"), (3, "a")])
    assert [number for number, _ in rows.candidates("ab")] == [0, 1, 2, 3]


def test_a_pattern_that_cannot_be_loosened_is_always_a_candidate() -> None:
    with pytest.raises(RuleError, match="no looser pattern"):
        relaxed(r"a\Gb")
    rows = Screen([("kept", r"a\Gb"), ("other", "c")])
    assert [value for value, _ in rows.candidates("x")] == ["kept"]


def test_a_lone_surrogate_is_screened_by_nothing() -> None:
    assert [value for value, _ in Screen([("a", "a"), ("b", "b")]).candidates("\ud800")] == ["a", "b"]


def test_sets_that_need_too_much_memory_are_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"{letter}{'[a-zä]' * 40}{number}" for letter in "abcd" for number in range(8)]
    monkeypatch.setattr(screen_module, "MEMORY", 1 << 14)
    rows = Screen(enumerate(words))
    assert len(rows._sets) > 1
    assert [number for number, _ in rows.candidates(f"b{'x' * 40}7")] == [15]
    monkeypatch.setattr(screen_module, "MEMORY", 1 << 13)
    assert len(list(Screen(enumerate(words)).candidates("b"))) == len(words)


def test_words_are_found_in_any_case_and_beside_brackets() -> None:
    patterns = [r"(?i)kiss\d", r"\[(?:edit|hide)\][^x]", "(?i)straße|ſich", "ab[cdef]gh[ij]kl", "[ab]word[一-三]end"]
    texts = ["KISS1", "kiſs2", "\u212aiss3", "[edit]!", "STRAßE", "sich", "abcghikl", "abfghjkl", "aword二end"]
    assert missed(patterns, texts) == []
    assert [value for value, _ in Screen(enumerate(patterns)).candidates("kiss edit ab gh word")] == []


def test_words_of_many_patterns_are_looked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_module, "MOST_LETTERS", 10)
    rows = Screen([("share", "(?i)condividi"), ("read", "leggi tutto"), ("photo", "foto di")])
    assert len(rows._filters) > 1
    assert [value for value, _ in rows.candidates("foto di Xu, condividi")] == ["share", "photo"]


class GivesUp:
    """A search that needs more memory than it may take; RE2 then says that nothing matches."""

    def Match(self, text: bytes, potential: bool = False) -> None:  # noqa: N802
        return None


def test_where_re2_gives_up_all_are_candidates() -> None:
    rows = Screen([("a", "a"), ("b", "b")])
    rows._sets = [(GivesUp(), [0, 1])]
    assert [value for value, _ in rows.candidates("x")] == ["a", "b"]


def test_where_the_search_for_words_gives_up_all_are_tried() -> None:
    rows = Screen([("share", "condividi"), ("read", "leggi")])
    rows._filters = [(GivesUp(), [0, 1])]
    assert [value for value, _ in rows.candidates("leggi, condividi")] == ["share", "read"]
