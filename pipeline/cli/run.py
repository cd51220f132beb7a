"""`clean-corpus run`: the main job."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.progress import shown_progress
from pipeline.cli.status import Status, explained, until_closed
from pipeline.correction import Correction
from pipeline.engine import Engine
from pipeline.errors import SettingsError
from pipeline.glossary import GlossaryEntry
from pipeline.settings import Effort, FragmentPolicy, Settings

if TYPE_CHECKING:  # it loads Arrow, which `--help` can do without
    from pipeline.summary import Summary

DEFAULT = Settings()
DEFAULT_LANGUAGES = ",".join(DEFAULT.languages)

MAX_UNHEEDED = 20
"""Corrections that could not be kept to and are told one by one."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders or globs, by path or URL.")]
Out = Annotated[
    Path,
    typer.Option(
        metavar="OUT", help="Folder for the tables; an older run in it is replaced, a broken-off one goes on."
    ),
]
TextColumn = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Column of JSON lines, CSV and Parquet that holds the text, if not one of ours."),
]
WorkerNumber = Annotated[
    int, typer.Option("--workers", metavar="N", help="Processes that do the work; 0 for one a processor.")
]
EngineName = Annotated[
    str, typer.Option("--engine", metavar="local|ray", help="What does the work: this machine, or a Ray cluster.")
]
Address = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Where the Ray cluster is, HOST:PORT or auto; without it, on this machine."),
]
Fragments = Annotated[
    str,
    typer.Option(
        metavar="report|suggest|apply",
        help="What to do with leftovers in another language: list them, propose a repair too, "
        "or put sure repairs into the text.",
    ),
]
MinConfidence = Annotated[
    float, typer.Option(metavar="X", help="Least confidence, 0 to 1, at which apply changes the text.")
]
Languages = Annotated[
    str, typer.Option(metavar="TAG,TAG,...", help="Languages to expect; others are found too, at more cost.")
]
LanguageEffort = Annotated[
    str,
    typer.Option(
        metavar="fast|balanced|thorough",
        help="How hard to look where a line's language is not plain: leave it open, ask, or ask about every line.",
    ),
]
Sentences = Annotated[
    bool, typer.Option("--sentences", help="Tag sentences in another language than their paragraph, too.")
]
Glossary = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your own word on single terms, TOML or CSV: a rendering, keep, or drop."),
]
Corrections = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A reviewer's word on single places, as serve writes it; it is the last."),
]
Cedict = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="A CC-CEDICT file (.u8, .txt, .gz, .zip) in place of the newest installed one."),
]
Translator = Annotated[
    str,
    typer.Option(
        metavar="none|command:PROGRAM|URL", help="Whom to ask about leftovers that nothing else has a rendering for."
    ),
]
AllowNetwork = Annotated[bool, typer.Option("--allow-network", help="Let a translator that is a URL be asked.")]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="Hold back English paragraphs in which a leftover or foreign script remains."),
]


def run(
    inputs: Inputs,
    out: Out,
    text_column: TextColumn = None,
    workers: WorkerNumber = 0,
    engine: EngineName = "local",
    address: Address = None,
    fragments: Fragments = DEFAULT.fragments,
    min_confidence: MinConfidence = DEFAULT.min_confidence,
    languages: Languages = DEFAULT_LANGUAGES,
    language_effort: LanguageEffort = DEFAULT.language_effort,
    sentences: Sentences = DEFAULT.sentences,
    glossary: Glossary = None,
    corrections: Corrections = None,
    cedict: Cedict = DEFAULT.cedict,
    translator: Translator = DEFAULT.translator,
    allow_network: AllowNetwork = False,
    strict: Strict = DEFAULT.strict,
) -> None:
    """Clean INPUT and write the tables to OUT.

    INPUT is text (.txt), HTML, JSON lines, CSV, Parquet, Arrow or WARC, also packed (.gz, .zst). Prints what was
    found, what was rejected and where to look next. The same input and settings give the same bytes, whatever the
    engine and the number of workers, and however often a run was broken off and begun again.

    \b
    Examples:
      clean-corpus run pages/ --out out
      clean-corpus run 'pages/2026-*/*.txt' extra.txt --out out --fragments apply --min-confidence 0.8
      clean-corpus run 'crawl/*.jsonl.gz' --out out --text-column html_text --workers 4
      clean-corpus run /shared/crawl --out /shared/out --engine ray --address auto
      clean-corpus run pages/ --out out --languages en,zh,ja
      clean-corpus run pages/ --out out --fragments apply --glossary terms.toml --strict
      clean-corpus run pages/ --out out --corrections out/corrections.jsonl
      clean-corpus run pages/ --out out --translator 'command:python my_translator.py'

    \b
    Exit status:
      0  all clean
      1  failed: OUT cannot be used, or the translator does not answer
      2  bad usage, settings or input
      3  finished, but some inputs were rejected; each is a row in OUT/rejects
    """
    with explained():
        settings = Settings(
            fragments=parse_policy(fragments),
            min_confidence=min_confidence,
            strict=strict,
            glossary=_glossary(glossary),
            corrections=_corrections(corrections),
            cedict=cedict,
            translator=translator,
            languages=parse_languages(languages),
            language_effort=parse_effort(language_effort),
            sentences=sentences,
        )
        with _engine(engine, address, out, workers, cedict) as chosen:
            summary = _clean(inputs, out, settings, allow_network=allow_network, text_column=text_column, engine=chosen)
        if settings.corrections:
            _tell_corrections(out, settings.corrections)
    raise typer.Exit(Status.REJECTS if summary.rejects else Status.OK)


