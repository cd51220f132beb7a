"""Which features carry the body model: its scores when one group of them is silenced, in domain and out of it.

`python -m benchmarks.body_ablation --data WCXB --folds DIR [--every N] [--save]`; folders as in `benchmarks.body_plan`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.body_folds import fold_models, read_options, scored_pages
from benchmarks.body_languages import body_f1, pages, sites
from benchmarks.body_pages import MarkedPage, word_f1
from benchmarks.record import keep, render
from pipeline.body_cohesion import cohesion_features
from pipeline.body_features import GROUPS, line_features, read_page
from pipeline.body_marks import mark_features
from pipeline.body_model import Model, predict_body, shipped_model

NOTES = """\
Word F1 on WCXB ({count} pages, each by a model that does not know its site) and F1 by character on the fifty pages of
`benchmarks.body_languages`, in ten languages that no model has seen. A silenced feature has its mean on every line; the
models were not trained again without it, so that the losses tell what the shipped model leans on, not what it could do
without. `cohesion` is how its words tie a line to the rest of the page, `marks` how far labels, dates and long lines
are, `place` where a line stands and what the page is like as a whole; neighbours are seen by the network itself.
"""


def groups(names: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the names of the features of each group, those of none of the others as `place`."""
    page = read_page("A line.\\nAnother.")
    found = {group: frozenset(count(page)) for group, count in GROUPS.items()}
    found["cohesion"] = frozenset(cohesion_features(page.told, page.told_lines, page.width))
    found["marks"] = frozenset(mark_features(page.width, line_features(page)))
    return found | {"place": frozenset(names).difference(*found.values())}


def silenced(model: Model, names: frozenset[str]) -> Model:
    """Return `model` deaf to the features `names`."""
    heard = np.array([name not in names for name in model.names], dtype=np.float64)[:, None]
    # The kind of page stays known: whether the features tell it is another question.
    return replace(model, networks=tuple({**weights, "in": weights["in"] * heard} for weights in model.networks))


def in_domain(marked: Sequence[MarkedPage], models: Mapping[int, Model]) -> float:
    """Return the mean word F1 of `marked`, each by the model of its fold."""
    scores = []
    for page in marked:
        kept = predict_body(page.plain.lines, models[page.fold]).is_body
        chosen = (line for line, keep in zip(page.plain.lines, kept, strict=True) if keep)
        scores.append(word_f1("\n".join(chosen), page.body))
    return float(np.mean(scores))


def out_of_domain(model: Model) -> float:
    """Return the mean F1 of the pages in ten languages."""
    found = [page for language in sites() for page in pages(language)]
    return float(np.mean([body_f1(page, predict_body(page.lines, model).is_body) for page in found]))


def table(marked: Sequence[MarkedPage], models: Mapping[int, Model]) -> str:
    """Return what is lost by silencing each group, as Markdown."""
    shipped = shipped_model()
    whole = in_domain(marked, models), out_of_domain(shipped)
    rows = ["| silenced | features | WCXB | ten languages |", "|---|--:|--:|--:|"]
    rows.append(f"| nothing | {len(shipped.names)} | {whole[0]:.4f} | {whole[1]:.4f} |")
    for group, names in groups(shipped.names).items():
        at_home = in_domain(marked, {fold: silenced(model, names) for fold, model in models.items()})
        abroad = out_of_domain(silenced(shipped, names))
        rows.append(f"| {group} | {len(names)} | {at_home - whole[0]:+.4f} | {abroad - whole[1]:+.4f} |")
    return "\n".join(rows)


def main() -> None:
    """Silence, score, print and, if asked, save."""
    options = read_options("Say which features carry the body model.", "body_ablation")
    models = fold_models(options.folds)
    marked = scored_pages(options.data, options.every)
    text = f"{table(marked, models)}\n\n{NOTES.format(count=len(marked))}"
    page = render("body_ablation", "What the body model leans on", text)
    print(page, end="")
    if options.save:
        keep("body_ablation", page)


if __name__ == "__main__":
    main()
