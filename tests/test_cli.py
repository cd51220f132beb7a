"""The command line: what each command prints, and how it ends."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import stub_plan
from out_folder import segments_of, write_out
from stub_plan import write_pages
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.run import parse_languages
from pipeline.document import Document
from pipeline.errors import EditError, SettingsError

ROOT = Path(__file__).parent.parent
SEEDS, GOLD = ROOT / "seeds", ROOT / "tests" / "gold"
COMMANDS = ("run", "inspect", "report", "export", "verify", "eval", "doctor")
EVIL = "x\x1b[2J.txt"
LONG = "A long line. " * 20


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)


def invoke(*args: object) -> Any:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def call(*args: object, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Run the command line as a process of its own."""
    command = [sys.executable, "-m", "pipeline.cli", *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "60"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, **more)


def assert_one_line(text: str, *parts: str) -> None:
    assert text.startswith("clean-corpus: error: ") and text.count("\n") == 1, text
    assert all(part in text for part in parts), text


def test_help_teaches_every_command_with_an_example_and_the_statuses() -> None:
    text = invoke("--help").output
    for command in COMMANDS:
        assert f"\n    clean-corpus {command} " in text or f"\n    clean-corpus {command}\n" in text
        page = invoke(command, "--help")
        assert page.exit_code == 0
        assert f"clean-corpus {command}" in page.output and "Exit status:" in page.output
    for status in range(4):
        assert f"\n    {status}  " in text


def test_help_is_quick_to_start() -> None:
    code = (
        "import sys; from pipeline.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pyarrow', 'lingua', 'regex', 'opencc'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_version_is_the_name_and_a_version() -> None:
    result = invoke("--version")
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert result.exit_code == 0
    assert result.output in (f"clean-corpus {known}\n", "clean-corpus (source tree, not installed)\n")


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("nonsense",),
        ("run",),
        ("run", "x"),
        ("run", "x", "--out", "y", "--min-confidence", "z"),
        ("eval", "x"),
    ],
)
def test_bad_usage_ends_with_2(args: tuple[str, ...]) -> None:
    assert invoke(*args).exit_code == 2


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--fragments", "maybe", "'maybe' is none of report, suggest, apply"),
        ("--min-confidence", "1.5", "1.5 is not between 0 and 1"),
        ("--min-confidence", "nan", "nan is not between 0 and 1"),
        ("--languages", "en,,zh", "'' is not a language tag"),
        ("--languages", "english", "'english' is not a language tag"),
        ("--languages", "en,xx-Latn", "'xx-Latn' is not among those that can be told apart: af ar"),
    ],
)
def test_bad_settings_end_with_2_and_one_line(tmp_path: Path, option: str, value: str, part: str) -> None:
    result = invoke("run", SEEDS, "--out", tmp_path / "out", option, value)
    assert result.exit_code == 2
    assert_one_line(result.stderr, part)
    assert not (tmp_path / "out").exists()


def test_languages_are_read_from_a_list() -> None:
    assert parse_languages("en,zh-Hant, pt ") == ("en", "zh-Hant", "pt")
    with pytest.raises(SettingsError):
        parse_languages("")


