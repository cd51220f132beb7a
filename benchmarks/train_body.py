"""Train the model that finds a page's body, from scratch, and say how well it does.

`python -m benchmarks.train_body --data WCXB [--html] [--carry SCRAPINGHUB] [--out FILE] [--folds DIR]`

WCXB is a folder as `benchmarks/body_pages.py` describes; SCRAPINGHUB one with `pages.parquet` (`article_body`, `text`,
`text_glued`, `html`), pages of others that the finished model is tried on and never learns from. With `--html` the
pages are read from their HTML, and the model is the one for text with markup. It needs numpy and the package alone, an
hour at most on one core (7 GB of memory with `--html`), and gives the same weights again on the same machine.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import environ
from pathlib import Path
from random import Random

# One thread: more of them make small products slower, and sums in another order. Read when numpy is imported.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from benchmarks.body_card import OutOfFold, card, carried, speed
from benchmarks.body_html import read_html_pages
from benchmarks.body_kinds import fit_kinds
from benchmarks.body_pages import FOLDS, MarkedPage, Rendered, read_pages
from benchmarks.body_training import Batch, Dropped, first_weights, train
from benchmarks.body_variations import disguised, vary
from benchmarks.tape import Rows
from pipeline.body.kind import page_features
from pipeline.body.model import DECIMALS, KINDS, MAX_SCALED, Model, features, scaled_features, score_page
from pipeline.body.network import mean_scores, run_network

BATCH = 8
MAX_LINES = 900
"""Lines of a page learnt from at once; of longer ones a part, near the body."""
SPEED_SAMPLE = 10
SAMPLE = 3
"""Every such page tells how features are scaled."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is made."""

    width: int
    """Of a network, in channels."""
    epochs: int
    networks: int
    """Networks whose scores are averaged."""
    dropped: Dropped


