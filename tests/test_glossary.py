"""The user's glossary: what can be said in both formats, and what is refused with its place."""

import csv
import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SettingsError
from pipeline.glossary import GlossaryEntry
from pipeline.io import glossary
from pipeline.io.glossary import read_glossary

TOML = """
[[term]]
term = "闭环"
language = "zh"
rendering = ["closed loop", "closed-loop system"]
part = "noun"

[[term]]
term = "普及"
rendering = "adoption"
host = "it"

[[term]]
term = "guanxi"
keep = true

[[term]]
term = "大批"
drop = true

[terms]
"力度" = "intensity"
"连带" = ["resulting", "related"]
"""
CSV = """term,action,rendering,part,language,host
闭环,render,closed loop|closed-loop system,noun,zh,
普及,,adoption,,,it
guanxi,keep
大批,drop,,,,

力度,,intensity,,,
"连带", render ,resulting | related,,,en
"""
ENTRIES = (
    GlossaryEntry("guanxi", "", "keep", ()),
    GlossaryEntry("力度", "", "render", ("intensity",)),
    GlossaryEntry("大批", "", "drop", ()),
    GlossaryEntry("普及", "", "render", ("adoption",), host="it"),
    GlossaryEntry("连带", "", "render", ("resulting", "related")),
    GlossaryEntry("闭环", "zh", "render", ("closed loop", "closed-loop system"), "noun"),
)


def read_text(folder: Path, name: str, text: str | bytes) -> tuple[GlossaryEntry, ...]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_glossary(path)


@pytest.mark.parametrize(("name", "text"), [("g.toml", TOML), ("g.csv", CSV), ("G.TOML", TOML), ("G.CSV", CSV)])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_both_formats_say_the_same(tmp_path: Path, name: str, text: str, mark: str, line_end: str) -> None:
    assert read_text(tmp_path, name, mark + text.replace("\n", line_end)) == ENTRIES


@pytest.mark.parametrize(("name", "text"), [("g.toml", ""), ("g.toml", "[terms]"), ("g.csv", "term,rendering\n")])
def test_a_glossary_without_terms_is_empty(tmp_path: Path, name: str, text: str) -> None:
    assert read_text(tmp_path, name, text) == ()


@pytest.mark.parametrize(
    "text", ["term,rendering\n闭环,loop\n", "rendering,term\nloop,闭环", "term , action, rendering\n闭环, render, loop"]
)
def test_columns_that_are_not_needed_may_be_missing(tmp_path: Path, text: str) -> None:
    assert read_text(tmp_path, "g.csv", text) == (GlossaryEntry("闭环", "", "render", ("loop",)),)


def test_a_list_of_words_to_keep_needs_two_columns(tmp_path: Path) -> None:
    assert read_text(tmp_path, "g.csv", "term,action\n关系,keep\n") == (GlossaryEntry("关系", "", "keep", ()),)


def test_a_rendering_may_hold_commas_quotes_and_dots(tmp_path: Path) -> None:
    [entry] = read_text(tmp_path, "g.csv", 'term,rendering\n闭环,"a ""loop"", closed|U.S. loop"\n')
    assert entry.renderings == ('a "loop", closed', "U.S. loop")


def test_the_same_answer_twice_is_one_entry(tmp_path: Path) -> None:
    twice = read_text(tmp_path, "g.toml", '[[term]]\nterm = "闭环"\nrendering = "loop"\n[terms]\n"闭环" = ["loop"]')
    assert twice == (GlossaryEntry("闭环", "", "render", ("loop",)),)


def test_a_term_may_have_an_answer_for_each_part_language_and_host(tmp_path: Path) -> None:
    rows = ("运行,run,verb,zh,en", "运行,operation,noun,zh,en", "运行,operation,,zh,en", "运行,unkō,noun,ja,en")
    found = read_text(
        tmp_path, "g.csv", "\n".join(("term,rendering,part,language,host", *rows, "运行,corsa,noun,zh,it"))
    )
    assert len({entry.key for entry in found}) == len(found) == 5


def test_the_order_of_a_file_does_not_matter(tmp_path: Path) -> None:
    header, *rows = CSV.splitlines()
    assert read_text(tmp_path, "g.csv", "\n".join((header, *reversed(rows)))) == ENTRIES


def test_terms_and_renderings_are_composed_as_the_texts_are(tmp_path: Path) -> None:
    [entry] = read_text(tmp_path, "g.csv", "term,rendering,host\ncafe\u0301,the\u0301,fr\n")
    assert (entry.term, entry.renderings) == ("café", ("thé",))


