"""`clean-corpus export`: a run's tables in the formats of other tools."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.arguments import OutFolder
from pipeline.cli.status import explained, until_closed

Dest = Annotated[Path, typer.Argument(metavar="DEST", help="Folder to write to; an earlier export in it is replaced.")]
To = Annotated[str, typer.Option("--to", metavar="jsonl|text|tmx|tbx|hf", help="The format.")]
Tables = Annotated[
    list[str] | None,
    typer.Option("--table", metavar="NAME", help="A table: en, zh, documents, segments, fragments, … Can be repeated."),
]


def export(
    out: OutFolder,
    dest: Dest,
    to: To,
    table: Tables = None,
) -> None:
    """Write a run's tables for other tools: the corpus, or with --table others.

    \b
      jsonl  JSON lines, an object a row
      text   plain text, a line a paragraph, a blank line between documents; en and zh only
      tmx    translation memory (TMX 1.4) of the pairs in lexicon/
      tbx    termbase (TBX-Basic, ISO 30042) of the same
      hf     folder for the Hugging Face hub: Parquet, card, Croissant metadata

    Files are named after tables, never after documents. A table without rows gives no file.

    \b
    Examples:
      clean-corpus export out corpus-jsonl --to jsonl
      clean-corpus export out tags --to jsonl --table segments --table fragments
      clean-corpus export out corpus-text --to text
      clean-corpus export out terms --to tbx
      clean-corpus export out dataset --to hf --table en --table zh --table segments

    \b
    Exit status: 0; 1 if OUT cannot be read or DEST cannot be used; 2 if there is no such format or table.
    """
    with explained():
        from pipeline.export.formats import export as write
        from pipeline.lookup import check_tables
        from pipeline.report.screen import open_screen, print_line
        from pipeline.report.visible import visible

        check_tables(out)
        numbers = write(out, dest, to, table or ())
        screen = open_screen()
        with until_closed():
            for name, number in numbers.items():
                print_line(screen, f"{name}: {number:,} {'row' if number == 1 else 'rows'}")
            print_line(screen, visible(f"in {dest}") if any(numbers.values()) else "nothing to export")
