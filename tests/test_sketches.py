"""What the first pass has found of a document is not found again in the second, and nothing else comes of it."""

from pathlib import Path

import pytest

from pipeline.batch import clean_batch, clean_known, knowledge, sketch_batch
from pipeline.corpus.batches import SKETCHES, Sketches, batch_of
from pipeline.document import Document
from pipeline.io.record import Record
from pipeline.io.rows import read_rows, write_rows
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.stages.split_segments import split_segments
from pipeline.tables import Reject

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))

PAGE = (
    "\N{ZERO WIDTH NO-BREAK SPACE}NewsroomPublished 2026-05-29\r\n\r\nIt has no 护城河 (moat), and the firm\r\n\r\n"
    "Cafe\N{COMBINING ACUTE ACCENT}s say â€œno return\N{SOFT HYPHEN}ingâ€\x9d of 超额回报（excess returns）.\r\n"
)
HTML = b"<title>Moats</title><p>It has no \xe6\x8a\xa4\xe5\x9f\x8e\xe6\xb2\xb3 (moat).<p>It <b>rained</b>."
"""Pages with glosses whose text is not what was given, and whose lines come from markup."""


def records() -> list[Record]:
    seeds = [Record(number, path.name, "", path.read_bytes()) for number, path in enumerate(SEEDS)]
    return [*seeds, Record(10, "page", "", PAGE.encode()), Record(11, "plain", "", b"It rained all day.")]


def html() -> list[Record]:
    return [Record(0, "html", "", HTML, kind="html")]


@pytest.mark.parametrize("group", [records(), html()], ids=["text", "html"])
def test_recalled_documents_are_those_cut_again(group: list[Record], tmp_path: Path) -> None:
    settings = Settings()
    anew = batch_of(group, Sketches())
    found = [harvest for _, harvest in sketch_batch(anew, settings=settings)]
    rows = [
        {"ordinal": record.ordinal, "sketch": harvest.sketch.as_row()}
        for record, harvest in zip(group, found, strict=True)
        if not isinstance(harvest, Reject) and harvest.sketch is not None
    ]
    assert rows
    write_rows(tmp_path, "sketches", SKETCHES, rows)
    recalled = batch_of(group, Sketches.read(tmp_path / "sketches.parquet"))
    assert recalled.column("sketch").null_count == len(group) - len(rows)
    known = knowledge(settings)
    assert clean_known(recalled, settings=settings, known=known).equals(clean_batch(anew, settings=settings))


def test_nothing_is_cut_that_is_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    (record,) = html()
    ((_, harvest),) = sketch_batch(batch_of([record], Sketches()))
    assert not isinstance(harvest, Reject) and harvest.sketch is not None
    recalled = batch_of([record], Sketches([{"ordinal": 0, "sketch": harvest.sketch.as_row()}]))

    def fail(*_: object) -> None:
        raise AssertionError("it was found before")

    monkeypatch.setattr("pipeline.plan.split_segments", fail)
    monkeypatch.setattr("pipeline.plan.harvest_glosses", fail)
    (row,) = clean_known(recalled, settings=Settings(), known=knowledge(Settings())).to_pylist()
    assert row["reject"] is None
    assert [gloss["translation"] for gloss in row["glosses"]] == ["moat"]


def test_a_run_cuts_a_page_with_glosses_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[str] = []

    def split(doc: Document) -> Document:
        cut.append(doc.id)
        return split_segments(doc)

    monkeypatch.setattr("pipeline.plan.split_segments", split)
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "plain.txt").write_text("It rained all day.", encoding="utf-8")
    run([tmp_path / "page.txt", tmp_path / "plain.txt"], tmp_path / "out")
    assert sorted(cut) == ["page.txt", "plain.txt"]


def test_sketches_are_found_by_ordinal_though_some_are_missing() -> None:
    sketches = Sketches([{"ordinal": number, "sketch": {"cuts": [], "glosses": number}} for number in (2, 3, 7)])
    found = [sketches.of(number) for number in (1, 2, 5, 7, 8)]
    assert [one and one["glosses"] for one in found] == [None, 2, None, 7, None]


def test_rows_are_read_a_few_at_a_time(tmp_path: Path) -> None:
    write_rows(tmp_path, "sketches", SKETCHES, ({"ordinal": n, "sketch": None} for n in range(100)))
    rows = read_rows(tmp_path / "sketches.parquet", at_once=7)
    assert [row["ordinal"] for row in rows] == list(range(100))
