"""What a run did, on the terminal: counts, rejects, and where to look next."""

from collections.abc import Iterator, Mapping
from itertools import islice, zip_longest
from pathlib import Path
from shlex import quote

from rich.console import Console
from rich.text import Text

from pipeline.report.screen import print_line
from pipeline.report.visible import columns, visible
from pipeline.summary import Summary

MAX_REJECTS = 20
"""Rejects told one by one; all of them are in `rejects/`."""

MAX_LANGUAGES = 12
"""Languages told by name, the most frequent first."""

HOLDS = {
    "corpus/en": "clean English documents",
    "corpus/zh": "clean Chinese documents",
    "documents": "every input document, and what became of it",
    "segments": "every paragraph, with its label and language",
    "fragments": "words left over in another language",
    "ledger": "every change made to a text",
    "lexicon": "words with the translation found beside them",
    "rejects": "inputs that could not be processed, and why",
}
"""The tables, the product first, with what they hold."""


def print_summary(screen: Console, summary: Summary) -> None:
    """Print what `summary` says."""
    parts = (_head(summary), _rejects(summary), _labels(summary), _languages(summary), _fragments(summary),
             _characters(summary), list_tables(summary.out, summary.rows),
             next_steps(summary.out, summary.example, report=True))  # fmt: skip
    for part in parts:
        for line in part:
            print_line(screen, line)


def _head(summary: Summary) -> Iterator[Text]:
    states = {"clean": 0} | dict(summary.documents)
    told = ", ".join(f"{number:,} {state}" for state, number in states.items())
    yield Text(f"{_count(sum(states.values()), 'document')} in {summary.seconds:.1f} seconds: {told}", "bold")
    rejected = f"{_count(len(summary.rejects), 'input')} rejected" if summary.rejects else "nothing rejected"
    yield Text(rejected + (f"; {_ignored(summary.ignored)} ignored" if summary.ignored else ""), "bold")
    if summary.resumed:
        yield Text(f"{_count(summary.resumed, 'document')} of them from a run that was broken off", "bold")
    if summary.held is not None:
        yield Text(f"held back  {_held(summary.held)}", "bold")


def _held(reasons: Mapping[str, int]) -> str:
    told = ", ".join(f"{number:,} {visible(why)}" for why, number in reasons.items())
    return _count(sum(reasons.values()), "paragraph") + (f": {told}" if told else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _ignored(number: int) -> str:
    return _count(number, "file") + (" of another kind" if number == 1 else " of other kinds")


def _heading(title: str) -> Iterator[Text]:
    yield Text()
    yield Text(title, "bold")


def _labels(summary: Summary) -> Iterator[Text]:
    """Yield the labels by frequency, in two columns that are read one after the other."""
    yield from _heading("segments by label")
    cells = [[Text(f"  {visible(name)}"), Text(f"{n:,}", "cyan")] for name, n in _by_frequency(summary.labels).items()]
    half = (len(cells) + 1) // 2
    blank = [Text(), Text()]
    pairs = [left + right for left, right in zip_longest(cells[:half], cells[half:], fillvalue=blank)]
    yield from columns(pairs, right=frozenset({1, 3})) or [Text("  none", "dim")]


def _by_frequency(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _languages(summary: Summary) -> Iterator[Text]:
    yield from _heading("segments by language")
    ordered = _by_frequency(summary.languages)
    told = [f"{visible(name)} {number:,}" for name, number in islice(ordered.items(), MAX_LANGUAGES)]
    rest = list(islice(ordered.values(), MAX_LANGUAGES, None))
    more = [f"{len(rest)} more {sum(rest):,}"] if rest else []
    yield Text("  " + (", ".join(told + more) or "none"))


def _fragments(summary: Summary) -> Iterator[Text]:
    """Yield for each kind of fragment how many there are and what became of them."""
    yield from _heading("fragments by kind")
    cells = [
        [Text(f"  {kind}"), Text(f"{number:,}", "cyan"), Text(_became(summary.outcomes.get(kind, {})), "dim")]
        for kind, number in summary.kinds.items()
    ]
    yield from columns(cells, right=frozenset({1})) or [Text("  none", "dim")]


def _became(outcomes: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {outcome}" for outcome, number in outcomes.items())


def _characters(summary: Summary) -> Iterator[Text]:
    yield from _heading("characters, spaces aside")
    number = {name: f"{count:,}" for name, count in summary.characters.items()}
    yield Text("  {source} in the source = {kept} kept + {removed} removed; {changed} changed".format(**number))


def _rejects(summary: Summary) -> Iterator[Text]:
    if not summary.rejects:
        return
    yield from _heading("rejects")
    for reject in summary.rejects[:MAX_REJECTS]:
        yield Text().append(f"  {visible(reject.id)}: ", "red").append(visible(reject.message))
    if len(summary.rejects) > MAX_REJECTS:
        yield Text(f"  and {len(summary.rejects) - MAX_REJECTS:,} more, in rejects/", "dim")


def list_tables(out: Path, rows: Mapping[str, int]) -> Iterator[Text]:
    """Yield the folders of the tables in `out`, with the number of their `rows`, where known."""
    yield from _heading(f"tables in {visible(str(out))}")
    cells = [
        [Text(f"  {folder}"), Text(f"{rows[folder]:,}" if folder in rows else "", "cyan"), Text(told, "dim")]
        for folder, told in HOLDS.items()
    ]
    yield from columns(cells, right=frozenset({1}))


def next_steps(out: Path, example: str | None, *, report: bool) -> Iterator[Text]:
    """Yield the commands that look at the run in `out` and at document `example`, `report` among them or not."""
    yield from _heading("look next")
    name = quote(str(out))
    commands = {f"inspect {name}": "the documents"}
    if example is not None:
        commands[f"inspect {name} {quote(example)}"] = "one of them, paragraph by paragraph"
    if report:
        commands[f"report {name}"] = "the run as an HTML page, and how to load the tables"
    commands[f"verify {name}"] = "check that nothing was lost"
    cells = [[Text(f"  clean-corpus {visible(call)}", "green"), Text(does, "dim")] for call, does in commands.items()]
    yield from columns(cells)


def load_recipes(out: Path) -> Iterator[Text]:
    """Yield how other tools load the English corpus of the run in `out`."""
    yield from _heading("load")
    files = (out / "corpus" / "en" / "*.parquet").as_posix()
    recipes = {
        "duckdb": f"SELECT id, title, text FROM {_sql(files)}",
        "polars": f"polars.read_parquet({files!r})",
        "pandas": f"pandas.read_parquet({(out / 'corpus' / 'en').as_posix()!r})",
        "datasets": f"datasets.load_dataset({out.as_posix()!r}, 'en', split='train')",
    }
    cells = [[Text(f"  {name}"), Text(visible(recipe), "green")] for name, recipe in recipes.items()]
    yield from columns(cells)


def _sql(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
