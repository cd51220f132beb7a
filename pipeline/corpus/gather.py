"""Between the passes: what only all sketches together tell, the lexicon and the ids that stand twice."""

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pipeline.corpus.collide import collisions, take_rows
from pipeline.corpus.passes import HARVEST, SKETCH
from pipeline.document import GlossPair
from pipeline.io.record import Unit
from pipeline.io.rows import read_rows, write_rows
from pipeline.io.work import Work
from pipeline.io.write import PART, open_table
from pipeline.resume import digest_of
from pipeline.tables import Reject, lexicon_table
from pipeline.words.lexicon import Occurrence, gloss_order, merge_sorted

T = TypeVar("T")

LEXICON = "lexicon"

KNOWN_ENTRIES = 100_000
"""Entries of the lexicon that repairs use, those of most documents: every worker holds them. The table has all."""

FILES_AT_ONCE = 64
"""Sketches that are merged at once."""

_ENTRIES_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon of a run: its table, and the file with what repairs use of it, by content."""

    table: Path
    known: Path
    known_digest: str
    n_entries: int


def gather_lexicon(work: Work, sketches: Sequence[str], metadata: Mapping[str, str]) -> Lexicon:
    """Return the lexicon of all `sketches` (keys); one entry and a few rows of 64 files are held at a time."""
    key = digest_of(list(sketches))
    work.sweep(LEXICON, {key})
    files = [work.folder(SKETCH, sketch) / "glosses.parquet" for sketch in sketches]
    counts = work.done(LEXICON, key) or work.make(LEXICON, key, lambda folder: _write(folder, files, metadata))
    folder = work.folder(LEXICON, key)
    return Lexicon(folder / LEXICON / PART, folder / "known.parquet", counts["digest"], counts["entries"])


def find_repeated_ids(
    folders: Sequence[Path], units: Sequence[Unit], n_documents: int
) -> tuple[dict[int, tuple[int, ...]], list[Reject]]:
    """Return which records have an id that stood before, as ordinals by the number of their unit, and their rejects.

    `folders` hold the sketches of `units`.
    """
    later: dict[int, list[int]] = defaultdict(list)
    for group in collisions([folder / "id_keys.parquet" for folder in folders], n_documents):
        for number, row in group:
            later[number].append(row)
    first: set[str] = set()
    left_out: dict[int, list[int]] = defaultdict(list)
    rejects = []
    for number in sorted(later):
        for _, found in take_rows(folders[number] / "ids.parquet", sorted(later[number]), ["id", "ordinal"]):
            if found["id"] in first:
                left_out[number].append(found["ordinal"])
                rejects.append(_repeated(units[number], found))
            first.add(found["id"])
    return {number: tuple(ordinals) for number, ordinals in left_out.items()}, rejects


def _repeated(unit: Unit, row: Mapping[str, Any]) -> Reject:
    file = unit.files[row["ordinal"] - 1] if unit.extent is None else unit.files[0]
    return Reject(
        row["id"], file.source, "read", "InputError", f"another document has the same id (record {row['ordinal']})"
    )


def _write(folder: Path, files: Sequence[Path], metadata: Mapping[str, str]) -> dict[str, Any]:
    scratch = folder / "merging"
    scratch.mkdir()
    n_entries = 0
    with open_table(folder, LEXICON, metadata) as writer:
        entries = merge_sorted(_merged(list(files), scratch))
        for some in _some(entries, _ENTRIES_AT_ONCE):
            writer.write(lexicon_table(some))
            n_entries += len(some)
    for path in scratch.iterdir():
        path.unlink()
    scratch.rmdir()
    digest = _write_known(folder, n_entries)
    return {"entries": n_entries, "digest": digest}


def _write_known(folder: Path, n_entries: int) -> str:
    """Write what repairs use: all entries or, of very many, those that stand in most documents; return its digest."""
    table = folder / LEXICON / PART
    least, spare = 0, n_entries
    if n_entries > KNOWN_ENTRIES:
        counts = heapq.nlargest(KNOWN_ENTRIES, (row["n_documents"] for row in read_rows(table, ["n_documents"])))
        least = counts[-1]
        spare = sum(count == least for count in counts)
    rows = _chosen(read_rows(table), least, spare)
    schema = lexicon_table([]).schema
    write_rows(folder, "known", schema, rows)
    return hashlib.sha256((folder / "known.parquet").read_bytes()).hexdigest()


def _chosen(rows: Iterable[Mapping[str, Any]], least: int, spare: int) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of more than `least` documents, and the first `spare` of those of exactly so many."""
    for row in rows:
        if row["n_documents"] > least:
            yield row
        elif row["n_documents"] == least and spare:
            spare -= 1
            yield row


def _merged(files: list[Path], scratch: Path) -> Iterator[Occurrence]:
    """Yield the occurrences in `files`, each of which is sorted, in order."""
    turn = 0
    while len(files) > FILES_AT_ONCE:
        merged = []
        for number, some in enumerate(_some(files, FILES_AT_ONCE)):
            name = f"{turn}-{number}"
            write_rows(scratch, name, HARVEST, map(_row, _merge(some)))
            merged.append(scratch / f"{name}.parquet")
        files, turn = merged, turn + 1
    return _merge(files)


def _merge(files: Sequence[Path]) -> Iterator[Occurrence]:
    return heapq.merge(*map(_occurrences, files), key=gloss_order)


def _occurrences(file: Path) -> Iterator[Occurrence]:
    for row in read_rows(file):
        yield row.pop("id"), GlossPair(**row)


def _row(item: Occurrence) -> dict[str, Any]:
    document, pair = item
    return {"id": document} | {name: getattr(pair, name) for name in HARVEST.names if name != "id"}


def _some(items: Iterable[T], number: int) -> Iterator[list[T]]:
    rest = iter(items)
    while found := list(islice(rest, number)):
        yield found
