"""The command line: `clean-corpus`. One command a module; heavy imports wait for the call."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

import typer

from pipeline.cli import doctor, evaluate, export, inspect, report, run, serve, verify

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # Plain help: it is read in pipes and logs, and nothing has to be imported to set it.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("run")(run.run)
app.command("inspect")(inspect.inspect)
app.command("report")(report.report)
app.command("serve")(serve.serve)
app.command("export")(export.export)
app.command("verify")(verify.verify)
app.command("eval")(evaluate.evaluate)
app.command("doctor")(doctor.doctor)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            known = version("clean-corpus")
        except PackageNotFoundError:
            known = "(source tree, not installed)"
        typer.echo(f"clean-corpus {known}")
        raise typer.Exit


@app.callback()
def clean_corpus(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Clean dirty web text into a bilingual corpus, English and Chinese.

    clean-corpus takes pages whose markup is gone, finds the article in each, tells the language of every
    paragraph, finds words left over in another language, and writes Parquet: the clean text in corpus/en and
    corpus/zh, and beside it the evidence, so that every character of the input can be accounted for.

    \b
    Examples:
      clean-corpus run pages/ --out out           clean a folder of .txt files into out/
      clean-corpus inspect out                    list what was cleaned
      clean-corpus inspect out 000_d51b           one document, a language tag before every paragraph
      clean-corpus report out                     the run as one HTML page, and how to load the tables
      clean-corpus serve out                      the whole dataset in the browser, and corrections
      clean-corpus export out text --to text      the corpus as plain text; also JSON lines, TMX, TBX
      clean-corpus verify out                     check that nothing was lost on the way
      clean-corpus eval out tests/gold            score it against annotations made by people
      clean-corpus doctor                         what is installed, what is missing, what clashes

    \b
    Exit status:
      0  all is well
      1  failed: the output cannot be used, a law is broken, a limit is missed, the core is unhealthy
      2  bad usage, settings or input
      3  finished, but some inputs were rejected; they are in the table rejects/
    """


def _open_nothing() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def main() -> None:
    """Run the command line."""
    # Who closed an output wants none; without this, the next file opened would get its number.
    sys.stdout = sys.stdout or _open_nothing()
    sys.stderr = sys.stderr or _open_nothing()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character must not end a run.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="clean-corpus")
