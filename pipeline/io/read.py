"""Inputs: which files there are, on the local disk or at a URL."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path, PurePosixPath

from pipeline.errors import InputError
from pipeline.io.folder import is_output
from pipeline.io.location import fixed_url, is_url, list_url, public_url, url_of
from pipeline.io.record import Input
from pipeline.io.units import KNOWN, is_known
from pipeline.tables import Reject, escape


@dataclass(frozen=True, slots=True)
class Found:
    """What the inputs given by the user hold, each part sorted by id.

    `rejects` are those that cannot even be tried, `ignored` counts the files of other kinds in folders.
    """

    inputs: tuple[Input, ...]
    rejects: tuple[Reject, ...]
    ignored: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file that was come across, with the folder its id counts from.

    `why` says why it cannot be an input, `ignored` that it is of another kind.
    """

    path: Path
    root: Path
    why: str = ""
    ignored: bool = False
    size: int = 0
    url: str = ""

    def outcome(self) -> Input | Reject:
        """Return the input or the reject it makes."""
        name = self.path.relative_to(self.root).as_posix()
        source = public_url(self.url) if self.url else self.path.as_posix()
        if self.why:
            return _reject(name, source, self.why)
        if escape(source) != source:
            return _reject(name, source, "its name is not UTF-8")
        return Input(name, source, self.path, self.url, self.size)


def find(inputs: Sequence[str | Path]) -> Found:
    """Return what `inputs` hold: files, folders (searched through) and globs, by path or by URL.

    An id is the path below the folder that was given, below the part of a glob that has no wildcard,
    or a file's name. What a run has written is no input. Raises InputError where one of `inputs` is missing,
    has nothing to read, or is a file of an unknown kind.
    """
    if not inputs:
        raise InputError("no input given")
    entries: set[_Entry] = set()
    for given in map(str, inputs):
        here = set(_expand_url(given) if is_url(given) else _expand(given))
        if all(entry.ignored for entry in here):
            raise InputError(
                f"nothing to read under {escape(public_url(given) if is_url(given) else given)}: no {KNOWN}"
            )
        entries |= here
    found = [entry.outcome() for entry in entries if not entry.ignored]
    return _sort_out(found, ignored=len(entries) - len(found))


def _sort_out(found: Sequence[Input | Reject], ignored: int) -> Found:
    """Keep the first of several inputs with one id; the others are rejects."""
    kept: dict[str, Input] = {}
    rejects = [item for item in found if isinstance(item, Reject)]
    for item in sorted(item for item in found if isinstance(item, Input)):
        first = kept.setdefault(item.id, item)
        if first is not item:
            rejects.append(_reject(item.id, item.source, "another input has the same id: give a folder above both"))
    rejects.sort(key=lambda reject: (reject.id, reject.source, reject.message))
    return Found(tuple(kept.values()), tuple(rejects), ignored)


def _expand(given: str) -> Iterator[_Entry]:
    path = Path(given)
    if os.path.lexists(path):
        yield from _explicit(path)
    elif not glob.has_magic(given):
        raise InputError(f"no such file or folder: {escape(given)}")
    elif "**" in path.parts:
        # The standard library would follow looping links here until the path is too long.
        root = _fixed_part(path)
        wanted = path.parts[len(root.parts) :]
        for entry in _walk(root, root):
            if _matches(entry.path.parts[len(root.parts) :], wanted):
                yield entry
    else:
        root = _fixed_part(path)
        for match in root.glob("/".join(path.parts[len(root.parts) :])):
            yield from _walk(match, root) if match.is_dir() else [_examine(match, root)]


def _explicit(path: Path) -> Iterator[_Entry]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise InputError(f"cannot open {escape(str(path))}: {error.strerror}") from error
    if stat.S_ISDIR(mode):
        yield from _walk(path, path)
    elif not is_known(path.name):
        raise InputError(f"cannot read {escape(str(path))}: it is no {KNOWN}")
    else:
        yield _examine(path, path.parent)


def _walk(top: Path, root: Path) -> Iterator[_Entry]:
    """Yield the files below `top`; a folder that several links lead to is searched once."""
    folders, linked = [top], list[Path]()
    seen: set[tuple[int, int]] = set()
    while folders or linked:
        # Real folders first, so that a file is found under its own name before that of a link.
        folder = folders.pop() if folders else linked.pop()
        try:
            info = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield _Entry(folder, root, f"cannot be opened: {error.strerror}")
            continue
        if (info.st_dev, info.st_ino) in seen:
            yield _Entry(folder, root, "a link to a folder that was searched already")
            continue
        seen.add((info.st_dev, info.st_ino))
        if folder != top and is_output(folder):
            yield _Entry(folder, root, ignored=True)
            continue
        for entry in entries:
            path = folder / entry.name
            if path.is_dir():
                (linked if entry.is_symlink() else folders).append(path)
            else:
                yield _examine(path, root)


def _examine(path: Path, root: Path) -> _Entry:
    try:
        info = path.stat()
    except OSError as error:
        return _Entry(path, root, f"cannot be opened: {error.strerror}")
    if not is_known(path.name):
        return _Entry(path, root, ignored=True)
    # Opening a pipe or a device could wait for ever.
    return _Entry(path, root, "" if stat.S_ISREG(info.st_mode) else "not a regular file", size=info.st_size)


def _expand_url(given: str) -> Iterator[_Entry]:
    """Yield the files at a URL; ids count as they do for paths."""
    fixed, pattern = fixed_url(given)
    top, found = list_url(fixed)
    wanted = PurePosixPath(pattern).parts
    for path, size in found:
        root = PurePosixPath(path).parent if path == top else PurePosixPath(top)
        if not wanted or _matches(PurePosixPath(path).relative_to(root).parts, wanted):
            yield _Entry(Path(path), Path(root), ignored=not is_known(path), size=size, url=url_of(path, given))


def _reject(id: str, source: str, why: str) -> Reject:
    return Reject(escape(id), escape(source), "read", InputError.__name__, escape(why))


def id_root(given: Path) -> Path:
    """Return the folder that the ids of what was `given` count from; it need not be there (any more)."""
    if given.is_dir():
        return given
    return _fixed_part(given) if glob.has_magic(str(given)) and not os.path.lexists(given) else given.parent


def _fixed_part(pattern: Path) -> Path:
    """Return the folder of `pattern` above its first wildcard.

    >>> _fixed_part(Path("pages/2026-*/*.txt")).as_posix()
    'pages'
    """
    parts = takewhile(lambda part: not glob.has_magic(part), pattern.parts)
    return Path(*parts)


def _matches(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Whether a file or a folder above it fits `pattern`.

    >>> _matches(("a", "b", "c.txt"), ("**", "b")), _matches(("a.txt",), ("**", "b"))
    (True, False)
    """
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_matches(parts[i:], pattern[1:]) for i in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])
