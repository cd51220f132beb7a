"""The terminal view: what it tells, and that no document can act on the reader's terminal."""

import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from out_folder import fragment_of, segments_of, write_out
from rich.cells import cell_len
from rich.text import Text

from pipeline.errors import InputError, OutputError
from pipeline.lookup import check_tables, rows
from pipeline.report.inspect import Filter, find_document, print_list, print_paragraphs
from pipeline.report.paragraph import marked, print_paragraph
from pipeline.report.screen import Screen
from pipeline.report.visible import columns, visible

RAW = "Titolo\nThe price has much 水分 in it.\nLeggi anche\n中文段落很长"
SEGMENTS = segments_of(
    "a/1.txt",
    RAW,
    ("Titolo", "title", "it"),
    ("The price has much 水分 in it.", "body", "en"),
    ("Leggi anche", "section_label", "it"),
    ("中文段落很长", "body", "zh-Hans"),
)
FRAGMENT = fragment_of("a/1.txt", RAW, "水分", "residue", segment=1, proposal="puffery")


def document(id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id, "language": "en", "status": "clean", "title": f"About {id}", "n_segments": 4, "n_kept": 2,
        "n_fragments": 1, "chrome_languages": ["it"], "n_chars": len(RAW),
    } | more  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return write_out(
        tmp_path / "out",
        {
            "documents": [
                document("a/1.txt"),
                document("a/11.txt", status="empty", n_kept=0),
                document("b.txt"),
            ],
            "segments": [*SEGMENTS, *segments_of("b.txt", "Ciao a tutti", ("Ciao a tutti", "body", "it"))],
            "fragments": [FRAGMENT],
            "rejects": [{"id": "bad.txt", "stage": "decode", "error": "DecodeError", "message": "not\x1b[2J text"}],
        },
    )


def pipe() -> Screen:
    return Screen(file=io.StringIO(), force_terminal=False, width=40, markup=False, highlight=False, emoji=False)


def terminal(width: int = 100) -> Screen:
    return Screen(
        file=io.StringIO(), force_terminal=True, width=width, color_system="standard", legacy_windows=False,
        markup=False, highlight=False, emoji=False, _environ={},
    )  # fmt: skip


def printed(screen: Screen) -> str:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def paragraphs(out: Path, id: str | None, shown: Filter | None = None) -> list[str]:
    screen = pipe()
    print_paragraphs(screen, out, id, shown or Filter())
    return printed(screen).splitlines()


def show(screen: Screen, segment: dict[str, Any], fragments: Sequence[dict[str, Any]]) -> None:
    print_paragraph(screen, segment, marked(segment, fragments))


def tagged(segment: dict[str, Any], *fragments: dict[str, Any]) -> str:
    screen = pipe()
    show(screen, segment, fragments)
    return printed(screen)


def test_a_document_has_a_tag_before_every_paragraph(out: Path) -> None:
    lines = [line for line in paragraphs(out, "a/1.txt") if " 0.90 " in line]
    assert [line.split()[:5] for line in lines] == [
        ["it", "0.90", "title", "0.80", "Titolo"],
        ["+", "en", "0.90", "body", "0.80"],
        ["it", "0.90", "section_label", "0.80", "Leggi"],
        ["+", "zh-Hans", "0.90", "body", "0.80"],
    ]


def test_the_heading_tells_what_the_page_states(out: Path) -> None:
    lines = paragraphs(out, "a/1.txt")
    assert "2 of 4 segments kept" in lines[0]
    assert "  title: About a/1.txt" in lines
    assert "  chrome also in: it" in lines


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ({}, "水分⟨zh-Hans residue 0.75⟩ in"),
        ({"proposal": "puffery"}, "水分⟨zh-Hans residue perhaps puffery 0.75⟩ in"),
        ({"proposal": "puffery", "applied": True}, "水分⟨zh-Hans residue replaced by puffery 0.75⟩ in"),
        ({"kind": "glossed", "gloss": "water"}, "水分⟨zh-Hans glossed 0.75 = water⟩ in"),
        ({"kind": "glossed", "gloss": "water", "proposal": "water"}, "水分⟨zh-Hans glossed = water 0.75⟩ in"),
        (
            {"kind": "glossed", "gloss": "water", "proposal": "hot air"},
            "水分⟨zh-Hans glossed = water perhaps hot air 0.75⟩ in",
        ),
        (
            {"kind": "glossed", "gloss": "water", "proposal": "water", "applied": True},
            "水分⟨zh-Hans glossed replaced by water 0.75⟩ in",
        ),
        ({"confidence": None, "language": None}, "水分⟨residue⟩ in"),
    ],
)
def test_a_fragment_is_followed_by_what_is_known_of_it(more: dict[str, Any], note: str) -> None:
    assert f"much {note}" in tagged(SEGMENTS[1], FRAGMENT | {"proposal": None} | more)


