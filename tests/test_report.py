"""The report without a browser: what it says, what it samples, and that nothing in it is taken for markup."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from out_folder import fragment_of, segments_of, write_out

from pipeline.errors import OutputError
from pipeline.report.changes import differences
from pipeline.report.database import Database
from pipeline.report.flow import HEIGHT, draw_flow
from pipeline.report.glance import glance
from pipeline.report.page import MAX_PARAGRAPHS, render_report, write_report
from pipeline.report.paragraphs import MAX_SHOWN, paragraph
from pipeline.report.sample import EACH, SMALL, sample

RAW = "Condividi It needs a 闭环 now."
HOSTILE = "</script><script>alert(1)</script>\"onmouseover=alert(2) '><img src=x onerror=a()>{{ 7 * 7 }}\u202egnp\x00"


def document_of(id: str, **more: object) -> dict[str, object]:
    return {
        "id": id, "source": id, "language": "en", "status": "clean", "chrome_languages": [], "title": f"About {id}",
        "n_segments": 2, "n_kept": 1, "n_fragments": 1, "n_chars": len(RAW), "source_sha256": "00",
    } | more  # fmt: skip


def tables_of(*ids: str) -> dict[str, list[dict[str, object]]]:
    parts = ("Condividi", "nav", "it"), ("It needs a 闭环 now.", "body", "en")
    return {
        "documents": [document_of(id) for id in ids],
        "segments": [row for id in ids for row in segments_of(id, RAW, *parts)],
        "fragments": [fragment_of(id, RAW, "闭环", "residue", 1, proposal="closed loop") for id in ids],
        "corpus/en": [{"id": id, "language": "en", "text": "It needs a 闭环 now.", "n_residue": 1} for id in ids],
    }


class Elements(HTMLParser):
    """Collects the tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_it_says_what_the_tables_say(tmp_path: Path) -> None:
    text = " ".join(Elements(render_report(write_out(tmp_path / "out", tables_of("a.txt", "b.txt")))).text.split())
    assert "2 pages in, 2 clean documents out" in text
    assert "2 leftovers stand in 2 clean documents" in text
    assert "About a.txt" in text and "residue, zh-Hans; perhaps “closed loop” (0.75)" in text
    assert "All of them, whole." in text


