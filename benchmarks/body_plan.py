"""What the product keeps of pages of sites it has not seen: rules alone, and rules and model as the plan has them.

`python -m benchmarks.body_plan --data WCXB --folds DIR [--every N] [--save]`

WCXB is a folder as `benchmarks/body_pages.py` describes, DIR what `python -m benchmarks.train_body --folds DIR` has
written: for each fold of sites a model that knows none of them. Every page goes through the whole plan once with that
model and once without it; what is scored is the text of the corpus.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from benchmarks.body_card import BINS
from benchmarks.body_folds import fold_models, options_of, scored_pages
from benchmarks.body_pages import MarkedPage, word_f1
from benchmarks.record import keep, render
from pipeline.assemble import assemble
from pipeline.body.model import KINDS, Model
from pipeline.document import Document, Segment
from pipeline.plan import Stage, full_plan
from pipeline.settings import Settings
from pipeline.stages.weigh_body import weigh_body

NOTES = """\
Word F1, mean over pages; the rows are WCXB's kinds of page (Murrough Foley, "WCXB: A Multi-Type Web Content Extraction
Benchmark", 2026, CC BY 4.0; pages of its test split and pages whose text lacks their body are left out). The text is
the one line a block that `benchmarks/body_pages.py` describes, without markup. No model has seen a page of the domains
it is scored on; the rules have seen none of them. `rules`: the plan without the body model. Calibration: of the
segments whose keeping that model decided, the mean distance between the score and the share that are rightly kept or
left out, in ten bins.
"""


@dataclass(frozen=True, slots=True)
class Scored:
    """A page, its word F1 by rules alone and with the model, and for each segment the model decided: score, right."""

    kind: str
    told: str
    """Kind of page that the product says it is."""
    rules: float
    product: float
    decided: tuple[tuple[float, bool], ...]


def score(pages: Sequence[MarkedPage], models: Mapping[int, Model]) -> Iterator[Scored]:
    """Yield each of `pages` scored, by the model of its fold."""
    plan = full_plan(Settings())
    names = list(plan)
    here = names.index("weigh_body")
    for page in pages:
        doc = Document.from_raw("\n".join(page.plain.lines))
        doc = _run(doc, [plan[name] for name in names[:here]])
        rest = [plan[name] for name in names[here + 1 :]]
        product = _run(weigh_body(doc, model=models[page.fold]), rest)
        yield Scored(
            page.kind,
            product.page_type,
            word_f1(assemble(_run(doc, rest).segments)[0], page.body),
            word_f1(assemble(product.segments)[0], page.body),
            tuple(_decided(product.segments, page)),
        )


def _run(doc: Document, stages: Sequence[Stage]) -> Document:
    for stage in stages:
        doc = stage(doc)
    return doc


def _decided(segments: Sequence[Segment], page: MarkedPage) -> Iterator[tuple[float, bool]]:
    """Yield score and whether it is right for each segment on which there is a verdict that its score repeats."""
    starts = list(accumulate((len(line) + 1 for line in page.plain.lines), initial=0))
    for segment in segments:
        verdict = segment.verdict
        if verdict is None or segment.keep != verdict.is_body:
            continue
        line = int(np.searchsorted(starts, segment.start, side="right")) - 1
        likely = segment.score if segment.keep else 1 - segment.score
        if round(likely - verdict.score, 3) == 0:
            yield segment.score, bool(page.plain.is_body[line]) == segment.keep


def table(scored: Sequence[Scored]) -> str:
    """Return the scores as Markdown."""
    rows = ["| pages | n | rules | ±se | product | ±se |", "|---|--:|--:|--:|--:|--:|"]
    for kind in ("all", *KINDS):
        chosen = [s for s in scored if kind in ("all", s.kind)]
        cells = (_mean([s.rules for s in chosen]), _mean([s.product for s in chosen]))
        rows.append(f"| {kind} | {len(chosen)} | {' | '.join(cells)} |")
    decided = [pair for s in scored for pair in s.decided]
    said, right = [likely for likely, _ in decided], [is_right for _, is_right in decided]
    kinds = np.mean([s.told == s.kind for s in scored])
    rows += [
        "",
        f"Calibration: expected error {expected_error(said, right):.4f} over {len(said)} segments.",
        f"Kind of page right: {kinds:.3f}.",
    ]
    return "\n".join(rows)


def expected_error(said: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean distance of scores from the shares that are right, in `BINS` bins of equal width; 0 for none.

    >>> expected_error([0.75, 0.75, 0.75, 0.75], [True, True, True, False])
    0.0
    """
    if not said:
        return 0.0
    bins = np.minimum((np.array(said) * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(bins, np.array(said) - np.array(right), minlength=BINS)
    return float(np.abs(gaps).sum() / len(said))


def _mean(values: Sequence[float]) -> str:
    if not values:
        return "- | -"
    return f"{np.mean(values):.4f} | {np.std(values) / len(values) ** 0.5:.4f}"


def main() -> None:
    """Score, print and, if asked, save."""
    options = options_of("Score what the product keeps of pages of sites it has not seen.", "body_plan").parse_args()
    models = fold_models(options.folds)
    pages = scored_pages(options.data, options.every)
    text = f"{table(list(score(pages, models)))}\n\n{NOTES}"
    page = render("body_plan", "What the product keeps of unseen sites", text)
    print(page, end="")
    if options.save:
        keep("body_plan", page)


if __name__ == "__main__":
    main()
