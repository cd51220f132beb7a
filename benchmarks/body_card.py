"""What the body model's card says: scores out of fold, by kind of page and by rendering, and on pages of others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.body_pages import MarkedPage, Rendered, shingle_scores, word_f1
from pipeline.body.lines import body_lines
from pipeline.body.model import KINDS, Model, PageScores, Prediction, chosen_lines, predict_body
from pipeline.html.page import read_html

BINS = 10


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """A page and what a model that does not know it says of its plain and its glued rendering."""

    page: MarkedPage
    plain: PageScores
    glued: PageScores
    model: Model


def card(scored: Sequence[OutOfFold]) -> tuple[str, tuple[float, float]]:
    """Return the scores as Markdown, and the calibration that fits them."""
    plain = [word_f1(_kept(s.page.plain, s.plain, s.model), s.page.body) for s in scored]
    glued = [word_f1(_kept(s.page.glued, s.glued, s.model), s.page.body) for s in scored]
    rows = ["| pages | n | lines | ±se | glued | ±se |", "|---|--:|--:|--:|--:|--:|"]
    for kind in ("all", *KINDS):
        at = [i for i, s in enumerate(scored) if kind in ("all", s.page.kind)]
        rows.append(f"| {kind} | {len(at)} | {_mean([plain[i] for i in at])} | {_mean([glued[i] for i in at])} |")
    slope, shift = calibration = fit_calibration(scored)
    raw, fitted = calibration_error(scored, (1.0, 0.0)), calibration_error(scored, calibration)
    kinds = [KINDS[int(np.argmax(s.plain.kinds))] == s.page.kind for s in scored]
    rows += [
        "",
        f"Calibration: slope {slope:.3f}, shift {shift:.3f}; expected error {fitted:.4f} (before: {raw:.4f})",
        f"Kind of page right: {np.mean(kinds):.3f}; {_by_kind(scored)}",
    ]
    return "\n".join(rows), calibration


def _kept(rendered: Rendered, scores: PageScores, model: Model) -> str:
    chosen = chosen_lines(model, scores)
    return "\n".join(line for line, keep in zip(rendered.lines, chosen, strict=True) if keep)


def _mean(values: Sequence[float]) -> str:
    return f"{np.mean(values):.4f} | {np.std(values) / len(values) ** 0.5:.4f}"


def _by_kind(scored: Sequence[OutOfFold]) -> str:
    """Return the F1 of each kind of page."""
    hits: dict[str, int] = defaultdict(int)
    said: dict[str, int] = defaultdict(int)
    are: dict[str, int] = defaultdict(int)
    for s in scored:
        kind = KINDS[int(np.argmax(s.plain.kinds))]
        said[kind] += 1
        are[s.page.kind] += 1
        hits[kind] += kind == s.page.kind
    return "F1 " + ", ".join(f"{kind} {2 * hits[kind] / max(1, said[kind] + are[kind]):.2f}" for kind in KINDS)


def _lines(scored: Sequence[OutOfFold]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the log odds of all plain lines, and whether each is body."""
    likely = np.clip(np.concatenate([s.plain.body for s in scored]), 1e-6, 1 - 1e-6)
    return np.log(likely / (1 - likely)), np.concatenate([s.page.plain.is_body for s in scored])


def fit_calibration(scored: Sequence[OutOfFold]) -> tuple[float, float]:
    """Return slope and shift of the log odds that make scores the shares they claim to be (Newton's method)."""
    odds, is_body = _lines(scored)
    table = np.stack((odds, np.ones_like(odds)), axis=1)
    found = np.array([1.0, 0.0])
    for _ in range(20):
        likely = 1 / (1 + np.exp(-(table @ found)))
        found += np.linalg.solve((table * (likely * (1 - likely))[:, None]).T @ table, table.T @ (is_body - likely))
    return float(found[0]), float(found[1])


def calibration_error(scored: Sequence[OutOfFold], calibration: tuple[float, float]) -> float:
    """Return the mean distance, by line, of what scores claim from what is true, in `BINS` bins of equal width."""
    odds, is_body = _lines(scored)
    likely = 1 / (1 + np.exp(-(odds * calibration[0] + calibration[1])))
    bins = np.minimum((likely * BINS).astype(np.int64), BINS - 1)
    gaps = np.abs(np.bincount(bins, likely - is_body, minlength=BINS))
    return float(gaps.sum() / len(odds))


def speed(model: Model, pages: Sequence[MarkedPage]) -> str:
    """Return how fast `model` reads the plain text of `pages`, a second time: the first makes its tables."""
    predict_body(pages[0].plain.lines, model, pages[0].plain.markup)
    size = sum(len(line.encode()) + 1 for page in pages for line in page.plain.lines)
    start = perf_counter()
    for page in pages:
        predict_body(page.plain.lines, model, page.plain.markup)
    seconds = perf_counter() - start
    return f"{len(pages)} pages, {size / 1e6:.1f} MB of text in {seconds:.1f} s: {size / 1e6 / seconds:.1f} MB/s"


def carried(model: Model, folder: Path, *, html: bool = False) -> str:
    """Return how `model` does on the pages of others in `folder`, as scrapinghub's benchmark measures."""
    table: dict[str, list[Any]] = pq.read_table(folder / "pages.parquet").to_pydict()
    said = []
    for name in ("html",) if html else ("text", "text_glued"):
        kept = [(body_of_html if html else body_of_text)(page, model) for page in table[name]]
        f1, precision, recall = shingle_scores(kept, table["article_body"])
        said.append(f"{name}: F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}")
    return f"{len(table['text'])} pages of others: {'; '.join(said)}"


def body_of_text(text: str, model: Model) -> str:
    """Return the lines of `text` that `model` keeps."""
    lines = [line for line in text.split("\n") if line.strip()]
    return _chosen(lines, predict_body(lines, model))


def body_of_html(html: str, model: Model) -> str:
    """Return the lines of the page `html`, as it is rendered, that `model`, one for markup, keeps."""
    page = read_html(html)
    lines = body_lines(page.raw, page.markup)
    return _chosen(lines, predict_body(lines, model, page.markup))


def _chosen(lines: Sequence[str], predicted: Prediction) -> str:
    return "\n".join(line for line, keep in zip(lines, predicted.is_body, strict=True) if keep)
