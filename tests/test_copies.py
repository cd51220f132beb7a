"""Units in the middle of packed files: each is copied once, and read from its copy."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from test_containers import FORMATS, ROWS, cut_up, jsonl, put

from pipeline.errors import InputError
from pipeline.io import copies, cut, stream, warc
from pipeline.io.copies import COPIES, sweep_copies, with_copies
from pipeline.io.record import Input, Options, Unit
from pipeline.io.units import read_unit
from pipeline.io.work import Work

PACKED = ["a.jsonl.gz", "a.ndjson.zst", "a.csv.gz", "whole.warc.gz", "some.warc.gz"]


@pytest.fixture(autouse=True)
def small_units(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "warc" in request.node.name:
        pytest.importorskip("fastwarc")
    for module in (cut, warc):
        monkeypatch.setattr(module, "unit_bytes", lambda _: 1500)


def texts(units: list[Unit]) -> list[tuple[int, str]]:
    found = (record for unit in units for record in read_unit(unit, Options()))
    return [(record.ordinal, (record.content or b"").decode()) for record in found]


def copied(work: Work) -> list[Path]:
    return sorted((work.root / COPIES).glob("*/*.zst"))


@pytest.mark.parametrize("name", PACKED)
def test_copies_hold_what_the_file_holds(tmp_path: Path, name: str) -> None:
    file = put(tmp_path, name, FORMATS[name](ROWS))
    found = cut_up(file, Options())
    units = with_copies(found, Work(tmp_path / "work"))
    assert len(units) > 3
    assert [unit.copy is None for unit in units] == [True, *[False] * (len(units) - 1)]
    first, *_ = texts(units)
    file.path.write_bytes(FORMATS[name](ROWS[:9]) + b"another file by now")
    assert [first, *texts(units[1:])][-1] == (40, ROWS[-1]["text"])
    assert [(unit.extent, unit.digest) for unit in units] == [(unit.extent, unit.digest) for unit in found]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.warc.gz"])
def test_what_can_be_read_from_the_middle_has_no_copies(tmp_path: Path, name: str) -> None:
    found = cut_up(put(tmp_path, name, FORMATS[name](ROWS)), Options())
    assert with_copies(found, Work(tmp_path / "work")) == found
    assert not (tmp_path / "work").exists()


def count_unpacked(monkeypatch: pytest.MonkeyPatch, read: Any) -> int:
    """Return how many bytes are passed over or copied while `read` is called."""
    sizes: list[int] = []
    pieces = stream.read_pieces

    def counted(file: IO[bytes], size: int) -> Iterator[bytes]:
        for piece in pieces(file, size):
            sizes.append(len(piece))
            yield piece

    with monkeypatch.context() as patch:
        for module in (stream, copies):
            patch.setattr(module, "read_pieces", counted)
        read()
    return sum(sizes)


def test_a_packed_file_is_gone_through_once_however_many_units_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = jsonl(ROWS * 20)
    found = cut_up(put(tmp_path, "a.jsonl.gz", gzip.compress(data)), Options())
    assert len(found) > 50
    units = list[Unit]()
    assert count_unpacked(monkeypatch, lambda: units.extend(with_copies(found, Work(tmp_path / "work")))) == len(data)
    assert count_unpacked(monkeypatch, lambda: texts(units)) == 0
    assert count_unpacked(monkeypatch, lambda: texts(found)) > 20 * len(data)


def test_finished_copies_stay_and_others_go(tmp_path: Path) -> None:
    file = put(tmp_path, "a.jsonl.gz", gzip.compress(jsonl(ROWS)))
    work = Work(tmp_path / "work")
    units = with_copies(cut_up(file, Options()), work)
    before = {path: path.stat().st_ino for path in copied(work)}
    assert len(before) == len(units) - 1
    damaged, *whole = before
    damaged.write_bytes(b"")
    assert with_copies(cut_up(file, Options()), work) == units
    assert {path: path.stat().st_ino for path in copied(work)}.items() >= {(path, before[path]) for path in whole}
    assert texts(units) == [(n, row["text"]) for n, row in enumerate(ROWS, 1)]
    (work.root / COPIES / ".orphan.tmp").mkdir()
    sweep_copies(units[:3], work)
    assert len(list((work.root / COPIES).iterdir())) == 2


def test_a_file_that_is_changed_meanwhile_is_told(tmp_path: Path) -> None:
    file = put(tmp_path, "a.jsonl.gz", gzip.compress(jsonl(ROWS)))
    found = cut_up(file, Options())
    for data in (gzip.compress(jsonl(ROWS[:20])), b"no gzip at all"):
        file.path.write_bytes(data)
        with pytest.raises(InputError, match=r"a\.jsonl\.gz#.* was changed while it was read"):
            with_copies(found, Work(tmp_path / "work"))
    assert not list((tmp_path / "work").rglob("*.tmp"))


def test_the_names_of_columns_count(tmp_path: Path) -> None:
    def digests(data: bytes) -> set[str]:
        file: Input = put(tmp_path, "a.csv", data)
        return {unit.digest for unit in cut_up(file, Options())}

    data = FORMATS["a.csv"](ROWS)
    assert not digests(data) & digests(data.replace(b"url,text", b"uri,text"))