TEXT = Recipe(
    width=40,
    epochs=9,
    networks=1,
    dropped=Dropped(within=0.2, features=0.1),
)
# Names are of a site: more must be done without.
MARKUP = Recipe(
    width=48,
    epochs=6,
    networks=4,
    dropped=Dropped(within=0.25, features=0.15),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A page, or a part of it, to learn from."""

    features: np.ndarray
    words: np.ndarray
    body: np.ndarray
    span: np.ndarray
    """Whether a line stands between the first and the last of the body, or is one of them."""

    def lines(self, first: int, count: int) -> "_Part":
        here = slice(first, first + count)
        return _Part(self.features[here], self.words[here], self.body[here], self.span[here])


@dataclass(frozen=True, slots=True)
class Made:
    """What all models learn from of a page: to count its features anew for each would take longer than learning."""

    plain: _Part
    disguised: _Part
    varied: tuple[_Part, ...]
    """One for each epoch."""


def made_before(pages: Sequence[MarkedPage], recipe: Recipe) -> dict[str, Made]:
    """Return what is learnt from each of `pages`, by its id.

    Furniture comes from pages that the same models learn from: of the same fold, and as free to be released.
    """
    mates = defaultdict(list)
    for page in pages:
        mates[page.fold, page.shares_host].append(page)
    made = {}
    for page in pages:
        random, others = Random(page.id), mates[page.fold, page.shares_host]
        parts = (_part(vary(page, others, random)) for _ in range(recipe.epochs))
        varied = tuple(_bordering(part, random) for part in parts)
        made[page.id] = Made(_part(page.plain), _part(disguised(page.plain, random)), varied)
    return made


def learn(pages: Sequence[MarkedPage], all_made: Mapping[str, Made], seed: int, recipe: Recipe) -> Model:
    """Return a model learnt from what was made of `pages` before."""
    made = [all_made[page.id] for page in pages]
    table = np.concatenate([each.plain.features for each in made[::SAMPLE]], dtype=np.float64)
    mean, spread = table.mean(axis=0).astype(np.float32), (table.std(axis=0) + 0.05).astype(np.float32)
    steps = recipe.epochs * -(-len(pages) // BATCH)
    networks = []
    for number in range(recipe.networks):
        random = np.random.default_rng((seed, number))
        weights = first_weights(table.shape[1], recipe.width, random)
        batches = _batches([each.varied for each in made], mean, spread, random)
        found = train(batches, steps, weights, random, recipe.dropped)
        # As they will be stored, so that what is scored is what is shipped.
        networks.append({name: weight.astype(np.float16).astype(np.float32) for name, weight in found.items()})
    names = features(pages[0].plain.lines, pages[0].plain.markup)[0]
    no_kinds = (np.zeros((4 * len(names), len(KINDS))), np.zeros(len(KINDS)))
    model = Model(tuple(networks), names, mean, spread, *no_kinds, (1.0, 0.0))
    return _with_kinds(model, [page.kind for page in pages], made)


def _with_kinds(model: Model, told: Sequence[str], made: Sequence[Made]) -> Model:
    """Return `model` able to tell the kinds of pages, which it is `told`, by their features and its own scores."""
    rows, kinds = [], []
    for kind, each in zip(told, made, strict=True):
        # Learnt from English alone, it was right for one to six of ten pages in the disguise of Chinese.
        for part in (each.plain, each.varied[0], each.disguised):
            scaled = scaled_features(model, part.features)
            scores = mean_scores([run_network(network, scaled, part.words) for network in model.networks])
            rows.append(page_features(scaled, part.words, scores.body.round(DECIMALS)))
            kinds.append([kind == other for other in KINDS])
    weights, bias = fit_kinds(np.stack(rows), np.array(kinds, float))
    return replace(model, kind_weights=weights, kind_bias=bias)


def _batches(
    varied: Sequence[Sequence[_Part]], mean: np.ndarray, spread: np.ndarray, random: np.random.Generator
) -> Iterator[Batch]:
    for epoch in zip(*varied, strict=True):
        order = random.permutation(len(epoch))
        for first in range(0, len(order), BATCH):
            parts = [epoch[i] for i in order[first : first + BATCH]]
            table = np.concatenate([part.features for part in parts])
            scaled = np.clip((table - mean) / spread, -MAX_SCALED, MAX_SCALED)
            words, body, span = (
                np.concatenate([getattr(part, name) for part in parts], dtype=np.float32)
                for name in ("words", "body", "span")
            )
            yield Batch(scaled, words, body, span, Rows.of([len(part.words) for part in parts]))


def _part(rendered: Rendered) -> _Part:
    _, table, words = features(rendered.lines, rendered.markup)
    body = rendered.is_body
    span = np.logical_or.accumulate(body) & np.logical_or.accumulate(body[::-1])[::-1]
    return _Part(table, words, body, span)


def _bordering(part: _Part, random: Random) -> _Part:
    """Return of a long page a part that is likely to hold a border of its body."""
    most = len(part.words) - MAX_LINES
    if most <= 0:
        return part
    at = np.flatnonzero(part.body)
    low = min(max(0, int(at[0]) - MAX_LINES // 4), most) if len(at) else 0
    high = min(max(low, int(at[-1]) - 3 * MAX_LINES // 4), most) if len(at) else most
    return part.lines(random.randint(low, high), MAX_LINES)


def out_of_fold(pages: Sequence[MarkedPage], made: Mapping[str, Made], fold: int, recipe: Recipe) -> list[OutOfFold]:
    """Return the pages of `fold` with what a model that has seen none of their domains says of their renderings."""
    model = learn([page for page in pages if page.fold != fold], made, fold, recipe)
    found = []
    for page in pages:
        if page.fold == fold:
            plain, glued = (score_page(model, each.lines, each.markup) for each in (page.plain, page.glued))
            found.append(OutOfFold(page, plain, glued, model))
    print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    return found


def write_model(model: Model, out: Path) -> None:
    """Write `model` to `out` as `pipeline.body.model.read_model` reads it."""
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
    options = parser.parse_args()
    if options.folds:
        options.folds.mkdir(parents=True, exist_ok=True)  # now, not after an hour
    found = read_html_pages(options.data) if options.html else read_pages(options.data)
    pages = [page for page in found if page.has_body_in_text]
    print(f"{len(pages)} of {len(found)} pages have their body in what is read", flush=True)
    recipe = MARKUP if options.html else TEXT
    made = made_before(pages, recipe)
    scored = [page for fold in range(FOLDS) for page in out_of_fold(pages, made, fold, recipe)]
    text, calibration = card(scored)
    print(text, flush=True)
    model = learn([page for page in pages if not page.shares_host], made, FOLDS, recipe)
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
