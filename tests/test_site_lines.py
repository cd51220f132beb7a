"""Lines that many pages of one site have: what is the same line, what is counted, and what becomes of such text."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import stub_plan
from hypothesis import given
from hypothesis import strategies as st
from test_containers import warc_record
from test_resume import break_off, parquet, resumed
from test_workers import run_stubbed

from pipeline.corpus import site_sketch, site_table
from pipeline.corpus.passes import Clean, Sketch
from pipeline.corpus.site_sketch import SiteSketch
from pipeline.corpus.site_table import gather_sites, read_templates
from pipeline.document import Document, Segment
from pipeline.io import cut
from pipeline.io.work import Work
from pipeline.lines import site_lines
from pipeline.lines.site_lines import NO_LINES, line_keys, site_key, stand_on
from pipeline.run import run
from pipeline.stages.label_repeated import REPEATED, label_repeated
from pipeline.verify import verify

LETTER = "Every Thursday the harbour desk sends three long stories to its readers, free of charge."
OWN = (
    "The old ferry left the pier at noon with twelve people, two dogs and a piano on its lower deck.",
    "Nobody in the town could say who had ordered the piano, or who was going to carry it up the hill.",
    "By the evening it stood in the school's yard, under a sheet, and the children had begun to play it.",
)

TEXTS = st.text(st.sampled_from("abcXYZ 12国家,.\n\n\r\ud800😀") | st.characters(exclude_categories=()), max_size=200)
LINES = st.lists(st.sampled_from((LETTER, *OWN, "Short one", "")), max_size=6)


@given(TEXTS, TEXTS)
def test_the_lines_of_two_texts_are_those_of_both(one: str, other: str) -> None:
    keys = line_keys(one)
    assert keys.tolist() == sorted(set(keys.tolist()))
    assert line_keys(f"{one}\n{other}").tolist() == sorted({*keys.tolist(), *line_keys(other).tolist()})
    assert line_keys(one.replace("\n", "\r\n")).tolist() == keys.tolist()
    assert line_keys(one.replace("1", "2").replace("\n", " \n - ")).tolist() == keys.tolist()


@given(LINES, st.data())
def test_text_stands_on_lines_when_all_that_it_touches_are_known(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    known = data.draw(st.lists(st.sampled_from((LETTER, *OWN)), unique=True))
    repeated = line_keys("\n".join(known))
    places = st.integers(0, len(text))
    spans = [(min(pair), max(pair)) for pair in data.draw(st.lists(st.tuples(places, places)))]
    assert stand_on(text, spans, repeated) == [_touches_only(text, start, end, known) for start, end in spans]


def _touches_only(text: str, start: int, end: int, known: Sequence[str]) -> bool:
    first = text.count("\n", 0, start)
    last = text.count("\n", 0, max(start, end - 1))
    return all(line in known for line in text.split("\n")[first : last + 1])


@given(LINES, st.integers(100, 400))
def test_a_long_text_is_read_in_parts(lines: list[str], size: int) -> None:
    text = "\n".join(lines)
    spans = [(at, at + 1) for at in range(len(text))]
    keys = line_keys(text)
    whole = stand_on(text, spans, keys[:2])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_lines, "AT_ONCE", size)
        assert line_keys(text).tolist() == keys.tolist()
        assert stand_on(text, spans, keys[:2]) == whole


def test_a_line_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_lines, "AT_ONCE", 40)
    assert len(line_keys("".join(OWN))) > 1
    assert stand_on(f"{LETTER * 2}\n{OWN[0][:39]}", [(0, 9), (180, 190)], line_keys(OWN[0][:39])) == [False, True]


@pytest.mark.parametrize("text", [OWN[0].upper(), f"  * {OWN[0]}!", OWN[0].replace(" ", "\u00a0")])
def test_a_line_is_known_by_its_letters(text: str) -> None:
    assert line_keys(text).tolist() == line_keys(OWN[0]).tolist() != []


@pytest.mark.parametrize(
    ("text", "counts"), [("See also: piano", 0), ("汉字汉字汉字汉字", 1), ("汉字汉字汉字汉", 0), ("", 0)]
)
def test_short_lines_are_of_no_template(text: str, counts: int) -> None:
    assert len(line_keys(text)) == counts


def document(*paragraphs: tuple[str, str]) -> Document:
    text = "\n".join(text for _, text in paragraphs)
    at = 0
    segments = []
    for line, (label, paragraph) in enumerate(paragraphs, 1):
        segments.append(Segment(at, at + len(paragraph), at, paragraph, line, label=label, rule="body/run", score=0.7))
        at += len(paragraph) + 1
    doc = Document.from_raw(text)
    return Document(doc.id, doc.source, doc.raw, doc.text, segments=tuple(segments))


def test_a_paragraph_of_the_template_leaves_the_body() -> None:
    doc = document(("body", OWN[0]), ("list_item", f"- {LETTER}"), ("body", LETTER), ("body", OWN[1]))
    doc = label_repeated(doc, repeated=line_keys(LETTER))
    assert [segment.label for segment in doc.segments] == ["body", "list_item", "other", "body"]
    assert (doc.segments[2].rule, doc.segments[2].score) == ("site/repeated", REPEATED)
    assert [segment.text for segment in doc.kept] == [OWN[0], f"- {LETTER}", OWN[1]]


def test_what_is_no_paragraph_of_the_body_stays() -> None:
    shared = (("heading", "What You Should Know Before You Go"), ("list_item", "- Network: Broadband Internet"))
    doc = document(("body", OWN[0]), *shared, ("ad", LETTER))
    assert label_repeated(doc, repeated=line_keys("\n".join((*(text for _, text in shared), LETTER)))) == doc


@pytest.mark.parametrize("body", [(LETTER,), (LETTER, OWN[0]), (LETTER, *OWN)])
def test_a_page_that_would_lose_most_of_its_body_stays(body: tuple[str, ...]) -> None:
    doc = document(*(("body", text) for text in body))
    assert label_repeated(doc, repeated=line_keys("\n".join((LETTER, *OWN[:2])))) == doc


def test_without_a_template_nothing_is_done() -> None:
    doc = document(("body", LETTER))
    assert label_repeated(doc, repeated=NO_LINES) is doc


def sketched(folder: Path, pages: Sequence[tuple[str, Sequence[str]]]) -> tuple[Path, int]:
    sketch = SiteSketch()
    for site, lines in pages:
        sketch.add(site, line_keys("\n".join(lines)))
    return folder, sketch.write(folder)


def test_what_is_gathered_is_what_a_count_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)
    known = ["".join(chance.choices("abcdefghij ", k=40)) for _ in range(30)]
    units = [
        [(f"s{chance.randrange(4)}", chance.sample(known[: chance.choice((8, 30))], 6)) for _ in range(25)]
        for _ in range(3)
    ]
    pages: Counter[int] = Counter()
    having: Counter[tuple[int, int]] = Counter()
    for unit in units:
        for site, lines in {(site, frozenset(lines)) for site, lines in unit}:
            pages[site_key(site)] += 1
            having.update((site_key(site), key) for key in line_keys("\n".join(lines)).tolist())
    expected = {place for place, count in having.items() if count >= 5 and 2 * count >= pages[place[0]]}
    assert 0 < len(expected) < len(having) / 2
    monkeypatch.setattr(site_sketch, "_ROWS_PER_GROUP", 7)
    sketches = [sketched(tmp_path / str(number), unit) for number, unit in enumerate(units)]
    digests = set()
    for at_once in (2**22, 100, 10):
        monkeypatch.setattr(site_table, "ROWS_AT_ONCE", at_once)
        work = Work(tmp_path / f"work{at_once}")
        found = gather_sites(work, ["a"], [folder for folder, _ in sketches], sum(n for _, n in sketches))
        rows = pq.read_table(found.path).to_pylist()
        assert {(row["site"], row["line"]): row["pages"] for row in rows} == {
            place: having[place] for place in expected
        }
        digests.add(found.digest)
        for folder, _ in sketches:
            sites = set(pq.read_table(folder / "sites.parquet")["site"].to_pylist())
            told = {
                (site, line) for site, lines in read_templates(found.path, folder).items() for line in lines.tolist()
            }
            assert told == {place for place in expected if place[0] in sites}
    assert len(digests) == 1


def test_one_page_at_several_addresses_counts_once(tmp_path: Path) -> None:
    copies = [("a.example", OWN)] * 5 + [("a.example", (*OWN, LETTER))] * 4 + [("b.example", OWN)]
    folder, _ = sketched(tmp_path / "unit", copies)
    rows = pq.read_table(folder / "sites.parquet").to_pylist()
    assert {row["site"]: row["pages"] for row in rows} == {site_key("a.example"): 2, site_key("b.example"): 1}
    found = gather_sites(Work(tmp_path / "work"), ["a"], [folder], 7)
    assert pq.read_metadata(found.path).num_rows == 0
    assert read_templates(found.path, folder) == {}


def test_a_unit_without_sites_has_no_templates(tmp_path: Path) -> None:
    folder, n_lines = sketched(tmp_path / "unit", [])
    assert n_lines == 0
    found = gather_sites(Work(tmp_path / "work"), ["a"], [folder], n_lines)
    assert read_templates(found.path, folder) == {}


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)


def pages(sites: Mapping[str, int], letter: str = LETTER) -> Iterator[tuple[str, str]]:
    """Yield address and text of so many pages of each site, all with three paragraphs and the `letter`."""
    for site, number in sites.items():
        for n in range(number):
            own = [line.replace("ferry", f"ferry {'abcdefgh'[n]}").replace("piano", f"{site} piano") for line in OWN]
            yield f"https://{site}/{n}", "\n\n".join((*(f"{line} {'pqrstuvw'[n]}." for line in own), letter))


def write_jsonl(folder: Path, found: Iterator[tuple[str, str]], *, named: str = "url") -> Path:
    folder.mkdir()
    rows = [json.dumps({"id": url, named: url, "text": text}) for url, text in found]
    (folder / "a.jsonl").write_text("\n".join(rows))
    return folder


def kept(out: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in pq.read_table(out / "corpus" / "en").to_pylist()}


SITES = {"large.example": 6, "small.example": 4}


def assert_gone_from_the_large_site(out: Path) -> None:
    assert {id: LETTER in text for id, text in kept(out).items()} == {url: "small" in url for url, _ in pages(SITES)}
    rows = pq.read_table(out / "segments").to_pylist()
    repeated = [row for row in rows if row["rule"] == "site/repeated"]
    assert [(row["raw"], row["label"], row["keep"]) for row in repeated] == [(LETTER, "other", False)] * 6
    assert verify(out) == []


def test_what_the_pages_of_a_site_share_is_no_article(tmp_path: Path) -> None:
    run([write_jsonl(tmp_path / "in", pages(SITES))], tmp_path / "out")
    assert_gone_from_the_large_site(tmp_path / "out")


def test_pages_in_html_share_their_site_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    rows = (
        {"url": url, "html": "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))}
        for url, text in pages(SITES)
    )
    (tmp_path / "in" / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run([tmp_path / "in"], tmp_path / "out")
    assert_gone_from_the_large_site(tmp_path / "out")


@pytest.mark.usefixtures("stub")
def test_nobody_knows_the_site_of_a_page_without_address(tmp_path: Path) -> None:
    run([write_jsonl(tmp_path / "in", pages(SITES), named="page")], tmp_path / "out")
    assert all(LETTER in text for text in kept(tmp_path / "out").values())
    run([write_jsonl(tmp_path / "other", pages(SITES, letter=""))], tmp_path / "plain")
    rules = pq.read_table(tmp_path / "plain" / "segments")["rule"].to_pylist()
    assert set(rules) == {"stub/sign"}


@pytest.mark.usefixtures("stub")
def test_units_of_any_size_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_jsonl(tmp_path / "in", pages(SITES))
    whole = run([folder], tmp_path / "whole")
    assert_gone_from_the_large_site(tmp_path / "whole")
    for size in (300, 1000):
        monkeypatch.setattr(cut, "unit_bytes", lambda _, size=size: size)
        summary = run([folder], tmp_path / str(size))
        assert len(list((tmp_path / str(size) / "segments").iterdir())) > 3
        assert summary.counts() == whole.counts()
        for table in ("segments", "corpus/en"):
            assert pq.read_table(tmp_path / str(size) / table).equals(pq.read_table(tmp_path / "whole" / table))


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize(("kind", "after"), [(Sketch, 3), (Clean, 0), (Clean, 3)])
def test_a_run_that_is_broken_off_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type, after: int
) -> None:
    monkeypatch.setattr(cut, "unit_bytes", lambda _: 1000)
    folder = write_jsonl(tmp_path / "in", pages(SITES))
    run([folder], tmp_path / "whole")
    break_off(folder, tmp_path / "out", kind, after)
    _, done = resumed(folder, tmp_path / "out")
    assert done.count(kind) == len(list((tmp_path / "whole" / "segments").iterdir())) - after
    assert parquet(tmp_path / "out") == parquet(tmp_path / "whole")


@pytest.mark.usefixtures("stub")
def test_a_page_more_can_make_a_template(tmp_path: Path) -> None:
    sites = {"grows.example": 4}
    folder = write_jsonl(tmp_path / "in", pages(sites))
    break_off(folder, tmp_path / "out", Clean, 0)
    (folder / "b.jsonl").write_text(
        "\n".join(json.dumps({"url": url, "text": text}) for url, text in list(pages({"grows.example": 5}))[4:])
    )
    _, done = resumed(folder, tmp_path / "out")
    assert (done.count(Sketch), done.count(Clean)) == (1, 2)
    assert not any(LETTER in text for text in kept(tmp_path / "out").values())


def test_any_number_of_workers_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cut, "unit_bytes", lambda _: 1000)
    folder = write_jsonl(tmp_path / "in", pages(SITES))
    for number in (1, 2, 4):
        run_stubbed(folder, tmp_path / str(number), number)
    assert parquet(tmp_path / "1") == parquet(tmp_path / "2") == parquet(tmp_path / "4")
    assert_gone_from_the_large_site(tmp_path / "4")


@pytest.mark.usefixtures("stub")
def test_an_archive_says_where_its_pages_are_from(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    (tmp_path / "a.warc").write_bytes(b"".join(warc_record(url, text.encode()) for url, text in pages(SITES)))
    run([tmp_path / "a.warc"], tmp_path / "out")
    rows = pq.read_table(tmp_path / "out" / "segments").to_pylist()
    assert [row["raw"] for row in rows if row["rule"] == "site/repeated"] == [LETTER] * 6
    assert verify(tmp_path / "out") == []


@pytest.mark.usefixtures("stub")
def test_a_host_that_is_no_unicode_is_a_host(tmp_path: Path) -> None:
    found = ((url.replace("large", "\ud800"), text) for url, text in pages({"large.example": 6}))
    run([write_jsonl(tmp_path / "in", found)], tmp_path / "out")
    assert len(kept(tmp_path / "out")) == 6
    assert not any(LETTER in text for text in kept(tmp_path / "out").values())
