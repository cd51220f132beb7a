import os
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import OutputError
from pipeline.io.card import describe_columns, render_card
from pipeline.io.folder import OLD, RUN, STAGE, read_run, staged
from pipeline.io.write import FOLDERS, PART, TableWriter, table_writers, write_text
from pipeline.schema import TABLES

SCHEMA = TABLES["segments"].with_metadata({"clean_corpus.schema": "1"})


def rows(start: int, stop: int) -> pa.Table:
    fields = {"id": "d", "label": "body", "keep": True, "raw": "text " * 100, "text": "text " * 100}
    return pa.Table.from_pylist(
        [fields | {"segment": n, "raw": f"{n} " * 99} for n in range(start, stop)], schema=SCHEMA
    )


def write(folder: Path, *portions: pa.Table) -> bytes:
    with TableWriter(folder, SCHEMA, rows_per_group=100) as writer:
        for portion in portions:
            writer.write(portion)
    return (folder / PART).read_bytes()


def test_bytes_do_not_depend_on_the_portions(tmp_path: Path) -> None:
    whole = write(tmp_path / "a", rows(0, 1234))
    parts = write(tmp_path / "b", *(rows(n, min(n + 7, 1234)) for n in range(0, 1234, 7)), rows(0, 0))
    assert whole == parts
    assert pq.read_table(tmp_path / "a" / PART).equals(rows(0, 1234))


def test_how_a_file_is_made(tmp_path: Path) -> None:
    write(tmp_path, rows(0, 250))
    file = pq.ParquetFile(tmp_path / PART)
    assert [file.metadata.row_group(n).num_rows for n in range(3)] == [100, 100, 50]
    column = file.metadata.row_group(0).column(1)
    assert (column.compression, column.statistics.max) == ("ZSTD", 99)
    assert file.schema_arrow.metadata == {b"clean_corpus.schema": b"1"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [PART]


def test_an_error_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), TableWriter(tmp_path, SCHEMA) as writer:
        writer.write(rows(0, 5))
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_every_table_has_a_file_even_without_rows(tmp_path: Path) -> None:
    with table_writers(tmp_path, {"k": "v"}) as writers:
        assert set(writers) == set(FOLDERS)
    for folder, schema in FOLDERS.items():
        table = pq.read_table(tmp_path / folder / PART)
        assert (table.num_rows, table.schema.equals(schema)) == (0, True)
        assert table.schema.metadata == {b"k": b"v"}
    assert {"corpus/en", "corpus/zh"} < set(FOLDERS)


def test_text_replaces_the_old_one_whole(tmp_path: Path) -> None:
    write_text(tmp_path / "x", "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(tmp_path / "x", "\ud800")
    assert (tmp_path / "x").read_bytes() == b"old"
    write_text(tmp_path / "x", "new\n")
    assert (tmp_path / "x").read_bytes() == b"new\n"
    assert len(list(tmp_path.iterdir())) == 1


def fill(out: Path, content: str) -> None:
    with staged(out) as stage:
        (stage / "segments").mkdir()
        write_text(stage / "segments" / "x", content)
        write_text(stage / RUN, f'{{"program": "clean-corpus", "content": "{content}"}}')


def test_a_run_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    fill(out, "one")
    (out / "report.html").write_text("about one")
    (out / "mine.txt").write_text("kept")
    (out / ".gitignore").write_text("*")
    fill(out, "two")
    assert (out / "segments" / "x").read_text() == "two"
    assert read_run(out)["content"] == "two"
    assert sorted(path.name for path in out.iterdir()) == [".gitignore", "mine.txt", RUN, "segments"]


def test_a_failed_run_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    with pytest.raises(KeyboardInterrupt), staged(tmp_path) as stage:
        (stage / "segments").mkdir()
        raise KeyboardInterrupt
    assert (tmp_path / "segments" / "x").read_text() == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == [RUN, "segments"]


def test_a_full_disk_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No space left"), staged(tmp_path):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("at", range(4))
def test_a_run_killed_while_it_takes_its_place_goes_on_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: bool, at: int
) -> None:
    if not first:
        fill(tmp_path, "one")
    calls = iter(range(9))

    def dying(path: Path, target: Path) -> Path:
        if next(calls) == at:
            raise SystemExit
        return path.replace(target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", dying)
        try:
            fill(tmp_path, "two")
        except SystemExit:
            assert (tmp_path / STAGE / RUN).exists()
    fill(tmp_path, "three")
    assert (tmp_path / "segments" / "x").read_text() == read_run(tmp_path)["content"] == "three"
    assert sorted(path.name for path in tmp_path.iterdir()) == [RUN, "segments"]


def test_a_killed_run_that_was_not_complete_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / STAGE / "segments").mkdir(parents=True)
    (tmp_path / OLD).mkdir()
    fill(tmp_path, "one")
    assert sorted(path.name for path in tmp_path.iterdir()) == [RUN, "segments"]


