"""The figures of fragments as Markdown tables, and those that README repeats."""

from collections.abc import Mapping
from typing import Any

from benchmarks.record import Quote

Figures = Mapping[str, Any]

_HEADS = {
    "fragments": "fragments",
    "reported": "reported",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "touched": "touched",
    "kind_accuracy": "kind",
    "language_accuracy": "language",
    "residue_precision": "residue precision",
    "residue_recall": "residue recall",
    "proposed": "proposed",
    "repaired": "repaired",
}

NOTES = """\
Spans are exact, marks at their ends aside. `touched`: fragments that a report at least overlaps. `kind` and `language`:
of exact spans. `proposed`, `repaired`: leftovers with known renderings that got a proposal, and that got a right one
sure enough to be applied. Repair counts a proposal as wrong where no rendering was accepted beforehand, and where there
was nothing to repair. In made-up pages a report that is not there belongs to the type of its paragraph; a `trap` and a
`carrier` have nothing to report, so `reported` is their number of mistakes. `residue_doubled` has its translation
beside it, so a proposal there is wrong; at a `residue_border`, between any two words, no rendering could be judged.
"""

WEB_NOTES = """\
Ordinary pages (WCXB: Murrough Foley, "WCXB: A Multi-Type Web Content Extraction Benchmark", 2026, CC BY 4.0), the whole
plan on each. Every leftover reported there counts as a false alarm, also one that a reader might agree with; each is
listed in `fragments.json` with its context.
"""


def tables(results: Figures) -> str:
    """Return all figures as Markdown."""
    parts = [_made(results["made"]), _folders(results["folders"]), NOTES]
    if results["web"] is not None:
        parts += [_web(results["web"]), WEB_NOTES]
    return "\n\n".join([*parts, _speed(results["speed"])])


def _made(made: Figures) -> str:
    rows = {**made["types"], "all types": made["all"]}
    head = f"Made-up pages, {made['all']['pages']} of them, seed {made['seed']}, bodies: {made['bodies']}"
    return "\n\n".join([head, _table("type", rows), _repairs(made["all"])])


def _folders(folders: Figures) -> str:
    parts = ["Annotated pages", _table("folder", folders)]
    parts += [f"`{name}`:\n\n{_repairs(figures)}" for name, figures in folders.items()]
    return "\n\n".join(parts)


def _table(first: str, rows: Figures) -> str:
    lines = [f"| {name} | {' | '.join(_cell(row[key]) for key in _HEADS)} |" for name, row in rows.items()]
    return "\n".join([f"| {first} | {' | '.join(_HEADS.values())} |", "|---" + "|--:" * len(_HEADS) + "|", *lines])


def _repairs(figures: Figures) -> str:
    """Return the first candidates by their source: all of them, and those sure enough to be applied."""
    every, sure = figures["repair"], figures["repair_sure"]
    lines = [f"| {name} | {_share(every[name])} | {_share(sure.get(name))} |" for name in every]
    return "\n".join(["| repairs by source | right, of all | right, of those applied |", "|---|--:|--:|", *lines])


def _share(share: Figures | None) -> str:
    return f"{share['right']}/{share['of']} = {_cell(share['share'])}" if share and share["of"] else "-"


def _web(web: Figures) -> str:
    rows = [(name.replace("_", " "), value) for name, value in web.items() if name not in ("fragments", "listed")]
    rows[2:2] = [(f"fragments: {kind}", number) for kind, number in web["fragments"].items()]
    return "\n".join(["| ordinary pages | |", "|---|--:|", *(f"| {name} | {_cell(value)} |" for name, value in rows)])


def _speed(speed: Figures) -> str:
    lines = [
        f"| {name} | {row['code_points']} | {row['detection_ns']} | {row['scan_ns']} | {row['times_the_scan']} |"
        for name, row in speed.items()
    ]
    head = r"| processor time, median, ns a character | characters | `find_fragments` | scan for `\p{Han}+` | ratio |"
    return "\n".join([head, "|---|--:|--:|--:|--:|", *lines])


def _cell(figure: float | int | None) -> str:
    return "-" if figure is None else str(figure)


def quotes(results: Figures) -> tuple[Quote, ...]:
    """Return what README repeats."""
    name, last = [*results["folders"].items()][-1]
    found = (last["f1"], last["kind_accuracy"], last["residue_precision"])
    return (
        Quote(
            f"fragments of pages {name}: exact spans (F1) / kind right / leftovers that are leftovers",
            " / ".join(map(_cell, found)),
        ),
        Quote(
            f"their repairs that `apply` makes of its own accord: right / all, {name}",
            _share(last["repair_sure"]["all"]),
        ),
    )


def alarm_lines(web: Figures) -> str:
    """Return every leftover reported on an ordinary page, one a line."""
    return "\n".join(
        f"{row['page']} {row['label']} {row['language']} {row['confidence']:.2f} {row['source']}"
        f" {row['before']!r} ⟦{_short(row['text'])}⟧ {row['after']!r}"
        + (f" -> {row['proposal']}" * bool(row["proposal"]))
        for row in web["listed"]
    )


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"
