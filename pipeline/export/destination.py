"""The folder an export goes to: whose it is, and how a finished export takes its place at once."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.io.write import sync_folder, write_text

MARK = ".clean-corpus-export"
"""Hidden, so that nobody loads it with the rest: which files an export wrote, and so may replace."""


@contextmanager
def destination(dest: Path, out: Path) -> Iterator[Path]:
    """Give a folder to write an export of `out` into; on leaving it takes the place of `dest`.

    After an exception `dest` is as it was. Raises OutputError if `dest` holds anything that an earlier export did not
    write, lies in `out`, or cannot be written to.
    """
    try:
        dest = dest.resolve()
        if dest.is_relative_to(out.resolve()):
            raise OutputError(f"{dest} lies in the folder of the run: name another one")
        _check_owner(dest)
        dest.parent.mkdir(parents=True, exist_ok=True)
        stage = dest.with_name(f".{dest.name}.{os.getpid()}.tmp")
        stage.mkdir()
        try:
            yield stage
            write_text(stage / MARK, json.dumps(_files(stage), ensure_ascii=False, indent=1) + "\n")
            _publish(stage, dest)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"cannot write to {dest}: {error.strerror or error}") from error


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write `lines`, with their ends, to a new file `path` as UTF-8."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _check_owner(dest: Path) -> None:
    if dest.exists() and not dest.is_dir():
        raise OutputError(f"{dest} is not a folder")
    there = set(_files(dest)) if dest.is_dir() else set()
    if strangers := there - _marked(dest):
        raise OutputError(f"{dest} holds {min(strangers)}, which no export wrote: name another folder")


def _marked(dest: Path) -> set[str]:
    try:
        return {MARK, *json.loads((dest / MARK).read_text(encoding="utf-8"))}
    except (FileNotFoundError, ValueError, TypeError):
        return set()


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _publish(stage: Path, dest: Path) -> None:
    if dest.exists():
        # A full folder cannot be replaced in one step: the old one waits aside until the new one is there.
        old = stage.with_suffix(".old")
        dest.rename(old)
        stage.rename(dest)
        shutil.rmtree(old)
    else:
        stage.rename(dest)
    sync_folder(dest.parent)