def test_entries_go_into_a_fingerprint() -> None:
    @dataclasses.dataclass(frozen=True)
    class Holder:
        entries: tuple[GlossaryEntry, ...]

    dumped = [json.dumps(dataclasses.asdict(Holder(e)), sort_keys=True) for e in (ENTRIES, ENTRIES[:-1])]
    assert dumped[0] != dumped[1]
    assert json.loads(dumped[0])["entries"][0] == {
        "term": "guanxi", "language": "", "action": "keep", "renderings": [], "part": "", "host": "en"
    }  # fmt: skip
    assert len(set(ENTRIES)) == len(ENTRIES)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"term": ""}, "term: empty"),
        ({"term": " 　"}, "term: empty"),
        ({"term": "闭环 "}, "space around"),
        ({"term": "闭\n环"}, r"term: .* holds U\+000A"),
        ({"term": "闭\x00环"}, r"U\+0000"),
        ({"renderings": ("closed\nloop",)}, r"rendering: .* holds U\+000A"),
        ({"renderings": ("closed\u2028loop",)}, r"U\+2028"),
        ({"renderings": ("closed \u202eloop",)}, r"U\+202E"),
        ({"renderings": ("closed\x1b[2Jloop",)}, r"U\+001B"),
        ({"renderings": ("closed\u200bloop",)}, r"U\+200B"),
        ({"renderings": ("closed\ud800loop",)}, r"U\+D800"),
        ({"renderings": ("loop", "")}, "rendering: empty"),
        ({"renderings": ("loop", "loop")}, "given twice"),
        ({"renderings": ()}, "rendering: none given"),
        ({"action": "keep"}, "keep and a rendering exclude each other"),
        ({"action": "drop"}, "drop and a rendering exclude each other"),
        ({"action": "replace"}, "'replace' is none of render, keep, drop"),
        ({"part": "pronoun"}, "'pronoun' is none of noun, verb, adjective, adverb"),
        ({"language": "chinese"}, "language: 'chinese' is no language tag"),
        ({"language": "ZH"}, "language: 'ZH' is no language tag"),
        ({"host": ""}, "host: '' is no language tag"),
        ({"host": "en\n"}, "host: .* is no language tag"),
    ],
)
def test_values_that_do_not_go_together_are_refused(values: dict[str, Any], message: str) -> None:
    fine: dict[str, Any] = {"term": "闭环", "language": "zh", "action": "render", "renderings": ("loop",)}
    assert GlossaryEntry(**fine).renderings == ("loop",)
    with pytest.raises(SettingsError, match=message):
        GlossaryEntry(**fine | values)


def test_joiners_are_part_of_a_word() -> None:
    assert GlossaryEntry("می\u200cشود", "fa", "render", ("becomes",)).term == "می\u200cشود"


