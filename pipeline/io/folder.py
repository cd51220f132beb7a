"""The folder OUT: whose it is, and how a finished run takes its place at once."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError
from pipeline.io.write import sync_folder

RUN = "run.json"
"""What a run tells about itself; only a complete OUT has one."""

STAGE = ".tmp-clean-corpus"
"""Where a run is written before it takes its place."""

OLD = ".tmp-clean-corpus-old"

WORK = ".work-clean-corpus"
"""What is finished of a run that is not: the next run goes on from there."""

_DERIVED = ("report.html",)
"""Made from a run afterwards, so no longer true when the next run takes its place."""

_TOLERATED = frozenset({".gitignore", STAGE, OLD, WORK})
"""What may lie in a folder that counts as empty."""


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Give a folder to write a run into, its `run.json` last; on leaving it takes the place of the old run.

    After an exception `out` is as it was, but for what is finished in its folder `WORK`. What does not come from a
    run stays. Raises OutputError if `out` holds anything but a run, another run is writing to it, or it cannot be
    written to.
    """
    try:
        with _claimed(out):
            stage = out / STAGE
            if (stage / RUN).exists():  # killed while it took its place: complete, so let it
                _publish(stage, out)
            _sweep(out)
            stage.mkdir()
            try:
                yield stage
            except BaseException:
                _sweep(out)
                raise
            _publish(stage, out)
            _sweep(out)
            shutil.rmtree(out / WORK, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error.strerror or error}") from error


def read_run(out: Path) -> dict[str, Any]:
    """Return what `run.json` in `out` says; raises OutputError if `out` is not the output of a run."""
    if not out.exists():
        raise OutputError(f"{out}: no such folder")
    try:
        run = json.loads((out / RUN).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise OutputError(f"{out} is not the output of a run (no {RUN})") from error
    except (OSError, ValueError) as error:
        raise OutputError(f"{out} is not the output of a run ({RUN} cannot be read)") from error
    if not isinstance(run, dict) or run.get("program") != "clean-corpus":
        raise OutputError(f"{out} is not the output of a run (its {RUN} is not ours)")
    return run


def is_output(folder: Path) -> bool:
    """Whether `folder` is the output of a run, finished or not."""
    if any((folder / name).exists() for name in (STAGE, WORK)):
        return True
    try:
        return (folder / RUN).exists() and bool(read_run(folder))
    except OutputError:
        return False


@contextmanager
def _claimed(out: Path) -> Iterator[None]:
    """Hold `out` for this process, creating it; raises OutputError if it is someone else's."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is not a folder")
    out.mkdir(parents=True, exist_ok=True)
    handle = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(f"another run is writing to {out}") from error
        _check_owner(out)
        yield
    finally:
        os.close(handle)


def _check_owner(out: Path) -> None:
    names = {path.name for path in out.iterdir()}
    if names <= _TOLERATED:
        return
    try:
        # Killed while it took its place, a first run has its run.json still in the stage.
        read_run(out if RUN in names or STAGE not in names else out / STAGE)
    except OutputError as error:
        raise OutputError(f"{error}, so what is in it stays: name another folder") from error


def _publish(stage: Path, out: Path) -> None:
    """Move what is in `stage` to `out`, a name at a time, the run's own account last."""
    old = out / OLD
    old.mkdir(exist_ok=True)
    for name in sorted({path.name for path in stage.iterdir()} - {RUN}) + list(_DERIVED):
        if (out / name).exists():
            (out / name).rename(old / name)
        if (stage / name).exists():
            (stage / name).rename(out / name)
    (stage / RUN).replace(out / RUN)
    sync_folder(out)


def _sweep(out: Path) -> None:
    for name in (STAGE, OLD):
        if (out / name).exists():
            shutil.rmtree(out / name)
