"""Check OUT against the sources it was made from: nothing lost, nothing made up, nothing left unsaid."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.account import digest_files, digest_ids, told_reject
from pipeline.assemble import join
from pipeline.checks import (
    Case,
    Row,
    check_corpus,
    check_document,
    check_fragments,
    check_ledger,
    check_segments,
)
from pipeline.duplicate import Duplicates
from pipeline.edit import Step
from pipeline.errors import DecodeError, EditError
from pipeline.io.decode import decode
from pipeline.io.folder import read_run
from pipeline.io.read import id_root
from pipeline.io.write import FOLDERS, PART
from pipeline.replay import Place, carry, read_ledger, replay
from pipeline.schema import CORPUS_LANGUAGES
from pipeline.tables import status


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that does not hold: in which document (its id, or the name of a file), and what."""

    id: str
    message: str


@dataclass(slots=True)
class _Groups:
    """The rows of one table, document by document, in the order of ids."""

    name: str
    rows: Iterator[tuple[str, list[Row]]]
    orphans: list[Violation] = field(default_factory=list)
    _next: tuple[str, list[Row]] | None = None

    def take(self, id: str | None) -> list[Row]:
        """Return the rows of document `id`; rows of ids before it (None: of all others) belong to nobody."""
        while group := self._next or next(self.rows, None):
            self._next = group
            if id is not None and group[0] > id:
                return []
            self._next = None
            if group[0] == id:
                return group[1]
            self.orphans.append(Violation(group[0], f"{self.name}: rows of no document, or out of order"))
        return []


def verify(out: str | Path, sources: str | Path | None = None) -> list[Violation]:
    """Return what does not hold in `out`, an empty list if everything does.

    Sources are looked up by id, then by their recorded path, below `sources`; without it, where the run
    found them. Raises OutputError if `out` is not the output of a run.
    """
    out = Path(out)
    account = read_run(out)
    damaged = list(_check_files(out, account))
    broken = [message for name in FOLDERS for message in _check_schema(out, name)]
    if broken:
        return [*damaged, *broken]
    find = _sources(out, account, Path(sources) if sources else None)
    return [*damaged, *_check_documents(out, find), *_check_inputs(out, account)]


def _check_files(out: Path, account: dict[str, Any]) -> Iterator[Violation]:
    now = {name: digest for name, digest in digest_files(out).items() if not name.startswith(".")}
    for name in sorted({*now, *account["files"]}):
        if now.get(name) != account["files"].get(name):
            yield Violation(name, "the file is not the one that the run wrote")


def _check_schema(out: Path, name: str) -> Iterator[Violation]:
    path = out / name / PART
    try:
        if not pq.read_schema(path).equals(FOLDERS[name]):
            yield Violation(f"{name}/{PART}", "its columns are not those of this version")
    except (OSError, pa.ArrowException) as error:
        yield Violation(f"{name}/{PART}", f"cannot be read: {error}")


@dataclass(frozen=True, slots=True)
class _Sources:
    below: Path | None
    working_directory: Path
    roots: tuple[Path, ...]

    def read(self, row: Row) -> bytes:
        """Return the bytes of a document's source; raises OSError."""
        places = list(self._places(Path(row["source"]), str(row["id"])))
        return next((place for place in places if place.is_file()), places[0]).read_bytes()

    def _places(self, recorded: Path, id: str) -> Iterator[Path]:
        """Yield where a source may be, the likeliest place first."""
        if self.below is None:
            yield self.working_directory / recorded
            yield from (root / id for root in self.roots)
        else:
            yield self.below / id
            # An absolute path leads away from the folder that the user pointed at.
            if not recorded.is_absolute():
                yield self.below / recorded


def _sources(out: Path, account: dict[str, Any], below: Path | None) -> _Sources:
    # A path in run.json counts from OUT, as it lies there now.
    start = out.resolve() / account["inputs"]["working_directory"]
    return _Sources(below, start, tuple(id_root(start / given) for given in account["inputs"]["given"]))


