"""README tells the truth: its code runs, its commands are accepted, and what it names is there."""

import json
import re
import shlex
import shutil
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import typer
from markdown_page import Fence, assert_excerpt, call, fences, imports
from typer.testing import CliRunner

from benchmarks.record import Quote, quoted
from pipeline.cli import app
from pipeline.cli.status import Status
from pipeline.io.glossary import read_glossary
from pipeline.io.translate_json import request_object, take_answer
from pipeline.io.write import FOLDERS
from pipeline.repairs.translation import Request, check_answer
from pipeline.run import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCES = fences(README)
PYTHON = [fence for fence in FENCES if fence.kind == "python"]
SHELL = [line for fence in FENCES if fence.kind == "sh" for line in fence.commands]


def table(header: str) -> list[str]:
    """Return the rows of the table whose head begins with `header`."""
    rows = README.partition(f"\n| {header} |")[2].partition("\n\n")[0].splitlines()[2:]
    assert rows, f"README has no table that begins with {header}"
    return rows


def first_cells(header: str) -> list[str]:
    """Return the first column of the table whose head begins with `header`."""
    return [row.split(" | ")[0].removeprefix("| ").strip("`") for row in table(header)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the reader has it after `make clean-corpus`, with some pages of their own."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    (folder / "pages").mkdir()
    shutil.copy(folder / "seeds" / "003_e0e1460d2ef586d1.txt", folder / "pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run(["seeds"], "out")
    return folder


@pytest.mark.parametrize("fence", PYTHON, ids=lambda fence: f"line-{fence.line}")
def test_python_runs_and_prints_what_is_shown(fence: Fence, place: Path, tmp_path: Path) -> None:
    for name in imports(fence.body):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed: make test has it")
    printed = call("-c", fence.body, place=place, scratch=tmp_path, package=ROOT)
    assert printed.strip()
    if fence.output is not None:
        assert printed == fence.output


def test_all_five_ways_to_load_are_shown() -> None:
    shown = set().union(*(imports(fence.body) for fence in PYTHON))
    assert shown >= {"duckdb", "polars", "pandas", "datasets", "pipeline"}


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("clean-corpus ")])
def test_command_is_accepted(line: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    result = CliRunner().invoke(app, shlex.split(line)[1:])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()


@pytest.mark.parametrize("line", [line for line in SHELL if not line.startswith("clean-corpus ")])
def test_other_commands_are_targets_of_make(line: str) -> None:
    program, target = line.split()
    assert program == "make"
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_excerpt_is_what_inspect_prints(place: Path) -> None:
    """All but the scores, which move whenever a rule gets better."""
    args, excerpt = re.findall(r"<!-- (inspect .*?) -->\n```text\n(.*?)```", README, re.DOTALL)[0]
    shown = CliRunner().invoke(app, [arg if arg != "out" else str(place / "out") for arg in args.split()])
    assert_excerpt(excerpt, shown.stdout)


def test_tables_are_those_of_a_run(place: Path) -> None:
    tables = [name.strip("/") for name in first_cells("table")]
    assert sorted(tables) == sorted(FOLDERS)
    assert all(list((place / "out" / name).glob("*.parquet")) for name in tables)
    assert (place / "out" / "README.md").is_file() and (place / "out" / "run.json").is_file()


def test_commands_are_those_of_the_program() -> None:
    assert sorted(cell.split()[1] for cell in first_cells("command")) == sorted(
        command.name or "" for command in app.registered_commands
    )


def test_options_are_those_of_the_program() -> None:
    command = next(command for command in typer.main.get_command(app).commands.values() if command.name == "run")
    known = {option.opts[0]: option for option in command.params if option.param_type_name == "option"}
    told = [re.split(r"(?<!\\)\|", row) for row in table("option of `run`")]
    assert {cells[1].strip(" `").split()[0] for cells in told} == known.keys() - {"--help"}
    for _, option, _, default, _ in told:
        name, _, metavar = option.strip(" `").partition(" ")
        assert metavar.replace("\\", "") == (known[name].metavar or "")
        value = default.strip(" `")
        assert value == ("off" if known[name].is_flag else str(known[name].default or "")), name


def test_glossaries_are_read_and_say_the_same(tmp_path: Path) -> None:
    found = []
    for kind in ("toml", "csv"):
        (fence,) = (fence for fence in FENCES if fence.kind == kind)
        path = tmp_path / f"terms.{kind}"
        path.write_text(fence.body, encoding="utf-8")
        found.append(read_glossary(path))
    assert found[0] == found[1] and len(found[0]) == 3


def test_what_a_translator_is_asked_has_the_shape_that_is_shown() -> None:
    (fence,) = (fence for fence in FENCES if fence.kind == "json")
    asked, answer = map(json.loads, fence.body.splitlines())
    request = Request(**{name: text for name, text in asked.items() if name != "id"})
    assert request_object(request) == asked
    assert take_answer(answer, {request.id: request}).text == check_answer(request, answer["translation"])


def test_exit_statuses_are_those_of_the_program() -> None:
    assert [int(cell) for cell in first_cells("exit status")] == sorted(Status)


def test_labels_are_those_of_a_run(place: Path) -> None:
    labels = set(re.split(r",\s+", README.partition("\nLabels: ")[2].partition(".\n")[0]))
    assert set(pq.read_table(place / "out" / "segments")["label"].to_pylist()) <= labels


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert links
    for link in links:
        assert link.startswith("https://") or (ROOT / link).exists(), link


def test_figures_stand_in_the_results_that_they_link_to() -> None:
    rows = re.findall(r"^\| .+? \| (.+?) \| (.+?) \| \[`python -m [\w.]+`\]\((.+?)\) \|$", README, re.MULTILINE)
    assert 1 <= len(rows) <= 7
    for figures, date, link in rows:
        page = (ROOT / link).read_text(encoding="utf-8")
        assert f"date: {date}" in page
        for figure in re.findall(r"\d+(?:\.\d+)?", figures):
            assert re.search(rf"\b{re.escape(figure)}\b", page), f"{figure} is not in {link}"


def test_saving_a_benchmark_replaces_its_rows_and_no_others() -> None:
    readme = quoted(README, "start", (Quote("speed", "7 s"), Quote("half of it", "3.5 s")))
    told = [line for line in readme.split("\n") if line.endswith("(benchmarks/results/start.md) |")]
    assert [line.split(" | ")[:2] for line in told] == [["| speed", "7 s"], ["| half of it", "3.5 s"]]
    assert quoted(readme, "start", (Quote("speed", "8 s"),)).count("\n") == readme.count("\n") - 1
    rest = [line for line in README.split("\n") if "results/start.md" not in line]
    assert [line for line in readme.split("\n") if line not in told] == rest
    with pytest.raises(ValueError, match="no row"):
        quoted("nothing", "start", ())


def test_no_path_or_host_of_a_machine_is_told() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "benchmarks").rglob("*.md")]
    for page in pages:
        assert not re.search(r"/(?:home|root|Users|work|tmp)/", page.read_text(encoding="utf-8")), page.name
