"""A run that is broken off goes on where it stopped, and gives what it would have given."""

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import stub_plan
from typer.testing import CliRunner

from pipeline import resume
from pipeline.cli import app
from pipeline.corpus.passes import Clean, Sketch
from pipeline.engine import Context, Inline, silent
from pipeline.errors import OutputError
from pipeline.guard import Limits
from pipeline.io import cut
from pipeline.io.folder import WORK
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.summary import Summary
from pipeline.verify import verify

ROOT = Path(__file__).parent.parent


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)


class BreaksOff(Inline):
    """Does some units and then gives up, as a killed run does."""

    def __init__(self, kind: type, after: int) -> None:
        super().__init__(Limits())
        self._kind, self._left = kind, after
        self.done: list[type] = []

    def map(
        self, step: Any, tasks: Sequence[Any], advance: Callable[[int], None] = silent
    ) -> Iterator[tuple[int, Any]]:
        yield from super().map(self._counted(step), tasks, advance)

    def _counted(self, step: Any) -> Callable[[Any, Context], Any]:
        def do(task: Any, context: Context) -> Any:
            if isinstance(step, self._kind):
                if not self._left:
                    raise KeyboardInterrupt
                self._left -= 1
            self.done.append(type(step))
            return step(task, context)

        return do


def corpus(folder: Path, n_files: int = 6, n_pages: int = 4) -> Path:
    folder.mkdir()
    for k in range(n_files):
        texts = [f"nav of {k}\n\nPage {n} of {k}, 红利 (dividend {k % 2}) and 红利." for n in range(n_pages - 1)]
        texts.append("The same on all of them.")
        (folder / f"{k}.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
    return folder


def parquet(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def break_off(given: Path, out: Path, kind: type, after: int, settings: Settings = Settings()) -> None:  # noqa: B008
    with pytest.raises(KeyboardInterrupt):
        run([given], out, settings, engine=lambda _: BreaksOff(kind, after))


def resumed(given: Path, out: Path, settings: Settings = Settings()) -> tuple[Summary, list[type]]:  # noqa: B008
    engine = BreaksOff(Clean, 10**6)
    return run([given], out, settings, engine=lambda _: engine), engine.done


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize(
    ("kind", "after", "left"), [(Sketch, 1, (5, 6)), (Sketch, 4, (2, 6)), (Clean, 0, (0, 6)), (Clean, 4, (0, 2))]
)
def test_only_what_is_missing_is_done(tmp_path: Path, kind: type, after: int, left: tuple[int, int]) -> None:
    given = corpus(tmp_path / "in")
    whole = run([given], tmp_path / "whole")
    break_off(given, tmp_path / "out", kind, after)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [WORK]
    summary, done = resumed(given, tmp_path / "out")
    assert (done.count(Sketch), done.count(Clean)) == left
    assert summary.resumed == 4 * (6 - left[1])
    assert summary.counts() == whole.counts()
    assert parquet(tmp_path / "out") == parquet(tmp_path / "whole")
    assert not (tmp_path / "out" / WORK).exists()
    assert verify(tmp_path / "out") == []


class Listed(Inline):
    """Keeps the names of the units of the first pass, in the order in which they are begun."""

    def __init__(self) -> None:
        super().__init__(Limits())
        self.begun: list[str] = []

    def map(
        self, step: Any, tasks: Sequence[Any], advance: Callable[[int], None] = silent
    ) -> Iterator[tuple[int, Any]]:
        if isinstance(step, Sketch):
            self.begun = [unit.name for _, unit in tasks]
        yield from super().map(step, tasks, advance)


@pytest.mark.usefixtures("stub")
def test_the_largest_unit_is_begun_first(tmp_path: Path) -> None:
    given, engine = corpus(tmp_path / "in", n_files=2), Listed()
    (given / "2.jsonl").write_text(json.dumps({"text": "A longer page. " * 90}))
    run([given], tmp_path / "out", engine=lambda _: engine)
    assert engine.begun == ["2.jsonl#1", "0.jsonl#1", "1.jsonl#1"]


@pytest.mark.usefixtures("stub")
def test_it_is_told_what_was_there_already(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, out = corpus(tmp_path / "in"), tmp_path / "out"
    break_off(given, out, Clean, 2)
    result = CliRunner().invoke(app, ["run", str(given), "--out", str(out)])
    assert "8 documents of them from a run that was broken off" in result.stdout
    result = CliRunner().invoke(app, ["run", str(given), "--out", str(out)])
    assert "broken off" not in result.stdout


@pytest.mark.usefixtures("stub")
def test_a_run_over_an_old_one_leaves_it_alone_until_it_is_whole(tmp_path: Path) -> None:
    given, other = corpus(tmp_path / "in"), corpus(tmp_path / "other", n_files=2)
    run([other], tmp_path / "out")
    before = parquet(tmp_path / "out")
    break_off(given, tmp_path / "out", Clean, 3)
    assert {name: data for name, data in parquet(tmp_path / "out").items() if not name.startswith(".")} == before
    assert verify(tmp_path / "out") == []
    summary, done = resumed(given, tmp_path / "out")
    assert (summary.resumed, done.count(Clean)) == (12, 3)


@pytest.mark.usefixtures("stub")
def test_nothing_is_mixed_when_something_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, out = corpus(tmp_path / "in"), tmp_path / "out"
    break_off(given, out, Clean, 4)
    other = Settings(min_confidence=0.9)
    run([given], tmp_path / "whole", other)
    summary, done = resumed(given, out, other)
    assert (summary.resumed, done.count(Sketch)) == (0, 6)
    assert parquet(out) == parquet(tmp_path / "whole")

    break_off(given, out, Clean, 4)
    (given / "5.jsonl").write_text(json.dumps({"text": "Another page, without a gloss."}))
    (given / "2b.jsonl").write_text(json.dumps({"text": "A page more."}))
    shutil.rmtree(tmp_path / "whole")
    run([given], tmp_path / "whole")
    summary, done = resumed(given, out)
    assert done.count(Sketch) == 2  # what was added and what was changed
    assert parquet(out) == parquet(tmp_path / "whole")

    break_off(given, out, Clean, 4)
    monkeypatch.setattr(resume, "_program_digest", lambda: "another version")
    assert resumed(given, out)[0].resumed == 0


@pytest.mark.usefixtures("stub")
def test_the_dictionary_counts_by_what_is_in_it(tmp_path: Path) -> None:
    given, out = corpus(tmp_path / "in"), tmp_path / "out"
    for name, word in (("a.u8", "tulip"), ("same.u8", "tulip"), ("b.u8", "rose")):
        (tmp_path / name).write_text(f"鬱金香 郁金香 [yu4 jin1 xiang1] /{word}/\n")
    break_off(given, out, Clean, 4, Settings(cedict=str(tmp_path / "a.u8")))
    break_off(given, out, Clean, 0, Settings(cedict=str(tmp_path / "same.u8")))
    assert len(list((out / WORK / "clean").glob("*"))) == 4
    break_off(given, out, Clean, 0, Settings(cedict=str(tmp_path / "b.u8")))
    assert not list((out / WORK / "clean").glob("*"))


@pytest.mark.usefixtures("stub")
def test_what_is_not_whole_is_done_again(tmp_path: Path) -> None:
    given, out = corpus(tmp_path / "in"), tmp_path / "out"
    run([given], tmp_path / "whole")
    break_off(given, out, Clean, 4)
    first, second, third, _ = sorted((out / WORK / "clean").iterdir())
    (first / "segments" / "part-00000.parquet").write_bytes(b"PAR1")
    (second / "done.json").unlink()
    (third / "done.json").write_text("{")
    (out / WORK / "clean" / ".orphan.123.tmp").mkdir()
    _, done = resumed(given, out)
    assert done.count(Clean) == 5
    assert parquet(out) == parquet(tmp_path / "whole")


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize("kind", [Sketch, Clean])
def test_a_packed_file_goes_on_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type) -> None:
    monkeypatch.setattr(cut, "unit_bytes", lambda _: 1000)
    given, out = corpus(tmp_path / "in", n_files=1, n_pages=100), tmp_path / "out"
    (plain,) = given.iterdir()
    run([given], tmp_path / "plain")
    packed = given / "0.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    run([given], tmp_path / "whole")
    assert len(parquet(tmp_path / "whole")) == len(parquet(tmp_path / "plain")) > 30
    break_off(given, out, kind, 3)
    copies = {path: path.stat().st_ino for path in (out / WORK).rglob("*.zst")}
    assert len(copies) > 5
    break_off(given, out, Clean, 3)
    assert {path: path.stat().st_ino for path in (out / WORK).rglob("*.zst")} == copies
    resumed(given, out)
    assert parquet(out) == parquet(tmp_path / "whole")
    assert not (out / WORK).exists()
    assert verify(out) == []


@pytest.mark.usefixtures("stub")
def test_the_second_of_two_runs_on_one_folder_is_refused(tmp_path: Path) -> None:
    given = corpus(tmp_path / "in")

    def meanwhile(*_: object) -> None:
        with pytest.raises(OutputError, match="another run is writing to"):
            run([given], tmp_path / "out")

    run([given], tmp_path / "out", progress=meanwhile)
    assert verify(tmp_path / "out") == []


@pytest.mark.usefixtures("stub")
def test_a_full_disk_ends_the_run_and_leaves_no_half_file(tmp_path: Path) -> None:
    import resource

    given, out = corpus(tmp_path / "in", n_pages=60), tmp_path / "out"
    run([given], tmp_path / "whole")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limit[1]))
    try:
        with pytest.raises(OutputError, match="cannot write to"):
            run([given], out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert not list(out.rglob("*.tmp"))
    run([given], out)
    assert parquet(out) == parquet(tmp_path / "whole")


def start(given: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "run",
        str(given),
        "--out",
        str(out),
        "--workers",
        "2",
        "--fragments",
        "report",
    ]
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet, start_new_session=True)


