"""`clean-corpus report`: a run as one HTML page, and where its tables are."""

from pipeline.cli.arguments import OutFolder
from pipeline.cli.status import explained, until_closed


def report(
    out: OutFolder,
) -> None:
    """Write OUT/report.html, and tell where the tables of a run are and how to load them.

    The page shows the run as a whole and, paragraph by paragraph, all documents of a small run; of a large one the
    worst and some at random. It needs no network and no server.

    \b
    Example:
      clean-corpus report out

    \b
    Exit status: 0; 1 if OUT is not the output of a run, or cannot be written to.
    """
    with explained():
        from pipeline.io.folder import read_run
        from pipeline.report.page import write_report
        from pipeline.report.screen import open_screen, print_line
        from pipeline.report.summary import list_tables, load_recipes, next_steps
        from pipeline.report.visible import visible

        run = read_run(out)
        page = write_report(out)
        screen = open_screen()
        with until_closed():
            print_line(screen, visible(f"report: {page}"))
            for line in (
                *list_tables(out, run.get("rows", {})),
                *load_recipes(out),
                *next_steps(out, run.get("example"), report=False),
            ):
                print_line(screen, line)
