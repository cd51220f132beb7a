"""What is counted of a page's markup: the tree, names, places, and what the page states of its lines."""

import json

import numpy as np
import pytest

from pipeline.body.lines import body_labels, body_lines, line_of_each
from pipeline.body.markup_features import markup_features
from pipeline.body.markup_names import cues, name_bits
from pipeline.body.markup_tree import Tree
from pipeline.body.model import features
from pipeline.html.markup import Markup
from pipeline.html.page import read_html

LONG = "It rained all day in the hills above the town, and the river rose until the mill stood in the water."
PAGE = (
    "<body><nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav><main role=main><h1>Rain</h1>"
    f"<div class=entryContent><p>{LONG}<p>{LONG} Again.<p>{LONG} And <a>again</a>.<h2>Sun</h2></div></main>"
    "<div class=siteFooter style='visibility:hidden'><p>Imprint</div>"
)


def of(html: str) -> tuple[tuple[str, ...], dict[str, list[float]]]:
    page = read_html(html)
    lines = body_lines(page.raw, page.markup)
    columns = markup_features(page.markup, lines, np.array([len(line) for line in lines]))
    assert all(len(column) == len(lines) and np.isfinite(column).all() for column in columns.values())
    return lines, {name: [round(float(value), 3) for value in column] for name, column in columns.items()}


def test_tags_and_names_around_lines() -> None:
    lines, columns = of(PAGE)
    assert lines[:3] == ("- Home", "- News", "Rain")
    assert columns["markup_in_nav"] == [1, 1, 0, 0, 0, 0, 0, 0]
    assert columns["markup_in_main"] == [0, 0, 1, 1, 1, 1, 1, 0]
    assert columns["markup_own_h1"] == [0, 0, 1, 0, 0, 0, 0, 0]
    assert columns["markup_all_linked"] == [0, 0, 0, 0, 0, 0, 0, 0]  # the bullet is no link
    assert columns["markup_linked"][0] == pytest.approx(4 / 6, abs=0.001)
    assert columns["markup_name_entry"] == [0, 0, 0, 1, 1, 1, 1, 0]
    assert columns["markup_name_footer"] == columns["markup_hidden"] == [0, 0, 0, 0, 0, 0, 0, 1]


def test_places_in_the_tree() -> None:
    _, columns = of(PAGE)
    assert columns["markup_main_0.8_inside"] == [0, 0, 0, 1, 1, 1, 1, 0]
    assert columns["markup_main_0.8_before"] == [1, 1, 1, 0, 0, 0, 0, 0]
    assert columns["markup_main_0.8_after"] == [0, 0, 0, 0, 0, 0, 0, 1]
    assert columns["markup_beside_most"] == [0, 0, 0, 1, 1, 1, 1, 0]
    assert columns["markup_after_h1"] == [0, 0, 0, 1, 1, 1, 1, 1]
    assert columns["markup_like_below"] == [1, 0, 0, 1, 1, 0, 0, 0]
    # From Home to News one list item ends and one begins; from News to Rain the item, the list and its box end.
    assert columns["markup_ended_above"][:3] == [0, round(np.log1p(1), 3), round(np.log1p(3), 3)]
    assert columns["markup_begun_above"][:3] == [0, round(np.log1p(1), 3), round(np.log1p(2), 3)]


def test_what_the_page_states() -> None:
    data = json.dumps({"@type": "Article", "headline": "Rain", "articleBody": f"{LONG} {LONG}  Again."})
    _, columns = of(f'<script type="application/ld+json">{data}</script>' + PAGE)
    assert columns["markup_stated_title"] == [0, 0, 1, 0, 0, 0, 0, 0]
    assert columns["markup_stated_text"] == [0, 0, 0, 1, 1, 0, 0, 0]


def test_names_are_read_word_by_word() -> None:
    def found(names: str) -> set[str]:
        return {cue for bit, cue in enumerate(cues()) if name_bits(names) >> bit & 1}

    assert found("siteFooter") == {"footer"}
    assert found("site-footer__nav") == {"footer", "menu"}
    assert found("x1 _ 漢字") == set()


def test_the_tree_of_no_page_at_all() -> None:
    markup = read_html("x").markup
    tree = Tree.of(markup)
    assert (tree.tags, tree.of_line.tolist()) == (("html", "body"), [1])
    assert of("x")[0] == ("x",)
    # A title stands outside of the body's tree.
    assert of("<title>T</title><p>x")[0] == ("T", "x")


def test_pages_are_joined_below_one_body() -> None:
    one, other = read_html("<body><p>a<p>b").markup, read_html("<body><div><p>c</div>").markup
    joined = one.joined(other)
    assert [e.tag for e in joined.elements] == ["html", "body", "p", "p", "div", "p"]
    assert [[e.tag for e in joined.around(line.element)] for line in joined.lines][2] == ["p", "div", "body", "html"]
    # Parts of one page are one page again.
    first, second = (one.with_lines(one.lines[i : i + 1]) for i in (0, 1))
    assert first.joined(second) == one
    assert first.joined(other).joined(second).elements == first.joined(other).elements


def test_lines_of_segments_and_their_labels() -> None:
    page = read_html("<h1>T</h1><p>a<ul><li><p>b</p><li>c</ul><h2><a>d</a></h2>")
    assert body_labels(page.markup) == ["title", "body", "body", "list_item", "heading"]
    assert body_labels(read_html("<h1>T</h1><h1>U</h1>").markup) == ["heading", "heading"]
    starts = [line.start for line in page.markup.lines]
    assert line_of_each(page.markup, [starts[0], starts[2] + 1, starts[2] + 2, starts[4]]) == [0, 2, 2, 4]


def test_markup_must_fit_its_lines() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        features(["a", "b"], Markup((), ()))
