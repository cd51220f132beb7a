import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import stub_plan
from stub_plan import PAGES, write_pages

from pipeline.account import digest_files
from pipeline.errors import OutputError
from pipeline.io.write import FOLDERS, PART, TableWriter
from pipeline.run import run
from pipeline.verify import verify

TEXT_COLUMNS = [
    (folder, field.name) for folder, schema in FOLDERS.items() for field in schema if field.type == pa.string()
]
# Nothing else says what these have to be: only the digests in run.json guard them.
FREE = {
    "segments": {"script", "rule", "label"},
    "fragments": {"kind", "language", "host_language", "proposal", "source"},
    "ledger": {"rule"},
    "rejects": {"source"},
    "lexicon": {"term", "term_language", "translation", "translation_language", "origin"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    pages = PAGES | {"boom.txt": "BOOM 短 (short)", "zh.txt": "lang=zh-Hans nav\n\nSummary: 短\n\n=题"}
    with pytest.MonkeyPatch.context() as patch:
        stub_plan.install(patch)
        run([write_pages(folder / "in", pages)], folder / "out")
    return folder


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "out", tmp_path / "out"))


def tamper(out: Path, folder: str, change: Any, *, forge: bool = True) -> None:
    """Let `change` work on the rows of a table; `forge` its digest too: only other checks can tell."""
    path = out / folder / PART
    schema = pq.read_schema(path)
    rows = pq.read_table(path).to_pylist()
    changed = change(rows)
    rows = rows if changed is None else changed
    with TableWriter(out / folder, schema) as writer:
        writer.write(pa.Table.from_pylist(rows, schema=schema))
    if forge:
        account = json.loads((out / "run.json").read_text(encoding="utf-8"))
        account["files"] = digest_files(out)
        (out / "run.json").write_text(json.dumps(account), encoding="utf-8")


def cut(rows: list[dict[str, Any]], column: str) -> None:
    """Delete the last character of the first value there is."""
    row = next(row for row in rows if row[column])
    row[column] = row[column][:-1]


def test_a_run_that_nobody_touched_holds(out: Path, made: Path) -> None:
    assert verify(out) == []
    assert verify(out, made / "in") == []


def test_rewriting_a_table_unchanged_is_no_violation(out: Path) -> None:
    for folder in FOLDERS:
        tamper(out, folder, lambda rows: rows)
    assert verify(out) == []


@pytest.mark.parametrize(("folder", "column"), TEXT_COLUMNS)
def test_a_deleted_character_is_found(out: Path, folder: str, column: str) -> None:
    if not any(pq.read_table(out / folder / PART)[column].to_pylist()):
        pytest.skip(f"{folder} has no {column} here")
    tamper(out, folder, lambda rows: cut(rows, column), forge=False)
    assert verify(out)[0].id == f"{folder}/{PART}"
    tamper(out, folder, lambda rows: None)  # forges the digests, so that only the other checks are left
    assert (verify(out) == []) == (column in FREE.get(folder, ()))


