"""What commands on the folds of the body model have in common: their options, the folds' models, and the pages."""

import argparse
from pathlib import Path

from benchmarks.body_pages import FOLDS, MarkedPage, read_pages
from pipeline.body.model import Model, read_model


def options_of(description: str, result: str) -> argparse.ArgumentParser:
    """Return what reads the options of a command; `result` is the page that `--save` writes to results/."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="folder of marked pages", metavar="WCXB")
    parser.add_argument("--folds", type=Path, required=True, help="folder of the folds' models", metavar="DIR")
    parser.add_argument("--every", type=int, default=1, help="take every Nth page only", metavar="N")
    parser.add_argument("--save", action="store_true", help=f"write benchmarks/results/{result}.md")
    return parser


def fold_models(folder: Path) -> dict[int, Model]:
    """Return for each fold the model that knows none of its sites, as `benchmarks.train_body --folds` wrote it."""
    return {fold: read_model((folder / f"fold{fold}.npz").read_bytes()) for fold in range(FOLDS)}


def scored_pages(data: Path, every: int) -> list[MarkedPage]:
    """Return every Nth of the pages that can be scored."""
    return [page for page in read_pages(data) if page.has_body_in_text][::every]