@pytest.mark.usefixtures("stub")
def test_a_clean_run_ends_with_0_and_says_what_was_found(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = invoke("run", write_pages(tmp_path / "in"), "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split() for line in result.output.splitlines()]
    assert lines[0][:2] == ["6", "documents"]
    assert result.output.splitlines()[0].endswith(" seconds: 3 clean, 1 duplicate, 1 empty, 1 other_language")
    assert lines[1] == ["nothing", "rejected"]
    assert ["body", "7", "heading", "1"] in lines and ["nav", "4", "title", "1"] in lines
    assert ["en", "14,", "it", "4"] in lines
    # 红利 is glossed once; bare, it and 闭环 are residue, and the page in Chinese has three more.
    assert ["glossed", "1", "1", "proposed"] in lines
    assert ["residue", "5", "1", "proposed,", "4", "no", "proposal"] in lines
    assert ["corpus/en", "2", "clean", "English", "documents"] in lines
    for call in (["inspect", str(out)], ["inspect", str(out), "a.txt"], ["report", str(out)], ["verify", str(out)]):
        assert any(line[: len(call) + 1] == ["clean-corpus", *call] for line in lines)
        assert invoke(*call).exit_code == 0
    assert ["rejects"] not in lines


@pytest.mark.usefixtures("stub")
def test_characters_add_up(tmp_path: Path) -> None:
    result = invoke("run", write_pages(tmp_path / "in"), "--out", tmp_path / "out")
    assert "\ncharacters, spaces aside\n" in result.output
    told = re.search(r"  ([\d,]+) in the source = ([\d,]+) kept \+ ([\d,]+) removed; ([\d,]+) changed\n", result.output)
    assert told
    source, kept, removed, changed = (int(number.replace(",", "")) for number in told.groups())
    assert source == kept + removed and changed == 4


@pytest.mark.usefixtures("stub")
def test_one_of_a_thing_is_told_as_one(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", {"a.txt": "nav only", "b.txt": "BOOM", "c.md": "x"})
    lines = invoke("run", pages, "--out", tmp_path / "out").output.splitlines()
    assert re.fullmatch(r"1 document in \d+\.\d seconds: 0 clean, 1 empty", lines[0])
    assert lines[1] == "1 input rejected; 1 file of another kind ignored"


def test_the_summary_tells_what_became_of_fragments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = stub_plan.read

    def applying(text: str, **how: Any) -> Document:
        doc = real(text, **how)
        kinds = {"闭环": "name"}
        found = (replace(f, applied=bool(f.candidates), kind=kinds.get(f.text, f.kind)) for f in doc.fragments)
        return replace(doc, fragments=tuple(found))

    stub_plan.install(monkeypatch)
    monkeypatch.setattr(stub_plan, "read", applying)
    pages = {"a.txt": "红利 (dividend)\n\nnav 红利\n\n红利 and 闭环 and 短"}
    result = invoke("run", write_pages(tmp_path / "in", pages), "--out", tmp_path / "out", "--fragments", "apply")
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "glossed 1 1 applied in kept text" in lines
    assert "name 1 1 left as they are" in lines
    assert "residue 3 1 applied in kept text, 1 applied elsewhere, 1 no proposal" in lines


@pytest.mark.usefixtures("stub")
def test_a_run_with_rejects_ends_with_3_and_names_them(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", {"good.txt": "Fine.", "bad.txt": "BOOM [red]", EVIL: ""})
    result = invoke("run", pages, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "  bad.txt: bad.txt went off\n" in result.output
    assert "  x␛[2J.txt: the document is empty\n" in result.output
    assert "\x1b" not in result.output
    assert invoke("verify", tmp_path / "out").exit_code == 0


@pytest.mark.usefixtures("stub")
def test_many_rejects_are_not_all_listed(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", {f"{n:02}.txt": "BOOM" for n in range(25)})
    result = invoke("run", pages, "--out", tmp_path / "out")
    assert result.output.count("went off") == 20
    assert "and 5 more, in rejects/" in result.output


@pytest.mark.usefixtures("stub")
def test_settings_reach_the_run(tmp_path: Path) -> None:
    options = ("--fragments", "apply", "--min-confidence", "0.9", "--languages", "en,ja")
    assert invoke("run", write_pages(tmp_path / "in"), "--out", tmp_path / "out", *options).exit_code == 0
    settings = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["settings"]
    assert (settings["fragments"], settings["min_confidence"], settings["languages"]) == (
        "apply",
        0.9,
        ["en", "ja"],
    )


def test_missing_input_ends_with_2_and_a_foreign_folder_with_1(tmp_path: Path) -> None:
    missing = call("run", tmp_path / "a\x1b7", "--out", tmp_path / "out")
    assert missing.returncode == 2
    assert_one_line(missing.stderr, "no such file or folder", "a␛7")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    foreign = call("run", SEEDS, "--out", tmp_path / "mine")
    assert foreign.returncode == 1
    assert_one_line(foreign.stderr, "is not the output of a run")
    assert (tmp_path / "mine" / "letter.txt").read_text() == "keep me"


def test_a_fault_of_the_code_ends_with_1(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_: object, **__: object) -> None:
        raise EditError("rule x: 'a' is not at 3")

    monkeypatch.setattr("pipeline.run.run", broken)
    result = invoke("run", SEEDS, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert_one_line(result.stderr, "rule x: 'a' is not at 3")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    many = [
        {"id": f"{n:06}.txt", "status": "clean", "n_kept": 1, "n_segments": 1, "n_fragments": 0} for n in range(3000)
    ]
    segments = segments_of("000001.txt", LONG, (LONG, "body", "en"))
    return write_out(tmp_path / "out", {"documents": many, "segments": segments})


def test_inspect_lists_and_shows(out: Path) -> None:
    listed = call("inspect", out)
    assert (listed.returncode, len(listed.stdout.splitlines())) == (0, 3001)
    shown = call("inspect", out, "000001", "--language", "en")
    assert shown.returncode == 0
    assert shown.stdout.splitlines()[-1].endswith(LONG)  # COLUMNS is 60, and this is a pipe
    assert "\x1b" not in listed.stdout + shown.stdout


def test_inspect_refuses_what_it_cannot_show(out: Path, tmp_path: Path) -> None:
    for args, status, part in (
        ((out, "zzz"), 2, "no document 'zzz'"),
        ((out, "00000"), 2, "fits 10 documents"),
        ((out, "--label", "nonsense"), 2, "--label nonsense: none of title, byline, summary, heading, body,"),
        ((out, "000001", "--label", "Body"), 2, "--label Body: none of"),
    ):
        result = invoke("inspect", *args)
        assert result.exit_code == status
        assert_one_line(result.stderr, part)


@pytest.mark.parametrize("args", [("--language", "xx"), ("000001", "--label", "nav"), ("000002", "--language", "en")])
def test_inspect_says_when_no_paragraph_fits(out: Path, args: tuple[str, ...]) -> None:
    result = invoke("inspect", out, *args)
    assert (result.exit_code, result.stderr) == (0, "no paragraph fits\n")
    assert LONG not in result.stdout
    assert invoke("inspect", out, "--language", "en").stderr == ""
    assert invoke("inspect", out, "000002").stderr == ""


@pytest.mark.parametrize("command", ["inspect", "verify", "report", "export", "eval"])
def test_all_commands_say_alike_what_is_no_run(tmp_path: Path, command: str) -> None:
    more = {"eval": [GOLD], "export": [tmp_path / "dest", "--to", "jsonl"]}.get(command, [])
    missing, foreign = invoke(command, tmp_path / "nope", *more), invoke(command, tmp_path, *more)
    assert missing.stderr == f"clean-corpus: error: {tmp_path / 'nope'}: no such folder\n"
    assert foreign.stderr == f"clean-corpus: error: {tmp_path} is not the output of a run (no run.json)\n"
    assert missing.exit_code == foreign.exit_code == 1


@pytest.mark.parametrize("closed", [1, 2])
def test_a_closed_output_is_no_fault(tmp_path: Path, closed: int) -> None:
    command = f"{shlex.quote(sys.executable)} -m pipeline.cli run {shlex.quote(str(SEEDS))} --out out {closed}>&-"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "run.json").is_file()


def test_a_full_disk_behind_the_output_is_told_in_one_line(out: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", "inspect", str(out)], cwd=ROOT, stdout=full, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
    assert done.returncode == 1
    assert_one_line(done.stderr, "cannot write to standard output: No space left on device")


@pytest.mark.usefixtures("stub")
def test_an_interrupted_run_leaves_the_last_one_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, out = write_pages(tmp_path / "in"), tmp_path / "out"
    invoke("run", pages, "--out", out)
    before = (out / "run.json").read_bytes()

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.batch.clean_known", interrupt)
    result = invoke("run", pages, "--out", out)
    assert (result.exit_code, result.stderr) == (130, "clean-corpus: interrupted\n")
    assert (out / "run.json").read_bytes() == before
    assert not [path for path in out.iterdir() if path.name.startswith(".tmp")]


@pytest.mark.parametrize("options", [(), ("--language", "en")])
def test_a_reader_that_leaves_is_no_error(out: Path, options: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "inspect", str(out), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0


@pytest.mark.usefixtures("stub")
def test_report_tells_where_the_tables_are(tmp_path: Path) -> None:
    out = tmp_path / "it's out"
    invoke("run", write_pages(tmp_path / "in"), "--out", out)
    result = invoke("report", out)
    assert result.exit_code == 0
    for name in (
        "corpus/en",
        "corpus/zh",
        "documents",
        "segments",
        "fragments",
        "ledger",
        "lexicon",
        "rejects",
    ):
        assert re.search(rf"\n  {name} +\d+  \w", result.output)
    for tool in ("duckdb", "polars", "pandas", "datasets"):
        assert tool in result.output
    assert f"\ntables in {out}\n" in result.output
    assert " a.txt  one of them" in result.output


@pytest.mark.usefixtures("stub")
def test_verify_ends_with_0_or_1(tmp_path: Path) -> None:
    pages, out = write_pages(tmp_path / "in"), tmp_path / "out"
    invoke("run", pages, "--out", out)
    fine = invoke("verify", out)
    assert (fine.exit_code, fine.output) == (0, f"everything holds in {out}\n")
    (pages / "a.txt").write_text("other")
    broken = invoke("verify", out, "--sources", pages)
    assert broken.exit_code == 1
    assert broken.output.startswith("a.txt: ") and broken.output.endswith("\n1 violation\n")
    assert invoke("verify", tmp_path / "none").exit_code == 1


def eval_out(tmp_path: Path, *args: object) -> Any:
    out = write_out(tmp_path / "out", {"documents": [{"id": "000_d51b0cd288b890c5.txt", "language": "en"}]})
    return CliRunner().invoke(app, ["eval", str(out), str(GOLD), *map(str, args)])


def test_eval_prints_the_figures(tmp_path: Path) -> None:
    result = eval_out(tmp_path)
    assert result.exit_code == 0
    told = {name: more for name, *more in map(str.split, result.output.splitlines())}
    assert (told["documents"], told["body_f1"], told["coverage"][0]) == (["5"], ["0.0"], "0.0")
    assert (told["document_language"], told["kind_accuracy"]) == (["0.2", "1/5"], ["-", "0/0"])
    assert told["repair_accuracy"] == ["0.0", "0/7"]


def test_eval_as_json_with_limits(tmp_path: Path) -> None:
    result = eval_out(tmp_path, "--json", "--max", "false_residue=0", "--min", "body_f1=0.9", "--sources", SEEDS)
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["body_f1"] == 0.0 and "cases" not in told
    assert result.stderr == "falls short: body_f1=0.0 (min 0.9)\n"


def test_eval_shows_misses_on_standard_error(tmp_path: Path) -> None:
    result = eval_out(tmp_path, "--show", "metadata")
    assert result.exit_code == 0
    assert len(result.stderr.splitlines()) >= 5
    assert all(line.startswith("metadata: 00") for line in result.stderr.splitlines())


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (("--show", "nothing"), "--show nothing: none of body"),
        (("--min", "speed=1"), "no figure is called 'speed'"),
        (("--max", "body_f1"), "not NAME=VALUE"),
        (("--sources", ROOT), "no source for 000_d51b0cd288b890c5.gold.json"),
    ],
)
def test_eval_refuses_bad_usage(tmp_path: Path, args: tuple[object, ...], part: str) -> None:
    result = eval_out(tmp_path, *args)
    assert result.exit_code == 2
    assert_one_line(result.stderr, part)


def test_doctor_ends_with_1_only_where_the_core_is_not_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.doctor import Finding

    found = (Finding("ok", "python", "3.12"), Finding("note", "ducks", "not installed"))
    monkeypatch.setattr("pipeline.doctor.examine", lambda: found)
    fine = invoke("doctor")
    assert fine.output.splitlines() == ["ok     python  3.12", "note   ducks   not installed", "the core is fine"]
    assert fine.exit_code == 0
    monkeypatch.setattr("pipeline.doctor.examine", lambda: (*found, Finding("fault", "opencc", "clash")))
    broken = invoke("doctor")
    assert (broken.exit_code, [line.split() for line in broken.output.splitlines()[2:3]]) == (
        1, [["fault", "opencc", "clash"]]
    )  # fmt: skip
