"""Dictionary files: where an installed one lies, and what is in one."""

import gzip
import hashlib
import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import IO

from pipeline.errors import SettingsError
from pipeline.rules import Rule, load_rules
from pipeline.tables import escape
from pipeline.words.dictionary import UNDATED, Dictionary, header_date

NAME = "CC-CEDICT"
MAX_BYTES = 200 * 2**20
"""Of a file and of what is packed in it: twenty times what the largest edition has."""
PLAIN = (".u8", ".txt")
SUFFIXES = (*PLAIN, ".gz", ".zip")

_HEAD_BYTES = 16_384
"""What is read of a file to see its date; a header has 1,000."""
_NOTES_OF_MACOS = "__MACOSX/"
"""Folder of an archive with a hidden file for every real one, by the same name."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The other ones need much memory before the first byte comes out."""
_DAMAGE = (OSError, EOFError, zlib.error, struct.error, zipfile.BadZipFile, RuntimeError, ValueError)
"""What unpacking can raise: cut short, damaged, encrypted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryRule(Rule):
    """A package that holds a dictionary: `file` is its path in the folder of `module`."""

    distribution: str
    module: str
    file: str
    code_licence: str

    def is_of(self, path: PurePath) -> bool:
        """Whether `path` is this package's dictionary, wherever the package lies."""
        own = (self.module, *PurePath(self.file).parts)
        return path.parts[-len(own) :] == own


@dataclass(frozen=True, slots=True)
class Package:
    """The package that a file came with; `version` is empty where the package is only unpacked."""

    name: str
    version: str
    code_licence: str


def find_cedict() -> Path | None:
    """Return the newest dictionary among the installed packages, None if there is none; imports none of them.

    Newest by its header, else by the package's version; of equal ones the first in the table.
    """
    return max(_installed(), key=_freshness, default=None)


@cache
def open_dictionary(path: str | None) -> Dictionary | None:
    """Return the dictionary at `path`, or the newest installed one; None if there is none. Read once a process.

    Raises SettingsError; see `load_cedict`.
    """
    file = Path(path) if path else find_cedict()
    return load_cedict(file) if file else None


def check_dictionary(path: str | None) -> None:
    """Raise SettingsError if the user names a dictionary that cannot be read; an installed one can wait."""
    if path:
        open_dictionary(path)


def identify(path: str | None) -> str | None:
    """Return the name, date and SHA-256 of the dictionary that a run uses, without reading its entries."""
    file = Path(path) if path else find_cedict()
    if file is None:
        return None
    digest = hashlib.sha256(_read(file)).hexdigest()
    return f"{NAME.lower()}@{_freshness(file) or UNDATED} sha256:{digest}"


def load_cedict(path: Path) -> Dictionary:
    """Return the dictionary in a file: UTF-8, as it is (.u8, .txt) or packed (.gz, .zip with one such file).

    Raises SettingsError, naming the file, where it cannot be read, is damaged, or holds no entry.
    """
    packed = _read(path)
    sha256 = hashlib.sha256(packed).hexdigest()
    data = _unpack(packed, path)
    del packed
    try:
        return Dictionary.parse(data.decode("utf-8-sig"), name=NAME, sha256=sha256, date=_package_date(path))
    except UnicodeDecodeError as error:
        raise _fault(path, f"not UTF-8 at byte {error.start:,}") from error
    except SettingsError as error:
        raise _fault(path, str(error)) from error


def package_of(path: Path) -> Package | None:
    """Return the known package that a dictionary lies in, None if it lies elsewhere."""
    for rule in load_rules("dictionaries", DictionaryRule):
        if rule.is_of(path):
            folder = path.parents[len(PurePath(rule.file).parts)]
            found = next(iter(Distribution.discover(name=rule.distribution, path=[str(folder)])), None)
            return Package(rule.distribution, found.version if found else "", rule.code_licence)
    return None


def _installed() -> Iterator[Path]:
    for rule in load_rules("dictionaries", DictionaryRule):
        # For a module without a parent this looks for the package and does not run it.
        spec = find_spec(rule.module)
        folders = (spec.submodule_search_locations or ()) if spec else ()
        yield from (path for folder in folders if (path := Path(folder, rule.file)).is_file())


def _freshness(path: Path) -> str:
    return header_date(_head(path)) or _package_date(path) or ""


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = (gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file).read(_HEAD_BYTES)
    except (OSError, EOFError, zlib.error):
        # A damaged copy is the last to be chosen; if it is the only one, loading it says what is wrong.
        return ""
    return data.decode("utf-8", "replace")


def _package_date(path: Path) -> str | None:
    """Return the ISO 8601 day that the version of the file's package is, if it is one (2025.10.2)."""
    package = package_of(path)
    numbers = re.fullmatch(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})", package.version) if package else None
    if numbers is None:
        return None
    try:
        return date(*map(int, numbers.groups())).isoformat()
    except ValueError:  # three numbers that are no day
        return None


def _read(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        raise _fault(path, f"a dictionary is a file in {', '.join(SUFFIXES)}")
    try:
        # Opening a pipe would wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _fault(path, "not a regular file")
        with path.open("rb") as file:
            return _at_most(file, path)
    except OSError as error:
        raise _fault(path, error.strerror or str(error)) from error


def _unpack(packed: bytes, path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix in PLAIN:
        return packed
    try:
        with gzip.open(io.BytesIO(packed)) if suffix == ".gz" else _unzip(packed, path) as file:
            return _at_most(file, path)
    except _DAMAGE as error:
        raise _fault(path, f"damaged, or not a {suffix} file: {error}") from error


def _unzip(packed: bytes, path: Path) -> IO[bytes]:
    archive = zipfile.ZipFile(io.BytesIO(packed))
    held = [info for info in archive.infolist() if PurePath(info.filename).suffix.lower() in PLAIN]
    held = [info for info in held if not info.filename.startswith(_NOTES_OF_MACOS)]
    if len(held) != 1:
        raise _fault(path, f"it holds {len(held)} files in {' or '.join(PLAIN)}, not one")
    if held[0].compress_type not in _METHODS:
        raise _fault(path, "packed by a method that is not read: pack it anew, or unpack it")
    return archive.open(held[0])


def _at_most(file: IO[bytes] | gzip.GzipFile, path: Path) -> bytes:
    # One byte more than allowed tells of too large a file without unpacking the rest of it.
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _fault(path, f"more than {MAX_BYTES:,} bytes, the most that is read of a dictionary")
    return data


def _fault(path: Path, what: str) -> SettingsError:
    return SettingsError(f"dictionary {escape(os.fspath(path))}: {what}")
