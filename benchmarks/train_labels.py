"""Train the model that tells the labels of segments, and say how well it does on pages that it has not learnt from.

`python -m benchmarks.train_labels [--out FILE]`

It learns from the annotated pages that are open for work and from those that no rule may be written by. Five folds of
pages that stand beside each other, as a writer's do: what is scored, and most of what its writer wrote, is never learnt
from. An hour on one core; the same weights every time on one machine.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from os import environ
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

# One thread: sums in another order would be other weights. Read when numpy is imported.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks.label_examples import LabelledPage, read_labelled
from benchmarks.label_training import learn, stored
from benchmarks.record import ROOT
from pipeline.document import Document
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.score import Share, paint, score_blocks, score_body
from pipeline.stages.weigh_labels import weigh_labels

PAGES = ROOT / "tests" / "pages"
FOLDERS = {
    "learnt": PAGES / "learnt" / "gold",
    "latest": PAGES / "latest" / "gold",
    "recent": PAGES / "recent" / "gold",
    "strangers": PAGES / "strangers" / "gold",
    "fresh": PAGES / "fresh" / "gold",
    "later": PAGES / "later" / "gold",
    "pages": PAGES / "gold",
    "seeds": ROOT / "tests" / "gold",
    "newest": PAGES / "newest" / "gold",
    "unseen": PAGES / "unseen" / "gold",
}
"""`learnt` are pages that no rule was written by; the others were at hand when the rules were written."""
FOLDS = 5


def main() -> None:
    """Train, print the scores out of fold and, if asked, write the model."""
    parser = argparse.ArgumentParser(description="Train the model that tells the labels of segments.")
    parser.add_argument("--out", type=Path, help="write the model, learnt from all there is, to this file")
    options = parser.parse_args()
    pages = [page for source, folder in FOLDERS.items() for page in read_labelled(folder, source)]
    print(table(out_of_fold(pages)))
    if options.out:
        options.out.write_bytes(stored(learn(pages)))


class Judged(NamedTuple):
    """A page with its share of right labels and the F1 of its body, by the rules alone and with the model."""

    source: str
    rules: tuple[Share, float]
    model: tuple[Share, float]


def out_of_fold(pages: Sequence[LabelledPage]) -> Iterator[Judged]:
    """Yield each of `pages`, judged by a model that has seen neither it nor those around it in its folder."""
    for fold in range(FOLDS):
        apart = [i * FOLDS // len(some) == fold for some in _by_source(pages) for i in range(len(some))]
        model = learn([page for page, is_apart in zip(pages, apart, strict=True) if not is_apart])
        for page in (page for page, is_apart in zip(pages, apart, strict=True) if is_apart):
            weighed = weigh_labels(page.doc, model=model)
            yield Judged(page.source, _scored(page.gold, page.doc), _scored(page.gold, weighed))


def _by_source(pages: Sequence[LabelledPage]) -> list[list[LabelledPage]]:
    return [list(some) for _, some in groupby(pages, key=lambda page: page.source)]


def _scored(gold: Gold, doc: Document) -> tuple[Share, float]:
    """Return the share of right labels and the F1 of the body."""
    painting = paint(gold.raw, ({**s._asdict(), "keep": s.keep} for s in doc.segments))
    return score_blocks(gold, painting).labels, score_body(gold, painting).f1


def table(rows: Iterable[Judged]) -> str:
    """Return the share of right labels and the mean F1 of bodies, by folder, as Markdown."""
    found = list(rows)
    lines = [
        "| pages | n | blocks | labels, rules | with the model | body, rules | with the model |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for source in FOLDERS:
        some = [row for row in found if row.source == source]
        sides = [[row.rules for row in some], [row.model for row in some]]
        labels = [sum((share for share, _ in side), start=Share()).value for side in sides]
        bodies = [fmean(f1 for _, f1 in side) for side in sides]
        figures = " | ".join(f"{figure:.4f}" for figure in (*labels, *bodies))
        lines.append(f"| {source} | {len(some)} | {sum(row.rules[0].total for row in some)} | {figures} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
