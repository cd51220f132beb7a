"""Worker processes: the same bytes with any number of them, and no document costs another one."""

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import stub_plan

from pipeline import batch
from pipeline.document import Document
from pipeline.engine import Context, silent
from pipeline.errors import InputError, WorkerError
from pipeline.guard import Limits
from pipeline.run import run
from pipeline.scale.workers import MOST_DEATHS, Workers
from pipeline.settings import Settings
from pipeline.summary import Summary
from pipeline.verify import verify

LIMITS = Limits(seconds=0.5, memory_bytes=2**28)
BAD = ("RAISE", "SPIN", "STUCK", "HOG", "DIE")


def read(text: str, **how: Any) -> Document:
    """Read a page as the stub does, unless it asks for something worse."""
    if text == "RAISE":
        raise ZeroDivisionError("asked for")
    while text == "SPIN":
        pass
    if text == "STUCK":  # in C, where no Python code runs
        sum(range(10**12))
    if text == "HOG":
        assert not bytearray(2**32)
    if text == "DIE":
        os.kill(os.getpid(), signal.SIGKILL)
    return stub_plan.read(text, **how)


class EvilPlan:
    read = staticmethod(read)
    knowledge = staticmethod(stub_plan.knowledge)
    write = staticmethod(stub_plan.write)
    sketch = staticmethod(stub_plan.sketch)


@dataclass(frozen=True)
class Stubbed:
    """A step that has a worker use the plan above."""

    step: Any

    def __call__(self, task: Any, context: Context) -> Any:
        batch.plan = EvilPlan  # type: ignore[assignment]
        return self.step(task, context)


@dataclass(frozen=True)
class DiesReading:
    """A step that dies over reading one of the containers."""

    step: Any

    def __call__(self, task: Any, context: Context) -> Any:
        batch.plan = EvilPlan  # type: ignore[assignment]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pipeline.io.jsonl.json.loads", lambda line: _loads(line))
            return self.step(task, context)


_real = json.loads


def _loads(line: bytes) -> Any:
    if b"FATAL" in line:
        os.kill(os.getpid(), signal.SIGKILL)
    return _real(line)


@dataclass(frozen=True)
class StubEngine:
    pool: Workers
    wrap: Any = Stubbed

    def map(
        self, step: Any, tasks: Sequence[Any], advance: Callable[[int], None] = silent
    ) -> Iterator[tuple[int, Any]]:
        return self.pool.map(self.wrap(step), tasks, advance)