def real_corpus(folder: Path) -> Path:
    folder.mkdir()
    lines = [line for line in (ROOT / "seeds" / "000_d51b0cd288b890c5.txt").read_text("utf-8").splitlines() if line]
    chance = random.Random(5)
    for k in range(8):
        pages = ["\n\n".join(chance.sample(lines, 12)) for _ in range(5)]
        (folder / f"{k}.jsonl").write_text(
            "\n".join(json.dumps({"id": f"{k}-{n}", "text": page}) for n, page in enumerate(pages))
        )
    return folder


def test_a_run_that_is_killed_again_and_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """The whole group or the parent alone, a worker alone, an interrupt; as often as it takes to be through."""
    given, out = real_corpus(tmp_path / "in"), tmp_path / "out"
    assert start(given, tmp_path / "whole").wait() == 0
    chance = random.Random(int(os.environ.get("KILL_SEED", "1")))
    for _ in range(int(os.environ.get("KILLS", "3"))):
        running = start(given, out)
        time.sleep(chance.uniform(0.3, 4.0))
        how = chance.choice(("group", "parent", "interrupt"))
        if how == "group":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.send_signal(signal.SIGKILL if how == "parent" else signal.SIGINT)
        assert running.wait() in (-9, 130, 0)
    assert start(given, out).wait() == 0
    assert parquet(out) == parquet(tmp_path / "whole")
    assert verify(out) == []
