"""Training: what is made of pages before, and that the same pages give the same model."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.body_pages import MarkedPage, Rendered
from benchmarks.train_body import MAX_LINES, TEXT, learn, made_before
from pipeline.body.model import features, predict_body

SAID = "The river rose again on {day}, and the people of the {n}th house by the mill carried their chairs upstairs."
DAYS = ("Monday", "Tuesday", "Friday")
KINDS = ("article", "forum", "product", "article")


@pytest.fixture(scope="module")
def pages() -> list[MarkedPage]:
    return [_page(number, kind) for number, kind in enumerate(KINDS * 3)]


def _page(number: int, kind: str) -> MarkedPage:
    body = tuple(SAID.format(day=day, n=number) for day in DAYS)
    lines = ("Home", "News", f"House {number}", *body, "Share", "Read more", f"© 20{number:02}")
    rendered = Rendered(lines, np.array([line in body for line in lines]))
    domain = f"{number}.example"
    return MarkedPage(str(number), domain, kind, "\n".join(body), rendered, rendered, number % 4 == 0, True)


def test_the_same_pages_give_the_same_model(pages: list[MarkedPage]) -> None:
    recipe = replace(TEXT, width=8, epochs=2)
    made = made_before(pages, recipe)
    model, again = (learn(pages, made, 1, recipe) for _ in range(2))
    lines = pages[0].plain.lines
    assert model.names == features(lines)[0] and len(model.networks) == recipe.networks
    assert predict_body(lines, model) == predict_body(lines, again)
    assert learn(pages, made, 2, recipe).networks[0]["in"].tolist() != model.networks[0]["in"].tolist()


def test_what_may_not_be_released_lends_no_furniture(pages: list[MarkedPage]) -> None:
    one = [page for page in pages if not page.shares_host]
    alone, among = (made_before(some, TEXT) for some in (one, pages))
    for page in one:
        for part, other in zip(alone[page.id].varied, among[page.id].varied, strict=True):
            assert part.features.tolist() == other.features.tolist()


def test_of_a_long_page_a_part_with_a_border_is_learnt_from(pages: list[MarkedPage]) -> None:
    head = Rendered(tuple(f"Row {n}" for n in range(2 * MAX_LINES)), np.zeros(2 * MAX_LINES, dtype=bool))
    long = head.joined(pages[0].plain)
    page = replace(pages[0], plain=long, glued=long)
    made = made_before([page], TEXT)[page.id]
    assert len(made.plain.words) == len(long.lines)
    assert all(len(part.words) <= MAX_LINES and part.body.any() for part in made.varied)
    assert all((part.span >= part.body).all() for part in (made.plain, *made.varied))
