"""A run: find the inputs, cut them into units of work, do the units in two passes, write OUT."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.account import Inputs, add_digests, digest_files, digest_ids, file_metadata, render_account
from pipeline.corpus.gather import Lexicon, find_repeated_ids, gather_lexicon
from pipeline.corpus.gathered import Gathered
from pipeline.corpus.passes import CLEAN, SKETCH, Clean, Job, Scan, Sketch
from pipeline.corpus.publish import link, publish_units
from pipeline.corpus.settle import find_duplicates
from pipeline.corpus.site_table import SiteTable, gather_sites
from pipeline.engine import Advance, Context, Engine, Inline
from pipeline.errors import InputError
from pipeline.guard import Limits
from pipeline.io.card import render_card
from pipeline.io.cedict import check_dictionary
from pipeline.io.copies import sweep_copies
from pipeline.io.folder import RUN, WORK, staged
from pipeline.io.read import find
from pipeline.io.record import Input, Options, Unit
from pipeline.io.rows import read_rows
from pipeline.io.translator import NONE, open_translator
from pipeline.io.units import Broken, group
from pipeline.io.work import Work
from pipeline.io.write import PART, open_table, write_text
from pipeline.repairs.translation import Translator
from pipeline.resume import base_key, clean_key, unit_key
from pipeline.schema import REJECTS
from pipeline.settings import Settings
from pipeline.summary import Summary, Tally
from pipeline.tables import Reject, escape, rejects_table

Progress = Callable[[str, int, int], None]
"""Called with the name of the pass, how many documents of it are done, and how many there are."""

Step = Callable[[Any, Context], dict[str, Any]]

DEFAULT = Settings()
DEFAULT_LIMITS = Limits()


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    settings: Settings = DEFAULT,
    progress: Progress | None = None,
    *,
    allow_network: bool = False,
    text_column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    engine: Callable[[int], Engine] | None = None,
) -> Summary:
    """Clean `inputs` (files, folders, globs, URLs) into the folder `out` and return what was done.

    `engine` is asked with the number of bytes to be read, and does the units of work; without it, or with a translator,
    this process does them. What a run before this one had
    finished when it was broken off is not done again. A document that cannot be processed, or not within `limits`,
    becomes a reject and the run goes on. Raises InputError if there is nothing to read, SettingsError if a file or
    program that `settings` name cannot be used (a translator that is a URL needs `allow_network`), TranslatorError if
    the translator fails, OutputError if `out` cannot be used; the tables in `out` are then as they were.
    """
    started = time.monotonic()
    found = find(inputs)
    # Before the long work: a dictionary that cannot be read, or a program that is not there.
    check_dictionary(settings.cedict)
    # A report proposes nothing, so nobody has to be asked.
    asked = NONE if settings.fragments == "report" else settings.translator
    with open_translator(asked, allow_network=allow_network) as translator, staged(Path(out)) as stage:
        options = Options(text_column, settings.max_document_bytes)
        job = Job(stage.parent / WORK, settings, options, file_metadata(settings))
        # One translator, which may take all that the machine has, and one process that asks it.
        size = sum(item.size for item in found.inputs)
        chosen = Inline(limits) if translator or engine is None else engine(size)
        steps = _Steps(Work(job.work), chosen, progress)
        units, broken = _cut(found.inputs, job, steps)
        first = _sketch(units, base_key(settings, options, limits), job, steps)
        lexicon = gather_lexicon(steps.work, first.keys, job.metadata)
        second, repeated = _clean(units, first, lexicon, job, steps, translator)
        rejects = [*found.rejects, *broken, *repeated, *_rejected(first), *_rejected(second)]
        rejects.sort(key=lambda reject: (reject.id, reject.source, reject.stage, reject.message))
        tally = _write(stage, second, lexicon, rejects, job)
        seconds = time.monotonic() - started
        summary = tally.summary(
            Path(out), tuple(rejects), found.ignored, seconds, strict=settings.strict, resumed=second.resumed
        )
        told = _read_inputs(inputs, [*found.rejects, *broken], first, text_column)
        write_text(stage / "README.md", render_card(summary.rows))
        # Last: only what is complete has a run.json.
        write_text(stage / RUN, render_account(summary, told, settings, digest_files(stage)))
    return summary


@dataclass(frozen=True, slots=True)
class _Done:
    """The finished work of one pass, by unit; `resumed` counts the documents that were there before."""

    keys: tuple[str, ...]
    folders: tuple[Path, ...]
    counts: tuple[dict[str, Any], ...]
    resumed: int


@dataclass(frozen=True, slots=True)
class _Task:
    """A unit to be worked on in one pass: the key of the result, what the step is given, and how much it is."""

    key: str
    given: Any
    n_documents: int
    n_bytes: int


@dataclass(frozen=True, slots=True)
class _Steps:
    """Carries out the steps of a run, and tells how far they have come."""

    work: Work
    engine: Engine
    progress: Progress | None

    def advance(self, name: str, total: int) -> Advance:
        """Return what is to be called as documents of the pass `name` are done, `total` being all there are."""
        done = 0

        def advance(by: int) -> None:
            nonlocal done
            done += by
            if self.progress and by:
                self.progress(name, done, total)

        return advance

    def do(self, folder: str, name: str, step: Step, tasks: Sequence[_Task]) -> _Done:
        """Do what is not done yet of `tasks`."""
        keys = [task.key for task in tasks]
        self.work.sweep(folder, set(keys))
        counts = {number: told for number, key in enumerate(keys) if (told := self.work.done(folder, key)) is not None}
        resumed = sum(tasks[number].n_documents for number in counts)
        advance = self.advance(name, sum(task.n_documents for task in tasks))
        advance(resumed)
        rest = [number for number in range(len(keys)) if number not in counts]
        # The largest first: begun last, it would keep one worker busy while the others have nothing left to do.
        rest.sort(key=lambda number: tasks[number].n_bytes, reverse=True)
        for at, told in self.engine.map(step, [tasks[number].given for number in rest], advance):
            counts[rest[at]] = told
        folders = tuple(self.work.folder(folder, key) for key in keys)
        return _Done(tuple(keys), folders, tuple(counts[number] for number in range(len(keys))), resumed)


def _read_inputs(given: Sequence[str | Path], early: Sequence[Reject], first: _Done, text_column: str | None) -> Inputs:
    """Return what was read: the `early` rejects, and what the first pass has found."""
    n_found = len(early) + sum(told["documents"] + told["rejects"] for told in first.counts)
    digest = add_digests([digest_ids(reject.id for reject in early), *(told["ids"] for told in first.counts)])
    return Inputs(given, n_found, digest, text_column)


def _cut(inputs: Sequence[Input], job: Job, steps: _Steps) -> tuple[list[Unit], list[Reject]]:
    """Return the units of work, in order, and the containers that cannot be read or not to their end."""
    groups = list(group(inputs))
    found = dict(steps.engine.map(Scan(job), groups, steps.advance("looking", len(inputs))))
    parts = [part for number in range(len(groups)) for part in found[number]]
    broken = [
        Reject(part.file.id, part.file.source, "read", InputError.__name__, escape(part.why))
        for part in parts
        if isinstance(part, Broken)
    ]
    units = [part for part in parts if isinstance(part, Unit)]
    sweep_copies(units, steps.work)
    return units, broken


def _sketch(units: Sequence[Unit], base: str, job: Job, steps: _Steps) -> _Done:
    """Do the first pass."""
    keys = [unit_key(base, unit) for unit in units]
    tasks = [_Task(key, (key, unit), unit.n_records, unit.n_bytes) for key, unit in zip(keys, units, strict=True)]
    return steps.do(SKETCH, "reading", Sketch(job), tasks)


def _clean(
    units: Sequence[Unit], first: _Done, lexicon: Lexicon, job: Job, steps: _Steps, translator: Translator | None
) -> tuple[_Done, list[Reject]]:
    """Do the second pass; also return the rejects of ids that stand twice."""
    n_documents = sum(told["documents"] for told in first.counts)
    repeated, rejects = find_repeated_ids(first.folders, units, n_documents)
    left_out = [repeated.get(number, ()) for number in range(len(units))]
    sites = _gather_sites(first, steps.work)
    digests = [lexicon.known_digest, sites.digest if sites else ""]
    tasks = []
    for sketch, told, unit, out in zip(first.keys, first.counts, units, left_out, strict=True):
        key = clean_key(sketch, digests, out)
        tasks.append(_Task(key, (key, sketch, unit, out), told["documents"] - len(out), unit.n_bytes))
    step = Clean(job, Gathered(lexicon.known, sites.path if sites else None), translator)
    return steps.do(CLEAN, "cleaning", step, tasks), rejects


def _gather_sites(first: _Done, work: Work) -> SiteTable | None:
    """Return the lines of the templates of all sites, None where no document with lines says where it is from."""
    n_lines = sum(told["site_lines"] for told in first.counts)
    return gather_sites(work, first.keys, first.folders, n_lines) if n_lines else None


def _rejected(done: _Done) -> Iterator[Reject]:
    for folder in done.folders:
        for row in read_rows(folder / "rejects.parquet", REJECTS.names):
            yield Reject(**row)


def _write(stage: Path, done: _Done, lexicon: Lexicon, rejects: Sequence[Reject], job: Job) -> Tally:
    """Write all tables to `stage`, and return what is in them."""
    n_texts, n_bands = (sum(told[name] for told in done.counts) for name in ("texts", "bands"))
    originals = find_duplicates(done.folders, n_texts, n_bands, job.work / ".shingles.tmp")
    tally = publish_units(stage, list(zip(done.folders, done.counts, strict=True)), originals, job.metadata)
    (stage / "lexicon").mkdir()
    link(lexicon.table, stage / "lexicon" / PART)
    with open_table(stage, "rejects", job.metadata) as writer:
        writer.write(rejects_table(rejects))
    tally.rows.update({"lexicon": lexicon.n_entries, "rejects": len(rejects)})
    return tally
