"""How well leftovers are found and repaired: made-up pages, annotated pages, ordinary pages, and what it costs.

`python -m benchmarks.fragments [FOLDER…] [--data FOLDER] [--wcxb FOLDER [--pages N]] [--each N] [--save]`
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.fragment_generator import MadePage, generate
from benchmarks.fragment_insertions import Bodies, types
from benchmarks.fragment_score import Score, figures, match, score, score_folder, total
from benchmarks.fragment_speed import measure
from benchmarks.fragment_table import alarm_lines, quotes, tables
from benchmarks.fragment_web import alarm_figures, load_bodies, load_web_pages, look_at_all, sample
from benchmarks.provenance import machine, today, versions
from benchmarks.record import RESULTS, ROOT, render, save
from pipeline.document import Fragment
from pipeline.plan import clean

NAME = "fragments"
SEED = 20261121
EACH = 60
FOLDERS = tuple(
    ROOT / "tests" / "fragments" / name
    for name in ("dev", "dev2", "dev3", "dev4", "dev5", "dev6", "dev7", "dev8", "dev9", "dev10", "aside")
)


def score_made(pages: Sequence[MadePage]) -> Mapping[str, Score]:
    """Return the score of every type of insertion, and of the plain text between them."""
    scores = defaultdict[str, list[Score]](list)
    for page in pages:
        found = clean(page.text, id=page.id).fragments
        for region in page.regions:
            inside = _starting(found, region.start, region.end)
            scores[region.type].append(score(match(region.gold, inside)))
    return {type: total(scores[type]) for type in sorted(scores, key=_order)}


def _starting(found: Iterable[Fragment], start: int, end: int) -> list[Fragment]:
    return [fragment for fragment in found if start <= fragment.start < end]


def _order(type: str) -> int:
    names = types()
    return names.index(type) if type in names else len(names)


def made_figures(each: int, bodies: Bodies, pages: Sequence[MadePage]) -> dict[str, Any]:
    """Return what the made-up pages come to, ready for JSON."""
    scores = score_made(pages)
    return {
        "seed": SEED,
        "each": each,
        "bodies": len(bodies) or "built in",
        "types": {type: figures(counted) for type, counted in scores.items()},
        "all": figures(total(scores.values())) | {"pages": len(pages)},
    }


def web_figures(folder: Path, number: int | None) -> dict[str, Any]:
    """Return what is reported on `number` pages of `folder` (None: all), ready for JSON."""
    pages = load_web_pages(folder)
    chosen = sample(pages, number, SEED)
    return {"pages_in_folder": len(pages), **alarm_figures(look_at_all(chosen))}


def as_json(results: Mapping[str, Any]) -> str:
    """Return `results` with when, with what and on what they were measured."""
    head = {"command": f"python -m benchmarks.{NAME}", "date": today(), "machine": machine(), "versions": versions()}
    return json.dumps(head | dict(results), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Measure, print and, if asked, save."""
    options = _options()
    bodies = load_bodies(options.data) if options.data else ()
    pages = generate(seed=SEED, each=options.each, bodies=bodies)
    results = {
        "made": made_figures(options.each, bodies, pages),
        "folders": {folder.name: figures(score_folder(folder)) for folder in options.folders},
        "web": web_figures(options.wcxb, options.pages) if options.wcxb else None,
        "speed": measure(pages),
    }
    page = render(NAME, "Leftovers, names and cited words", tables(results))
    print(page)
    if results["web"] is not None:
        print(alarm_lines(results["web"]))
    for quote in quotes(results):
        print(f"README: {quote.what}: {quote.figure}")
    if options.save:
        (ROOT / RESULTS / f"{NAME}.json").write_text(as_json(results), encoding="utf-8")
        save(NAME, page, quotes(results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how well leftovers are found and repaired.")
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS, help="annotated pages (tests/fragments/*)")
    parser.add_argument("--data", type=Path, help="take English text from .txt files, or from a folder as WCXB's")
    parser.add_argument("--wcxb", type=Path, help="count what is reported on the ordinary pages of a folder as WCXB's")
    parser.add_argument("--pages", type=int, help="take so many of them by chance (all)", metavar="N")
    parser.add_argument("--each", type=int, default=EACH, help=f"made-up fragments of every type ({EACH})", metavar="N")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS}/{NAME}.json, .md and README's rows")
    options = parser.parse_args()
    if options.pages is not None and not options.wcxb:
        parser.error("--pages is a number of the pages of --wcxb")
    for folder in options.folders:
        if not any(folder.glob("*.txt")):
            parser.error(f"no annotated pages in {folder}")
    return options


if __name__ == "__main__":
    main()
