"""The two passes over the documents, as steps: each works on one unit and leaves its result in the work folder.

The stages are loaded where they run: half a second and 40 MB that the process that hands out steps can do without.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.account import digest_ids
from pipeline.corpus.batches import SKETCHES, Sketches, batch_of, grouped
from pipeline.corpus.collide import KEYS
from pipeline.corpus.gathered import Gathered
from pipeline.corpus.near import bands, shingles
from pipeline.corpus.site_sketch import SiteSketch
from pipeline.document import GlossPair
from pipeline.engine import NOWHERE, Context
from pipeline.errors import InputError, WorkerError
from pipeline.io.copies import with_copies
from pipeline.io.record import Input, Options, Record, Unit
from pipeline.io.rows import read_rows, table_of, write_rows
from pipeline.io.units import Broken, read_unit, scan
from pipeline.io.work import Work
from pipeline.io.write import FOLDERS, TableWriter, open_table
from pipeline.repairs.translation import Translator
from pipeline.schema import CORPUS_LANGUAGES, GLOSSES, REJECTS
from pipeline.settings import Settings
from pipeline.summary import Tally
from pipeline.tables import Reject, explode
from pipeline.words.lexicon import gloss_order

SKETCH, CLEAN = "sketch", "clean"

SKETCHED = "sketches.parquet"
MOST_SKETCHES = 256
"""Sketches of documents in one row group."""

PER_DOCUMENT = tuple(name for name in FOLDERS if name not in ("lexicon", "rejects"))
"""The tables that have a file a unit."""

REJECTED = pa.schema([("ordinal", pa.int64()), *REJECTS])
IDS = pa.schema([("id", pa.string()), ("ordinal", pa.int64())])
HARVEST = pa.schema([("id", pa.string()), *GLOSSES])
TEXTS = pa.schema([("id", pa.string()), ("digest", pa.binary())])


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all units of a run."""

    work: Path
    settings: Settings
    options: Options
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scan:
    """Cuts a group of files into units."""

    job: Job

    def __call__(self, files: tuple[Input, ...], context: Context) -> list[Unit | Broken]:
        """Return the units."""
        if NOWHERE in context.dead:
            return [Broken(file, context.dead[NOWHERE]) for file in files]
        found = list(scan(files, self.job.options))
        units = [part for part in found if isinstance(part, Unit)]
        broken = [part for part in found if isinstance(part, Broken)]
        units = with_copies(units, Work(self.job.work))
        context.advance(len(files))
        return [*units, *broken]


@dataclass(frozen=True, slots=True)
class Sketch:
    """First pass: the ids of a unit's documents, the glosses and lines in them, and what cannot be read."""

    job: Job

    def __call__(self, task: tuple[str, Unit], context: Context) -> dict[str, Any]:
        """Do unit `task[1]` under the key `task[0]`; return its counts."""
        key, unit = task
        if context.only is not None:
            return _tried_alone(lambda folder: self._write(folder, unit, context))
        return Work(self.job.work).make(SKETCH, key, lambda folder: self._write(folder, unit, context))

    def _write(self, folder: Path, unit: Unit, context: Context) -> dict[str, Any]:
        from pipeline.batch import sketch_batch

        rejects: list[Rejected] = []
        ids: list[tuple[str, int]] = []
        harvest: list[tuple[str, GlossPair]] = []
        sites = SiteSketch()
        records = read_unit(unit, self.job.options)
        if why := context.dead.get(NOWHERE):
            # Who dies over reading cannot say over which record.
            records = iter([Record(NOWHERE, unit.name, unit.files[0].source, None, why=why)])
        with TableWriter(folder, SKETCHES, rows_per_group=MOST_SKETCHES, part=SKETCHED) as cut:
            for group in grouped(_alive(records, frozenset(), rejects, context)):
                batch = batch_of(group, Sketches())
                found = sketch_batch(batch, settings=self.job.settings, guard=_Located(context, group))
                kept = []
                for record, (id, result) in zip(group, found, strict=True):
                    if isinstance(result, Reject):
                        rejects.append((record.ordinal, result))
                        continue
                    ids.append((id, record.ordinal))
                    if result.sketch is not None:
                        harvest += [(id, gloss) for gloss in result.sketch.glosses]
                        kept.append({"ordinal": record.ordinal, "sketch": result.sketch.as_row()})
                    if result.lines is not None:
                        sites.add(record.site, result.lines)
                cut.write(table_of(SKETCHES, kept))
                context.advance(len(group))
                context.at(NOWHERE)
        harvest.sort(key=gloss_order)
        write_rows(folder, "ids", IDS, ({"id": id, "ordinal": ordinal} for id, ordinal in ids))
        write_rows(folder, "id_keys", KEYS, ({"key": hash_64(id), "row": row} for row, (id, _) in enumerate(ids)))
        write_rows(folder, "glosses", HARVEST, ({"id": id} | asdict(gloss) for id, gloss in harvest))
        _write_rejects(folder, rejects)
        named = [*(id for id, _ in ids), *(reject.id for _, reject in rejects)]
        told = {"documents": len(ids), "rejects": len(rejects), "ids": digest_ids(named)}
        return told | {"site_lines": sites.write(folder)}


