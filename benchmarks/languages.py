"""How well languages are told, at what cost: ours beside lingua and its peers, on texts whose language is known.

`python -m benchmarks.languages [--lingua FOLDER] [--udhr FOLDER] [--wcxb FOLDER] [--save]`
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.language_answers import ask, details, figures, starts, systems
from benchmarks.language_cost import cost, page_sets
from benchmarks.language_items import Item, languages_of, lingua_items, noise_items, seed_items
from benchmarks.language_plan import seeds_in_plan
from benchmarks.language_score import described
from benchmarks.language_systems import OURS, System
from benchmarks.language_table import quotes, tables
from benchmarks.language_tags import EIGHTEEN
from benchmarks.language_udhr import udhr_items
from benchmarks.provenance import machine, today, versions
from benchmarks.record import RESULTS, ROOT, render, save

NAME = "languages"


def texts(lingua: Path | None, udhr: Path | None) -> Sequence[Item]:
    """Return all texts: those that come with the project, and those of the folders that are given."""
    return [
        *(lingua_items(lingua) if lingua else ()),
        *(udhr_items(udhr) if udhr else ()),
        *seed_items(),
        *noise_items(),
    ]


def compare(chosen: Sequence[System], items: Sequence[Item]) -> dict[str, Any]:
    """Return the figures of every system on `items`, None for one that is not installed; and more of ours."""
    found: dict[str, Any] = {}
    ours: dict[str, Any] = {}
    for system in chosen:
        if not system.is_installed:
            found[system.name] = None
            continue
        answers = ask(system, items)
        found[system.name] = figures(answers)
        if system.kind == OURS:
            ours[system.name] = details(answers)
    return {"systems": found, "ours": ours}


def measure(lingua: Path | None, udhr: Path | None, wcxb: Path | None) -> dict[str, Any]:
    """Return all figures, ready for JSON."""
    items = texts(lingua, udhr)
    told = languages_of(lingua_items(lingua)) if lingua else EIGHTEEN
    chosen = systems(told)
    sets: dict[str, list[Item]] = {}
    for item in items:
        sets.setdefault(item.set, []).append(item)
    return {
        "texts": {name: described(own) for name, own in sets.items()},
        **compare(chosen, items),
        "seeds": seeds_in_plan(),
        "cost": {pages.name: cost(pages) for pages in page_sets(wcxb)},
        "starts": starts([system for system in chosen if system.is_installed]),
    }


def as_json(results: Mapping[str, Any]) -> str:
    """Return `results` with when, with what and on what they were measured."""
    head = {"command": f"python -m benchmarks.{NAME}", "date": today(), "machine": machine(), "versions": versions()}
    return json.dumps(head | dict(results), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Measure, print and, if asked, save."""
    options = _options()
    results = measure(options.lingua, options.udhr, options.wcxb)
    page = render(NAME, "Languages", tables(results))
    print(page)
    for quote in quotes(results):
        print(f"README: {quote.what}: {quote.figure}")
    if options.save:
        (ROOT / RESULTS / f"{NAME}.json").write_text(as_json(results), encoding="utf-8")
        save(NAME, page, quotes(results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how well languages are told, and at what cost.")
    parser.add_argument("--lingua", type=Path, help="test data as lingua publishes it: sentences/XX.txt and so on")
    parser.add_argument("--udhr", type=Path, help="the npm package udhr, unpacked: index.js and declaration/*.html")
    parser.add_argument("--wcxb", type=Path, help="measure the cost on pages of a folder as WCXB's too")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS}/{NAME}.json, .md and README's rows")
    return parser.parse_args()


if __name__ == "__main__":
    main()
