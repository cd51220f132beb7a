"""Exports: each is read back with the tools that people use, and gives what the tables hold."""

import json
import os
import shutil
import struct
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from out_folder import segments_of, write_out
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import OutputError, SettingsError
from pipeline.export.formats import FORMATS, export
from pipeline.export.jsonl import shortest
from pipeline.export.source import TABLE_FOLDERS
from pipeline.export.xml import escaped
from pipeline.io.write import FOLDERS

HOSTILE = "=cmd|' /C calc'!A0 <b>&amp;</b> \u202eevil\u2028x\x85y \x1b[2J \x00\ufffe 水\r\n\ttab \U0001f600"
IDS = ("a.txt", "../../etc/passwd", "x\ny\u2028.txt", "c:\\con", "b.txt")


def page(id: str, language: str = "en", text: str = "One.\n\n- two\n- three", **more: Any) -> dict[str, Any]:
    return {
        "id": id, "source": id, "language": language, "title": f"About {id}", "published": date(2026, 5, 29),
        "text": text, "paragraphs": [{"segment": 0, "label": "body", "text": "One."}], "n_residue": 0,
        "source_sha256": "0" * 64,
    } | more  # fmt: skip


def pair(term: str, translation: str, **more: Any) -> dict[str, Any]:
    return {
        "term": term, "term_language": "zh-Hans", "translation": translation, "translation_language": "en",
        "n_documents": 1, "n_occurrences": 2, "examples": [{"id": "a.txt", "start": 7}], "origin": "gloss",
    } | more  # fmt: skip


PAGES = [page(id) for id in IDS[:-1]] + [page(IDS[-1], text=f"{HOSTILE}\n\nEnd.", title=HOSTILE)]
PAIRS = [
    pair("红利", "dividend"),
    pair("红利", "bonus", n_documents=3),
    pair("净资产价值", "NAV", origin="abbreviation"),
    pair("=1+1 <水>", 'a & "b" \U0001f600', examples=[{"id": HOSTILE, "start": 0}]),
    pair("雨", "pluie", translation_language="fr"),
    pair("髮", "发", term_language="zh-Hant", translation_language="zh-Hant"),
]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return write_out(
        tmp_path / "out",
        {
            "corpus/en": PAGES,
            "corpus/zh": [page("z.txt", "zh-Hans", "第一段。\n\n第二段。", text_hans="第一段。")],
            "segments": segments_of("a.txt", "One.", ("One.", "body", "en")),
            "lexicon": PAIRS,
        },
    )