def test_the_same_tables_give_the_same_page(tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", tables_of(*(f"{n}.txt" for n in range(SMALL + 5))))
    assert render_report(out) == render_report(out)


def test_it_holds_one_style_and_one_script_and_its_policy_names_them(tmp_path: Path) -> None:
    page = render_report(write_out(tmp_path / "out", tables_of("a.txt")))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (body,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{directive} &#39;sha256-{digest}&#39;" in policy
    assert "default-src &#39;none&#39;" in policy
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(""", page)


def test_nothing_in_a_table_is_taken_for_markup(tmp_path: Path) -> None:
    id = HOSTILE.replace("\x00", "")
    rows = tables_of("a.txt")
    evil = segments_of(id, HOSTILE, (HOSTILE, HOSTILE, HOSTILE))
    fragment = fragment_of(id, HOSTILE, "alert", "residue", 0, gloss=HOSTILE, proposal=HOSTILE, language=HOSTILE)
    odd = document_of(id, title=HOSTILE, status=HOSTILE, author=HOSTILE, language=HOSTILE, chrome_languages=[HOSTILE])
    plain = Elements(render_report(write_out(tmp_path / "plain", rows)))
    rows["documents"].append(odd)
    rows["segments"] += [row | {"rule": HOSTILE, "keep": True} for row in evil]
    rows["fragments"].append(fragment)
    rows["ledger"] = [{"id": id, "step": 0, "start": 0, "old": HOSTILE, "new": HOSTILE, "rule": HOSTILE}]
    rows["rejects"] = [{"id": id, "source": id, "stage": HOSTILE, "error": HOSTILE, "message": HOSTILE}]
    page = Elements(render_report(write_out(tmp_path / "evil", rows)))
    assert set(page.tags) <= {*plain.tags, "p", "table", "td", "ins", "del", "ul", "li", "br"}
    assert page.tags.count("script") == 1 and "img" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert "{{ 7 * 7 }}" in page.text and "<U+202E>gnp␀" in page.text and "\u202e" not in page.text


def test_a_long_paragraph_is_cut_and_says_so() -> None:
    (row,) = segments_of("a", "word " * 200_000 + "end", ("word " * 200_000 + "end", "body", "en"))
    shown = paragraph(row)
    assert shown.cut == len(row["raw"]) - MAX_SHOWN
    assert sum(len(bit.text) for piece in shown.source for bit in piece.bits) == MAX_SHOWN
    assert shown.same and shown.clean_cut > 0


def test_marks_piled_upon_a_letter_are_counted() -> None:
    (row,) = segments_of("a", "a" + "\u0301" * 500, ("a" + "\u0301" * 500, "body", "en"))
    (piece,) = paragraph(row).source
    assert [bit.text for bit in piece.bits] == ["a" + "\u0301" * 8, "<492 more marks>"]


def test_fragments_and_changes_are_marked_where_they_are() -> None:
    raw = "A **闭环** now"
    (row,) = segments_of("a", raw, (raw, "body", "en"))
    shown = paragraph(row | {"text": "A 闭环 now"}, [fragment_of("a", raw, "闭环", "residue")])
    told = [(piece.fragment is not None, [(bit.text, bit.changed) for bit in piece.bits]) for piece in shown.source]
    assert told == [
        (False, [("A ", False), ("**", True)]),
        (True, [("闭环", False)]),
        (False, [("**", True), (" now", False)]),
    ]
    assert shown.kinds == ("residue",) and not shown.same


@pytest.mark.parametrize("old", ["", "a b", "x" * 9000, "w " * 5000])
def test_what_is_equal_beside_the_differences_is_equal(old: str) -> None:
    new = old.replace("w", "v", 3) + "!"
    gone, added = differences(old, new)
    assert _without(old, gone) == _without(new, added)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept, done = "", 0
    for start, end in spans:
        kept, done = kept + text[done:start], end
    return kept + text[done:]


def test_a_large_run_is_sampled_the_same_way_each_time_and_says_so(tmp_path: Path) -> None:
    rows = tables_of(*(f"{n:03}.txt" for n in range(3 * SMALL)))
    rows["documents"][70] |= {"status": "empty", "n_chars": 9000}
    out = write_out(tmp_path / "out", rows)
    with Database(out) as tables:
        chosen = sample(tables)
        assert chosen == sample(tables)
    assert chosen.picks[0].id == "070.txt" and chosen.picks[0].doubts[0] == "no body found"
    assert [pick.why for pick in chosen.picks] == ["worst"] * EACH + ["random"] * EACH
    assert len({pick.id for pick in chosen.picks}) == 2 * EACH
    assert f"A sample, the same on every call: {2 * EACH} of {3 * SMALL}." in render_report(out)


def test_a_document_with_very_many_paragraphs_is_cut_and_says_so(tmp_path: Path) -> None:
    n = MAX_PARAGRAPHS + 7
    raw = "\n".join(f"line {i}" for i in range(n))
    rows = {"documents": [document_of("a", n_segments=n)],
            "segments": segments_of("a", raw, *((f"line {i}", "body", "en") for i in range(n)))}  # fmt: skip
    assert "7 more paragraphs are not shown." in render_report(write_out(tmp_path / "out", rows))


def test_every_character_flows(tmp_path: Path) -> None:
    with Database(write_out(tmp_path / "out", tables_of("a.txt"))) as tables:
        seen = glance(tables)
    assert seen.flow == {("body", "en"): 18, ("nav", "set aside"): 9}
    drawing = draw_flow(seen.flow)
    assert drawing is not None
    for column in (drawing.labels, drawing.ends):
        assert sum(bar.share for bar in column) == pytest.approx(1)
        assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT for bar in column)


def test_a_run_with_nothing_in_it_has_a_page(tmp_path: Path) -> None:
    page = Elements(render_report(write_out(tmp_path / "out", {})))
    assert "0 pages in" in page.text and draw_flow({}) is None


def test_patterns_and_quotes_in_a_path_are_only_letters(tmp_path: Path) -> None:
    out = write_out(tmp_path / "it's [a] ?*", tables_of("a.txt"))
    assert write_report(out) == out / "report.html"
    assert "About a.txt" in (out / "report.html").read_text(encoding="utf-8")


def test_queries_reach_nothing_but_the_tables(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with Database(write_out(tmp_path / "out", tables_of("a.txt"))) as tables:
        for query in (f"SELECT * FROM '{tmp_path}/secret.csv'", f"COPY documents TO '{tmp_path}/new.csv'",
                      "SET enable_external_access = true", "INSTALL httpfs"):  # fmt: skip
            with pytest.raises(OutputError):
                tables.rows(query)
    assert not (tmp_path / "new.csv").exists()


def test_no_run_no_report(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="not the output of a run"):
        write_report(tmp_path)
