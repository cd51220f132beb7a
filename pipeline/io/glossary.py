"""The user's glossary as a file: TOML or CSV."""

import csv
import io
import os
import stat
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from pipeline.errors import SettingsError
from pipeline.glossary import Action, GlossaryEntry, Part
from pipeline.tables import escape

MAX_BYTES = 16 * 2**20
"""Of a file: some hundred thousand terms."""
_MAX_CELL = 2**17
"""Characters of a cell of CSV."""
BETWEEN = "|"
"""Stands between the renderings of a cell."""

_TEXTS = ("term", "part", "language", "host")
_FLAGS = ("keep", "drop")
_COLUMNS = ("term", "action", "rendering", "part", "language", "host")

_Row = Mapping[str, Any]
_Rows = Iterator[tuple[str, _Row]]
"""What the file says of one term, after the place where a user would look for it."""


def read_glossary(path: Path) -> tuple[GlossaryEntry, ...]:
    """Return the entries of a glossary, sorted, each once; terms and renderings are made NFC, as the texts are.

    Raises SettingsError, naming the file and the row or line, where it cannot be read or says something
    that is not understood, or where two entries of one term, language, part and host differ.
    """
    formats = {".toml": (_read_toml, _from_table), ".csv": (_read_csv, _from_cells)}
    name = f"glossary {escape(os.fspath(path))}"
    if path.suffix.lower() not in formats:
        raise SettingsError(f"{name}: a glossary is a file in {' or '.join(formats)}")
    rows, entry_of = formats[path.suffix.lower()]
    try:
        return _distinct(rows(_text(path)), entry_of)
    except SettingsError as error:
        raise SettingsError(f"{name}: {error}") from error


def _text(path: Path) -> str:
    try:
        # Opening a pipe would wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise SettingsError("not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsError(error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:
        raise SettingsError(f"more than {MAX_BYTES:,} bytes, the most that is read of a glossary")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"line {line}: not UTF-8") from error


def _distinct(rows: _Rows, entry_of: Callable[[_Row], GlossaryEntry]) -> tuple[GlossaryEntry, ...]:
    kept: dict[tuple[str, str, str, str], tuple[str, GlossaryEntry]] = {}
    for place, row in rows:
        try:
            entry = entry_of(row)
        except SettingsError as error:
            raise SettingsError(f"{place}: {error}") from error
        first_place, first = kept.setdefault(entry.key, (place, entry))
        if first != entry:
            raise SettingsError(f"{place}: {entry.term!r} was given another answer in {first_place}")
    return tuple(sorted(entry for _, entry in kept.values()))


def _read_toml(text: str) -> _Rows:
    try:
        document = tomllib.loads(text)
    except RecursionError as error:
        raise SettingsError("not TOML: nested too deeply") from error
    except ValueError as error:  # of TOML, or of a number with too many digits
        raise SettingsError(f"not TOML: {error}") from error
    _refuse_unknown(document, ("term", "terms"))
    tables, short = document.get("term", []), document.get("terms", {})
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SettingsError("term: write it as [[term]]")
    if not isinstance(short, dict):
        raise SettingsError("terms: write it as [terms]")
    for number, table in enumerate(tables, 1):
        yield f"[[term]] number {number} ({table.get('term', '')!r})", table
    for term, rendering in short.items():
        yield f"[terms] {term!r}", {"term": term, "rendering": rendering}


def _from_table(table: _Row) -> GlossaryEntry:
    _refuse_unknown(table, (*_TEXTS, "rendering", *_FLAGS))
    for key in _TEXTS:
        if not isinstance(table.get(key, ""), str):
            raise SettingsError(f"{key}: {table[key]!r} is not a text")
    for key in _FLAGS:
        if table.get(key, True) is not True:
            raise SettingsError(f"{key}: it is true or it is not there")
    said = [key for key in ("rendering", *_FLAGS) if key in table]
    if len(said) != 1:
        raise SettingsError(f"give one of rendering, keep, drop, not {' and '.join(said) or 'none'}")
    action = "render" if said == ["rendering"] else said[0]
    return _entry(table, action, _listed(table["rendering"]) if action == "render" else ())


def _listed(value: object) -> tuple[str, ...]:
    words = value if isinstance(value, list) else [value]
    if not all(isinstance(word, str) for word in words):
        raise SettingsError("rendering: it is a text or a list of texts")
    return tuple(words)


def _read_csv(text: str) -> _Rows:
    # One setting for all of `csv`, which whoever reads documents has raised.
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, ())]
        _check_header(header)
        for cells in reader:
            row, place = [cell.strip() for cell in cells], f"line {reader.line_num}"
            if any(row[len(header) :]):
                told = f"{len(row)} cells for {len(header)} columns"
                raise SettingsError(f"{place}: {told}: a text with a comma in it needs quotes around it")
            if any(row):
                yield place, dict(zip(header, row, strict=False))
    except csv.Error as error:
        raise SettingsError(f"line {reader.line_num}: not CSV: {error}") from error


def _check_header(header: list[str]) -> None:
    try:
        _refuse_unknown(header, _COLUMNS)
        if "term" not in header or not {"action", "rendering"} & set(header):
            raise SettingsError("term is needed, and action or rendering")
        if len(set(header)) < len(header):
            raise SettingsError("one stands twice")
    except SettingsError as error:
        raise SettingsError(f"line 1, the names of the columns, with commas between: {error}") from error


def _from_cells(cells: _Row) -> GlossaryEntry:
    words = cells.get("rendering", "")
    renderings = tuple(word.strip() for word in words.split(BETWEEN)) if words else ()
    action = cells.get("action") or ("render" if renderings else "")
    if not action:
        raise SettingsError("neither an action nor a rendering")
    return _entry(cells, action, renderings)


def _entry(values: _Row, action: str, renderings: tuple[str, ...]) -> GlossaryEntry:
    # The entry itself refuses an action or a part that there is not.
    return GlossaryEntry(
        term=unicodedata.normalize("NFC", values.get("term", "")),
        language=values.get("language", ""),
        action=cast(Action, action),
        renderings=tuple(unicodedata.normalize("NFC", words) for words in renderings),
        part=cast(Part, values.get("part", "")),
        host=values.get("host") or "en",
    )


def _refuse_unknown(given: Iterable[str], known: tuple[str, ...]) -> None:
    unknown = [key for key in given if key not in known]
    if unknown:
        raise SettingsError(f"{unknown[0]!r} is unknown; known are {', '.join(known)}")