def _check_documents(out: Path, sources: _Sources) -> Iterator[Violation]:
    tables = {name: _Groups(name, _grouped(out, name)) for name in FOLDERS if name not in ("lexicon", "rejects")}
    documents = tables.pop("documents")
    terms = _terms(out)
    seen = Duplicates()
    last = ""
    for id, rows in documents.rows:
        if id < last or len(rows) > 1:
            yield Violation(id, "documents: it stands twice or out of order")
        last = id
        case = Case(
            rows[0],
            tables["segments"].take(id),
            tables["fragments"].take(id),
            {name: found[0] for name in CORPUS_LANGUAGES if (found := tables[f"corpus/{name}"].take(id))},
        )
        ledger = tables["ledger"].take(id)
        text = join(case.paragraphs)
        original = seen.original(id, text) if status(rows[0]["language"], text) == "clean" else None
        yield from (
            Violation(id, message) for message in _check_case(case, ledger, sources, original, terms.pop(id, []))
        )
    for table in tables.values():
        table.take(None)
        yield from table.orphans
    # What failed in the second pass may have given its glosses in the first.
    rejected = set(_ids(out, "rejects"))
    yield from (Violation(id, "lexicon: an example from no input") for id in sorted(terms.keys() - rejected))


def _check_case(
    case: Case, rows: list[Row], sources: _Sources, original: str | None, terms: list[tuple[int, str]]
) -> Iterator[str]:
    yield from check_corpus(case)
    try:
        data = sources.read(case.document)
        raw = decode(data).text
        ledger = read_ledger(rows)
        texts = replay(raw, ledger)
    except (OSError, DecodeError) as error:
        yield f"its source cannot be read: {error}"
        return
    except EditError as error:
        yield f"the ledger does not fit the source: {error}"
        return
    if hashlib.sha256(data).hexdigest() != case.document["source_sha256"]:
        yield "its source has another digest than when it was read"
    yield from check_segments(raw, case.segments)
    yield from check_ledger(raw, texts, ledger, case.segments)
    yield from check_fragments(raw, case)
    yield from check_document(raw, case, original)
    yield from _check_terms(texts, ledger, terms)


def _check_terms(texts: Sequence[str], ledger: Sequence[Step], terms: list[tuple[int, str]]) -> Iterator[str]:
    """Check that an example of the lexicon stands where it says, before or after some of the edits.

    Only letters and digits count: a term is noted without the quotes or brackets that stand inside it.
    """
    for start, term in terms:
        places = (carry(ledger[:step], [Place(start, start + 1)])[0].start for step in range(len(texts)))
        reach = 2 * len(term) + 16
        here = (_solid(text[at : at + reach]) for text, at in zip(texts, places, strict=True))
        if not any(text.startswith(_solid(term)) for text in here):
            yield f"lexicon: {term!r} does not stand at {start}"


def _solid(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _check_inputs(out: Path, account: dict[str, Any]) -> Iterator[Violation]:
    ids = [*_ids(out, "documents"), *_ids(out, "rejects")]
    if len(ids) != account["inputs"]["found"] or digest_ids(ids) != account["inputs"]["ids_sha256"]:
        yield Violation("run.json", "not every input is in documents or rejects, or one is that was not")
    with pq.ParquetFile(out / "rejects" / PART) as file:
        rejects = [told_reject(row) for row in file.read().to_pylist()]
    if rejects != account["rejects"]:
        yield Violation("run.json", "its rejects are not those of the table")


def _grouped(out: Path, name: str) -> Iterator[tuple[str, list[Row]]]:
    with pq.ParquetFile(out / name / PART) as file:
        rows = (row for batch in file.iter_batches(1024) for row in batch.to_pylist())
        yield from ((id, list(group)) for id, group in groupby(rows, key=lambda row: row["id"]))


def _terms(out: Path) -> dict[str, list[tuple[int, str]]]:
    """Return what the lexicon's examples say: by document, where which term stands."""
    terms: dict[str, list[tuple[int, str]]] = defaultdict(list)
    with pq.ParquetFile(out / "lexicon" / PART) as file:
        for row in file.read().to_pylist():
            for example in row["examples"]:
                terms[example["id"]].append((example["start"], row["term"]))
    return terms


def _ids(out: Path, name: str) -> list[str]:
    with pq.ParquetFile(out / name / PART) as file:
        return list(file.read(columns=["id"])["id"].to_pylist())
