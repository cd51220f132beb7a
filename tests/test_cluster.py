"""Ray: the bytes of a local run, also when a process or a machine is lost. Without ray, what needs it is skipped."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from test_workers import LIMITS, Stubbed, StubEngine, corpus, parquet, run_stubbed
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.status import Status
from pipeline.engine import Context
from pipeline.errors import InputError, WorkerError
from pipeline.run import Progress, run
from pipeline.scale import cluster
from pipeline.summary import Summary

HERE = Path(__file__).parent
PAGES = {f"f{k}": [f"Page {k} {n} lang=en 红利 (dividend) here." for n in range(10)] for k in range(8)}


class Machines:
    """Three of Ray's nodes on this machine; the first one does no work."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self._cluster = Cluster(True, head_node_args={"num_cpus": 0, "include_dashboard": False})
        self.address: str = self._cluster.address
        self._nodes = [self.add(), self.add()]
        self._cluster.wait_for_nodes()

    def add(self) -> Any:
        return self._cluster.add_node(num_cpus=1, object_store_memory=80 * 2**20)

    def lose_one(self) -> None:
        self._cluster.remove_node(self._nodes.pop(), allow_graceful=False)
        self._nodes.append(self.add())

    def kill_a_process(self) -> None:
        """Kill a process of Ray that is at a task."""
        raylets = {info.process.pid for node in self._nodes for info in node.all_processes["raylet"]}
        while not (found := [pid for pid, parent, name in processes() if parent in raylets and "_do" in name]):
            time.sleep(0.01)
        os.kill(found[0], signal.SIGKILL)

    def stop(self) -> None:
        self._cluster.shutdown()


def processes() -> Iterator[tuple[int, int, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "cmdline").read_text().replace("\0", " ")
            parent = int((folder / "stat").read_text().rpartition(") ")[2].split()[1])
        except OSError:
            continue
        yield int(folder.name), parent, name


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    pytest.importorskip("ray", reason="ray is not installed (extra ray)")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), str(HERE.parent)]))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        found = Machines()
        yield found
        found.stop()


@dataclass(frozen=True)
class Slow:
    """A step that takes its time, so that there is a middle of it."""

    step: Any

    def __call__(self, task: Any, context: Context) -> Any:
        time.sleep(0.3)
        return Stubbed(self.step)(task, context)


def run_on(machines: Machines, given: Path, out: Path, progress: Progress | None = None) -> Summary:
    with cluster.ray_engine(out, machines.address, limits=LIMITS) as engine:
        return run([given], out, limits=LIMITS, engine=lambda size: StubEngine(engine(size), Slow), progress=progress)


def test_ray_gives_the_same_bytes(machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Paths count from here, for machines that are somewhere else, too.
    monkeypatch.chdir(tmp_path)
    given = corpus(Path("in"), {**PAGES, "bad": ["One page.", "RAISE", "DIE", "Two pages."]})
    here = run_stubbed(given, Path("here"), 1)
    there = run_on(machines, given, Path("there"))
    assert [(reject.id, reject.stage) for reject in there.rejects] == [("bad-1", "clean"), ("bad-2", "worker")]
    assert there.rejects == here.rejects
    assert parquet(Path("there")) == parquet(Path("here"))


@pytest.mark.parametrize("lose", [Machines.kill_a_process, Machines.lose_one])
def test_what_is_lost_in_the_middle_costs_nothing(
    machines: Machines, tmp_path: Path, lose: Callable[[Machines], None]
) -> None:
    given = corpus(tmp_path / "in", PAGES)
    run_stubbed(given, tmp_path / "here", 1)
    lost = []

    def progress(name: str, done: int, total: int) -> None:
        if name == "cleaning" and done < total and not lost:
            lost.append(done)
            lose(machines)

    summary = run_on(machines, given, tmp_path / "there", progress)
    assert lost
    assert not summary.rejects
    assert parquet(tmp_path / "here") == parquet(tmp_path / "there")


def fail(task: int, context: Context) -> int:
    raise InputError(f"{task} is too many")


def test_an_error_of_the_program_ends_the_run(machines: Machines, tmp_path: Path) -> None:
    with cluster.ray_engine(tmp_path, machines.address) as engine:
        (tmp_path / cluster.STAGE).mkdir()
        with pytest.raises(InputError, match="3 is too many"):
            list(engine(0).map(fail, [3]))


def test_a_machine_with_another_program_does_nothing(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "program_key", lambda cedict: "another")
    with pytest.raises(WorkerError, match="another version"):
        run_on(machines, corpus(tmp_path / "in", PAGES), tmp_path / "out")


def test_a_machine_that_does_not_see_out_does_nothing(machines: Machines, tmp_path: Path) -> None:
    with cluster.ray_engine(tmp_path, machines.address) as engine, pytest.raises(WorkerError, match="does not see OUT"):
        list(engine(0).map(fail, [3]))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1:123456"])
def test_no_ray_there(tmp_path: Path, address: str) -> None:
    pytest.importorskip("ray", reason="ray is not installed (extra ray)")
    with pytest.raises(WorkerError, match="cannot reach Ray at"), cluster.ray_engine(tmp_path, address):
        pass


def asked(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["run", str(HERE), "--out", "nowhere", *options])
    return result.exit_code, result.stderr


@contextmanager
def without_ray() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "ray", None)
        yield


def test_the_command_says_what_is_missing() -> None:
    with without_ray():
        assert asked("--engine", "ray") == (
            Status.USAGE,
            "clean-corpus: error: there is no ray here: pip install 'clean-corpus[ray]'\n",
        )
    assert asked("--address", "auto") == (Status.USAGE, "clean-corpus: error: address: only --engine ray has one\n")
    assert asked("--engine", "dask")[0] == Status.USAGE
