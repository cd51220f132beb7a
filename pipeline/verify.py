"""Check OUT against the sources it was made from: nothing lost, nothing made up, nothing left unsaid."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
from pipeline.corpus.duplicate import Repeats
from pipeline.edit import Step
from pipeline.errors import DecodeError, EditError, InputError
from pipeline.io.content import read_content
from pipeline.io.folder import read_run
from pipeline.io.write import FOLDERS, PART
from pipeline.replay import Place, carry, read_ledger, replay
from pipeline.schema import CORPUS_LANGUAGES
from pipeline.sources import Sources, open_sources
from pipeline.tables import status


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that does not hold: in which document (its id, or the name of a file), and what."""

    id: str
    message: str


@dataclass(slots=True)
class _Groups:
    """The rows of one file of a table, document by document, in the order of `documents/`.

    `order` says of each document in which place it stands there.
    """

    name: str
    rows: Iterator[tuple[str, list[Row]]]
    order: Mapping[str, int]
    orphans: list[Violation] = field(default_factory=list)
    _next: tuple[str, list[Row]] | None = None

    def take(self, id: str | None) -> list[Row]:
        """Return the rows of document `id`; rows of ids before it (None: of all others) belong to nobody."""
        here = len(self.order) if id is None else self.order[id]
        while group := self._next or next(self.rows, None):
            self._next = group
            if self.order.get(group[0], -1) > here:
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
    find = open_sources(out, account, Path(sources) if sources else None)
    return [*damaged, *_check_documents(out, find), *_check_inputs(out, account)]


def _check_files(out: Path, account: dict[str, Any]) -> Iterator[Violation]:
    now = {name: digest for name, digest in digest_files(out).items() if not name.startswith(".")}
    for name in sorted({*now, *account["files"]}):
        if now.get(name) != account["files"].get(name):
            yield Violation(name, "the file is not the one that the run wrote")


def _check_schema(out: Path, name: str) -> Iterator[Violation]:
    for path in [*_parts(out, name)] or [out / name / PART]:
        try:
            if not pq.read_schema(path).equals(FOLDERS[name]):
                yield Violation(f"{name}/{path.name}", "its columns are not those of this version")
        except (OSError, pa.ArrowException) as error:
            yield Violation(f"{name}/{path.name}", f"cannot be read: {error}")


def _parts(out: Path, name: str) -> list[Path]:
    return sorted((out / name).glob("*.parquet"))


def _check_documents(out: Path, sources: Sources) -> Iterator[Violation]:
    terms = _terms(out)
    repeats = Repeats(_originals(out))
    names = [name for name in FOLDERS if name not in ("lexicon", "rejects")]
    for part in sorted({path.name for name in names for path in _parts(out, name)}):
        yield from _check_part(out, part, names, sources, repeats, terms)
    # What failed in the second pass may have given its glosses in the first.
    rejected = set(_ids(out, "rejects"))
    yield from (Violation(id, "lexicon: an example from no input") for id in sorted(terms.keys() - rejected))


def _check_part(
    out: Path,
    part: str,
    names: Sequence[str],
    sources: Sources,
    repeats: Repeats,
    terms: dict[str, list[tuple[int, str]]],
) -> Iterator[Violation]:
    """Check the documents of one unit of work."""
    order: dict[str, int] = {}
    for row in _rows(out / "documents" / part, ["id"]):
        order.setdefault(row["id"], len(order))
    tables = {name: _Groups(name, _grouped(out / name / part), order) for name in names}
    last = -1
    for id, rows in tables.pop("documents").rows:
        if order[id] <= last or len(rows) > 1:
            yield Violation(id, "documents: it stands twice or out of order")
        last = order[id]
        case = Case(
            rows[0],
            tables["segments"].take(id),
            tables["fragments"].take(id),
            {name: found[0] for name in CORPUS_LANGUAGES if (found := tables[f"corpus/{name}"].take(id))},
        )
        ledger = tables["ledger"].take(id)
        text = join(case.paragraphs)
        clean = status(rows[0]["language"], text) == "clean"
        original = repeats.original(rows[0], text) if clean else None
        yield from (
            Violation(id, message) for message in _check_case(case, ledger, sources, original, terms.pop(id, []))
        )
    for table in tables.values():
        table.take(None)
        yield from table.orphans


def _check_case(
    case: Case, rows: list[Row], sources: Sources, original: str | None, terms: list[tuple[int, str]]
) -> Iterator[str]:
    yield from check_corpus(case)
    try:
        record = sources.read(case.document)
        data = record.content or b""
        raw = read_content(data, record.kind).raw
        ledger = read_ledger(rows)
        texts = replay(raw, ledger)
    except (OSError, InputError, DecodeError) as error:
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
    rejects = [told_reject(row) for path in _parts(out, "rejects") for row in _rows(path)]
    if rejects != account["rejects"]:
        yield Violation("run.json", "its rejects are not those of the table")


def _grouped(file: Path) -> Iterator[tuple[str, list[Row]]]:
    yield from ((id, list(group)) for id, group in groupby(_rows(file), key=lambda row: row["id"]))


def _rows(file: Path, columns: list[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a file; none where there is no file, as for a unit without rows of its kind."""
    if file.exists():
        with pq.ParquetFile(file) as opened:
            for batch in opened.iter_batches(1024, columns=columns):
                yield from batch.to_pylist()


def _originals(out: Path) -> set[str]:
    """Return the ids that others are said to repeat."""
    rows = (row for path in _parts(out, "documents") for row in _rows(path, ["duplicate_of"]))
    return {row["duplicate_of"] for row in rows if row["duplicate_of"] is not None}


def _terms(out: Path) -> dict[str, list[tuple[int, str]]]:
    """Return what the lexicon's examples say: by document, where which term stands."""
    terms: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in (row for path in _parts(out, "lexicon") for row in _rows(path)):
        for example in row["examples"]:
            terms[example["id"]].append((example["start"], row["term"]))
    return terms


def _ids(out: Path, name: str) -> list[str]:
    return [row["id"] for path in _parts(out, name) for row in _rows(path, ["id"])]
