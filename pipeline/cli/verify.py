"""`clean-corpus verify`: the laws, checked against the sources."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.arguments import OutFolder
from pipeline.cli.status import Status, explained, until_closed


def verify(
    out: OutFolder,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the sources are now, if not where the run found them."),
    ] = None,
) -> None:
    """Check that nothing was lost, made up or left unsaid.

    Every character of the sources has to be in exactly one segment, undoing the ledger has to give each
    source back, and every input has to be a document or a reject. Prints what does not hold.

    \b
    Examples:
      clean-corpus verify out
      clean-corpus verify out --sources /archive/pages

    \b
    Exit status: 0 if everything holds; 1 if something does not, or OUT is not the output of a run.
    """
    with explained():
        from pipeline.report.screen import open_screen, print_line
        from pipeline.report.visible import visible
        from pipeline.verify import verify as check

        violations = check(out, sources)
        screen = open_screen()
        with until_closed():
            for violation in violations:
                print_line(screen, visible(f"{violation.id}: {violation.message}"))
            print_line(
                screen,
                _count(len(violations)) if violations else f"everything holds in {visible(str(out))}",
            )
    raise typer.Exit(Status.FAILED if violations else Status.OK)


def _count(number: int) -> str:
    return "1 violation" if number == 1 else f"{number} violations"