def invoke(*args: object) -> Any:
    return CliRunner().invoke(app, ["export", *map(str, args)])


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def loaded(folder: Path, cache: Path, how: str) -> Any:
    """Return what `datasets`, in a process without network, loads from `folder` with the arguments `how`."""
    code = (
        "import json, datasets\n"
        f"rows = datasets.load_dataset({how}, split='train')\n"
        "print(json.dumps(rows.to_list(), default=str))"
    )
    environment = {**os.environ, "HF_HOME": str(cache), "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_json_lines_are_read_by_four_tools(out: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    assert invoke(out, dest, "--to", "jsonl").output == f"en: 5 rows\nzh: 1 row\nin {dest}\n"
    file = dest / "en.jsonl"
    expected = [(row["id"], row["title"], row["text"]) for row in PAGES]
    found = {
        "json": [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()],
        "duckdb": duckdb.read_json(str(file)).to_df().to_dict("records"),
        "polars": pl.read_ndjson(file).to_dicts(),
        "pandas": pd.read_json(file, lines=True).to_dict("records"),
        "datasets": loaded(dest, tmp_path, "'json', data_files='en.jsonl'"),
    }
    for tool, rows in found.items():
        assert [(row["id"], row["title"], row["text"]) for row in rows] == expected, tool
        assert {str(row["published"])[:10] for row in rows} == {"2026-05-29"}, tool
    assert list(found["json"][0]) == FOLDERS["corpus/en"].names
    assert found["json"][0]["paragraphs"] == PAGES[0]["paragraphs"]


def test_any_table_goes_to_json_lines(out: Path, tmp_path: Path) -> None:
    assert export(out, tmp_path / "dest", "jsonl", ["segments", "rejects"]) == {"segments": 1, "rejects": 0}
    assert set(files(tmp_path / "dest")) == {"segments.jsonl", ".clean-corpus-export"}
    (line,) = (tmp_path / "dest" / "segments.jsonl").read_text().splitlines()
    assert '"language_score": 0.9,' in line and '"sentences": null' in line


@given(st.floats(0, 1, width=32))
def test_a_short_number_is_the_same_number(value: float) -> None:
    assert struct.pack("f", shortest(value)) == struct.pack("f", value)
    assert len(repr(shortest(value))) <= len(repr(value))


def test_plain_text_has_a_line_a_paragraph_and_a_blank_line_between_documents(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path / "dest", "text")
    text = (tmp_path / "dest" / "en.txt").read_text(encoding="utf-8")
    documents = text.split("\n\n")
    assert len(documents) == 5 and documents[0] == "One.\n- two\n- three"
    # However a reader breaks lines, they are the same: what breaks one in the text is a line feed now.
    assert text.splitlines() == text.removesuffix("\n").split("\n")
    assert "=cmd|' /C calc'!A0 <b>&amp;</b>" in documents[-1]
    rows = loaded(tmp_path / "dest", tmp_path, "'text', data_files='en.txt', sample_by='paragraph'")
    assert [row["text"].strip() for row in rows] == [document.strip() for document in documents]
    assert (tmp_path / "dest" / "zh.txt").read_text(encoding="utf-8") == "第一段。\n第二段。\n"


def test_tmx_is_read_by_translate_toolkit(out: Path, tmp_path: Path) -> None:
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed: make test has it")
    export(out, tmp_path / "dest", "tmx")
    content = (tmp_path / "dest" / "lexicon.tmx").read_bytes()
    store = tmx.tmxfile.parsestring(content, "zh-Hans", "en")
    told = [(unit.source, unit.target) for unit in store.units]
    assert told[:4] == [(row["term"], row["translation"]) for row in PAIRS[:4]]
    french = tmx.tmxfile.parsestring(content, "zh-Hans", "fr")
    assert ("雨", "pluie") in [(unit.source, unit.target) for unit in french.units]
    assert len(store.units) == len(PAIRS)


def test_tbx_is_read_by_translate_toolkit(out: Path, tmp_path: Path) -> None:
    tbx = pytest.importorskip("translate.storage.tbx", reason="translate-toolkit is not installed: make test has it")
    export(out, tmp_path / "dest", "tbx")
    store = tbx.tbxfile.parsestring((tmp_path / "dest" / "lexicon.tbx").read_bytes(), "zh-Hans", "en")
    told = [(unit.source, unit.target) for unit in store.units]
    assert told[:4] == [(row["term"], row["translation"]) for row in PAIRS[:4]]
    assert [unit.getid() for unit in store.units] == [f"pair-{n}" for n in range(1, 7)]
    assert [note.text for note in store.units[2].get_target_terms()[0].notes if note.origin == "pos"] == ["shortForm"]
    # Two words of one language are two terms of one language, not a language twice.
    assert [term.text for term in store.units[5].get_target_terms("zh-Hant")] == ["髮", "发"]


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_what_xml_can_hold_comes_back_and_the_rest_shows(text: str) -> None:
    element = ElementTree.fromstring(f'<a b="{escaped(text)}">{escaped(text)}</a>')
    assert (element.text or "") == element.attrib["b"]
    kept = element.attrib["b"]
    assert len(kept) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, kept, strict=True))