@dataclass(frozen=True, slots=True)
class Clean:
    """Second pass: the tables of a unit."""

    job: Job
    gathered: Gathered
    translator: Translator | None = field(default=None, repr=False)

    def __call__(self, task: tuple[str, str, Unit, tuple[int, ...]], context: Context) -> dict[str, Any]:
        """Do a unit; `task` is its key, that of its sketch, the unit, and the ordinals that are left out."""
        key, sketch, unit, left_out = task
        work = Work(self.job.work)
        folder = work.folder(SKETCH, sketch)
        write = partial(self._write, unit=unit, sketch=folder, left_out=left_out, context=context)
        return work.make(CLEAN, key, write) if context.only is None else _tried_alone(write)

    def _write(
        self, folder: Path, unit: Unit, sketch: Path, left_out: Sequence[int], context: Context
    ) -> dict[str, Any]:
        from pipeline.batch import clean_known

        if NOWHERE in context.dead:
            raise WorkerError(f"workers die over {unit.name}, which they could read before: {context.dead[NOWHERE]}")
        known, templates = self.gathered.known(self.job.settings), self.gathered.templates(sketch)
        failed = read_rows(sketch / "rejects.parquet", ["ordinal"])
        skipped = {row["ordinal"] for row in failed} | set(left_out)
        n_documents = pq.read_metadata(sketch / "ids.parquet").num_rows
        rejects: list[Rejected] = []
        with ExitStack() as files:
            out = _Output(folder, self.job.metadata, files)
            # What has no documents may be what cannot be read.
            records = read_unit(unit, self.job.options) if n_documents else iter(())
            sketches = Sketches.read(sketch / SKETCHED)
            for group in grouped(_alive(records, skipped, rejects, context)):
                done = clean_known(
                    batch_of(group, sketches),
                    settings=self.job.settings,
                    known=known,
                    templates=templates,
                    translator=self.translator,
                    guard=_Located(context, group),
                )
                tables = explode(done)
                told = {row["id"]: Reject(**row) for row in tables.pop("rejects").to_pylist()}
                rejects += [(record.ordinal, told[record.id]) for record in group if record.id in told]
                out.write(tables)
                context.advance(len(group))
                context.at(NOWHERE)
        _write_rejects(folder, rejects)
        return out.counts()


Rejected = tuple[int, Reject]


class _Output:
    """The files that the second pass writes of a unit."""

    def __init__(self, folder: Path, metadata: Mapping[str, str], files: ExitStack) -> None:
        opened = files.enter_context
        self._tables = {name: opened(open_table(folder, name, metadata)) for name in PER_DOCUMENT}
        self._texts = opened(TableWriter(folder, TEXTS, part="texts.parquet"))
        self._bands = opened(TableWriter(folder, KEYS, rows_per_group=100_000, part="bands.parquet"))
        self._keys = opened(TableWriter(folder, KEYS, rows_per_group=100_000, part="text_keys.parquet"))
        self._tally = Tally()
        self._n_texts = self._n_bands = 0

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Append the rows of a batch."""
        for name, table in tables.items():
            self._tables[name].write(table)
        self._tally.add(tables)
        place = {id: at for at, id in enumerate(tables["documents"]["id"].to_pylist())}
        corpora = [tables[f"corpus/{name}"].select(["id", "language", "text"]) for name in CORPUS_LANGUAGES]
        rows = sorted((row for corpus in corpora for row in corpus.to_pylist()), key=lambda row: place[row["id"]])
        digests = [hashlib.sha256(row["text"].encode()).digest() for row in rows]
        found = [bands(shingles(row["text"], row["language"])) for row in rows]
        at = range(self._n_texts, self._n_texts + len(rows))
        pairs = zip(rows, digests, strict=True)
        self._texts.write(table_of(TEXTS, ({"id": row["id"], "digest": digest} for row, digest in pairs)))
        keys = ({"key": _signed(digest), "row": row} for row, digest in zip(at, digests, strict=True))
        self._keys.write(table_of(KEYS, keys))
        marks = ({"key": key, "row": row} for row, keys in zip(at, found, strict=True) for key in keys)
        self._bands.write(table_of(KEYS, marks))
        self._n_texts += len(rows)
        self._n_bands += sum(map(len, found))

    def counts(self) -> dict[str, Any]:
        """Return what was written, as plain data."""
        return {"tally": self._tally.as_counts(), "texts": self._n_texts, "bands": self._n_bands}


def _tried_alone(write: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        return write(Path(folder))


def _alive(
    records: Iterable[Record], skipped: AbstractSet[int], rejects: list[Rejected], context: Context
) -> Iterator[Record]:
    """Yield the records that can be worked on; what cannot joins `rejects`, what is `skipped` did so before."""
    for record in records:
        if record.ordinal in skipped or context.only not in (None, record.ordinal):
            continue
        if record.content is not None and record.ordinal not in context.dead:
            yield record
            continue
        context.advance(1)
        if record.content is None:
            why = Reject(record.id, record.source, "read", InputError.__name__, record.why)
        else:
            digest = hashlib.sha256(record.content).hexdigest()
            why = Reject(record.id, record.source, "worker", "WorkerDied", context.dead[record.ordinal], digest)
        rejects.append((record.ordinal, why))


@dataclass(frozen=True, slots=True)
class _Located:
    """A guard that tells which record is being worked on."""

    context: Context
    group: list[Record]

    def watch(self, row: int, /) -> AbstractContextManager[None]:
        """Return the context in which the document in `row` of the group is worked on."""
        self.context.at(self.group[row].ordinal)
        return self.context.guard.watch(row)


def hash_64(text: str) -> int:
    """Return a hash of `text`, 64 bits, signed."""
    return _signed(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())


def _signed(digest: bytes) -> int:
    return int.from_bytes(digest[:8], "little", signed=True)


def _write_rejects(folder: Path, rejects: list[Rejected]) -> None:
    rows = ({"ordinal": ordinal} | asdict(reject) for ordinal, reject in sorted(rejects, key=lambda item: item[0]))
    write_rows(folder, "rejects", REJECTED, rows)
