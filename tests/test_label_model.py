"""What the model of labels is told of a segment, and what the stage makes of its word."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.label_training import first_weights
from pipeline.document import KEPT_LABELS, LABELS, Document, Segment, Verdict
from pipeline.html.markup import Markup
from pipeline.labels.columns import line_columns, place_columns
from pipeline.labels.model import LabelModel, by_column, columns_of, shipped_labels
from pipeline.labels.wording import BUCKET_BITS, Wording
from pipeline.stages.weigh_labels import MARGIN, RULE, weigh_labels

PAGE = (
    ("Ice on the river", "title", "title/best"),
    ("The river froze in the night, and the ferry stayed where it was.", "body", "body/run"),
    ("Nobody crossed before noon, and only the dog went twice.", "body", "body/run"),
    ("Snow in the hills", "nav", "outside/line"),
    ("3 days ago", "related_meta", "ages/en"),
)

SILENT = Wording(np.zeros((1 << BUCKET_BITS, len(LABELS)), dtype=np.float32), np.zeros(len(LABELS), dtype=np.float32))

MENU = tuple((f"Entry {word}", "stats", "outside/line") for word in "abcdefghijklmnopqrst")


def page(rows: Sequence[tuple[str, str, str]] = (*PAGE, *MENU)) -> Document:
    at, segments = 0, []
    for line, (text, label, rule) in enumerate(rows, start=1):
        segments.append(Segment(at, at + len(text), at, text, line, label=label, rule=rule, score=0.6, language="en"))
        at += len(text) + 1
    text = "\n".join(text for text, *_ in rows)
    return Document("", "", text, text, segments=tuple(segments), page_type="article")


def says(label: str, odds: float, of: str = "nav") -> LabelModel:
    """Return a model that repeats the rules, and knows besides what speaks for `label` where they say `of`."""
    direct = np.concatenate((np.zeros((1, len(LABELS))), np.eye(len(LABELS)))).astype(np.float32)
    direct[1 + LABELS.index(of), LABELS.index(label)] += odds
    blank = {name: np.zeros_like(w) for name, w in first_weights(len(direct), np.random.default_rng(0)).items()}
    return LabelModel(by_column([("label", name) for name in LABELS]), SILENT, [{**blank, "direct": direct}])


def test_a_segment_is_told_by_what_stands_around_it() -> None:
    doc = page(PAGE)
    lines, places = line_columns(doc.segments), place_columns(doc.segments, [s.label for s in doc.segments])
    assert lines["shape"] == ["title", "prose", "prose", "title", "title"]
    assert lines["from end"] == ["5", "3", "2", "1", "0"]
    assert lines["tongue"] == ["one, article's"] * 5
    assert places["place"] == ["above", "inside", "inside", "below", "below"]
    assert places["reach"] == ["above 1", "inside 0", "inside 0", "below 1", "below 2"]
    assert places["from title"] == ["below 0", "below 1", "below 2", "below 3", "below 5"]


def test_every_column_has_a_value_a_segment() -> None:
    columns = columns_of(page(PAGE).segments)
    assert {len(column) for column in columns.values()} == {len(PAGE)}


def test_shares_of_each_segment_sum_to_one() -> None:
    for rows in (PAGE, PAGE[:1]):
        shares = shipped_labels().shares(page(rows).segments)
        assert shares.shape == (len(rows), len(LABELS))
        assert shares.sum(axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-5)


def test_several_networks_are_averaged() -> None:
    one, other = says("ad", 9.0), says("stats", 9.0)
    both = LabelModel(one.codes, SILENT, [*one.networks, *other.networks])
    card = page(PAGE).segments[3:4]
    assert both.shares(card) == pytest.approx((one.shares(card) + other.shares(card)) / 2)


def test_the_model_overrules_where_it_is_sure() -> None:
    weighed = weigh_labels(page(), model=says("related_title", 4.0))
    card = weighed.segments[3]
    assert (card.label, card.rule) == ("related_title", RULE)
    assert 0.5 < card.score < 1
    assert [s.label for s in weighed.segments[:3]] == ["title", "body", "body"]


def test_a_doubt_changes_nothing() -> None:
    doc = page()
    assert weigh_labels(doc, model=says("related_title", 1.0 + MARGIN / 2)) == doc


def test_furniture_of_an_article_may_turn_out_to_be_its_body() -> None:
    assert weigh_labels(page(), model=says("list_item", 9.0)).segments[3].label == "list_item"


def test_on_other_pages_what_is_kept_stays_the_body_models_affair() -> None:
    doc = replace(page(), page_type="listing")
    assert weigh_labels(doc, model=says("list_item", 9.0)).segments[3].label not in KEPT_LABELS


def judged(score: float) -> Document:
    """Return a page on which the body model has judged what is kept, the first for sure, and the line below."""
    doc = page()
    sure, kept, out = doc.segments[1:4]
    sure = sure._replace(verdict=Verdict(is_body=True, score=1.0, overrules=False))
    kept = kept._replace(verdict=Verdict(is_body=True, score=score, overrules=False))
    out = out._replace(verdict=Verdict(is_body=False, score=1 - score, overrules=False))
    return replace(doc, segments=(doc.segments[0], sure, kept, out, *doc.segments[4:]))


@pytest.mark.parametrize(("score", "moves"), [(0.99, False), (0.55, True)])
def test_what_the_body_model_is_sure_of_stays(score: float, moves: bool) -> None:
    doc = judged(score)
    assert weigh_labels(doc, model=says("list_item", 9.0)).segments[3].keep == moves
    assert weigh_labels(doc, model=says("nav", 9.0, of="body")).segments[2].keep == (not moves)


def in_language(doc: Document, kept: str, rest: str) -> Document:
    """Return `doc` with what is kept in one language, for sure, and all else in another."""
    segments = (s._replace(language=kept if s.keep else rest, language_score=0.9) for s in doc.segments)
    return replace(doc, segments=tuple(segments))


def test_the_body_model_which_learnt_from_english_pages_is_heard_on_those() -> None:
    model = says("list_item", 4.0)
    kept = [
        weigh_labels(in_language(judged(0.99), *languages), model=model).segments[3].keep
        for languages in (("en", "en"), ("de", "de"), ("en", "it"))
    ]
    assert kept == [False, True, True]


def test_a_first_paragraph_may_be_the_abstract_where_the_site_speaks_another_language() -> None:
    doc = page(((*PAGE[0][:2], PAGE[0][2]), *PAGE[1:], ("One dog", "list_item", "body/bullet"), *MENU))
    model = says("summary", 2.0, of="body")
    # Nothing else is likely.
    model.networks[0]["direct"][1 + LABELS.index("body")] -= [3.0 * (one not in ("body", "summary")) for one in LABELS]
    labels = [weigh_labels(in_language(doc, "en", rest), model=model).segments[1].label for rest in ("en", "it")]
    assert labels == ["body", "summary"]


def test_elements_of_html_stay_as_they_are() -> None:
    doc = replace(judged(0.55), markup=Markup((), ()))
    assert weigh_labels(doc, model=says("list_item", 9.0)).segments[3].keep is False
    assert weigh_labels(doc, model=says("nav", 9.0, of="body")).segments[2] == doc.segments[2]


LIST = [(f"- {text}", label, rule) for text, label, rule in MENU]


@pytest.mark.parametrize(("menu", "told"), [(MENU, "list_item"), (LIST, "stats")])
def test_where_all_furniture_is_marked_as_lists_are_no_mark_makes_a_line_the_articles(
    menu: Sequence[tuple[str, str, str]], told: str
) -> None:
    found = weigh_labels(page((*PAGE, *menu)), model=says("list_item", 20, of="stats")).segments
    assert {s.label for s in found[len(PAGE) :]} == {told}


def listed(rows: Sequence[tuple[str, str, str]]) -> list[int]:
    """Return which segments a model makes list items that takes all entries of a menu for such."""
    segments = weigh_labels(page(rows), model=says("list_item", 20, of="stats")).segments
    return [i for i, segment in enumerate(segments) if segment.label == "list_item"]


def test_a_list_within_or_right_below_the_text_may_be_its_own_all_the_same() -> None:
    lead = ("What to take", "nav", "outside/line")
    assert listed((*PAGE[:2], *LIST[:2], PAGE[2], *LIST[2:5], *PAGE[3:], *LIST[5:])) == [2, 3, 5, 6, 7]
    assert listed((*PAGE[:3], lead, *LIST[:3], *PAGE[3:], *LIST[3:])) == [4, 5, 6]


def test_no_list_of_the_articles_makes_a_page_one_of_marked_furniture() -> None:
    plain = MENU[:12]
    rows = (*PAGE[:3], *LIST[12:18], *PAGE[3:], *plain)
    assert listed(rows) == [i for i in range(len(rows)) if rows[i] in (*LIST, *MENU)]


@pytest.mark.parametrize(("marked", "tells"), [(3, True), (6, False)])
def test_some_marks_among_furniture_still_tell_a_list(marked: int, tells: bool) -> None:
    rows = (*PAGE, *LIST[:marked], *MENU[marked:])
    assert (len(PAGE) in listed(rows)) is tells


def test_an_article_does_not_vanish() -> None:
    assert [s.text for s in weigh_labels(page(), model=says("nav", 9.0, of="body")).kept] == [PAGE[1][0], PAGE[2][0]]


def test_a_part_of_a_page_is_left_to_the_rules() -> None:
    doc = page(PAGE)
    assert weigh_labels(doc, model=says("related_title", 9.0)) is doc


def test_the_shipped_model_can_say_every_label() -> None:
    for network in shipped_labels().networks:
        assert {LABELS[row.argmax()] for row in network["direct"][1:]} == set(LABELS)


def test_a_document_without_text_stays_as_it_is() -> None:
    doc = Document.from_raw("")
    assert weigh_labels(doc) is doc
