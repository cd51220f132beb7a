"""`clean-corpus report`: where the tables of a run are and how to load them."""

from pipeline.cli.arguments import OutFolder
from pipeline.cli.status import explained, until_closed


def report(
    out: OutFolder,
) -> None:
    """Tell where the tables of a run are and how to look at them.

    \b
    Example:
      clean-corpus report out

    \b
    Exit status: 0; 1 if OUT is not the output of a run.
    """
    with explained():
        from pipeline.io.folder import read_run
        from pipeline.report.screen import open_screen, print_line
        from pipeline.report.summary import list_tables, load_recipes, next_steps

        run = read_run(out)
        screen = open_screen()
        with until_closed():
            for line in (
                *list_tables(out, run.get("rows", {})),
                *load_recipes(out),
                *next_steps(out, run.get("example"), report=False),
            ):
                print_line(screen, line)
