"""Train the model that finds a page's body, from scratch, and say how well it does.

`python -m benchmarks.train_body --data WCXB [--html] [--carry SCRAPINGHUB] [--out FILE] [--folds DIR] [--jobs N]`

WCXB is a folder as `benchmarks/body_pages.py` describes; SCRAPINGHUB one with `pages.parquet` (`article_body`, `text`,
`text_glued`, `html`), pages of others that the finished model is tried on and never learns from. With `--html` the
pages are read from their HTML, and the model is the one for text with markup. It needs numpy and the package alone, an
hour at most on one core (two and, at the worst, 9 GB a job with `--html`), and gives the same weights again on the same
machine.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from os import environ
from pathlib import Path
from random import Random

# One thread: more of them make small products slower, and sums in another order. Read when numpy is imported.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from benchmarks.body_card import OutOfFold, card, carried, speed
from benchmarks.body_html import read_html_pages
from benchmarks.body_kinds import fit_kinds
from benchmarks.body_pages import FOLDS, MarkedPage, read_pages
from benchmarks.body_tape import Rows
from benchmarks.body_training import Batch, Dropped, first_weights, train
from benchmarks.body_variations import disguised, vary
from pipeline.body_kind import page_features
from pipeline.body_model import DECIMALS, KINDS, MAX_SCALED, Model, features, scaled_features, score_page
from pipeline.body_network import mean_scores, run_network

BATCH = 8
MAX_LINES = 900
"""Lines of a page learnt from at once; of longer ones a part, near the body."""
SPEED_SAMPLE = 10
SAMPLE = 3
"""Every such page tells how features are scaled."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is made; how its scores are decoded was chosen on scores out of fold."""

    width: int
    """Of a network, in channels."""
    epochs: int
    networks: int
    """Networks whose scores are averaged."""
    variations: int
    """Of each page, all made before; 0 for a new one in every epoch."""
    dropped: Dropped
    article_cut: float
    cut: float
    border: float
    least_words: float = 10.0


