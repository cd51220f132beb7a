"""The pages in ten languages: that they are what they should be, and that their bodies are found."""

import numpy as np
import pytest

from benchmarks.body_languages import LAYOUTS, body_f1, kept_by_product, pages, sites

LEAST = 0.85
"""Of the mean of one language; the figures themselves are in benchmarks/results."""


def test_every_language_has_as_many_stories_as_there_are_layouts() -> None:
    assert set(sites()) == {"de", "fr", "es", "it", "pt", "pl", "ru", "zh", "ja", "ko"}
    for language, site in sites().items():
        assert len(site.stories) == len(LAYOUTS) == len(list(pages(language)))
        assert all(len(story) >= 4 for story in site.stories)


def test_what_is_right_scores_1_and_what_is_left_out_costs() -> None:
    page = next(pages("ko"))
    right = [False] * len(page.above) + [True] * len(page.body) + [False] * len(page.below)
    assert body_f1(page, right) == 1.0
    assert body_f1(page, [True] * len(right)) < 1.0
    assert body_f1(page, [False] * len(right)) == 0.0


@pytest.mark.parametrize("language", sites())
def test_bodies_are_found(language: str) -> None:
    assert np.mean([body_f1(page, kept_by_product(page)) for page in pages(language)]) >= LEAST
