"""Train the model that tells the kinds of runs, and say how well it does on pages that it has not learnt from.

`python -m benchmarks.train_kinds [--out FILE]`

It learns from the annotated pages that are open for work and from the cases of a sentence or two. Five folds of whole
pages: what is scored is never learnt from. Two minutes on one core; the same weights every time on one machine.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from os import environ
from pathlib import Path

# One thread: sums in another order would be other weights. Read when numpy is imported.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks.kind_examples import Example, from_cases, from_gold, from_pages
from benchmarks.kind_training import learn_readings, read_pages, stored
from benchmarks.record import ROOT
from pipeline.fragments.evidence import weigh
from pipeline.fragments.kind_model import KindModel, clues_of

PAGES = ROOT / "tests" / "fragments"
ASIDE = "aside"
WHOLE = {"pages": ROOT / "tests" / "pages" / "gold"} | {
    name: ROOT / "tests" / "pages" / name / "gold"
    for name in ("later", "fresh", "strangers", "recent", "latest", "newest", "unseen")
}
"""Pages whose lines and languages are annotated too."""
FOLDS = 5


def main() -> None:
    """Train, print the scores out of fold and, if asked, write the model."""
    parser = argparse.ArgumentParser(description="Train the model that tells the kinds of runs.")
    parser.add_argument("--out", type=Path, help="write the model, learnt from all there is, to this file")
    options = parser.parse_args()
    paged = list(open_pages())
    cases = list(from_cases())
    print(table(out_of_fold(paged, cases)))
    if options.out:
        options.out.write_bytes(stored(learn_readings([*paged, *cases])))


def open_pages() -> Iterator[Example]:
    """Yield the runs of all pages that are open for work."""
    for folder in sorted(folder for folder in PAGES.iterdir() if folder.name != ASIDE):
        yield from from_pages(folder)
    for source, folder in WHOLE.items():
        yield from from_gold(folder, source)


Judged = tuple[Example, str, str, str]
"""A run with what the rules say it is, what the model says, and what both together say."""


def out_of_fold(paged: Sequence[Example], cases: Sequence[Example]) -> Iterator[Judged]:
    """Yield each run of the pages, judged by a model that has not seen its page."""
    names = sorted({(one.source, one.page) for one in paged})
    folds = {name: number % FOLDS for number, name in enumerate(names)}
    for fold in range(FOLDS):
        others = (one for one in paged if folds[one.source, one.page] != fold)
        first, second = learn_readings([*others, *cases])
        own = read_pages((one for one in paged if folds[one.source, one.page] == fold), first)
        yield from (judged(one, second) for one in own if one.kind)


def judged(one: Example, model: KindModel) -> Judged:
    """Return `one` with what the rules, `model` and both say."""
    said = tuple(clues_of(model.log_odds(one.features, has_gloss=one.has_gloss)))
    rules = one.place.clues
    by_rules, by_model, by_both = (
        weigh(clues, has_gloss=one.has_gloss).kind for clues in (rules, said, (*rules, *said))
    )
    return one, by_rules, by_model, by_both


def table(rows: Iterable[Judged]) -> str:
    """Return how often rules, model and both are right, by folder, and how often a residue is one, as Markdown."""
    found = list(rows)
    lines = [
        "| pages | runs | rules | model | both | residues that are (rules) | (both) |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for source in (*sorted({one.source for one, *_ in found}), "all"):
        some = [row for row in found if source in (row[0].source, "all")]
        shares = [sum(row[0].kind == row[by] for row in some) / len(some) for by in (1, 2, 3)]
        sure = [_precision((row[0].kind, str(row[by])) for row in some) for by in (1, 3)]
        lines.append(f"| {source} | {len(some)} | " + " | ".join(f"{share:.4f}" for share in (*shares, *sure)) + " |")
    return "\n".join(lines)


def _precision(pairs: Iterable[tuple[str, str]]) -> float:
    found = Counter(right == "residue" for right, said in pairs if said == "residue")
    return found[True] / max(1, found.total())


if __name__ == "__main__":
    main()
