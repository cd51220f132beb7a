"""The one function that local workers, Ray and Spark all call: documents in, their tables out, as Arrow."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import NamedTuple, TypeVar, get_args

import pyarrow as pa

from pipeline import plan
from pipeline.document import Document
from pipeline.errors import DecodeError, InputError, RuleError, SettingsError, TranslatorError
from pipeline.guard import Guard, OverTimeError, Unguarded
from pipeline.io.content import Content, read_content
from pipeline.io.record import Kind
from pipeline.lines.site_lines import NO_LINES, NO_TEMPLATES, Keys, Templates, line_keys, site_key
from pipeline.repairs.knowledge import Knowledge
from pipeline.repairs.translation import NO_ANSWERS, Answers, Translator, ask, requests_for
from pipeline.settings import Settings
from pipeline.stages.recall_sketch import Sketch
from pipeline.tables import Reject, cleaned, cleaned_row, escape, rejected_row
from pipeline.words.lexicon import LexiconEntry

DEFAULT = Settings()

T = TypeVar("T")

UNGUARDED = Unguarded()

PROGRAM_FAULTS = (RuleError, SettingsError, TranslatorError, ImportError)
"""No page can be blamed for these, and every page would meet them: the run has to stop."""


def clean_batch(
    batch: pa.RecordBatch,
    *,
    settings: Settings = DEFAULT,
    lexicon: tuple[LexiconEntry, ...] = (),
    translator: Translator | None = None,
) -> pa.RecordBatch:
    """Return `batch` cleaned, one row of schema `CLEANED` a row of it, in the same order.

    `batch` has the columns `id` and one of `raw` (bytes), `text` and `html`; `source` is optional. A document
    that cannot be processed comes back as a reject. A `translator` is asked once, about the leftovers of
    all documents that nothing else has a sure rendering for. Raises InputError where the columns are
    others, and what says that the program itself is broken (PROGRAM_FAULTS).
    """
    return clean_known(batch, settings=settings, known=knowledge(settings, lexicon), translator=translator)


def knowledge(settings: Settings, lexicon: tuple[LexiconEntry, ...] = ()) -> Knowledge:
    """Return what repairs come from, for many batches."""
    return plan.knowledge(settings, lexicon)


def clean_known(
    batch: pa.RecordBatch,
    *,
    settings: Settings,
    known: Knowledge,
    templates: Templates = NO_TEMPLATES,
    translator: Translator | None = None,
    guard: Guard = UNGUARDED,
) -> pa.RecordBatch:
    """Return `batch` cleaned as by `clean_batch`, with what was `known` before, each document under `guard`.

    A column `site` tells on which host a document was, for the `templates` of hosts; a column `sketch` has what
    `sketch_batch` found of it, as plain data or null.
    """
    items = _items(batch)
    found = [_tried(item, partial(_read, item, settings, known, templates), guard) for item in items]
    answers: Answers = NO_ANSWERS
    if translator and settings.fragments != "report":
        docs = (doc for doc in found if isinstance(doc, Document))
        answers = ask(translator, requests_for(docs, least=settings.min_confidence))
    parts = [_written(item, doc, settings, answers, guard) for item, doc in zip(items, found, strict=True)]
    return pa.Table.from_batches(parts).combine_chunks().to_batches()[0] if parts else cleaned([])


class Harvest(NamedTuple):
    """What the first pass gathers of a document: its sketch, None where it can have no glosses and was not cut, and the
    keys of its lines, where its site is known.
    """

    sketch: Sketch | None
    lines: Keys | None


def sketch_batch(
    batch: pa.RecordBatch, *, settings: Settings = DEFAULT, guard: Guard = UNGUARDED
) -> Iterator[tuple[str, Harvest | Reject]]:
    """Yield the id and the harvest of each document of `batch`, or why there is none: the first pass."""
    for item in _items(batch):
        yield item.id, _tried(item, partial(_harvest, item, settings), guard)


@dataclass(frozen=True, slots=True)
class _Item:
    """One row of a batch; `content` is its bytes, None where there are none."""

    row: int
    id: str
    source: str
    content: pa.Buffer | None
    kind: Kind
    site: str
    sketch: pa.Scalar | None
    """What the first pass found, read only when its turn has come: of many short lines it is large."""

    @property
    def digest(self) -> str | None:
        return None if self.content is None else hashlib.sha256(self.content).hexdigest()

    def read(self, settings: Settings) -> Content:
        """Return its text, and its markup if it has any; raises InputError or DecodeError."""
        if self.content is None or self.content.size == 0:
            raise InputError("the document is empty")
        if self.content.size > settings.max_document_bytes:
            size, most = self.content.size, settings.max_document_bytes
            raise InputError(f"{size:,} bytes; at most {most:,} are read (max_document_bytes)")
        return read_content(self.content.to_pybytes(), self.kind)


def _items(batch: pa.RecordBatch) -> list[_Item]:
    kind = _content_column(batch)
    return [
        _Item(
            row,
            _text(batch, row, "id"),
            _text(batch, row, "source"),
            batch.column(kind)[row].as_buffer(),
            kind,
            _text(batch, row, "site"),
            batch.column("sketch")[row] if "sketch" in batch.schema.names else None,
        )
        for row in range(batch.num_rows)
    ]


def _tried(item: _Item, work: Callable[[], T], guard: Guard) -> T | Reject:
    """Return what `work` does, or the reject that its document becomes."""
    try:
        with guard.watch(item.row):
            return work()
    except PROGRAM_FAULTS:
        raise
    # Whatever one page provokes in the stages, in a library below them or in Arrow must not cost its
    # neighbours, and nothing is hidden: the error becomes a row that the exit status tells of.
    except (Exception, OverTimeError) as error:
        return _reject(error, item)


def _read(item: _Item, settings: Settings, known: Knowledge, templates: Templates) -> Document:
    raw, markup = item.read(settings)
    template = templates.get(site_key(item.site), NO_LINES)
    row = item.sketch and item.sketch.as_py()
    return plan.read(
        raw,
        known=known,
        id=item.id,
        source=item.source,
        settings=settings,
        markup=markup,
        template=template,
        found=None if row is None else Sketch.from_row(row),
    )


def _harvest(item: _Item, settings: Settings) -> Harvest:
    raw, markup = item.read(settings)
    doc = plan.sketch(raw, id=item.id, source=item.source, markup=markup)
    return Harvest(Sketch.of(doc) if doc.segments else None, line_keys(doc.text) if item.site else None)


def _written(item: _Item, doc: Document | Reject, settings: Settings, answers: Answers, guard: Guard) -> pa.RecordBatch:
    done = doc if isinstance(doc, Reject) else _tried(item, partial(_row, item, doc, settings, answers), guard)
    return cleaned([rejected_row(done)]) if isinstance(done, Reject) else done


def _row(item: _Item, doc: Document, settings: Settings, answers: Answers) -> pa.RecordBatch:
    return cleaned([cleaned_row(plan.write(doc, settings=settings, answers=answers), item.digest or "")])


def _content_column(batch: pa.RecordBatch) -> Kind:
    names = set(batch.schema.names)
    kinds = [kind for kind in get_args(Kind) if kind in names]
    if "id" not in names or len(kinds) != 1:
        raise InputError(f"a batch needs the columns id and one of {', '.join(get_args(Kind))}, not {sorted(names)}")
    kind: Kind = kinds[0]
    return kind


def _text(batch: pa.RecordBatch, row: int, column: str) -> str:
    value = batch.column(column)[row].as_py() if column in batch.schema.names else None
    return "" if value is None else escape(str(value))


def _reject(error: BaseException, item: _Item) -> Reject:
    name = type(error).__name__
    # A MemoryError, for one, says nothing.
    return Reject(item.id, item.source, _stage(error), name, escape(str(error)) or name, item.digest)


def _stage(error: BaseException) -> str:
    """Return the stage `error` came from: the last stage module it passed through."""
    if isinstance(error, InputError):
        return "read"
    if isinstance(error, DecodeError):
        return "decode"
    return next(reversed([name for name in _modules(error.__traceback__) if name]), "clean")


def _modules(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        name: str = trace.tb_frame.f_globals.get("__name__", "")
        yield name.removeprefix("pipeline.stages.") if name.startswith("pipeline.stages.") else ""
        trace = trace.tb_next
