"""The shipped model: which lines of a page are its body, how sure that is, and what kind of page it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from pipeline.body.cohesion import cohesion_features
from pipeline.body.features import line_features, read_page
from pipeline.body.kind import kind_shares, page_features
from pipeline.body.marks import mark_features
from pipeline.body.markup_features import markup_features
from pipeline.body.network import mean_scores, run_network, sigmoid
from pipeline.body.page_layers import Weights, one_thread
from pipeline.body.place import place_features
from pipeline.body.runs import SURE, body_runs
from pipeline.html.markup import Markup

KINDS = ("article", "forum", "product", "collection", "listing", "documentation", "service")
"""Page types, as WCXB names them."""

MAX_SCALED = 4.0
"""Standard deviations from the mean beyond which a feature says no more."""
DECIMALS = 3
"""Of a score; machines agree on far more."""

ARTICLE_CUT = 0.55
"""Calibrated score below which no line speaks for being body, on a page that is an article for sure.

A doubtful line there is another article's oftener.
"""
CUT = 0.3
"""The same on a page that is none for sure."""
BORDER = 1.5
"""What each change between body and furniture costs; see `body_runs`."""
LEAST_WORDS = 10
"""Words that a body has at least; with fewer a page has none."""


@dataclass(frozen=True, slots=True)
class Model:
    """Networks whose scores are averaged, how features are scaled, and what scores are worth."""

    networks: tuple[Weights, ...]
    names: tuple[str, ...]
    """Of the features, in order."""
    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    kind_weights: NDArray[np.float64]
    kind_bias: NDArray[np.float64]
    calibration: tuple[float, float]
    """Slope and shift of the log odds that make a score the share of lines like it that are body."""


@dataclass(frozen=True, slots=True)
class PageScores:
    """What the networks say of a page: how likely each line is body, its words, how likely each of `KINDS` is."""

    body: NDArray[np.float64]
    words: NDArray[np.float64]
    kinds: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says of a page: for each line whether it is body and with what score, and the page's kind."""

    is_body: tuple[bool, ...]
    scores: tuple[float, ...]
    kind: str
    kind_score: float


@cache
def shipped_model(*, with_markup: bool = False) -> Model:
    """Return the model of this package for text, or for text with markup; raises FileNotFoundError if it is missing."""
    name = "body_markup.npz" if with_markup else "body.npz"
    return read_model(files("pipeline").joinpath("models", name).read_bytes())


def read_model(data: bytes) -> Model:
    """Return the model that `data`, an archive of arrays as `benchmarks.train_body` writes it, holds."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    wide = {name: array.astype(np.float64) for name, array in arrays.items() if array.dtype.kind == "f"}
    count = int(arrays["networks"])
    prefixes = [f"{number}/" for number in range(count)]
    networks = tuple(
        {name.removeprefix(p): a.astype(np.float32) for name, a in wide.items() if name.startswith(p)} for p in prefixes
    )
    names = tuple(str(name) for name in arrays["names"])
    slope, shift = (float(value) for value in wide["calibration"])
    mean, spread = (arrays[name].astype(np.float32) for name in ("mean", "spread"))
    kinds = (wide["kind_weights"], wide["kind_bias"])
    return Model(networks, names, mean, spread, *kinds, (slope, shift))


def features(
    lines: Sequence[str], markup: Markup | None = None
) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float64]]:
    """Return the names of all features, a row of them for each line, and the words of each line.

    No line may be blank or hold a newline, and there must be at least one; `markup`, which adds features of its own,
    must have as many lines. Else raises ValueError.
    """
    if markup is not None and len(markup.lines) != len(lines):
        raise ValueError(f"markup of {len(markup.lines)} lines does not fit {len(lines)} lines")
    if not lines or any("\n" in line or not line for line in lines):
        raise ValueError("a page needs lines, and none of them blank or with a newline in it")
    page = read_page("\n".join(lines))
    columns = line_features(page)
    columns |= place_features(page.width, columns)
    columns |= mark_features(page.width, columns) | cohesion_features(page.told, page.told_lines, page.width)
    if markup is not None:
        columns |= markup_features(markup, lines, page.width)
    # Columns stay together in memory: they come and are scaled one by one.
    table = np.array(list(columns.values()), dtype=np.float32).T
    return tuple(columns), table, page.word_counts.astype(np.float64)


def scaled_features(model: Model, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return `table`, as `features` returns it, as the networks of `model` want it."""
    scaled = table - model.mean
    # In place: on a long page the time goes into making room, not into counting.
    scaled /= model.spread
    return np.clip(scaled, -MAX_SCALED, MAX_SCALED, out=scaled)


