"""A run on one machine: find the inputs, clean them in two passes, write OUT."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa

from pipeline.account import digest_files, file_metadata, render_account
from pipeline.arrays import record_batch
from pipeline.batch import clean_batch, sketch_batch
from pipeline.document import GlossPair
from pipeline.duplicate import Duplicates, settle
from pipeline.errors import InputError
from pipeline.io.card import render_card
from pipeline.io.cedict import check_dictionary
from pipeline.io.folder import RUN, staged
from pipeline.io.read import Found, Input, find, read
from pipeline.io.translator import NONE, open_translator
from pipeline.io.write import table_writers, write_text
from pipeline.lexicon import LexiconEntry, merge_glosses
from pipeline.settings import Settings
from pipeline.summary import Summary, Tally
from pipeline.tables import Reject, explode, lexicon_table, rejects_table

Progress = Callable[[str, int, int], None]
"""Called with the name of the pass, how many documents of it are done, and how many there are."""

MAX_BATCH_DOCUMENTS = 32
MAX_BATCH_BYTES = 8 * 2**20
"""A batch is full at either; neither shows in the tables."""

DEFAULT = Settings()


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    settings: Settings = DEFAULT,
    progress: Progress | None = None,
    *,
    allow_network: bool = False,
) -> Summary:
    """Clean `inputs` (files, folders, globs) into the folder `out` and return what was done.

    A document that cannot be processed becomes a reject and the run goes on. Raises InputError if there
    is nothing to read, SettingsError if a file or program that `settings` name cannot be used (a translator
    that is a URL needs `allow_network`), TranslatorError if the translator fails, OutputError if `out` cannot
    be used; `out` is then as it was.
    """
    started = time.monotonic()
    found = find(inputs)
    # Before the long work: a dictionary that cannot be read, or a program that is not there.
    check_dictionary(settings.cedict)
    # A report proposes nothing, so nobody has to be asked.
    asked = NONE if settings.fragments == "report" else settings.translator
    with open_translator(asked, allow_network=allow_network) as translator, staged(Path(out)) as stage:
        rejects = list(found.rejects)
        tally = Tally()
        lexicon = _harvest(found.inputs, settings, rejects, progress)
        with table_writers(stage, file_metadata(settings)) as writers:
            clean = partial(clean_batch, settings=settings, lexicon=lexicon, translator=translator)
            for tables in _clean(found.inputs, settings, clean, rejects, progress):
                tally.add(tables)
                for folder, table in tables.items():
                    writers[folder].write(table)
            rejects.sort(key=lambda reject: (reject.id, reject.source, reject.stage, reject.message))
            last = {"lexicon": lexicon_table(lexicon), "rejects": rejects_table(rejects)}
            for folder, table in last.items():
                writers[folder].write(table)
                tally.rows[folder] = table.num_rows
        seconds = time.monotonic() - started
        summary = tally.summary(Path(out), tuple(rejects), found.ignored, seconds, strict=settings.strict)
        _describe(stage, summary, found, inputs, settings)
    return summary


def _describe(stage: Path, summary: Summary, found: Found, given: Sequence[str | Path], settings: Settings) -> None:
    write_text(stage / "README.md", render_card(summary.rows))
    # Last: only what is complete has a run.json.
    write_text(stage / RUN, render_account(summary, found, given, settings, digest_files(stage)))


def _harvest(
    inputs: Sequence[Input], settings: Settings, rejects: list[Reject], progress: Progress | None
) -> tuple[LexiconEntry, ...]:
    """First pass: return the glosses of all documents, merged; what cannot be read joins `rejects`."""
    harvest: list[tuple[str, GlossPair]] = []
    for batch in _batches(inputs, settings, rejects, _Steps("reading", len(inputs), progress)):
        for id, result in sketch_batch(batch, settings=settings):
            if isinstance(result, Reject):
                rejects.append(result)
            else:
                harvest += [(id, gloss) for gloss in result]
    return merge_glosses(harvest)


def _clean(
    inputs: Sequence[Input],
    settings: Settings,
    clean: Callable[[pa.RecordBatch], pa.RecordBatch],
    rejects: list[Reject],
    progress: Progress | None,
) -> Iterator[dict[str, pa.Table]]:
    """Second pass: yield the tables of one batch after the other; what fails joins `rejects`."""
    failed = {reject.source for reject in rejects}
    rest = [item for item in inputs if item.source not in failed]
    seen = Duplicates()
    for batch in _batches(rest, settings, rejects, _Steps("cleaning", len(rest), progress)):
        tables = settle(explode(clean(batch)), seen)
        rejects += (Reject(**row) for row in tables.pop("rejects").to_pylist())
        yield tables


class _Steps:
    """Tells how far a pass has come."""

    def __init__(self, name: str, total: int, progress: Progress | None) -> None:
        self._name, self._total, self._progress, self._done = name, total, progress, 0

    def advance(self, by: int) -> None:
        self._done += by
        if self._progress:
            self._progress(self._name, self._done, self._total)


def _batches(
    inputs: Iterable[Input], settings: Settings, rejects: list[Reject], steps: _Steps
) -> Iterator[pa.RecordBatch]:
    """Yield `inputs` with their bytes, some at a time; what cannot be read joins `rejects`."""
    full: list[Mapping[str, object]] = []
    size = 0
    for item in inputs:
        try:
            raw = read(item, settings.max_document_bytes)
        except InputError as error:
            rejects.append(Reject(item.id, item.source, "read", type(error).__name__, str(error)))
            steps.advance(1)
            continue
        full.append({"id": item.id, "source": item.source, "raw": raw})
        size += len(raw)
        if len(full) >= MAX_BATCH_DOCUMENTS or size >= MAX_BATCH_BYTES:
            yield _batch(full)
            steps.advance(len(full))
            full, size = [], 0
    if full:
        yield _batch(full)
        steps.advance(len(full))


def _batch(rows: list[Mapping[str, object]]) -> pa.RecordBatch:
    return record_batch(rows, pa.schema([("id", pa.string()), ("source", pa.string()), ("raw", pa.binary())]))