def test_a_lexicon_without_rows_is_said_so(tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", {"documents": [{"id": "a"}]})
    assert invoke(out, tmp_path / "dest", "--to", "tbx").output == "lexicon: 0 rows\nnothing to export\n"


def test_a_folder_for_the_hub_is_loaded_by_name(out: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    export(out, dest, "hf", ["en", "zh", "lexicon", "rejects"])
    assert set(files(dest)) == {
        "README.md", "croissant.json", ".clean-corpus-export", "corpus/en/part-00000.parquet",
        "corpus/zh/part-00000.parquet", "lexicon/part-00000.parquet",
    }  # fmt: skip
    for table, rows in (("en", PAGES), ("zh", [page("z.txt")]), ("lexicon", PAIRS)):
        found = loaded(tmp_path, tmp_path / "cache", f"'dest', {table!r}")
        key = "term" if table == "lexicon" else "id"
        assert [row[key] for row in found] == [row[key] for row in rows]
    card = (dest / "README.md").read_text()
    assert "config_name: en\n  data_files: corpus/en/*.parquet\n  default: true" in card
    assert "rejects" not in card and "## lexicon" in card
    assert pl.read_parquet(dest / "corpus/en").height == len(pd.read_parquet(dest / "corpus/en")) == 5


def test_a_table_in_several_files_stays_so(out: Path, tmp_path: Path) -> None:
    part = out / "corpus" / "en" / "part-00000.parquet"
    shutil.copy(part, part.with_name("part-00001.parquet"))
    assert export(out, tmp_path / "text", "text")["en"] == export(out, tmp_path / "dest", "hf", ["en"])["en"] == 10
    assert (tmp_path / "text" / "en.txt").read_text(encoding="utf-8").count("\n\n") == 9
    told = json.loads((tmp_path / "dest" / "croissant.json").read_text())
    assert [record["@id"] for record in told["recordSet"]] == ["en-00000", "en-00001"]
    assert (tmp_path / "dest" / "README.md").read_text().startswith("---\nlanguage:\n- en\nconfigs:")
    assert len(loaded(tmp_path, tmp_path / "cache", "'dest', 'en'")) == 10


def test_croissant_is_valid_and_leads_to_the_rows(out: Path, tmp_path: Path) -> None:
    mlcroissant = pytest.importorskip(
        "mlcroissant", reason="mlcroissant is not installed: pip install 'clean-corpus[downstream]' has it"
    )
    export(out, tmp_path / "dest", "hf", ["en", "segments", "lexicon"])
    dataset = mlcroissant.Dataset(jsonld=tmp_path / "dest" / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    found = list(dataset.records(record_set="en"))
    assert [row["en/id"].decode() for row in found] == list(IDS)
    assert found[-1]["en/title"].decode() == HOSTILE
    (segment,) = dataset.records(record_set="segments")
    assert (segment["segments/label"], segment["segments/keep"]) == (b"body", True)
    assert [row["lexicon/n_documents"] for row in dataset.records(record_set="lexicon")] == [1, 3, 1, 1, 1, 1]


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_tables_give_the_same_bytes_and_no_id_is_a_path(out: Path, tmp_path: Path, to: str) -> None:
    for name in ("one", "two"):
        export(out, tmp_path / name, to, FORMATS[to].tables)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    allowed = {*TABLE_FOLDERS, "lexicon", "README", "croissant", ".clean-corpus-export", "part-00000"}
    assert {path.stem for path in (tmp_path / "one").rglob("*") if path.is_file()} <= allowed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "out", "two"]


def test_an_export_replaces_an_export_and_nothing_else(out: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    export(out, dest, "jsonl")
    export(out, dest, "text")
    assert set(files(dest)) == {"en.txt", "zh.txt", ".clean-corpus-export"}
    (dest / "mine.txt").write_text("keep me")
    result = invoke(out, dest, "--to", "jsonl")
    assert result.exit_code == 1 and "holds mine.txt, which no export wrote" in result.stderr
    assert (dest / "mine.txt").read_text() == "keep me" and (dest / "en.txt").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "README.md").write_text("mine")
    with pytest.raises(OutputError, match="which no export wrote"):
        export(out, tmp_path / "full", "hf")
    (tmp_path / "empty").mkdir()
    export(out, tmp_path / "empty", "text")


def test_what_is_in_the_run_stays_the_runs(out: Path) -> None:
    for dest in (out, out / "export", out / "corpus"):
        with pytest.raises(OutputError, match="lies in the folder of the run"):
            export(out, dest, "jsonl")
    with pytest.raises(OutputError, match="which no export wrote"):
        export(out, out.parent, "jsonl")


def test_a_failure_leaves_the_last_export_alone(out: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    export(out, dest, "jsonl")
    before = files(dest)
    path = out / "corpus" / "zh" / "part-00000.parquet"
    damaged = bytearray(path.read_bytes())
    damaged[8:200] = bytes(192)
    path.write_bytes(damaged)
    with pytest.raises(OutputError, match="cannot read table"):
        export(out, dest, "jsonl")
    assert files(dest) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dest", "out"]


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (("--to", "csv"), "--to csv: none of jsonl, text, tmx, tbx, hf"),
        (("--to", "text", "--table", "segments"), "--table segments: text holds en, zh"),
        (("--to", "jsonl", "--table", "corpus/en"), "--table corpus/en: jsonl holds en, zh, documents"),
    ],
)
def test_what_there_is_not_ends_with_2(out: Path, tmp_path: Path, args: tuple[str, ...], part: str) -> None:
    result = invoke(out, tmp_path / "dest", *args)
    assert result.exit_code == 2 and part in result.stderr
    assert not (tmp_path / "dest").exists()
    with pytest.raises(SettingsError):
        export(out, tmp_path / "dest", "nothing")