def test_fragments_that_overlap_or_lie_outside_do_not_double_the_text() -> None:
    start = FRAGMENT["start"]
    inner, outside = FRAGMENT | {"start": start + 1}, FRAGMENT | {"start": 900, "end": 902}
    line = tagged(SEGMENTS[1], outside, inner, FRAGMENT)
    assert line.count("水分") == 1 and line.count("⟨") == 1
    assert line.rstrip().endswith("⟩ in it.")


def test_chrome_is_dim_and_body_is_not() -> None:
    shown = {}
    for segment in SEGMENTS[:2]:
        screen = terminal()
        show(screen, segment, ())
        shown[segment["label"]] = printed(screen)
    assert "\x1b[2mTitolo\x1b[0m" in shown["title"]
    assert "\x1b[36mit " in shown["title"] and "\x1b[1;36men " in shown["body"]
    assert "\x1b[2mThe" not in shown["body"]


def test_a_fragment_is_highlighted_on_a_terminal_only() -> None:
    screen = terminal()
    show(screen, SEGMENTS[1], [FRAGMENT])
    assert "\x1b[1;37;41m水分\x1b[0m" in printed(screen)
    assert "\x1b" not in tagged(SEGMENTS[1], FRAGMENT)


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("text", ["中文段落没有空格" * 60, "word " * 100, "a" * 500, "混合 text 混合文字很长 " * 30])
def test_no_line_is_wider_than_the_terminal(width: int, text: str) -> None:
    screen = terminal(width)
    show(screen, SEGMENTS[1] | {"raw": text}, ())
    if width >= 72:  # below it, the terminal itself wraps
        assert all(cell_len(Text.from_ansi(line).plain) <= width for line in printed(screen).split("\n"))
    assert "".join(text.split()) in "".join(Text.from_ansi(printed(screen)).plain.split())[-len(text) :]


def test_a_pipe_gets_whole_lines(out: Path) -> None:
    long = "中文 word " * 200
    line = tagged(SEGMENTS[1] | {"raw": long})
    assert line.count("\n") == 1 and line.rstrip("\n").endswith(long)


def test_lines_of_one_segment_are_indented_as_far_as_its_tag() -> None:
    first, second = tagged(SEGMENTS[1] | {"raw": "one\n\ttwo"}).splitlines()
    assert first.index("one") == second.index("␉two")


HOSTILE = "\x1b]0;title\x07\x1b[31mred\x1b[0m [bold]no[/bold] [/] :smile: \u202eevil\u202c \x9b2J a\x00b \u2028 c\rd"


def test_hostile_text_is_spelled_out_and_never_acts() -> None:
    for screen in (pipe(), terminal(200)):
        show(screen, SEGMENTS[1] | {"raw": HOSTILE, "language": "e\x1b[n", "label": "\u202ebody"}, ())
        seen = Text.from_ansi(printed(screen)).plain
        assert "␛]0;title␇␛[31mred␛[0m [bold]no[/bold] [/] :smile: <U+202E>evil<U+202C> <U+009B>2J a␀b" in seen
        assert "<U+2028> c␍d" in seen
        assert not set("\x07\x9b\x00\u202e\u202c\u2028\r") & set(printed(screen))
    assert "\x1b" not in tagged(SEGMENTS[1] | {"raw": HOSTILE})


