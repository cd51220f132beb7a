"""Between the passes: the lexicon of many sketches, and ids that stand twice."""

import json
import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import stub_plan

from pipeline.corpus import gather
from pipeline.run import run
from pipeline.tables import lexicon_table
from pipeline.verify import verify
from pipeline.words.lexicon import merge_glosses


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)


def corpus(folder: Path, n_files: int) -> Path:
    folder.mkdir()
    chance = random.Random(2)
    for k in range(n_files):
        texts = [
            " ".join(f"{chance.choice('甲乙丙丁')} ({chance.choice(['one', 'two'])})" for _ in range(5)) for _ in "ab"
        ]
        (folder / f"{k:02}.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
    return folder


def test_the_lexicon_is_that_of_one_merge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = corpus(tmp_path / "in", 9)
    harvest = []
    for path in sorted(given.iterdir()):
        for n, line in enumerate(path.read_text().splitlines(), 1):
            found = stub_plan.sketch(json.loads(line)["text"]).glosses
            harvest += [(f"{path.name}#{n}", gloss) for gloss in found]
    expected = lexicon_table(merge_glosses(harvest))
    for at_once in (64, 2, 3):
        monkeypatch.setattr(gather, "FILES_AT_ONCE", at_once)
        run([given], tmp_path / "out")
        assert pq.read_table(tmp_path / "out" / "lexicon").equals(expected)


def test_repairs_use_the_entries_of_most_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {
        "a": "甲 (one)",
        "b": "甲 (one) 乙 (two)",
        "c": "丙 (three) 丁 (four)",
        "d": "甲 乙 丙 丁",
        "e": "丁 (four)",
    }
    (tmp_path / "in").mkdir()
    for name, text in pages.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    monkeypatch.setattr(gather, "KNOWN_ENTRIES", 3)
    run([tmp_path / "in"], tmp_path / "out")
    assert len(pq.read_table(tmp_path / "out" / "lexicon")) == 4
    rows = pq.read_table(tmp_path / "out" / "fragments").to_pylist()
    known = {row["text"]: row["proposal"] for row in rows if row["id"] == "d.txt"}
    assert known == {"甲": "one", "丙": "three", "乙": None, "丁": "four"}  # of equal ones the first in order


def test_the_first_record_of_an_id_stays(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(
        '{"id": "x", "text": "One."}\n{"id": "y", "text": "Two."}\n{"id": "x", "text": "3."}'
    )
    (folder / "b.jsonl").write_text('{"id": "y", "text": "Four."}\n{"id": "c.txt", "text": "Five."}')
    (folder / "c.txt").write_text("Six.")
    summary = run([folder], tmp_path / "out")
    texts = {row["id"]: row["text"] for row in pq.read_table(tmp_path / "out" / "corpus" / "en").to_pylist()}
    assert texts == {"x": "One.", "y": "Two.", "c.txt": "Five."}
    assert [(reject.id, Path(reject.source).name, reject.message) for reject in summary.rejects] == [
        ("c.txt", "c.txt", "another document has the same id (record 1)"),
        ("x", "a.jsonl", "another document has the same id (record 3)"),
        ("y", "b.jsonl", "another document has the same id (record 1)"),
    ]
    assert verify(tmp_path / "out") == []