@pytest.mark.parametrize("name", ["thesis.docx", RUN])
def test_a_folder_that_is_not_ours_is_not_touched(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    with pytest.raises(OutputError, match="is not the output of a run"):
        fill(tmp_path, "one")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "{}")]


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "(no run.json)"), ("{", "(run.json cannot be read)"), ("[]", "(its run.json is not ours)")],
)
def test_what_is_no_run_is_told_in_one_style(tmp_path: Path, content: str | None, why: str) -> None:
    with pytest.raises(OutputError, match=re.escape(f"{tmp_path / 'nope'}: no such folder")):
        read_run(tmp_path / "nope")
    if content is not None:
        (tmp_path / RUN).write_text(content)
    with pytest.raises(OutputError, match=re.escape(f"{tmp_path} is not the output of a run {why}")):
        read_run(tmp_path)
    (tmp_path / "letter").write_text("x")
    with pytest.raises(OutputError, match=r"\), so what is in it stays: name another folder"):
        fill(tmp_path, "one")


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    with staged(tmp_path) as stage:
        with pytest.raises(OutputError, match="another run"):
            fill(tmp_path, "two")
        write_text(stage / RUN, '{"program": "clean-corpus"}')
    assert read_run(tmp_path)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    for out in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(OutputError):
            fill(out, "one")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        fill(tmp_path, "one")


def test_the_card_describes_every_column_and_no_other() -> None:
    said = describe_columns()
    assert {table: set(columns) for table, columns in said.items()} == {
        table: {"", *schema.names} for table, schema in TABLES.items()
    }
    assert all(text for columns in said.values() for text in columns.values())


def test_the_card_names_the_files_of_each_configuration() -> None:
    card = render_card(dict.fromkeys(FOLDERS, 7))
    front = card.split("---\n")[1]
    assert "- config_name: en\n  data_files: corpus/en/*.parquet\n  default: true\n" in front
    assert "- config_name: zh\n  data_files: corpus/zh/*.parquet\n- config" in front
    assert front.count("default") == 1
    assert "| `segments/` | a paragraph-sized span of a document, kept or not | 7 |" in card
    assert "| `corpus/en/` | a clean English document | 7 |" in card
    assert "| `corpus/zh/` | a clean Chinese document | 7 |" in card
    assert "Licence: that of the sources." in card and "CC-CEDICT" in card
    assert "Without rows" not in card
    assert card.endswith("|\n")


def test_the_card_gives_types_in_words() -> None:
    card = render_card(dict.fromkeys(FOLDERS, 7))
    for row in (
        "| `published` | date |",
        "| `n_residue` | int |",
        "| `score` | float |",
        "| `keep` | bool |",
        "| `chrome_languages` | list of strings |",
        "| `paragraphs` | list of paragraphs (segment: int, label: string, text: string) |",
    ):
        assert row in card
    assert not {"int32", "date32", "struct<", "list<"} & set(re.findall(r"int32|date32|struct<|list<", card))


def test_the_card_names_the_tables_without_rows() -> None:
    card = render_card({folder: 0 if folder in ("corpus/en", "rejects") else 2 for folder in FOLDERS})
    assert "so that `datasets` cannot load them: `en`, `rejects`.\n" in card
    assert 'load_dataset(OUT, "zh", split="train")' in card
    assert "In place of `zh`: `documents`, `segments`, `fragments`, `ledger`, `lexicon`.\n" in card
    assert "load_dataset(" not in render_card(dict.fromkeys(FOLDERS, 0))
