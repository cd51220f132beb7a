"""Train a model that tells a page's publisher or author, and say how well it does on pages that it has not learnt from.

`python -m benchmarks.train_names publisher|author --data WCXB [--out FILE]`

It learns from the annotated pages that are open for work, from the small pages of tests/golden_metadata and from pages
of WCXB (see `benchmarks/body_pages.py`) that state the field in their markup. What is scored is never learnt from: of
annotated pages all by one writer are left out at once. Five minutes on one core; the same weights every time on one
machine.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from os import environ
from pathlib import Path

# One thread: sums in another order would be other weights. Read when numpy is imported.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks.name_examples import Example, from_cases, from_gold, from_marked
from benchmarks.name_training import learn, stored
from pipeline.metadata.name_model import NameModel


def main() -> None:
    """Train, print the scores out of fold and, if asked, write the model."""
    parser = argparse.ArgumentParser(description="Train a model that tells a page's publisher or author.")
    parser.add_argument("field", choices=("publisher", "author"))
    parser.add_argument("--data", type=Path, required=True, help="folder of marked pages", metavar="WCXB")
    parser.add_argument("--out", type=Path, help="write the model, learnt from all there is, to this file")
    options = parser.parse_args()
    paged = list(from_gold(options.field))
    marked, counted = from_marked(options.data, options.field)
    others = [*from_cases(options.field), *marked]
    model = learn([*paged, *others])
    unseen = ((one, is_right(one, model)) for one in counted)
    print(table([*out_of_fold(paged, others), *unseen]))
    if options.out:
        options.out.write_bytes(stored(model))


def out_of_fold(paged: Sequence[Example], others: Sequence[Example]) -> Iterator[tuple[Example, bool]]:
    """Yield each of `paged` with whether a model is right that has seen `others` and no page of the same writer."""
    for writer in sorted({one.writer for one in paged}):
        model = learn([*(one for one in paged if one.writer != writer), *others])
        yield from ((one, is_right(one, model)) for one in paged if one.writer == writer)


def is_right(one: Example, model: NameModel) -> bool:
    """Return whether `model` chooses a right name on the page `one`, or none where the page has none."""
    odds = [model.log_odds(columns) for _, columns in one.names]
    best = max(range(len(odds)), key=odds.__getitem__, default=None)
    return one.right[best] if best is not None and odds[best] > 0 else not one.is_stated


def table(judged: Iterable[tuple[Example, bool]]) -> str:
    """Return how often a right name is among those that may be meant, and how often the model is right, as Markdown."""
    rows = list(judged)
    lines = ["| pages | all | stated | among the names | right |", "|---|--:|--:|--:|--:|"]
    for writer in dict.fromkeys(one.writer for one, _ in rows):
        some = [(one.is_stated, any(one.right), right) for one, right in rows if one.writer == writer]
        stated, among, chosen = (sum(column) for column in zip(*some, strict=True))
        lines.append(f"| {writer} | {len(some)} | {stated} | {among} | {chosen} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