def test_hostile_ids_titles_glosses_and_messages_never_act(tmp_path: Path) -> None:
    evil = "x\x1b[2J[red]\u202e"
    stated = {"title": evil, "author": evil, "language": evil, "status": evil, "chrome_languages": [evil]}
    out = write_out(tmp_path / "out", {
        "documents": [document(evil, **stated)],
        "segments": segments_of(evil, RAW, ("The price has much 水分 in it.", "body", "en")),
        "fragments": [fragment_of(evil, RAW, "水分", "glossed", gloss=evil, proposal=evil, language=evil)],
        "rejects": [{"id": evil, "stage": evil, "error": evil, "message": evil}],
    })  # fmt: skip
    screen = pipe()
    print_list(screen, out)
    print_paragraphs(screen, out, evil, Filter())
    # In the list 4 of the document and 4 of the reject; then 6 in the heading, the 4 again, 2 in the note.
    assert printed(screen).count("x␛[2J[red]<U+202E>") == 4 + 4 + 6 + 4 + 2
    assert not {"\x1b", "\u202e"} & set(printed(screen))


def test_a_paragraph_of_a_megabyte_comes_out_whole() -> None:
    long = "混合 text " * 125_000
    for screen in (pipe(), terminal()):
        show(screen, SEGMENTS[1] | {"raw": long}, ())
        assert printed(screen).count("混合 text") == 125_000


