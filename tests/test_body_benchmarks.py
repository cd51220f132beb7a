"""The benchmarks of the body: that they score what they say, on pages small enough to follow."""

import doctest

import numpy as np
import pytest

import benchmarks.extraction_peers
from benchmarks.body_ablation import groups, silenced
from benchmarks.body_languages import pages
from benchmarks.body_pages import FOLDS, MarkedPage, Rendered, has_body_in_text
from benchmarks.body_plan import expected_error, score, table
from benchmarks.extraction_peers import longest_run
from pipeline.body.model import predict_body, shipped_model


@pytest.fixture(scope="module")
def marked() -> MarkedPage:
    page = list(pages("de"))[4]
    is_body = np.array([line in page.body for line in page.lines])
    rendered = Rendered(tuple(page.lines), is_body)
    return MarkedPage("page", "example.org", "article", "\n".join(page.body), rendered, rendered, False, True)


def test_the_plan_is_scored_with_and_without_the_model(marked: MarkedPage) -> None:
    scored = list(score([marked], dict.fromkeys(range(FOLDS), shipped_model())))
    assert scored[0].product >= scored[0].rules > 0.5
    assert all(0 <= likely <= 1 for likely, _ in scored[0].decided)
    assert "| article | 1 |" in table(scored) and "| forum | 0 | - |" in table(scored)


def test_a_score_that_claims_too_much_is_an_error() -> None:
    assert expected_error([0.75] * 4, [True, True, True, False]) == 0
    assert expected_error([0.95] * 4, [False] * 4) == pytest.approx(0.95)
    assert expected_error([], []) == 0


def test_a_silenced_model_hears_nothing_else(marked: MarkedPage) -> None:
    model = shipped_model()
    named = groups(model.names)
    assert sum(map(len, named.values())) == len(model.names) == len(frozenset().union(*named.values()))
    lines = marked.plain.lines
    deaf = predict_body(lines, silenced(model, frozenset(model.names)))
    assert deaf.scores == predict_body([line[::-1] for line in lines], silenced(model, frozenset(model.names))).scores
    assert predict_body(lines, silenced(model, frozenset())).scores == predict_body(lines, model).scores


def test_every_feature_of_html_is_of_one_group() -> None:
    names = shipped_model(with_markup=True).names
    named = groups(names)
    assert sum(map(len, named.values())) == len(names) == len(frozenset().union(*named.values()))
    assert "markup_in_nav" in named["elements"] and "markup_name_footer" in named["class names"]


def test_the_longest_run_needs_long_lines() -> None:
    assert longest_run("Home\nNews") == ""
    assert doctest.testmod(benchmarks.extraction_peers).failed == 0


def test_a_page_without_a_body_has_it_in_its_text() -> None:
    assert has_body_in_text(0.0, " ") and not has_body_in_text(0.4, "body")
