"""The work folder of a run: what is finished of each unit of work, under a name that tells what it was made from."""

import json
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipeline.io.write import sync_folder, write_text

DONE = "done.json"
"""Written last: it tells the size of every other file in the folder, and what was counted."""


class Work:
    """Finished work below `root`, in one folder a step with one folder a key in it.

    A folder under the name of its key is whole: it was written under another name and renamed last. Anything that
    begins with a dot is what a killed run has left. It can be used from many processes on many machines at once.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, step: str, key: str) -> Path:
        """Return where the work of `step` lies or is going to lie."""
        return self.root / step / key

    def done(self, step: str, key: str) -> dict[str, Any] | None:
        """Return what was counted in finished work, None where it is not finished or not whole."""
        folder = self.folder(step, key)
        try:
            told = json.loads((folder / DONE).read_text(encoding="utf-8"))
            sizes = {name: (folder / name).stat().st_size for name in told["files"]}
            return dict(told["counts"]) if sizes == told["files"] else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def make(self, step: str, key: str, write: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
        """Have `write` fill a folder, and give it its name once all of it is on the disk; return what it counted.

        `write` syncs its own files. After an exception nothing is left. Where somebody else has finished the same work
        meanwhile, taken for dead on a machine that was only cut off, theirs stays. Raises OSError.
        """
        target = self.folder(step, key)
        # Process ids are not enough: those of other machines may be the same.
        partial = target.with_name(f".{key}.{uuid4().hex}.tmp")
        partial.mkdir(parents=True)
        try:
            counts = write(partial)
            files = {path.relative_to(partial).as_posix(): path.stat().st_size for path in _files(partial)}
            write_text(partial / DONE, json.dumps({"files": files, "counts": counts}))
            for folder in {path.parent for path in _files(partial)} | {partial}:
                sync_folder(folder)
            if (theirs := self.done(step, key)) is not None:
                return theirs
            if target.exists():  # not whole
                shutil.rmtree(target)
            partial.rename(target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        sync_folder(target.parent)
        return counts

    def sweep(self, step: str, keys: Collection[str]) -> None:
        """Remove of `step` whatever belongs to none of `keys`."""
        folder = self.root / step
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name not in keys:
                shutil.rmtree(path)

    def remove(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.root, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
