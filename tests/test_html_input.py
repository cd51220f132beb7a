"""Pages in HTML from bytes to tables: encodings, segments that lie in the rendering, metadata, and `verify`."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.batch import clean_batch
from pipeline.errors import DecodeError, InputError
from pipeline.io.content import read_content
from pipeline.io.html import html_source
from pipeline.plan import clean
from pipeline.run import run
from pipeline.stages.split_segments import split_segments
from pipeline.verify import verify

PARAGRAPHS = (
    "The river rose four metres in a night and took the wooden bridge below the mill with it, said the keeper.",
    "Nobody was hurt, but eleven families spent two days in the school, where teachers cooked for them in turns.",
    "A new bridge would cost the town more than it takes in a year, so for the time being there will be a ferry.",
    "The mayor wants to ask the province for help; last time, that took until the spring after the next election.",
)
PAGE = (
    "<!doctype html><html lang=en><head><title>Bridge lost - The Mill</title>"
    '<meta property="og:site_name" content="The Mill"><meta name="pubdate" content="2026-05-29"></head><body>'
    "<header><nav class=menu><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/s>Sport</a></ul></nav>"
    "</header>"
    "<main><article class=post><h1>Bridge lost</h1><p class=byline>By <a href=/ann>Ann Lee</a></p>"
    "<div class=entry-content>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    + "<h2>What comes now</h2>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    + "<ul><li>The ferry goes at six, at noon and at eight in the evening, on Sundays at noon alone.</ul></div>"
    "</article>"
    "</main><aside class=related><h3>Related articles</h3><ul><li><a href=/1>Mill for sale</a><li><a href=/2>School"
    " closes early</a></ul></aside><footer class=site-footer><p>© 2026 The Mill</p><a href=/privacy>Privacy</a>"
    "<a href=/imprint>Imprint</a></footer></body></html>"
)


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("<p>é".encode(), None, "<p>é"),
        ("<meta charset=iso-8859-1><p>„é“".encode("cp1252"), None, "<meta charset=iso-8859-1><p>„é“"),
        (b'<meta http-equiv=Content-Type content="text/html; charset=gb2312"><p>' + "中文".encode("gbk"), None, "中文"),
        ("<p>日本語".encode("shift_jis"), "Shift_JIS", "日本語"),
        ("<meta charset=utf-16><p>é".encode(), None, "<p>é"),
        ('<?xml version="1.0" encoding="windows-1251"?><p>Привет'.encode("cp1251"), None, "Привет"),
        # A mark beats the server, the server beats the page, and the bytes beat what cannot be true.
        (b"\xef\xbb\xbf<meta charset=gbk><p>\xc3\xa9", "iso-8859-1", "<p>é"),
        (b"\xff\xfe" + "<p>é".encode("utf-16-le"), "utf-8", "<p>é"),
        ("<meta charset=gbk><p>é".encode(), "utf-8", "<p>é"),
        (
            "<meta charset=utf-8><p>Грузия вырастила хлеб на севере".encode("cp1251"),
            None,
            "Грузия вырастила хлеб на севере",
        ),
        ("<meta charset=nonsense><p>é".encode(), "x-nothing", "<p>é"),
        # A broken byte or two are no reason to refuse a page that says what it is.
        (b"<meta charset=utf-8><p>" + "Grüße ".encode() * 99 + b"\xff", None, "Grüße \ufffd"),
    ],
)
def test_encodings(data: bytes, charset: str | None, expected: str) -> None:
    assert expected in html_source(data, charset)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(DecodeError):
        html_source(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    with pytest.raises(InputError, match="no text"):
        read_content(b"<script>load()</script>", "html")


def test_segments_lie_in_the_rendering() -> None:
    raw, markup = read_content(PAGE.encode(), "html")
    doc = clean(raw, markup=markup)
    assert doc.restored() == raw
    assert markup is not None
    for segment in doc.segments:
        holders = [line for line in markup.lines if line.start <= segment.start and segment.end <= line.end]
        assert len(holders) == 1
    covered = {i for segment in doc.segments for i in range(segment.start, segment.end)}
    assert all(char.isspace() for i, char in enumerate(raw) if i not in covered)


def test_lines_that_look_wrapped_stay_apart() -> None:
    html = "".join(f"<p>{'the words of one paragraph go on and on to the border of it'} {n}" for n in "abcdef")
    raw, markup = read_content(html.encode(), "html")
    doc = clean(raw, markup=markup)
    assert len(split_segments(doc).segments) == 6


def test_the_markup_decides_what_is_body() -> None:
    raw, markup = read_content(PAGE.encode(), "html")
    doc = clean(raw, markup=markup)
    kept = [segment.text for segment in doc.kept]
    assert [text for text in kept if text in PARAGRAPHS] == list(PARAGRAPHS)
    assert not {"Home", "- Home", "- News", "Privacy Imprint", "© 2026 The Mill", "Related articles"} & set(kept)
    labels = {segment.text: segment.label for segment in doc.segments}
    assert labels["What comes now"] == "heading"
    assert {segment.rule for segment in doc.kept} == {"model/markup"}
    assert doc.metadata.publisher == "The Mill"
    assert dict(doc.metadata.sources) == {"publisher": "og:site_name", "published": "pubdate"}


def test_tables_are_the_same_from_a_file_a_column_and_a_batch(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "page.txt").write_text("\n".join(PARAGRAPHS), encoding="utf-8")
    pq.write_table(pa.table({"id": ["row"], "html": [PAGE]}), tmp_path / "in" / "pages.parquet")
    run([tmp_path / "in"], tmp_path / "out")
    assert verify(tmp_path / "out") == []
    rows = {row["id"]: row for row in pq.read_table(tmp_path / "out" / "documents").to_pylist()}
    assert set(rows) == {"page.html", "page.txt", "row"}
    (alone,) = clean_batch(pa.record_batch({"id": ["page.html"], "html": [PAGE]})).to_pylist()
    for name in ("title", "publisher", "published", "n_kept", "n_segments", "n_chars", "source_sha256", "stated"):
        assert rows["page.html"][name] == rows["row"][name] == alone[name]
    assert {"field": "published", "source": "pubdate"} in alone["stated"]
    assert rows["page.txt"]["stated"] == []


def test_a_page_of_links_alone_has_no_body() -> None:
    groups = {
        "Help": ("Help Centre", "Returns and refunds", "Report a seller", "Delivery times and costs"),
        "Our shops in other countries": ("Spain", "France", "Poland", "Romania", "Greece"),
        "Browse by kind": ("New", "On offer", "Most wanted", "Reviews", "Videos"),
        "The Pike group": ("Pike Logistics", "Pike Pay", "Pike Cloud", "Marrow Wholesale", "Pike for Business"),
    }
    rows = "".join(
        f"<dt>{head}</dt><dd>{', '.join(f'<a href=/{name[0]}>{name}</a>' for name in names)}</dd>"
        for head, names in groups.items()
    )
    html = f"<title>Marrow</title><header><a href=/>Marrow</a></header><footer><dl>{rows}</dl></footer>"
    raw, markup = read_content(html.encode(), "html")
    assert clean(raw, markup=markup).kept == ()