def corpus(folder: Path, texts: dict[str, list[str]]) -> Path:
    folder.mkdir()
    for name, pages in texts.items():
        rows = (json.dumps({"id": f"{name}-{n}", "text": text}) for n, text in enumerate(pages))
        (folder / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


def run_stubbed(given: Path, out: Path, number: int, wrap: Any = Stubbed, **more: Any) -> Summary:
    with Workers(number, LIMITS) as pool:
        return run([given], out, limits=LIMITS, engine=lambda _: StubEngine(pool, wrap), **more)


def parquet(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def test_no_document_costs_another_one(tmp_path: Path) -> None:
    good = [f"Page {n} of the good ones." for n in range(6)]
    mixed = [*good[:3], "RAISE", "SPIN", good[3], "STUCK", "HOG", "DIE", *good[4:]]
    given = corpus(tmp_path / "in", {"a": mixed, "b": good})
    calls: list[tuple[str, int, int]] = []
    summary = run_stubbed(given, tmp_path / "out", 2, progress=lambda *call: calls.append(call))
    rejects = {reject.id: reject for reject in summary.rejects}
    assert {id: (reject.stage, reject.error) for id, reject in rejects.items()} == {
        "a-3": ("clean", "ZeroDivisionError"),
        "a-4": ("clean", "OverTimeError"),
        "a-6": ("worker", "WorkerDied"),
        "a-7": ("clean", "MemoryError"),
        "a-8": ("worker", "WorkerDied"),
    }
    assert "0.5 seconds of processor time" in rejects["a-4"].message and "0.5 seconds" in rejects["a-6"].message
    assert f"{MOST_DEATHS} workers died over it (SIGKILL)" in rejects["a-8"].message
    assert rejects["a-8"].source_sha256
    assert summary.documents == {"clean": 6, "duplicate": 6}
    assert calls[-1] == ("cleaning", 17, 17)
    assert verify(tmp_path / "out") == []


def test_a_container_that_kills_who_reads_it_is_a_reject(tmp_path: Path) -> None:
    given = corpus(tmp_path / "in", {"a": ["Page one."], "b": ["Page two.", "FATAL"], "c": ["Page three."]})
    summary = run_stubbed(given, tmp_path / "out", 2, DiesReading)
    assert [(reject.id, reject.stage) for reject in summary.rejects] == [("b.jsonl#1", "read")]
    assert summary.documents == {"clean": 2}
    assert verify(tmp_path / "out") == []


def test_a_document_of_any_size_is_no_burden(tmp_path: Path) -> None:
    given = corpus(tmp_path / "in", {"a": ["Page one."]})
    with (given / "a.jsonl").open("a") as file:
        file.write('\n{"text": "')
        for _ in range(250):
            file.write("some words " * 100_000)
        file.write('"}\n{"id": "last", "text": "Page two."}\n')
    with (given / "b.txt").open("wb") as page:
        page.truncate(250 * 2**20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    summary = run([given], tmp_path / "out", Settings(max_document_bytes=10**6))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert [(reject.id, reject.stage) for reject in summary.rejects] == [("a.jsonl#2", "read"), ("b.txt", "read")]
    assert sum(summary.documents.values()) == 2
    assert grown < 200 * 1024, "KiB"


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    texts = {f"f{k}": [f"Page {k} {n} lang=en 红利 (dividend) here." for n in range(20)] for k in range(7)}
    given = corpus(tmp_path / "in", texts)
    for number in (1, 2, 4):
        run_stubbed(given, tmp_path / str(number), number)
    assert parquet(tmp_path / "1") == parquet(tmp_path / "2") == parquet(tmp_path / "4")
    assert len(pq.read_table(tmp_path / "1" / "documents")) == 140
    assert sorted(path.name for path in (tmp_path / "1" / "documents").iterdir())[-1] == "part-00006.parquet"


def fail(task: int, context: Context) -> int:
    if task == 3:
        raise InputError("three is too many")
    return task * task


def die(task: int, context: Context) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return task


def die_once(task: Path, context: Context) -> str:
    context.at(5)
    context.advance(1)
    if not task.exists():
        task.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    with task.open("a") as file:
        file.write(f"{context.only} ")
    return str(context.dead)


def count_kept(task: int, context: Context) -> int:
    return gc.get_freeze_count()


def test_workers_are_forked_from_a_process_that_has_loaded_what_they_share() -> None:
    with Workers(1, LIMITS) as pool:
        assert next(pool.map(count_kept, [0]))[1] > 100_000


def test_whoever_else_imports_what_workers_share_keeps_exit_status_and_interrupt() -> None:
    program = (
        "import signal, sys, pipeline.scale.warm\n"
        "sys.exit(7 if signal.getsignal(signal.SIGINT) is signal.default_int_handler else 8)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 7


def test_an_error_of_the_program_ends_the_run() -> None:
    with pytest.raises(InputError, match="three is too many"), Workers(2, LIMITS) as pool:
        list(pool.map(fail, range(9)))


def test_workers_that_cannot_even_begin_are_an_error() -> None:
    with pytest.raises(WorkerError, match="SIGKILL"), Workers(1, LIMITS) as pool:
        list(pool.map(die, [1]))


def test_a_worker_killed_by_somebody_costs_nothing(tmp_path: Path) -> None:
    steps: list[int] = []
    with Workers(1, LIMITS) as pool:
        assert list(pool.map(die_once, [tmp_path / "once"], steps.append)) == [(0, "{}")]
    assert sum(steps) == 1
    assert (tmp_path / "once").read_text() == "5 None "  # the suspect first, then all of it


@pytest.mark.parametrize("killed", ["parent", "what they are forked from"])
def test_workers_end_with_their_parent(tmp_path: Path, killed: str) -> None:
    code = (
        "import sys, os, time; sys.path[:0] = [sys.argv[1], sys.argv[2]]\n"
        "from test_workers import LIMITS, Workers, nap\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2, LIMITS) as pool:\n"
        "        list(pool.map(nap, [sys.argv[3] + '/a', sys.argv[3] + '/b']))\n"
    )
    (tmp_path / "parent.py").write_text(code)
    here = Path(__file__).parent
    parent = subprocess.Popen([sys.executable, tmp_path / "parent.py", here, here.parent, tmp_path])
    started = wait_for(lambda: [path for path in (tmp_path / "a", tmp_path / "b") if path.exists()], 2)
    workers = [int(path.read_text()) for path in started]
    if killed != "parent":
        os.kill(parent_of(workers[0]), signal.SIGKILL)
        wait_for_end(workers)
    parent.kill()
    parent.wait()
    wait_for_end(workers)


def nap(task: str, context: Context) -> None:
    partial = Path(f"{task}.tmp")
    partial.write_text(str(os.getpid()))
    partial.rename(task)
    time.sleep(60)


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1])


def wait_for_end(processes: Sequence[int]) -> None:
    wait_for(lambda: [] if any(map(is_alive, processes)) else [Path()], 1)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def wait_for(look: Callable[[], list[Path]], number: int) -> list[Path]:
    for _ in range(300):
        if len(found := look()) >= number:
            return found
        time.sleep(0.1)
    raise AssertionError("waited in vain")