TEXT = Recipe(
    width=40,
    epochs=9,
    networks=1,
    variations=0,
    dropped=Dropped(within=0.2, features=0.1),
    article_cut=0.4,
    cut=0.4,
    border=2.0,
)
# To count the features of HTML takes longer than to learn from them. Names are of a site: more must be done without.
MARKUP = Recipe(
    width=48,
    epochs=6,
    networks=2,
    variations=4,
    dropped=Dropped(within=0.25, features=0.15),
    article_cut=0.6,
    cut=0.5,
    border=1.0,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A page, or a part of it, to learn from."""

    features: np.ndarray
    words: np.ndarray
    body: np.ndarray
    span: np.ndarray


def learn(pages: Sequence[MarkedPage], seed: int, recipe: Recipe = TEXT) -> Model:
    """Return a model learnt from `pages`."""
    table = np.concatenate([features(page.plain.lines, page.plain.markup)[1] for page in pages[::SAMPLE]])
    mean, spread = table.mean(axis=0), table.std(axis=0) + 0.05
    steps = recipe.epochs * -(-len(pages) // BATCH)
    networks = []
    made = [_made(page, pages, recipe.variations, Random(f"{seed} {page.id}")) for page in pages]
    for number in range(recipe.networks):
        random = np.random.default_rng((seed, number))
        weights = first_weights(table.shape[1], recipe.width, random)
        draw = partial(_drawn, pages, made, Random(f"{seed} {number}"))
        batches = _batches(recipe.epochs, len(pages), mean, spread, random, draw)
        found = train(batches, steps, weights, random, recipe.dropped)
        # As they will be stored, so that what is scored is what is shipped.
        networks.append({name: weight.astype(np.float16).astype(np.float64) for name, weight in found.items()})
    names = features(pages[0].plain.lines, pages[0].plain.markup)[0]
    decoding = (recipe.article_cut, recipe.cut, recipe.border, recipe.least_words)
    no_kinds = (np.zeros((4 * len(names), len(KINDS))), np.zeros(len(KINDS)))
    return _with_kinds(Model(tuple(networks), names, mean, spread, *no_kinds, *decoding, (1.0, 0.0)), pages)


def _with_kinds(model: Model, pages: Sequence[MarkedPage]) -> Model:
    """Return `model` able to tell the kinds of pages, learnt from `pages` and its own scores of their lines."""
    rows, kinds = [], []
    for page in pages:
        random = Random(f"kind {page.id}")
        # Learnt from English alone, it was right for one to six of ten pages in the disguise of Chinese.
        for rendered in (page.plain, vary(page, pages, random), disguised(page.plain, random)):
            scaled, words = scaled_features(model, rendered.lines, rendered.markup)
            scores = mean_scores([run_network(network, scaled, words) for network in model.networks])
            rows.append(page_features(scaled, words, scores.body.round(DECIMALS)))
            kinds.append([page.kind == kind for kind in KINDS])
    weights, bias = fit_kinds(np.stack(rows), np.array(kinds, float))
    return replace(model, kind_weights=weights, kind_bias=bias)


def _made(page: MarkedPage, pages: Sequence[MarkedPage], count: int, random: Random) -> list[_Part]:
    """Return `count` variations of `page`, in half the space."""
    parts = (_part(page, pages, random) for _ in range(count))
    return [replace(part, features=part.features.astype(np.float32)) for part in parts]


def _drawn(pages: Sequence[MarkedPage], made: Sequence[Sequence[_Part]], random: Random, at: int) -> _Part:
    """Return the page `at` to learn from: one of the variations that were made of it, or a new one."""
    return random.choice(made[at]) if made[at] else _part(pages[at], pages, random)


def _batches(
    epochs: int,
    count: int,
    mean: np.ndarray,
    spread: np.ndarray,
    random: np.random.Generator,
    draw: Callable[[int], _Part],
) -> Iterator[Batch]:
    for _ in range(epochs):
        order = random.permutation(count)
        for first in range(0, len(order), BATCH):
            parts = [draw(i) for i in order[first : first + BATCH]]
            table = np.concatenate([part.features for part in parts])
            scaled = np.clip((table - mean) / spread, -MAX_SCALED, MAX_SCALED).astype(np.float32)
            words, body, span = (
                np.concatenate([getattr(part, name) for part in parts]).astype(np.float32)
                for name in ("words", "body", "span")
            )
            yield Batch(scaled, words, body, span, Rows.of([len(part.words) for part in parts]))


def _part(page: MarkedPage, pages: Sequence[MarkedPage], random: Random) -> _Part:
    """Return `page`, varied, with its features; of a long one a part that is likely to hold a border of its body."""
    rendered = vary(page, pages, random)
    _, table, words = features(rendered.lines, rendered.markup)
    at = np.flatnonzero(rendered.is_body)
    span = np.zeros(len(words), dtype=bool)
    if len(at):
        span[at[0] : at[-1] + 1] = True
    most = len(words) - MAX_LINES
    first = 0
    if most > 0:
        low = min(max(0, int(at[0]) - MAX_LINES // 4), most) if len(at) else 0
        high = min(max(low, int(at[-1]) - 3 * MAX_LINES // 4), most) if len(at) else most
        first = random.randint(low, high)
    cut = slice(first, first + MAX_LINES)
    return _Part(table[cut], words[cut], rendered.is_body[cut], span[cut])


def out_of_fold(pages: Sequence[MarkedPage], fold: int, recipe: Recipe = TEXT) -> list[OutOfFold]:
    """Return the pages of `fold` with what a model that has seen none of their domains says of their renderings."""
    model = learn([page for page in pages if page.fold != fold], fold, recipe)
    found = []
    for page in pages:
        if page.fold == fold:
            plain, glued = (score_page(model, each.lines, each.markup) for each in (page.plain, page.glued))
            found.append(OutOfFold(page, plain, glued, model))
    print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    return found


def write_model(model: Model, out: Path) -> None:
    """Write `model` to `out` as `pipeline.body_model.read_model` reads it."""
    arrays = {
        f"{number}/{name}": weight.astype(np.float16)
        for number, network in enumerate(model.networks)
        for name, weight in network.items()
    }
    np.savez_compressed(
        out,
        allow_pickle=False,
        networks=np.array(len(model.networks)),
        names=np.array(model.names),
        mean=model.mean,
        spread=model.spread,
        kind_weights=model.kind_weights,
        kind_bias=model.kind_bias,
        decoding=np.array([model.article_cut, model.cut, model.border, model.least_words]),
        calibration=np.array(model.calibration),
        **arrays,
    )


def main() -> None:
    """Train, score, print, and write the model if asked."""
    parser = argparse.ArgumentParser(description="Train the model that finds a page's body, and score it.")
    parser.add_argument("--data", type=Path, required=True, help="folder of marked pages", metavar="WCXB")
    parser.add_argument("--carry", type=Path, help="folder of pages by others, to try it on", metavar="SCRAPINGHUB")
    parser.add_argument("--out", type=Path, help="write the model to FILE (.npz)", metavar="FILE")
    parser.add_argument("--folds", type=Path, help="write the folds' models to DIR/fold0.npz ...", metavar="DIR")
    parser.add_argument("--html", action="store_true", help="learn from the pages' HTML")
    parser.add_argument("--jobs", type=int, default=1, help="how many models are trained at once", metavar="N")
    options = parser.parse_args()
    found = read_html_pages(options.data) if options.html else read_pages(options.data)
    pages = [page for page in found if page.has_body_in_text]
    print(f"{len(pages)} of {len(found)} pages have their body in what is read", flush=True)
    recipe = MARKUP if options.html else TEXT
    with ProcessPoolExecutor(options.jobs) as pool:
        released = pool.submit(learn, [page for page in pages if not page.shares_host], FOLDS, recipe)
        folds = [pool.submit(out_of_fold, pages, fold, recipe) for fold in range(FOLDS)]
        scored = [page for fold in folds for page in fold.result()]
        model = released.result()
    text, calibration = card(scored)
    print(text, flush=True)
    model = replace(model, calibration=calibration)
    print(speed(model, pages[::SPEED_SAMPLE]))
    if options.carry:
        print(carried(model, options.carry, html=options.html))
    if options.folds:
        for scored_page in {s.page.fold: s for s in scored}.values():
            fold = replace(scored_page.model, calibration=calibration)
            write_model(fold, options.folds / f"fold{scored_page.page.fold}.npz")
    if options.out:
        write_model(model, options.out)


if __name__ == "__main__":
    main()
