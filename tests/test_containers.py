"""Containers: JSON lines, CSV, Parquet, Arrow, WARC, HTML; packed, cut into units, at URLs, and damaged."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError
from pipeline.io import columnar, cut, units, warc
from pipeline.io.read import find
from pipeline.io.record import Input, Options, Record, Unit
from pipeline.io.units import Broken, read_all, read_unit, scan

ROWS = [
    {"url": f"https://n{n % 3}.example/{n}", "text": f"Text {n}, “quoted”,\nin two lines. " + "国" * n}
    for n in range(40)
]


def jsonl(rows: list[Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_parquet(rows: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, row_group_size=7)
    return out.getvalue()


def as_arrow(rows: list[dict[str, str]], opened: Any = pa.ipc.new_stream) -> bytes:
    out = io.BytesIO()
    table = pa.Table.from_pylist(rows)
    with opened(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=7)
    return out.getvalue()


def warc_record(url: str, body: bytes, kind: str = "text/plain", status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    block = head.encode() + body
    fields = f"WARC-Type: response\r\nWARC-Record-ID: <urn:{url[-2:]}>\r\nWARC-Target-URI: {url}\r\n"
    sizes = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    return f"WARC/1.0\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n{fields}{sizes}".encode() + block + b"\r\n\r\n"


def plain_warc(rows: list[dict[str, str]]) -> bytes:
    return b"".join(warc_record(row["url"], row["text"].encode()) for row in rows)


def as_warc(rows: list[dict[str, str]]) -> bytes:
    return b"".join(gzip.compress(warc_record(row["url"], row["text"].encode())) for row in rows)


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


FORMATS: dict[str, Callable[[list[dict[str, str]]], bytes]] = {
    "a.jsonl": jsonl,
    "a.jsonl.gz": lambda rows: gzip.compress(jsonl(rows[:9])) + gzip.compress(jsonl(rows[9:])),
    "a.ndjson.zst": lambda rows: zstd(jsonl(rows)),
    "a.csv": as_csv,
    "a.csv.gz": lambda rows: gzip.compress(as_csv(rows)),
    "a.parquet": as_parquet,
    "stream.arrow": as_arrow,
    "file.arrow": lambda rows: as_arrow(rows, pa.ipc.new_file),
    "a.warc.gz": as_warc,
    "whole.warc.gz": lambda rows: gzip.compress(plain_warc(rows)),
    "some.warc.gz": lambda rows: b"".join(gzip.compress(plain_warc(rows[at:][:7])) for at in range(0, len(rows), 7)),
    "a.warc": plain_warc,
}


@pytest.fixture(autouse=True)
def needs_fastwarc(request: pytest.FixtureRequest) -> None:
    if "warc" in request.node.name:
        pytest.importorskip("fastwarc")


def put(folder: Path, name: str, data: bytes) -> Input:
    (folder / name).write_bytes(data)
    (found,) = find([folder / name]).inputs
    return found


def cut_up(file: Input, options: Options) -> list[Unit]:
    found = list(scan((file,), options))
    assert all(isinstance(unit, Unit) for unit in found), found
    return [unit for unit in found if isinstance(unit, Unit)]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("size", [300, 2000, 2**26])
def test_records_are_the_same_however_a_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: int
) -> None:
    file = put(tmp_path, name, FORMATS[name](ROWS))
    for module in (cut, columnar, warc):
        monkeypatch.setattr(module, "unit_bytes", lambda _: size)
    found = cut_up(file, Options())
    records = [record for unit in found for record in read_unit(unit, Options())]
    assert [(record.content or b"").decode() for record in records] == [row["text"] for row in ROWS]
    assert [record.ordinal for record in records] == list(range(1, 41))
    assert [record.site for record in records] == [f"n{n % 3}.example" for n in range(40)]
    assert len({record.id for record in records}) == 40
    assert sum(unit.n_records for unit in found) == 40
    assert (len(found) == 1) == (size == 2**26)
    assert len({unit.digest for unit in found}) == len(found) or name.endswith(("parquet", "arrow"))


def test_a_unit_keeps_its_name_when_something_is_added_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cut, "unit_bytes", lambda _: 1000)
    before = cut_up(put(tmp_path, "a.jsonl", jsonl(ROWS[:30])), Options())
    after = cut_up(put(tmp_path, "a.jsonl", jsonl(ROWS)), Options())
    assert [unit.extent for unit in before[:-1]] == [unit.extent for unit in after[: len(before) - 1]]


def records(folder: Path, name: str, data: bytes, options: Options = Options()) -> list[Record]:  # noqa: B008
    return list(read_all(put(folder, name, data), options))


def test_json_lines_that_are_no_records_say_why(tmp_path: Path) -> None:
    lines = [
        b'{"id": 7, "text": "fine"}',
        b"",
        b"{broken",
        b"[1]",
        b'{"text": 5}',
        b'{"title": "x"}',
        b"[" * 100_000,
        b'{"text": "\\ud800"}',
        b'{"text": null}',
        b'{"text": "' + b"x" * 2000 + b'"}',
        b'{"text": "last"}',
    ]
    found = records(tmp_path, "a.jsonl", b"\n".join(lines), Options(max_bytes=100))
    assert [(record.ordinal, record.id) for record in found[:2]] == [(1, "7"), (3, "a.jsonl#3")]
    assert found[0].content == b"fine" and found[-1].content == b"last"
    said = [record.why.partition(":")[0] for record in found]
    assert said[1:3] == ["not JSON", "no JSON object but list"]
    assert said[3] == "its text is no text but int"
    assert found[4].why == "no column is known to hold the text: there are title (--text-column)"
    assert found[6].why.startswith("not Unicode: surrogates not allowed")
    assert (found[7].content, found[7].why) == (b"", "")
    assert "a line of 2,013 bytes" in found[8].why
    assert found[5].content is None  # deeper than Python goes, or longer than a line may be


def test_the_text_column_can_be_named(tmp_path: Path) -> None:
    rows = [{"text": "wrong", "page": "right"}]
    for name in ("a.jsonl", "a.csv", "a.parquet", "stream.arrow"):
        (record,) = records(tmp_path, name, FORMATS[name](rows), Options(text_column="page"))
        assert (record.content, record.kind, record.id) == (b"right", "text", f"{name}#1")
    for name in ("a.csv", "a.parquet"):
        (broken,) = scan((put(tmp_path, name, FORMATS[name](rows)),), Options(text_column="none"))
        assert isinstance(broken, Broken) and broken.why == "no column 'none': there are page, text (--text-column)"


def test_bytes_in_a_column_have_their_encoding_found_out(tmp_path: Path) -> None:
    rows: Any = [{"content": "Grüße".encode("latin-1")}]
    (record,) = records(tmp_path, "a.parquet", as_parquet(rows))
    assert (record.content, record.kind) == ("Grüße".encode("latin-1"), "raw")


def test_rows_of_csv_that_do_not_fit_say_why(tmp_path: Path) -> None:
    found = records(tmp_path, "a.csv", b'\xef\xbb\xbfid,text\n1,"one\n\nmore"\n2\n3,\xff\n\n4,four\n')
    assert [record.content for record in found] == [b"one\n\nmore", None, None, b"four"]
    assert found[1].why == "1 values for 2 columns"
    assert found[2].why.startswith("not Unicode")
    endless = records(tmp_path, "b.csv", b'text\na\n"' + b"x\n" * 500 + b"b\n", Options(max_bytes=100))
    assert endless[0].content == b"a" and endless[1].content is None and endless[-1].content == b"b"


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.ndjson.zst", "a.csv.gz", "a.parquet", "stream.arrow", "file.arrow"])
def test_a_damaged_container_is_told(tmp_path: Path, name: str) -> None:
    data = FORMATS[name](ROWS)
    for bad in (b"nonsense", data[: len(data) // 2]):
        found = list(scan((put(tmp_path, name, bad),), Options()))
        assert isinstance(found[-1], Broken) and found[-1].why, name


def test_warc_holds_pages_and_other_things(tmp_path: Path) -> None:
    data = b"".join([
        warc_record("https://a.example/01", b"<title>T</title><p>Gr\xfc\xdfe</p>", "text/html; charset=iso-8859-1"),
        warc_record("https://a.example/02", gzip.compress(b"zipped"), more="Content-Encoding: gzip\r\n"),
        warc_record("https://a.example/03", b"\x89PNG" * 40_000, "image/png"),
        warc_record("https://a.example/04", b"gone", status="404 Not Found"),
        warc_record("https://a.example/05", b"x" * 300),
    ])  # fmt: skip
    for name, packed in (("a.warc", data), ("whole.warc.gz", gzip.compress(data))):
        found = records(tmp_path, name, packed, Options(max_bytes=200))
        assert [record.id for record in found] == ["urn:01", "urn:02", "urn:05"]
        assert [record.content for record in found[:2]] == ["<title>T</title><p>Grüße</p>".encode(), b"zipped"]
        assert len(found[2].content or b"") == 201  # too large, as the first pass is going to say


def test_html_is_passed_on_as_it_is(tmp_path: Path) -> None:
    (record,) = records(tmp_path, "a.html", "<meta charset=gbk><p>中文".encode("gbk"))
    assert (record.kind, record.content) == ("html", "<meta charset=gbk><p>中文".encode())
    (unread,) = records(tmp_path, "b.html", b"\x89PNG\r\n\x1a\n\x00\x00" * 9)
    assert unread.content is None and unread.why
    rows = [{"id": "1", "html": "<p>x"}, {"id": "2", "text": "<p>x", "html": "<p>x"}, {"id": "3", "raw_html": None}]
    found = records(tmp_path, "a.jsonl", jsonl(rows))
    assert [(record.kind, record.content) for record in found] == [("html", b"<p>x"), ("text", b"<p>x"), ("html", b"")]
    (named,) = records(tmp_path, "c.jsonl", jsonl(rows[1:2]), Options(text_column="html"))
    assert named.kind == "html"


def test_packed_pages(tmp_path: Path) -> None:
    assert [record.content for record in records(tmp_path, "a.txt.gz", gzip.compress(b"page"))] == [b"page"]
    (bomb,) = records(tmp_path, "b.txt.gz", gzip.compress(b"x" * 10**6), Options(max_bytes=100))
    assert "more than 100 bytes" in bomb.why


def test_loose_files_are_grouped_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "unit_bytes", lambda _: 100)
    for n in range(9):
        (tmp_path / f"{n}.txt").write_text("x" * 40)
    (tmp_path / "4b.jsonl").write_bytes(jsonl(ROWS[:2]))
    groups = [[file.id for file in files] for files in units.group(find([tmp_path]).inputs)]
    assert groups == [["0.txt", "1.txt"], ["2.txt", "3.txt"], ["4.txt"], ["4b.jsonl"], ["5.txt", "6.txt"],
                      ["7.txt", "8.txt"]]  # fmt: skip


def test_files_at_a_url(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.jsonl.gz").write_bytes(gzip.compress(jsonl(ROWS[:3])))
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "notes.md").write_text("x")
    for scheme in ("file", "local"):  # one of them is pyarrow's, the other fsspec's
        found = find([f"{scheme}://{tmp_path}"])
        assert [(item.id, item.source) for item in found.inputs] == [
            ("b.txt", f"{scheme}://{tmp_path}/b.txt"),
            ("deep/a.jsonl.gz", f"{scheme}://{tmp_path}/deep/a.jsonl.gz"),
        ]
        assert found.ignored == 1
        read = [record for item in found.inputs for record in read_all(item, Options())]
        assert [record.content for record in read] == [b"b", *(row["text"].encode() for row in ROWS[:3])]
        assert [item.id for item in find([f"{scheme}://{tmp_path}/**/*.gz"]).inputs] == ["deep/a.jsonl.gz"]
        assert [item.id for item in find([f"{scheme}://{tmp_path}/b.txt"]).inputs] == ["b.txt"]
    with pytest.raises(InputError, match="nothing to read under file://"):
        find([f"file://{tmp_path}/none"])
    with pytest.raises(InputError, match="cannot read nosuch://x"):
        find(["nosuch://user:secret@x/y"])
