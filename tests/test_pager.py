"""What a person reads goes through their pager, and whatever becomes of the pager is no fault of the command."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from out_folder import segments_of, write_out
from rich.cells import cell_len
from rich.text import Text

from pipeline.report.pager import pager_command

ROOT = Path(__file__).parent.parent
RAW = "It rained. " * 20 + "很长的一段话" * 40


@pytest.fixture
def out(tmp_path: Path) -> Path:
    documents = [
        {"id": f"{n:05}.txt", "status": "clean", "n_kept": 1, "n_segments": 1, "n_fragments": 0, "n_chars": len(RAW)}
        for n in range(5000)
    ]
    return write_out(
        tmp_path / "out", {"documents": documents, "segments": segments_of("00001.txt", RAW, (RAW, "body", "en"))}
    )


def on_terminal(*args: object, **environment: str) -> tuple[int, str]:
    """Run the command line on a terminal; return its exit status and what came out there."""
    reader, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *map(str, args)],
        stdin=terminal, stdout=terminal, stderr=terminal,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "80", **environment},
    ) as process:  # fmt: skip
        os.close(terminal)
        shown = b""
        try:
            while portion := os.read(reader, 65536):
                shown += portion
        except OSError:  # so ends a terminal that nobody writes to any more
            pass
    os.close(reader)
    return process.returncode, shown.decode()


def pager(tmp_path: Path, code: str) -> str:
    """Return a command for a pager in Python; what it puts into `seen` the test can read."""
    program = tmp_path / "pager.py"
    program.write_text(f"import sys\nfrom pathlib import Path\nseen = Path({str(tmp_path / 'seen')!r})\n{code}")
    return f"{sys.executable} {program}"


def test_on_a_terminal_the_pager_gets_all_in_colour_and_as_wide_as_the_screen(out: Path, tmp_path: Path) -> None:
    code = "import os\nseen.write_text(os.environ['LESS'] + '\\n' + sys.stdin.read())"
    environment = {"PAGER": pager(tmp_path, code)}
    status, shown = on_terminal("inspect", out, "00001", **environment)
    assert (status, shown) == (0, "")
    flags, *lines = (tmp_path / "seen").read_text().splitlines()
    assert flags == "FRX"
    assert any("\x1b[" in line for line in lines)
    assert all(cell_len(Text.from_ansi(line).plain) <= 80 for line in lines)
    assert "很长的一段话" in "".join(lines)


def test_a_reader_who_leaves_the_pager_is_no_error(out: Path, tmp_path: Path) -> None:
    status, shown = on_terminal("inspect", out, PAGER=pager(tmp_path, "seen.write_text(sys.stdin.readline())"))
    assert (status, shown) == (0, "")
    assert "id, language, status" in (tmp_path / "seen").read_text()


@pytest.mark.parametrize("wanted", ["cat", "", "no-such-pager", "less 'unclosed"])
def test_without_a_pager_it_comes_out_on_the_terminal(out: Path, wanted: str) -> None:
    status, shown = on_terminal("inspect", out, "00001", PAGER=wanted)
    assert status == 0
    assert "1 of 1 segments kept" in shown and "Traceback" not in shown


def test_an_error_is_told_without_a_pager(out: Path, tmp_path: Path) -> None:
    status, shown = on_terminal("inspect", out, "zzz", PAGER=pager(tmp_path, "seen.touch()"))
    assert status == 2
    assert "no document 'zzz'" in shown and not (tmp_path / "seen").exists()


def test_a_pipe_gets_no_pager(out: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "inspect", str(out), "00001"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PAGER": pager(tmp_path, "seen.touch()"), "TERM": "xterm"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)
    assert done.stdout.rstrip("\n").endswith(RAW) and not (tmp_path / "seen").exists()


def test_a_terminal_that_can_do_nothing_gets_no_pager() -> None:
    assert pager_command({"TERM": "dumb", "PAGER": "less"}) == pager_command({"PAGER": "less"}) == []
    assert pager_command({"TERM": "xterm"}) == ["less"]