def score_page(model: Model, lines: Sequence[str], markup: Markup | None = None) -> PageScores:
    """Return what `model` says of `lines`, at least one and none of them blank; raises as `features` does."""
    _, table, words = features(lines, markup)
    scaled = scaled_features(model, table)
    with one_thread():
        scores = [run_network(network, scaled, words) for network in model.networks]
    body = mean_scores(scores).body.round(DECIMALS)
    kinds = kind_shares(page_features(scaled, words, body), model.kind_weights, model.kind_bias)
    return PageScores(body, words, kinds)


def chosen_lines(model: Model, scores: PageScores) -> NDArray[np.bool_]:
    """Return which lines are body by their `scores`."""
    return chosen_by_odds(model, calibrated_odds(model, scores.body), scores)


def calibrated_odds(model: Model, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log odds of `scores` such that of lines with the same odds that share is body."""
    slope, shift = model.calibration
    likely = np.clip(scores, SURE, 1 - SURE)
    odds: NDArray[np.float64] = slope * np.log(likely / (1 - likely)) + shift
    return odds


def chosen_by_odds(model: Model, odds: NDArray[np.float64], scores: PageScores) -> NDArray[np.bool_]:
    """Return which lines are body by their calibrated `odds` and what else spoke for or against them.

    Of the `scores` of their page its words count, and how likely it is an article.
    """
    likely, words = sigmoid(odds), scores.words
    slope, _ = model.calibration
    article = float(scores.kinds[KINDS.index("article")])
    cut = max(CUT + article * (ARTICLE_CUT - CUT), _best_cut(likely, words))
    chosen = body_runs(likely, words, cut=cut, border=slope * BORDER)
    return chosen if words[chosen].sum() >= LEAST_WORDS else np.zeros_like(chosen)


def _best_cut(likely: NDArray[np.float64], words: NDArray[np.float64]) -> float:
    """Return the score from which lines are worth keeping: half the F1 by word that the page can be expected to reach.

    A page whose lines are told apart for sure needs more than a doubt to keep one; of a page that is all doubt, more
    has to be kept. (Lipton, Elkan, Naryanaswamy: Optimal Thresholding of Classifiers to Maximize F1 Measure, 2014.)
    """
    surest = np.argsort(-likely, kind="stable")
    right = np.cumsum((likely * words)[surest])
    both = np.cumsum(words[surest]) + right[-1]
    return float((right / np.maximum(both, 1e-9)).max())


def predict_body(lines: Sequence[str], model: Model | None = None, markup: Markup | None = None) -> Prediction:
    """Return which of `lines`, the lines or paragraphs of a page in order, are its body; without lines, nothing.

    Raises as `features` does; the model is the shipped one for what there is unless another is given.
    """
    if not lines:
        return Prediction((), (), KINDS[0], 0.0)
    model = model or shipped_model(with_markup=markup is not None)
    scores = score_page(model, lines, markup)
    calibrated = sigmoid(calibrated_odds(model, scores.body)).round(DECIMALS)
    best = int(np.argmax(scores.kinds))
    kind_score = round(float(scores.kinds[best]), DECIMALS)
    return Prediction(tuple(chosen_lines(model, scores).tolist()), tuple(calibrated.tolist()), KINDS[best], kind_score)
