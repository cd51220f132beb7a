"""A reviewer's corrections: kept in a file that only grows, honoured by the next run, and usable as gold."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.correction import Correction, corrections_of, digest
from pipeline.errors import InputError, SettingsError
from pipeline.evaluation.evaluate import evaluate
from pipeline.evaluation.heeded import unheeded
from pipeline.io.corrections import Entry, append, read_corrections
from pipeline.lookup import rows
from pipeline.plan import clean
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.verify import verify

PAGE = (
    "Condividi\n\nThe long way home\n\n"
    "It rained all day, and nobody came to see the fair, which was a pity for the town.\n\n"
    "The company has closed its commercial闭环 in the third quarter, the chairman told a newspaper on Monday.\n\n"
    "Share prices fell by three per cent, and the bank that had lent the money asked for more of it back at once.\n"
)
TIME = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def correction(text: str, what: Any, value: str, raw: str = PAGE, document: str = "a.txt") -> Correction:
    start = raw.index(text)
    return Correction(document, start, start + len(text), what, value, digest(text))


def entry(made: Correction, value: str | None = "", **before: Any) -> Entry:
    return Entry(made.document, made.start, made.end, made.what, made.value if value == "" else value,
                 made.sha256, "text", before, TIME)  # fmt: skip


RAINED = "It rained all day, and nobody came to see the fair, which was a pity for the town."


@pytest.mark.parametrize(
    ("what", "value", "said"),
    [
        ("label", "boddy", "is none of"), ("language", "Italian", "no language tag"), ("kind", "word", "is none of"),
        ("repair", " x", "space around"), ("repair", "a\nb", "line end"), ("repair", "x" * 1001, "longer"),
        ("colour", "red", "is none of"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(what: Any, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Correction("a.txt", 0, 1, what, value, "")


def test_each_document_gets_its_own() -> None:
    known = sorted(Correction(id, n, n + 1, "label", "body", "") for id in ("a", "b", "c") for n in range(3))
    assert [(each.document, each.start) for each in corrections_of(known, "b")] == [("b", 0), ("b", 1), ("b", 2)]
    assert not corrections_of(known, "bb") and not corrections_of([], "a")


def test_a_label_and_a_language_decide_what_follows() -> None:
    said = (correction(RAINED, "label", "caption"), correction(RAINED, "language", "it"))
    doc = clean(PAGE, id="a.txt", settings=Settings(corrections=tuple(sorted(said))))
    (segment,) = (segment for segment in doc.segments if "rained" in segment.text)
    assert (segment.label, segment.rule, segment.score) == ("caption", "correction/label+correction/language", 1.0)
    assert (segment.language, segment.language_score, segment.keep) == ("it", 1.0, False)
    other = clean(PAGE, id="b.txt", settings=Settings(corrections=tuple(sorted(said))))
    assert other.segments == clean(PAGE, id="b.txt").segments


def test_a_text_that_has_changed_since_keeps_what_is_found() -> None:
    said = correction(RAINED, "label", "caption")
    changed = PAGE.replace("rained", "snowed")
    doc = clean(changed, id="a.txt", settings=Settings(corrections=(said,)))
    assert doc.segments == clean(changed, id="a.txt").segments


@pytest.mark.parametrize(("kind", "kinds"), [("name", ["name"]), ("none", [])])
def test_a_kind_decides_what_becomes_of_a_fragment(kind: str, kinds: list[str]) -> None:
    assert [fragment.kind for fragment in clean(PAGE, id="a.txt").fragments] == ["residue"]
    doc = clean(PAGE, id="a.txt", settings=Settings(corrections=(correction("闭环", "kind", kind),)))
    assert [fragment.kind for fragment in doc.fragments] == kinds
    assert all(f.source.endswith("+correction/kind") and not f.candidates for f in doc.fragments)


@pytest.mark.parametrize(
    ("policy", "repair", "text"),
    [
        ("apply", "loop of its own", "commercial loop of its own in"),
        ("apply", "", "its commercial in"),
        ("suggest", "loop of its own", "commercial闭环 in"),
    ],
)
def test_a_repair_goes_before_all_others(policy: Any, repair: str, text: str) -> None:
    settings = Settings(fragments=policy, corrections=(correction("闭环", "repair", repair),))
    doc = clean(PAGE, id="a.txt", settings=settings)
    (fragment,) = doc.fragments
    best = fragment.candidates[0]
    assert (best.text, best.source, best.confidence) == (repair, "correction/repair", 1.0)
    assert text in doc.text and doc.restored() == PAGE


def test_the_last_line_on_a_place_counts_and_one_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    label, language = correction(RAINED, "label", "caption"), correction(RAINED, "language", "it")
    append(path, [entry(label, rule="body/run", score=0.7), entry(language)])
    first = path.read_bytes()
    assert read_corrections(path) == tuple(sorted((label, language)))
    append(path, [entry(label, "nav"), entry(language, None)])
    assert path.read_bytes().startswith(first)
    assert [(each.what, each.value) for each in read_corrections(path)] == [("label", "nav")]
    told = json.loads(first.splitlines()[0])
    assert told["before"] == {"rule": "body/run", "score": 0.7} and told["time"] == "2026-11-21T14:00:00+00:00"
    assert (told["document"], told["start"], told["end"]) == ("a.txt", label.start, label.end)


def test_a_line_that_was_broken_off_swallows_none(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text('{"document": "a')
    append(path, [entry(correction(RAINED, "label", "caption"))])
    with pytest.raises(SettingsError, match="line 1: not a correction"):
        read_corrections(path)
    assert json.loads(path.read_text().splitlines()[1])["value"] == "caption"


@pytest.mark.parametrize("line", ["[]", "1", "{}", '{"document": 1, "start": 0, "end": 1}', "[" * 5000])
def test_what_is_no_correction_is_told_by_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "c.jsonl").write_text(f"\n{line}\n")
    with pytest.raises(SettingsError, match="line 2"):
        read_corrections(tmp_path / "c.jsonl")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrected")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(PAGE, encoding="utf-8")
    run([folder / "in"], folder / "out")
    said = [entry(correction(RAINED, "label", "caption")), entry(correction("闭环", "kind", "term")),
            entry(correction("闭环", "repair", "loop"), kind="residue")]  # fmt: skip
    append(folder / "out" / "corrections.jsonl", said)
    return folder


def test_the_next_run_keeps_to_them_and_its_laws(page: Path) -> None:
    file = page / "out" / "corrections.jsonl"
    before = file.read_bytes()
    known = read_corrections(file)
    assert len(list(unheeded(page / "out", known))) == 3
    result = CliRunner().invoke(
        app, ["run", str(page / "in"), "--out", str(page / "next"), "--corrections", str(file), "--workers", "1"]
    )
    assert result.exit_code == 0 and "corrections: 3 of 3 kept to" in result.output
    assert list(unheeded(page / "next", known)) == [] and verify(page / "next") == []
    texts = pq.read_table(page / "next" / "corpus" / "en")["text"].to_pylist()
    assert "rained" not in texts[0] and file.read_bytes() == before
    account = json.loads((page / "next" / "run.json").read_text())
    assert account["settings"]["corrections"]["places"] == 3


def test_a_correction_that_fits_nothing_is_told(page: Path) -> None:
    gone = page / "gone.jsonl"
    append(gone, [entry(correction("It rained", "label", "nav")), entry(Correction("z", 0, 1, "label", "nav", ""))])
    result = CliRunner().invoke(
        app, ["run", str(page / "in"), "--out", str(page / "gone"), "--corrections", str(gone), "--workers", "1"]
    )
    assert result.exit_code == 0 and "corrections: 0 of 2 kept to" in result.output
    assert "no segment has these borders" in result.output and "there is no such document" in result.output


def test_corrections_are_part_of_what_work_is_named_by() -> None:
    one, other = correction(RAINED, "label", "caption"), correction(RAINED, "label", "nav")
    names = {Settings(corrections=said).fingerprint() for said in ((), (one,), (other,))}
    assert len(names) == 3


def test_a_run_can_be_scored_against_them(page: Path) -> None:
    file = page / "out" / "corrections.jsonl"
    before = evaluate(page / "out", file)
    assert before.cases["label_accuracy"] == "0/1" and before.cases["kind_accuracy"] == "0/1"
    assert before.figures["body_f1"] == 0.0 and before.figures["document_language"] is None
    run([page / "in"], page / "scored", Settings(corrections=read_corrections(file)))
    after = evaluate(page / "scored", file)
    assert after.cases["label_accuracy"] == "1/1" and after.cases["kind_accuracy"] == "1/1"
    assert after.figures["body_f1"] == 1.0 and after.figures["false_residue"] == 0


def test_gold_of_another_text_is_refused(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    append(path, [entry(correction("snow", "label", "nav", raw="snow"))])
    with pytest.raises(InputError, match="not the text that was corrected"):
        evaluate(page / "out", path)


def test_a_rule_of_before_is_kept_where_only_the_language_was_wrong(page: Path) -> None:
    said = correction(RAINED, "language", "fr")
    run([page / "in"], page / "french", Settings(corrections=(said,)))
    (row,) = (row for row in rows(page / "french", "segments") if "rained" in row["raw"])
    assert row["rule"] == "body/run+correction/language" and row["language"] == "fr"