def _engine(
    name: str, address: str | None, out: Path, workers: int, cedict: str | None
) -> AbstractContextManager[Callable[[int], Engine]]:
    if workers < 0:
        raise SettingsError(f"workers: {workers} is negative")
    if name == "ray":
        from pipeline.scale.cluster import ray_engine

        return ray_engine(out, address, workers or None, cedict=cedict)
    if name != "local":
        raise SettingsError(f"engine: {name!r} is none of local, ray")
    if address:
        raise SettingsError("address: only --engine ray has one")
    from pipeline.scale.local import local_engine

    return local_engine(workers or None)


def _clean(inputs: list[str], out: Path, settings: Settings, **how: Any) -> "Summary":
    """Run, and tell what came of it."""
    from pipeline.report.screen import open_screen
    from pipeline.report.summary import print_summary
    from pipeline.run import run as clean

    with shown_progress() as progress:
        summary = clean(inputs, out, settings, progress, **how)
    with until_closed():
        print_summary(open_screen(), summary)
    return summary


def _corrections(path: Path | None) -> tuple[Correction, ...]:
    from pipeline.io.corrections import read_corrections

    return read_corrections(path) if path else ()


def _tell_corrections(out: Path, corrections: tuple[Correction, ...]) -> None:
    """Say how many corrections the run kept to, and which it could not."""
    from pipeline.evaluation.heeded import unheeded
    from pipeline.report.screen import open_screen, print_line
    from pipeline.report.visible import visible

    left = list(unheeded(out, corrections))
    screen = open_screen()
    with until_closed():
        print_line(screen, f"\ncorrections: {len(corrections) - len(left):,} of {len(corrections):,} kept to")
        for each, why in left[:MAX_UNHEEDED]:
            what = f"{each.what} {each.value!r} at {each.start}-{each.end}"
            print_line(screen, visible(f"  not in {each.document}: {what}: {why}"))
        if len(left) > MAX_UNHEEDED:
            print_line(screen, f"  and {len(left) - MAX_UNHEEDED:,} more")


def _glossary(path: Path | None) -> tuple[GlossaryEntry, ...]:
    from pipeline.io.glossary import read_glossary

    return read_glossary(path) if path else ()


def parse_policy(text: str) -> FragmentPolicy:
    """Return the fragment policy called `text`; raises SettingsError if there is none."""
    policies: tuple[FragmentPolicy, ...] = ("report", "suggest", "apply")
    for policy in policies:
        if text == policy:
            return policy
    raise SettingsError(f"fragments: {text!r} is none of {', '.join(policies)}")


def parse_effort(text: str) -> Effort:
    """Return the effort called `text`; raises SettingsError if there is none."""
    efforts: tuple[Effort, ...] = ("fast", "balanced", "thorough")
    for effort in efforts:
        if text == effort:
            return effort
    raise SettingsError(f"language_effort: {text!r} is none of {', '.join(efforts)}")


def parse_languages(text: str) -> tuple[str, ...]:
    """Return the language tags in a list with commas; raises SettingsError where one is not a tag.

    >>> parse_languages("en, zh")
    ('en', 'zh')
    """
    tags = tuple(tag.strip() for tag in text.split(","))
    for tag in tags:
        if not _TAG.fullmatch(tag):
            raise SettingsError(f"languages: {tag!r} is not a language tag such as en, zh or pt")
    return tags