@given(st.text(alphabet=st.characters(codec=None)))
def test_visible_text_has_nothing_that_acts(text: str) -> None:
    spelled = visible(text)
    spelled.encode()
    acting = {c for c in spelled if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}
    assert not acting and len(spelled) >= len(text)


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👩\u200d🔬", "naïve — “x”", "\u06dd"])
def test_what_does_not_act_is_left_alone(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("language", ["zh", "zh-Hans"])
def test_a_language_stands_for_its_scripts(out: Path, language: str) -> None:
    lines = paragraphs(out, "a/1.txt", Filter(language=language))
    assert [line.split()[-1] for line in lines if " 0.90 " in line] == ["中文段落很长"]


def test_filters_go_together_and_without_an_id_over_all_documents(out: Path) -> None:
    assert not [line for line in paragraphs(out, "a/1.txt", Filter("it", "body")) if " 0.90 " in line]
    lines = paragraphs(out, None, Filter(language="it"))
    found = [line.split("0.80 ")[1] for line in lines if " 0.90 " in line]
    assert found == ["Titolo", "Leggi anche", "Ciao a tutti"]


def test_only_paragraphs_with_a_fragment_and_all_that_is_known_of_it(out: Path) -> None:
    lines = paragraphs(out, None, Filter(fragments=True))
    assert [line.split()[0] for line in lines if line and not line.startswith(" ")] == ["a/1.txt", "+"]
    assert "水分⟨zh-Hans residue perhaps puffery 0.75⟩ in it." in lines[-3]
    start = RAW.index("水分")
    assert lines[-2].strip() == f"{start}-{start + 2} 水分⟨zh-Hans residue perhaps puffery 0.75⟩ by test/row"
    assert not paragraphs(out, None, Filter("it", fragments=True))


def test_rows_of_no_document_are_told(tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", {"documents": [document("a/0.txt")], "segments": SEGMENTS})
    with pytest.raises(OutputError, match=r"rows of no document, or out of order: a/1\.txt"):
        paragraphs(out, None, Filter(language="it"))


def test_alternatives_stand_behind_a_fragment(tmp_path: Path) -> None:
    row = FRAGMENT | {"alternatives": ["water", "x\x1b[2J"]}
    out = write_out(tmp_path / "out", {"documents": [document("a/1.txt")], "segments": SEGMENTS, "fragments": [row]})
    lines = paragraphs(out, "a/1.txt", Filter(fragments=True))
    assert lines[-1].endswith("⟩ or water, x␛[2J by test/row")


def edit(step: int, start: int, old: str, new: str, rule: str) -> dict[str, Any]:
    return {"id": "a/1.txt", "step": step, "start": start, "old": old, "new": new, "rule": rule}


def test_the_difference_is_what_is_gone_and_what_came_with_the_rules(tmp_path: Path) -> None:
    page = "Menu\n\n**Bold** he said “wow”, much 水分\u200b.\n\nLeft alone."
    rows = segments_of(
        "a/1.txt", page, ("Menu", "nav", "en"), (page.splitlines()[2], "body", "en"), ("Left alone.", "body", "en")
    )
    at = page.index("水分")
    ledger = [
        edit(0, at + 2, "\u200b", "", "invisible/space"),
        edit(1, page.index("**"), "**Bold**", "Bold", "typography/bold"),
        edit(1, page.index("“"), "“", '"', "typography/quote"),
        edit(1, page.index("”"), "”", '"', "typography/quote"),
        edit(1, at, "水分", "water", "repair/gloss"),
        edit(2, at - 4, "water", "puffery", "repair/user"),
    ]
    tables = {"documents": [document("a/1.txt", n_chars=len(page))], "segments": rows, "ledger": ledger}
    out = write_out(tmp_path / "out", tables)
    menu, body = paragraphs(out, "a/1.txt", Filter(diff=True))[-2:]
    assert menu.endswith(" [-Menu-] ⟨test/row⟩")
    told = "typography/bold, typography/quote, invisible/space, repair/gloss, repair/user"
    # Two changes that touch are one.
    change = '[-**-]Bold[-**-] he said [-“-]{+"+}wow[-”-]{+"+}, much [-水分<U+200B>-]{+puffery+}.'
    assert body.split("0.80 ")[1].split(" ⟨")[0] == change
    assert sorted(body.split("⟨")[1].rstrip("⟩").split(", ")) == sorted(told.split(", "))
    assert paragraphs(out, None, Filter(label="body", diff=True))[-2] == body


def test_a_document_that_is_as_it_was_has_no_difference(out: Path) -> None:
    assert not paragraphs(out, None, Filter(label="body", diff=True))


def test_the_list_names_every_document_and_reject(out: Path) -> None:
    screen = pipe()
    print_list(screen, out)
    lines = printed(screen).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["a/1.txt", "a/11.txt", "b.txt", "bad.txt"]
    assert lines[1].split() == ["a/1.txt", "en", "clean", "2/4", "1", "About", "a/1.txt"]
    assert lines[2].split()[2:4] == ["empty", "0/4"]
    assert lines[4].endswith("rejected  decode: DecodeError: not␛[2J text")


def test_the_list_fits_the_terminal(out: Path) -> None:
    screen = terminal(40)
    print_list(screen, out)
    plain = Text.from_ansi(printed(screen)).plain.splitlines()
    assert all(cell_len(line) <= 40 for line in plain[1:])
    assert any(line.endswith("…") for line in plain)


@pytest.mark.parametrize(
    ("wanted", "id"),
    [("a/1.txt", "a/1.txt"), ("a/11", "a/11.txt"), ("b.", "b.txt"), ("11", "a/11.txt"), ("bad", "bad.txt")],
)
def test_an_id_can_be_cut_short(out: Path, wanted: str, id: str) -> None:
    assert find_document(out, wanted) == id


def test_an_unknown_or_ambiguous_id_is_an_error(out: Path) -> None:
    with pytest.raises(InputError, match=r"'b' fits 2 documents: b\.txt, bad\.txt"):
        find_document(out, "b")
    with pytest.raises(InputError, match="no document 'zzz' among the 4"):
        find_document(out, "zzz")


def test_a_reject_is_shown_with_its_reason(out: Path) -> None:
    assert paragraphs(out, "bad.txt") == ["bad.txt  rejected  decode: DecodeError: not␛[2J text"]


def test_columns_are_aligned_by_width_on_screen() -> None:
    made = columns([[Text("中文"), Text("1"), Text("x")], [Text("abc"), Text("10"), Text("y")]], right=frozenset({1}))
    assert [line.plain for line in made] == ["中文   1  x", "abc   10  y"]
    assert columns([]) == []


def test_what_is_not_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="missing: no such folder"):
        check_tables(tmp_path / "missing")
    with pytest.raises(OutputError, match=r"is not the output of a run \(no run.json\)"):
        check_tables(tmp_path)
    (tmp_path / "run.json").write_text('{"program": "clean-corpus"}')
    with pytest.raises(OutputError, match=r"is not the output of a run \(no tables\)"):
        check_tables(tmp_path)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "part-00000.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(OutputError, match="cannot read"):
        check_tables(tmp_path)
    with pytest.raises(OutputError, match="cannot read table documents"):
        list(rows(tmp_path, "documents"))