HEADER = "term,action,rendering,part,language,host\n"
NAMES = "line 1, the names of the columns"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("g.csv", "", f"{NAMES}.*term is needed"),
        ("g.csv", "闭环,closed loop\n", f"{NAMES}.*'闭环' is unknown; known are term, action"),
        ("g.csv", "term;rendering\n闭环;loop\n", f"{NAMES}, with commas between: 'term;rendering' is unknown"),
        ("g.csv", "term,part\n", f"{NAMES}.*term is needed, and action or rendering"),
        ("g.csv", "term,rendering,term\n", f"{NAMES}.*stands twice"),
        ("g.csv", HEADER + "闭环,render,loop\n行,replace,row\n", "line 3: action: 'replace' is none of"),
        ("g.csv", HEADER + "\n\n,render,loop\n", "line 4: term: empty"),
        ("g.csv", HEADER + "闭环\n", "line 2: neither an action nor a rendering"),
        ("g.csv", HEADER + "闭环,render\n", "line 2: rendering: none given"),
        ("g.csv", HEADER + "闭环,keep,loop\n", "line 2: keep and a rendering exclude"),
        ("g.csv", HEADER + "闭环,,loop||ring\n", "line 2: rendering: empty"),
        ("g.csv", HEADER + "闭环,,loop,noun,zh,en,more\n", "line 2: 7 cells for 6 columns.*quotes"),
        ("g.csv", HEADER + '闭环,,"closed\nloop"\n', r"line 3: rendering: .*U\+000A"),
        ("g.csv", HEADER + '闭环,,"closed loop\n', "line 2: not CSV"),
        ("g.csv", HEADER + '闭环,,"closed" loop\n', "line 2: not CSV"),
        ("g.csv", HEADER + f"闭环,,{'x' * 200_000}\n", "line 2: not CSV"),
        ("g.csv", HEADER + "闭环,,lo\x00op\n", r"line 2: rendering: .*U\+0000"),
        ("g.csv", HEADER + "闭环,,loop\n行,,row\n闭环,,ring\n", "line 4: '闭环' was given another answer in line 2"),
        ("g.csv", HEADER + "闭环,,loop\n闭环,keep\n", "line 3: '闭环' was given another answer in line 2"),
        ("g.csv", HEADER.encode() + "闭环,,loop\n".encode("gb18030"), "line 2: not UTF-8"),
        ("g.csv", HEADER.encode("utf-16"), "line 1: not UTF-8"),
        ("g.toml", "term = 1", r"term: write it as \[\[term\]\]"),
        ("g.toml", "term = [1]", r"term: write it as \[\[term\]\]"),
        ("g.toml", "terms = 1", r"terms: write it as \[terms\]"),
        ("g.toml", "[glossary]\na = 'b'", "'glossary' is unknown; known are term, terms"),
        ("g.toml", "[[term]]\nrendering = 'x'", r"\[\[term\]\] number 1 \(''\): term: empty"),
        ("g.toml", "[[term]]\nterm = '行'\nrendering = 'row'\n[[term]]\nterm = 1", r"number 2 \(1\): term: 1 is not a"),
        ("g.toml", "[[term]]\nterm = '行'", "give one of rendering, keep, drop, not none"),
        ("g.toml", "[[term]]\nterm = '行'\nkeep = true\ndrop = true", "not keep and drop"),
        ("g.toml", "[[term]]\nterm = '行'\nrendering = 'row'\nkeep = true", "not rendering and keep"),
        ("g.toml", "[[term]]\nterm = '行'\nkeep = false", "keep: it is true or it is not there"),
        ("g.toml", "[[term]]\nterm = '行'\ndrop = 1", "drop: it is true or it is not there"),
        ("g.toml", "[[term]]\nterm = '行'\nrendering = 1", "rendering: it is a text or a list of texts"),
        ("g.toml", "[[term]]\nterm = '行'\nrendering = []", "rendering: none given"),
        ("g.toml", "[[term]]\nterm = '行'\nrendering = ''", "rendering: empty"),
        ("g.toml", "[[term]]\nterm = '行'\naction = 'keep'", r"number 1 \('行'\): 'action' is unknown"),
        ("g.toml", "[[term]]\nterm = '行'\nkeep = true\npart = 1", "part: 1 is not a text"),
        ("g.toml", '[terms]\n"行" = "a\\nrow"', r"\[terms\] '行': rendering: .*U\+000A"),
        ("g.toml", "[terms]\n'行' = {noun = 'row'}", "rendering: it is a text or a list of texts"),
        ("g.toml", "[terms]\n'行' = 'row'\n'行' = 'line'\n", "not TOML: .*line 3"),
        ("g.toml", "[terms]\n'行' = 'row'\n[[term]]\nterm = '行'\ndrop = true", "another answer in .*number 1"),
        ("g.toml", "[terms\n", "not TOML: .*line 1"),
        ("g.toml", "[terms]\na = " + "9" * 5000, "not TOML: "),
        ("g.toml", "[terms]\na = " + "[" * 100_000, "not TOML: nested too deeply"),
        ("g.toml", "[terms]\na = " + "{a=" * 100_000, "not TOML: nested too deeply"),
        ("g.toml", b"[terms]\n\n'a' = '\xff'", "line 3: not UTF-8"),
        ("g.txt", "", "a glossary is a file in .toml or .csv"),
        ("g", "", "a glossary is a file in .toml or .csv"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(tmp_path: Path, name: str, text: str | bytes, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as refused:
        read_text(tmp_path, name, text)
    assert str(refused.value).startswith(f"glossary {tmp_path / name}: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: None])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "g.csv")
    with pytest.raises(SettingsError, match=r"g\.csv: (not a regular file|No such file)"):
        read_glossary(tmp_path / "g.csv")


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_text(tmp_path, "g.csv", CSV)
    monkeypatch.setattr(glossary, "MAX_BYTES", 100)
    with pytest.raises(SettingsError, match="more than 100 bytes"):
        read_text(tmp_path, "g.csv", CSV)


PIECES = st.sampled_from(
    [*"闭环 ,|\"'\n\r=[]{}\x00\ufeff", "[[term]]\n", "[terms]\n", "term", "rendering", " = ", "keep", "true", HEADER]
)


@given(st.sampled_from(["g.toml", "g.csv"]), st.lists(PIECES, max_size=20).map("".join) | st.text() | st.binary())
def test_any_file_is_a_glossary_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str | bytes
) -> None:
    try:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        entries = read_text(tmp_path_factory.mktemp("any"), name, data)
    except SettingsError as error:
        assert str(error).startswith("glossary ")
    else:
        assert list(entries) == sorted(set(entries))


def test_long_cells_elsewhere_do_not_loosen_a_glossary(tmp_path: Path) -> None:
    csv.field_size_limit(10**8)  # as whoever reads documents sets it, for the whole process
    path = tmp_path / "g.csv"
    path.write_text(f"term,rendering\n闭环,{'x' * 200_000}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2: not CSV"):
        read_glossary(path)
