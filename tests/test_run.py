import hashlib
import json
import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import stub_plan
from stub_plan import PAGES, write_pages

from pipeline.errors import InputError, OutputError
from pipeline.io.write import FOLDERS, PART
from pipeline.run import run
from pipeline.settings import Settings

BAD: dict[str, str | bytes] = {
    "bad/binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xfe" * 9,
    "bad/boom.txt": "BOOM",
    "bad/empty.txt": "",
    "bad/line.txt": "x" * 5000,
    "odd name\n名.txt": "Odd but fine.",
}
SMALL = Settings(max_document_bytes=1000)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)


def rows(out: Path, folder: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(out / folder / PART).to_pylist()
    return found


def parquet(out: Path) -> dict[str, bytes]:
    return {folder: (out / folder / PART).read_bytes() for folder in FOLDERS}


def test_a_clean_run(tmp_path: Path) -> None:
    summary = run([write_pages(tmp_path / "in")], tmp_path / "out")
    assert summary.exit_status == 0
    assert summary.documents == {"clean": 3, "duplicate": 1, "empty": 1, "other_language": 1}
    assert summary.labels["nav"] == 4
    assert summary.kinds == {"glossed": 1, "residue": 5}
    solid = sum(len("".join(page.split())) for page in PAGES.values())
    assert summary.characters["source"] == solid
    assert summary.characters["kept"] + summary.characters["removed"] == solid
    assert summary.characters["changed"] == len("\u00ad") + len("``") + len("-")
    assert summary.outcomes == {"glossed": {"proposed": 1}, "residue": {"proposed": 1, "no proposal": 4}}
    assert summary.example == "a.txt"
    assert [row["id"] for row in rows(tmp_path / "out", "corpus/en")] == ["a.txt", "f.txt"]
    assert summary.rows == {folder: len(rows(tmp_path / "out", folder)) for folder in summary.rows}
    assert set(summary.rows) == set(FOLDERS)


def test_the_smallest_id_keeps_a_duplicated_text(tmp_path: Path) -> None:
    run([write_pages(tmp_path / "in")], tmp_path / "out")
    states = {row["id"]: (row["status"], row["duplicate_of"]) for row in rows(tmp_path / "out", "documents")}
    assert (states["f.txt"], states["g.txt"]) == (("clean", None), ("duplicate", "f.txt"))


def test_a_gloss_from_one_document_helps_in_another(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", {"a.txt": "Some 红利 here.", "z.txt": "红利 (dividend)"})
    run([pages], tmp_path / "out")
    (entry,) = rows(tmp_path / "out", "lexicon")
    assert (entry["term"], entry["translation"], entry["n_documents"]) == ("红利", "dividend", 1)
    assert rows(tmp_path / "out", "fragments")[0]["proposal"] == "dividend"


def test_bad_inputs_are_rejects_and_the_rest_goes_through(tmp_path: Path) -> None:
    good = run([write_pages(tmp_path / "good")], tmp_path / "out")
    pages = write_pages(tmp_path / "in", PAGES | BAD)
    (pages / "gone.txt").symlink_to("nowhere")
    (pages / "loop").symlink_to(pages)
    summary = run([pages], tmp_path / "both", SMALL)
    assert summary.exit_status == 3
    assert {reject.id: reject.stage for reject in summary.rejects} == {
        "bad/binary.txt": "decode",
        "bad/boom.txt": "clean",
        "bad/empty.txt": "read",
        "bad/line.txt": "read",
        "gone.txt": "read",
        "loop": "read",
    }
    assert [row["id"] for row in rows(tmp_path / "both", "rejects")] == [reject.id for reject in summary.rejects]
    assert summary.documents["clean"] == good.documents["clean"] + 1
    boom = next(reject for reject in summary.rejects if reject.id == "bad/boom.txt")
    assert (boom.error, boom.source_sha256) == ("StubError", hashlib.sha256(b"BOOM").hexdigest())


def test_a_run_of_rejects_only_is_still_a_whole_run(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", {"boom.txt": "BOOM"})
    (pages / "gone.txt").symlink_to("nowhere")
    for given, number in (([pages], 2), ([f"{pages}/g*"], 1)):
        summary = run(given, tmp_path / "out")
        assert (len(summary.rejects), summary.rows["documents"], summary.exit_status) == (number, 0, 3)
        assert set(parquet(tmp_path / "out")) == set(FOLDERS)


def test_the_same_bytes_whatever_the_order_and_the_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many: dict[str, str | bytes] = {f"{n % 7}/{n:03}.txt": f"Text {n % 40}.\n\n" + "国 " * n for n in range(90)}
    pages = write_pages(tmp_path / "in", PAGES | BAD | many)
    run([pages], tmp_path / "one", SMALL)
    run([pages], tmp_path / "two", SMALL)
    assert parquet(tmp_path / "one") == parquet(tmp_path / "two")
    assert (tmp_path / "one" / "README.md").read_bytes() == (tmp_path / "two" / "README.md").read_bytes()

    files = [f"{pages}/*.txt", *(pages / str(n) for n in range(7))]
    run(files, tmp_path / "sorted", SMALL)
    random.Random(7).shuffle(files)
    monkeypatch.setattr("pipeline.corpus.batches.MAX_BATCH_DOCUMENTS", 3)
    run(files, tmp_path / "shuffled", SMALL)
    assert parquet(tmp_path / "sorted") == parquet(tmp_path / "shuffled")


def test_rows_come_in_the_order_of_ids(tmp_path: Path) -> None:
    pages = {"b.txt": "b", "a/z.txt": "z", "a.txt": "a", "B.txt": "B", "é.txt": "é"}
    run([write_pages(tmp_path / "in", pages)], tmp_path / "out")
    for folder in ("documents", "segments", "corpus/en"):
        assert [row["id"] for row in rows(tmp_path / "out", folder)] == sorted(pages)


def test_run_json(tmp_path: Path) -> None:
    summary = run([write_pages(tmp_path / "in", PAGES | BAD)], tmp_path / "out", SMALL)
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert told["fingerprint"] == SMALL.fingerprint()
    assert told["settings"]["max_document_bytes"] == 1000
    assert told["segments_by_label"] == summary.labels
    assert told["characters"] == {"unit": "code points that are not space", **summary.characters}
    assert sum(told["fragments_by_outcome"]["residue"].values()) == told["fragments_by_kind"]["residue"]
    assert told["inputs"]["found"] == len(PAGES | BAD)
    assert told["edits_by_rule"] == {"stub/list": 1, "stub/quote": 1, "stub/shy": 1}
    assert {"python", "pyarrow", "lingua-language-detector", "opencc", "regex", "ftfy"} <= set(told["versions"])
    assert [reject["id"] for reject in told["rejects"]] == [reject.id for reject in summary.rejects]
    assert told["peak_rss_bytes"] > 2**20
    for name, digest in told["files"].items():
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest
    metadata = pq.read_schema(tmp_path / "out" / "segments" / PART).metadata
    assert metadata[b"clean_corpus.settings"] == SMALL.fingerprint().encode()
    assert {b"clean_corpus.schema", b"clean_corpus.version"} < set(metadata)
    assert b"pandas" not in metadata


def test_run_json_holds_no_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = write_pages(tmp_path / "in", PAGES | BAD)
    monkeypatch.chdir(pages)
    run([pages, f"{pages}/*.txt", pages / "b" / "c.txt"], tmp_path / "out", SMALL)
    text = (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    inputs = json.loads(text)["inputs"]
    assert (inputs["given"], inputs["working_directory"]) == ([".", "*.txt", "b/c.txt"], "../in")


def test_the_example_is_a_clean_document_where_there_is_one(tmp_path: Path) -> None:
    pages = {"a.txt": "nav only", "b.txt": "lang=pt nothing", "c.txt": "Fine."}
    assert run([write_pages(tmp_path / "in", pages)], tmp_path / "out").example == "c.txt"
    (tmp_path / "in" / "c.txt").unlink()
    assert run([tmp_path / "in"], tmp_path / "out").example == "a.txt"
    assert run([write_pages(tmp_path / "bad", {"x.txt": "BOOM"})], tmp_path / "out").example is None


def test_progress_reaches_the_end_of_both_passes(tmp_path: Path) -> None:
    calls: list[tuple[str, int, int]] = []
    run([write_pages(tmp_path / "in", PAGES | BAD)], tmp_path / "out", SMALL, lambda *call: calls.append(call))
    # One document is too large to be read, two more fail in the first pass; none is tried twice.
    assert calls[-1] == ("cleaning", 8, 8)
    assert ("reading", 11, 11) in calls


def test_a_missing_input_leaves_the_last_run_alone(tmp_path: Path) -> None:
    run([write_pages(tmp_path / "in")], tmp_path / "out")
    before = parquet(tmp_path / "out")
    (tmp_path / "void").mkdir()
    for given in ("missing", "void"):
        with pytest.raises(InputError):
            run([tmp_path / given], tmp_path / "out")
    assert parquet(tmp_path / "out") == before


def test_a_run_that_breaks_off_leaves_the_last_run_alone(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in")
    run([pages], tmp_path / "out")
    before = parquet(tmp_path / "out")

    def break_off(name: str, done: int, total: int) -> None:
        if name == "cleaning":
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left on device"):
        run([pages], tmp_path / "out", SMALL, break_off)
    assert parquet(tmp_path / "out") == before
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".tmp")]


def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in")
    with pytest.raises(OutputError, match="is not the output of a run"):
        run([pages], pages)
    assert sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*.*")) == sorted(PAGES)
