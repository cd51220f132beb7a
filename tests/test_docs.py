"""docs/ tells the truth: what it shows is run in order, page by page, and the reference is what the code says."""

import re
import runpy
import shlex
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer
from markdown_page import Fence, assert_excerpt, call, fences, imports
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.document import LABELS
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
TOLD = [page for page in PAGES if page.parent.name != "reference"]
GENERATED = runpy.run_path(str(DOCS / "generate.py"))["pages"]()

SETUP = ". .venv/bin/activate"


def ids(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


class Reader:
    """Somebody who does what a page says, in a folder of their own, with a checkout of their own if it asks for one."""

    def __init__(self, page: Path, place: Path) -> None:
        self.fences = fences(page.read_text(encoding="utf-8"))
        self.place = place / "here"
        self.scratch = place / "scratch"
        self.package = ROOT
        (self.place / "pages").mkdir(parents=True)
        shutil.copytree(ROOT / "seeds", self.place / "seeds")
        (self.place / "pages" / "first.txt").write_text("It rained all day, and nobody came to see the fair.")
        if any((fence.comment or "").startswith(("append:", "row ")) for fence in self.fences):
            shutil.copytree(ROOT / "pipeline", self.place / "pipeline")
            self.package = self.place

    def follow(self, fence: Fence) -> None:
        if fence.comment:
            self._write(fence)
        elif fence.kind == "sh":
            printed = [self._run(line) for line in fence.commands]
            if fence.output is not None:
                assert_excerpt(fence.output, printed[-1])
        elif fence.kind == "python":
            missing = [name for name in imports(fence.body) if find_spec(name) is None]
            if missing:
                pytest.skip(f"{missing[0]} is not installed: make test has it")
            printed = call("-c", fence.body, place=self.place, scratch=self.scratch, package=self.package)
            assert printed.strip()
            if fence.output is not None:
                assert_excerpt(fence.output, printed)
        else:
            assert fence.kind == "text", f"line {fence.line}: nothing says what this block is"

    def _write(self, fence: Fence) -> None:
        what, _, name = (fence.comment or "").partition(": ")
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if what == "file":
            path.write_text(fence.body, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        if what == "append":
            path.write_text(f"{text}\n{fence.body}", encoding="utf-8")
            return
        row = re.search(rf'^id = "{what.removeprefix("row ")}"$.*?(?=\n\n|\Z)', text, re.MULTILINE | re.DOTALL)
        assert row, f"line {fence.line}: there is no {what} in {name}"
        path.write_text(f"{text[: row.end()]}\n{fence.body}{text[row.end() :].lstrip(' ')}", encoding="utf-8")

    def _run(self, line: str) -> str:
        if line == SETUP:
            return ""
        program, *arguments = shlex.split(line)
        if program == "make":
            assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
            return ""
        assert program == "clean-corpus", line
        if "--address" in arguments:  # there is no cluster here; tests/test_cluster.py makes one
            command = typer.main.get_command(app)
            command.commands[arguments[0]].make_context(arguments[0], arguments[1:])  # type: ignore[attr-defined]
            return ""
        if self.package != ROOT:
            own = ("-m", "pipeline.cli", *arguments)
            return call(*own, place=self.place, scratch=self.scratch, package=self.package)
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.stderr
        return result.stdout


@pytest.fixture
def reader(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    made = Reader(request.param, tmp_path)
    monkeypatch.chdir(made.place)
    yield made


@pytest.mark.parametrize("reader", [page for page in TOLD if fences(page.read_text("utf-8"))], ids=ids, indirect=True)
def test_a_page_can_be_followed_from_top_to_bottom(reader: Reader) -> None:
    for fence in reader.fences:
        reader.follow(fence)


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    for link in links:
        assert link.startswith("https://") or (page.parent / link).exists(), link


def test_every_page_is_in_the_index() -> None:
    links = set(re.findall(r"\]\(([^)#]+)", (DOCS / "README.md").read_text(encoding="utf-8")))
    assert {(DOCS / link).resolve() for link in links} == {page for page in PAGES if page.name != "README.md"}


@pytest.mark.parametrize("name", GENERATED)
def test_the_reference_is_what_the_code_says(name: str) -> None:
    page = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert page == GENERATED[name], "run `make docs`"


def test_the_reference_tells_all_labels_and_settings() -> None:
    assert all(f"| `{label}` |" in GENERATED["labels.md"] for label in LABELS)
    assert GENERATED["settings.md"].count("\n| `") == len(Settings.__dataclass_fields__)


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_no_line_is_too_long_and_no_path_of_a_machine_is_told(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|root|Users|work|tmp)/", text)
    if page in TOLD:
        assert all(len(line) <= 120 for line in text.splitlines() if not line.startswith("|"))
