"""Which features carry the body model: its scores when one group of them is silenced, in domain and out of it.

`python -m benchmarks.body_ablation --data WCXB --folds DIR [--html] [--every N] [--save]`; folders as in
`benchmarks.body_plan`. With `--html` it is the model for text with markup, and there are no pages out of domain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.body_folds import fold_models, options_of, scored_pages
from benchmarks.body_html import read_html_pages
from benchmarks.body_languages import body_f1, pages, sites
from benchmarks.body_pages import MarkedPage, word_f1
from benchmarks.record import keep, render
from pipeline.body.cohesion import cohesion_features
from pipeline.body.features import GROUPS, line_features, read_page
from pipeline.body.marks import mark_features
from pipeline.body.model import Model, predict_body, shipped_model

NOTES = """\
Word F1 on WCXB ({count} pages, each by a model that does not know its site){abroad}. A silenced feature has its mean on
every line; the models were not trained again without it, so that the losses tell what the shipped model leans on, not
what it could do without. `cohesion` is how its words tie a line to the rest of the page, `marks` how far labels, dates
and long lines are, `place` where a line stands and what the page is like as a whole; neighbours are seen by the network
itself.
"""
ABROAD = """ and F1 by character on the fifty pages of
`benchmarks.body_languages`, in ten languages that no model has seen"""

OF_MARKUP = {
    "class names": ("name_", "named"),
    "elements": ("own_", "in_", "near_", "nested_", "depth", "hidden", "timed"),
    "what the page states": ("stated_", "has_stated_"),
    "tree": ("",),
}
"""How the names of the features of markup begin, by group; a name belongs to the first that it fits."""

Measure = Callable[[frozenset[str]], float]
"""A score without the features of these names."""


def groups(names: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the names of the features of each group, those of none of the others as `place`."""
    page = read_page("A line.\\nAnother.")
    found = {group: frozenset(count(page)) for group, count in GROUPS.items()}
    found["cohesion"] = frozenset(cohesion_features(page.told, page.told_lines, page.width))
    found["marks"] = frozenset(mark_features(page.width, line_features(page)))
    of_markup = [name for name in names if name.startswith("markup_")]
    found["place"] = frozenset(names).difference(of_markup, *found.values())
    for group, starts in OF_MARKUP.items():
        fitting = frozenset(name for name in of_markup if name.removeprefix("markup_").startswith(starts))
        found[group] = fitting.difference(*found.values())
    return {group: of_group for group, of_group in found.items() if of_group}


def silenced(model: Model, names: frozenset[str]) -> Model:
    """Return `model` deaf to the features `names`."""
    heard = np.array([name not in names for name in model.names], dtype=np.float64)[:, None]
    # The kind of page stays known: whether the features tell it is another question.
    return replace(model, networks=tuple({**weights, "in": weights["in"] * heard} for weights in model.networks))


def in_domain(marked: Sequence[MarkedPage], models: Mapping[int, Model]) -> float:
    """Return the mean word F1 of `marked`, each by the model of its fold."""
    scores = []
    for page in marked:
        kept = predict_body(page.plain.lines, models[page.fold], page.plain.markup).is_body
        chosen = (line for line, keep in zip(page.plain.lines, kept, strict=True) if keep)
        scores.append(word_f1("\n".join(chosen), page.body))
    return float(np.mean(scores))


def out_of_domain(model: Model) -> float:
    """Return the mean F1 of the pages in ten languages."""
    found = [page for language in sites() for page in pages(language)]
    return float(np.mean([body_f1(page, predict_body(page.lines, model).is_body) for page in found]))


def table(names: Sequence[str], measures: Mapping[str, Measure]) -> str:
    """Return what each of `measures` loses by silencing each group of the features `names`, as Markdown."""
    whole = {what: measure(frozenset()) for what, measure in measures.items()}
    rows = [f"| silenced | features | {' | '.join(measures)} |", f"|---|--:|{'--:|' * len(measures)}"]
    rows.append(f"| nothing | {len(names)} | {' | '.join(f'{score:.4f}' for score in whole.values())} |")
    for group, of_group in groups(names).items():
        lost = (f"{measure(of_group) - whole[what]:+.4f}" for what, measure in measures.items())
        rows.append(f"| {group} | {len(of_group)} | {' | '.join(lost)} |")
        print(rows[-1], flush=True)
    return "\n".join(rows)


def main() -> None:
    """Silence, score, print and, if asked, save."""
    parser = options_of("Say which features carry the body model.", "body_ablation")
    parser.add_argument("--html", action="store_true", help="of pages in HTML; the page is body_ablation_html.md")
    options = parser.parse_args()
    models, shipped = fold_models(options.folds), shipped_model(with_markup=options.html)
    if options.html:
        marked = [page for page in read_html_pages(options.data) if page.has_body_in_text][:: options.every]
    else:
        marked = scored_pages(options.data, options.every)

    def at_home(names: frozenset[str]) -> float:
        return in_domain(marked, {fold: silenced(model, names) for fold, model in models.items()})

    def abroad(names: frozenset[str]) -> float:
        return out_of_domain(silenced(shipped, names))

    measures = {"WCXB": at_home} | ({} if options.html else {"ten languages": abroad})
    notes = NOTES.format(count=len(marked), abroad="" if options.html else ABROAD)
    name = "body_ablation_html" if options.html else "body_ablation"
    title = "What the body model leans on" + (" in HTML" if options.html else "")
    command = f"body_ablation{' --html' if options.html else ''}"
    page = render(command, title, f"{table(shipped.names, measures)}\n\n{notes}")
    print(page, end="")
    if options.save:
        keep(name, page)


if __name__ == "__main__":
    main()