@pytest.mark.parametrize(
    ("folder", "change", "message"),
    [
        ("segments", lambda rows: rows[:3] + rows[4:], "is in no segment"),
        ("segments", lambda rows: rows[3].update(end=rows[3]["end"] + 3), "is in two segments"),
        ("segments", lambda rows: rows[3].update(keep=False), "keep is False for label body"),
        ("segments", lambda rows: rows[0].update(start=-1), "is not in the source"),
        ("segments", lambda rows: rows[-1].update(id="zzz"), "rows of no document"),
        (
            "segments",
            lambda rows: rows[0].update(text=rows[0]["text"] + " "),
            "is not what the ledger leaves",
        ),
        ("ledger", lambda rows: rows[1:], "the ledger does not fit"),
        ("ledger", lambda rows: rows[:-1], "is not what the ledger leaves"),
        ("ledger", lambda rows: rows[0].update(start=rows[0]["start"] + 1), "the ledger does not fit"),
        ("fragments", lambda rows: rows[0].update(segment=0), "is not in segment 0"),
        ("fragments", lambda rows: rows[0].update(segment=99), "there is no segment 99"),
        ("fragments", lambda rows: rows[0].update(gloss_start=None), "gloss is not the source"),
        ("fragments", lambda rows: rows[1].update(applied=True), "n_residue"),
        ("documents", lambda rows: rows[0].update(n_chars=1), "n_chars"),
        ("documents", lambda rows: rows[0].update(chrome_languages=["en", "it"]), "chrome_languages"),
        ("documents", lambda rows: rows[-2].update(duplicate_of="a.txt"), "duplicate_of"),
        ("documents", lambda rows: rows[2].update(status="clean"), "status"),
        ("documents", lambda rows: rows[1:], "not every input"),
        ("documents", lambda rows: rows[::-1], "out of order"),
        ("documents", lambda rows: [rows[0], *rows], "stands twice"),
        ("corpus/en", lambda rows: rows[1:], "it is in the corpus of [], not of en"),
        ("corpus/en", lambda rows: rows[0].update(published=None), "published"),
        ("corpus/en", lambda rows: rows[0]["paragraphs"].pop(), "paragraphs"),
        ("corpus/en", lambda rows: rows[0].update(text=rows[0]["text"] + "e\u0301"), "NFC"),
        ("lexicon", lambda rows: rows[0]["examples"].append({"id": "q", "start": 0}), "from no input"),
        ("lexicon", lambda rows: rows[-1]["examples"][0].update(start=0), "does not stand at 0"),
        ("rejects", lambda rows: [], "not every input"),
        ("rejects", lambda rows: rows[0].update(message=""), "rejects are not those of the table"),
    ],
)
def test_what_does_not_follow_is_found(out: Path, folder: str, change: Any, message: str) -> None:
    def quietly(rows: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        result = change(rows)
        return result if isinstance(result, list) else None

    tamper(out, folder, quietly)
    assert any(message in violation.message for violation in verify(out)), verify(out)


def test_a_changed_source_is_found(out: Path, made: Path, tmp_path: Path) -> None:
    sources = Path(shutil.copytree(made / "in", tmp_path / "in"))
    (sources / "g.txt").write_bytes(b"Same text.\n")
    messages = [violation for violation in verify(out, sources) if "another digest" in violation.message]
    assert [violation.id for violation in messages] == ["g.txt"]
    (sources / "g.txt").unlink()
    (sources / "f.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xfe" * 9)
    unread = [violation.id for violation in verify(out, sources) if "cannot be read" in violation.message]
    assert unread == ["f.txt", "g.txt"]


def test_sources_are_found_from_where_the_run_was(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    stub_plan.install(monkeypatch)
    run(["in"], tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    assert verify("out") == []
    assert verify("out", made) == []
    assert len(verify("out", tmp_path)) == len(PAGES) + 1


@pytest.mark.parametrize("absolute", [True, False])
def test_a_run_that_was_moved_with_its_sources_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, absolute: bool
) -> None:
    stub_plan.install(monkeypatch)
    here = tmp_path / "here"
    write_pages(here / "in", PAGES | {"bad/empty.txt": ""})
    monkeypatch.chdir(here / "in")
    root = here if absolute else Path("..")
    run([root / "in" / "b", f"{root}/in/*.txt", root / "in" / "bad" / "empty.txt"], root / "out")
    assert str(tmp_path) not in (here / "out" / "run.json").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    here.rename(tmp_path / "there")
    assert verify("there/out") == []
    (tmp_path / "there" / "in" / "a.txt").write_text("other")
    assert {violation.id for violation in verify(tmp_path / "there" / "out")} == {"a.txt"}


def test_a_run_reached_through_a_link_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)
    write_pages(tmp_path / "in")
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "far" / "away")
    monkeypatch.chdir(tmp_path)
    run(["in"], "link/out")
    assert verify("link/out") == verify("far/away/out") == []


def test_a_broken_file_is_named_and_not_a_crash(out: Path) -> None:
    (out / "ledger" / PART).write_bytes(b"PAR1")
    (out / "fragments" / PART).unlink()
    columns = FOLDERS["rejects"].remove(0)
    pq.write_table(pa.Table.from_pylist([], schema=columns), out / "rejects" / PART)
    found = {(violation.id, violation.message.partition(":")[0]) for violation in verify(out)}
    assert {(f"ledger/{PART}", "cannot be read"), (f"fragments/{PART}", "cannot be read")} < found
    assert (f"rejects/{PART}", "its columns are not those of this version") in found


def test_only_the_output_of_a_run_can_be_verified(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        verify(tmp_path)
