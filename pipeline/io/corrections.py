"""Corrections as a file: JSON lines that are only ever added to, the last on a place being the one that counts."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.correction import Correction, What
from pipeline.errors import OutputError, SettingsError
from pipeline.io.write import sync_folder
from pipeline.tables import escape

MAX_BYTES = 256 * 2**20
"""Of a file: some hundred thousand corrections."""

Span = tuple[str, int, int]
"""A document, and where in it."""

EXCERPT = 60
"""Code points of the corrected text that a line repeats, for who reads the file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what was corrected when, and who had decided before; `value` is None where it is taken back."""

    document: str
    start: int
    end: int
    what: What
    value: str | None
    sha256: str
    text: str
    before: Mapping[str, Any]
    """What a run had found: `value`, `rule`, `score`."""
    time: datetime

    @property
    def correction(self) -> Correction | None:
        """What a run is to be told; raises SettingsError where it cannot be."""
        if self.value is None:
            return None
        return Correction(self.document, self.start, self.end, self.what, self.value, self.sha256)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Return the corrections that count, sorted; raises SettingsError, naming the line, where one is no correction."""
    return tuple(sorted(each for _, each in _last(path).values() if each is not None))


def read_kinds(path: Path) -> dict[Span, str]:
    """Return of each corrected fragment the kind that the run had found, which a reviewer let stand or not."""
    told = {}
    for (document, start, end, _), (line, _) in _last(path).items():
        kind = line.get("before", {}).get("kind")
        if isinstance(kind, str):
            told[document, start, end] = kind
    return told


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Add `entries` to the file at `path`, or to a new one, and see that they are on the disk; raises OutputError."""
    lines = "".join(_line(entry) for entry in entries).encode()
    try:
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            size = os.fstat(handle).st_size
            # A line that was broken off by a full disk must not swallow the next.
            broken = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            os.write(handle, b"\n" + lines if broken else lines)
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(path.parent)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def _line(entry: Entry) -> str:
    told = {
        "document": entry.document, "start": entry.start, "end": entry.end, "what": entry.what, "value": entry.value,
        "before": dict(entry.before), "time": entry.time.isoformat(timespec="seconds"),
        "text": entry.text[:EXCERPT], "sha256": entry.sha256,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False) + "\n"


def _last(path: Path) -> dict[tuple[str, int, int, What], tuple[dict[str, Any], Correction | None]]:
    """Return the last line on every place, and the correction that it is."""
    found: dict[tuple[str, int, int, What], tuple[dict[str, Any], Correction | None]] = {}
    name = escape(os.fspath(path))
    for number, text in _lines(path, name):
        try:
            line = json.loads(text)
            place = line["document"], line["start"], line["end"], line["what"]
            # What takes a correction back has to be about a place, too; any value will do to check that.
            value = {"label": "other", "language": "en", "kind": "none"}.get(line["what"], "")
            checked = Correction(*_typed(place), line["value"] if line["value"] is not None else value, line["sha256"])
            found[checked.place] = line, checked if line["value"] is not None else None
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise SettingsError(f"corrections {name}, line {number}: not a correction ({error!r})") from error
        except SettingsError as error:
            raise SettingsError(f"corrections {name}, line {number}: {error}") from error
    return found


def _typed(place: tuple[Any, Any, Any, Any]) -> tuple[str, int, int, What]:
    document, start, end, what = place
    if not isinstance(document, str) or type(start) is not int or type(end) is not int or not isinstance(what, str):
        raise TypeError("document and what are texts, start and end whole numbers")
    return document, start, end, what  # type: ignore[return-value]  # Correction refuses what it does not know


def _lines(path: Path, name: str) -> Iterator[tuple[int, str]]:
    try:
        if not path.is_file():
            raise SettingsError(f"corrections {name}: no such file")
        if path.stat().st_size > MAX_BYTES:
            raise SettingsError(f"corrections {name}: more than {MAX_BYTES:,} bytes")
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"corrections {name}: cannot be read ({error})") from error
