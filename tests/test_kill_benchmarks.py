"""The commands that kill runs, and the one that measures packed files: whom they kill, when, and what they tell."""

import random
from pathlib import Path

import pytest
from stub_plan import write_pages

from benchmarks import killed, packed, resumed
from benchmarks.broken_off import Attempt, attempt, table_digests, verified
from benchmarks.killed import Kill, left_alone
from benchmarks.throughput_process import CommandError
from pipeline.io.folder import STAGE, WORK

DONE = Attempt(True, 12.0, 500.0, 300.0, "8 documents of them from a run that was broken off")


def test_a_run_that_is_killed_can_be_begun_again(tmp_path: Path) -> None:
    given, out = write_pages(tmp_path / "in"), tmp_path / "out"
    first = attempt(given, out, 1, lambda _: "all")
    assert not first.finished
    again = attempt(given, out, 1, left_alone)
    assert again.finished and "documents in" in again.said and again.together >= again.largest > 0
    (out / ".hidden").mkdir()
    (out / ".hidden" / "x.parquet").touch()
    digests = table_digests(out)
    assert "documents/part-00000.parquet" in digests and not any("hidden" in name for name in digests)
    assert verified(out)[1].startswith("everything holds")
    (given / "a.txt").unlink()
    with pytest.raises(CommandError, match=r"a\.txt"):
        verified(out)
    with pytest.raises(CommandError, match="exit status 2"):
        attempt(tmp_path / "nothing", out, 1, left_alone)


def test_it_kills_once_at_its_moment(tmp_path: Path) -> None:
    watch = killed._Once("parent", 2.0, None)
    assert [watch(seconds) for seconds in (0.0, 1.9, 2.1, 3.0)] == [None, None, "parent", None]
    watch = killed._Once("all", 0.2, tmp_path / STAGE)
    assert watch(9.0) is None
    (tmp_path / STAGE / "documents").mkdir(parents=True)
    assert [watch(seconds) for seconds in (10.0, 10.1, 10.3)] == [None, None, "all"]
    assert watch.after == 10.3


def test_it_kills_when_a_share_is_finished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watch = resumed._InTheMiddle(tmp_path, 0.5)
    assert watch(1.0) is None
    for step, keys in (("sketch", "abcd"), ("clean", "ab")):
        for key in keys:
            assert watch(61.0) is None
            (tmp_path / WORK / step / key).mkdir(parents=True)
            (tmp_path / WORK / step / f".{key}.tmp").mkdir()
    assert watch(90.0) == "all"
    assert capsys.readouterr().err == "61 s: 0 units read, 0 cleaned\n"
    assert resumed._InTheMiddle(tmp_path, None)(1.0) is None


def test_tables_that_differ_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(killed, "attempt", lambda *_: DONE)
    (tmp_path / "out" / "documents").mkdir(parents=True)
    (tmp_path / "out" / "documents" / "part-00000.parquet").touch()
    with pytest.raises(AssertionError, match=r"tables differ: documents/part-00000\.parquet"):
        killed.kill_again_and_again(tmp_path, tmp_path / "out", 0, DONE, {}, random.Random(1))


def test_what_was_done_is_told() -> None:
    found = [Kill("worker", False, 3.0, True), Kill("all", True, 1.0, False), Kill("worker", False, 4.0, True)]
    told = killed.table(found, 700, DONE, {"x": ""})
    assert "| worker | any | went on to its end | 2 |" in told
    assert "| all | while tables are published | was begun again | 1 |" in told
    account: dict[str, object] = {"documents": {"clean": 2000}, "rejects": [1, 2], "rows": {"segments": 9}}
    told = resumed.table(resumed.Result(2002, 8.0, [DONE, DONE], account, 3.0, "everything holds in here"))
    assert "2,002 documents, 8 MB packed, 24 seconds in all: 83.4 documents a second." in told
    assert "clean 2,000; rejects: 2" in told and "the last attempt: 8 documents of them" in told
    assert told.endswith("3 seconds: everything holds")


def test_a_packed_file_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_SOURCE_GIGABYTES", 0.0005)
    packed.write_packed(tmp_path / "a.jsonl.gz", 3.0)
    found = packed.measure(tmp_path / "a.jsonl.gz", tmp_path / "work")
    assert found.packed >= 3 and found.unpacked > 4.2 and found.units > 1
    assert 0 < found.copies < found.unpacked
    assert packed.table([found]).count("\n") == 2


def test_the_corpus_has_a_file_of_several_units(tmp_path: Path) -> None:
    documents = killed.write_corpus(tmp_path, 5.4)
    large, *small = sorted(tmp_path.iterdir())
    assert documents > 500 and len(small) > 2
    assert large.stat().st_size > 5 * small[0].stat().st_size
