"""The formats that a run can be exported to, and the export itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.export import jsonl, tbx, text, tmx
from pipeline.export.destination import destination, write_lines
from pipeline.export.hub import write_folder
from pipeline.export.source import CORPUS, TABLE_FOLDERS, count_rows

Write = Callable[[Path, Path, Sequence[str]], None]
"""Writes tables of OUT, all of them with rows, into a folder."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: which tables it can hold, which it holds unless told otherwise, and what writes them."""

    tables: tuple[str, ...]
    default: tuple[str, ...]
    write: Write


def _write_files(
    out: Path, folder: Path, tables: Sequence[str], *, suffix: str, lines: Callable[[Path, str], Iterable[str]]
) -> None:
    for table in tables:
        write_lines(folder / f"{table}{suffix}", lines(out, table))


def _of_lexicon(lines: Callable[[Path], Iterator[str]]) -> Callable[[Path, str], Iterator[str]]:
    return lambda out, _: lines(out)


FORMATS: dict[str, Format] = {
    "jsonl": Format(tuple(TABLE_FOLDERS), CORPUS, partial(_write_files, suffix=".jsonl", lines=jsonl.lines)),
    "text": Format(CORPUS, CORPUS, partial(_write_files, suffix=".txt", lines=text.lines)),
    "tmx": Format(("lexicon",), ("lexicon",), partial(_write_files, suffix=".tmx", lines=_of_lexicon(tmx.lines))),
    "tbx": Format(("lexicon",), ("lexicon",), partial(_write_files, suffix=".tbx", lines=_of_lexicon(tbx.lines))),
    "hf": Format(tuple(TABLE_FOLDERS), CORPUS, write_folder),
}


def export(out: Path, dest: Path, to: str, tables: Sequence[str] = ()) -> dict[str, int]:
    """Write `tables` of the run in `out` to the folder `dest` in the format called `to`; return their numbers of rows.

    A table without rows is not written. An earlier export in `dest` is replaced. The same tables give the same bytes.
    Raises SettingsError where there is no such format, or it has no such table, and OutputError where `out` cannot be
    read or `dest` cannot be used.
    """
    wanted = _checked(to, tables)
    numbers = {table: count_rows(out, table) for table in wanted}
    with destination(dest, out) as folder:
        FORMATS[to].write(out, folder, [table for table in wanted if numbers[table]])
    return numbers


def _checked(to: str, tables: Sequence[str]) -> Sequence[str]:
    """Return the tables to export, each once."""
    if to not in FORMATS:
        raise SettingsError(f"--to {to}: none of {', '.join(FORMATS)}")
    known = FORMATS[to].tables
    for table in tables:
        if table not in known:
            raise SettingsError(f"--table {table}: {to} holds {', '.join(known)}")
    return [table for table in known if table in (tables or FORMATS[to].default)]
