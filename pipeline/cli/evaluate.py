"""`clean-corpus eval`: a run scored against gold annotations."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.arguments import OutFolder
from pipeline.cli.status import Status, explained, until_closed
from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from pipeline.evaluation.evaluate import Evaluation
    from pipeline.evaluation.score import Miss


GoldFolder = Annotated[
    Path, typer.Argument(metavar="GOLD", help="Folder of NAME.gold.json files, or a file of corrections.")
]
Sources = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of the annotated texts; else beside GOLD, or ../seeds."),
]
Show = Annotated[
    str,
    typer.Option(
        metavar="KIND",
        help="List the misses on standard error: body, label, language, fragment, repair, lexicon, metadata, "
        "text or all.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as one line of JSON.")]
Least = Annotated[
    list[str] | None, typer.Option("--min", metavar="NAME=VALUE", help="Fail if a figure is below VALUE.")
]
Most = Annotated[list[str] | None, typer.Option("--max", metavar="NAME=VALUE", help="Fail if a figure is above VALUE.")]


def evaluate(
    out: OutFolder,
    gold: GoldFolder,
    sources: Sources = None,
    show: Show = "",
    as_json: AsJson = False,
    least: Least = None,
    most: Most = None,
) -> None:
    """Score a run against annotations made by people.

    Figures are 0 to 1, higher is better, but for the counts false_language and false_residue; behind a share
    stand the cases it is of, right ones first (3/7). NAME.txt goes with NAME.gold.json; NAME.clean.txt and
    NAME.repaired.txt, if there, hold its ideal text. Of a file of corrections, as serve writes it, only the places
    that were corrected count.

    \b
    Examples:
      clean-corpus eval out tests/gold
      clean-corpus eval out tests/gold --show fragment
      clean-corpus eval out out/corrections.jsonl --show all
      clean-corpus eval out tests/gold --json --min body_f1=0.95 --max false_residue=0

    \b
    Exit status: 0; 1 if a limit is missed or OUT cannot be read; 2 if GOLD cannot be used.
    """
    with explained():
        from pipeline.evaluation.evaluate import MISS_KINDS, Limit
        from pipeline.evaluation.evaluate import evaluate as score

        if show not in ("", "all", *MISS_KINDS):
            raise SettingsError(f"--show {show}: none of {', '.join((*MISS_KINDS, 'all'))}")
        result = score(out, gold, sources)
        bounds = [("min", text) for text in least or ()] + [("max", text) for text in most or ()]
        limits = [Limit.parse(text, sign, result.figures) for sign, text in bounds]
        short = [told for limit in limits if (told := limit.missed(result.figures))]
        with until_closed():
            _list(result.misses, show)
            print(json.dumps(result.figures) if as_json else _table(result))
        if short:
            print("falls short:", ", ".join(short), file=sys.stderr)
    raise typer.Exit(Status.FAILED if short else Status.OK)


def _table(result: "Evaluation") -> str:
    """Return a line for each figure, with the cases behind it where it is a share of them."""
    told = {name: "-" if value is None else str(value) for name, value in result.figures.items()}
    return "\n".join(f"{name:18} {value:6}  {result.cases.get(name, '')}".rstrip() for name, value in told.items())


def _list(misses: "Iterable[Miss]", show: str) -> None:
    from pipeline.report.visible import visible

    for miss in misses:
        if show in (miss.kind, "all"):
            print(visible(f"{miss.kind}: {miss.document} {miss.what}"), file=sys.stderr)
