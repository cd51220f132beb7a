"""When, with what and on what kind of machine a figure was measured."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("clean-corpus", "lingua-language-detector", "eldc", "regex", "opencc", "ftfy", "dateparser", "pyarrow")
"""Those that have a say in what comes out, or in how long it takes."""


def today() -> str:
    """Return the date (UTC) as in 2026-11-21."""
    return datetime.now(UTC).date().isoformat()


def machine() -> str:
    """Return the kind of machine, and nothing that tells which one: `2 cores, Linux x86_64`."""
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {platform.system()} {platform.machine()}"


def versions() -> str:
    """Return Python and the packages with their versions."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return ", ".join((python, *(f"{name} {_version(name)}" for name in PACKAGES)))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # run from a source tree
        return "(not installed)"
