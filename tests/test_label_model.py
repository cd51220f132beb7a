"""What the model of labels is told of a segment, and what the stage makes of its word."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from pipeline.document import KEPT_LABELS, LABELS, Document, Segment, Verdict
from pipeline.label_columns import line_columns, place_columns
from pipeline.label_model import EDGE, FIRST, LabelModel, Regression, Seen, first_columns, regression, shipped_labels
from pipeline.stages.weigh_labels import MARGIN, RULE, weigh_labels

PAGE = (
    ("Ice on the river", "title", "title/best"),
    ("The river froze in the night, and the ferry stayed where it was.", "body", "body/run"),
    ("Nobody crossed before noon, and only the dog went twice.", "body", "body/run"),
    ("Snow in the hills", "nav", "outside/line"),
    ("3 days ago", "related_meta", "ages/en"),
)

MENU = tuple((f"Entry {word}", "stats", "outside/line") for word in "abcdefghijklmnopqrst")


def page(rows: Sequence[tuple[str, str, str]] = (*PAGE, *MENU)) -> Document:
    at, segments = 0, []
    for line, (text, label, rule) in enumerate(rows, start=1):
        segments.append(Segment(at, at + len(text), at, text, line, label=label, rule=rule, score=0.6, language="en"))
        at += len(text) + 1
    text = "\n".join(text for text, *_ in rows)
    return Document("", "", text, text, segments=tuple(segments), page_type="article")


def says(label: str, odds: float) -> LabelModel:
    """Return a model that knows one thing alone: what speaks for `label`, and how much."""
    repeats = [Seen("label", 0, name) for name in LABELS]
    first = regression(repeats, 9 * np.eye(len(LABELS), dtype=np.float32))
    rows = [*repeats, Seen(FIRST, 0, "nav")]
    weights = np.concatenate((np.eye(len(LABELS)), np.eye(len(LABELS))[[LABELS.index(label)]] * odds))
    return LabelModel(first, regression(rows, weights.astype(np.float32)))


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
    columns = first_columns(page(PAGE).segments)
    assert {len(column) for column in columns.values()} == {len(PAGE)}


def test_beyond_the_ends_of_a_page_there_is_an_edge() -> None:
    odds = regression([Seen("label", -1, EDGE)], np.ones((1, len(LABELS)), dtype=np.float32) * np.arange(len(LABELS)))
    shares = odds.shares({"label": ["nav", "nav"]})
    assert shares[0].argmax() == len(LABELS) - 1
    assert shares[1] == pytest.approx(np.full(len(LABELS), 1 / len(LABELS)), abs=1e-6)


def test_a_page_shorter_than_the_view_to_its_sides() -> None:
    far = regression([Seen("label", 4, EDGE), Seen("label", -4, EDGE)], np.ones((2, len(LABELS)), dtype=np.float32))
    assert far.shares({"label": ["nav"]}).shape == (1, len(LABELS))


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
    doc = replace(page(), page_type="forum")
    assert weigh_labels(doc, model=says("list_item", 9.0)).segments[3].label not in KEPT_LABELS


def test_what_the_body_model_decided_stays() -> None:
    doc = page()
    out = doc.segments[3]._replace(verdict=Verdict(is_body=False, score=0.1, overrules=False))
    kept = doc.segments[2]._replace(verdict=Verdict(is_body=True, score=0.9, overrules=False))
    doc = replace(doc, segments=(*doc.segments[:2], kept, out, doc.segments[4]))
    weighed = weigh_labels(doc, model=says("list_item", 9.0))
    assert (weighed.segments[2], weighed.segments[3].keep) == (kept, False)


def test_an_article_does_not_vanish() -> None:
    rows = [(text, "nav" if label == "title" else label, rule) for text, label, rule in (*PAGE, *MENU)]
    first = says("nav", 0.0).first
    nav = np.eye(len(LABELS), dtype=np.float32)[[LABELS.index("nav")]]
    model = LabelModel(first, regression([Seen(FIRST, 0, "body")], 9 * nav))
    assert [s.text for s in weigh_labels(page(rows), model=model).kept] == [PAGE[1][0], PAGE[2][0]]


def test_a_part_of_a_page_is_left_to_the_rules() -> None:
    doc = page(PAGE)
    assert weigh_labels(doc, model=says("related_title", 9.0)) is doc


def test_the_shipped_model_can_say_every_label_and_knows_no_words() -> None:
    model = shipped_labels()
    for part in (model.first, model.second):
        assert isinstance(part, Regression)
        spoken = {
            LABELS[row.argmax()] for sight in part.sights.values() for table in sight.weights.values() for row in table
        }
        assert spoken == set(LABELS)


def test_a_document_without_text_stays_as_it_is() -> None:
    doc = Document.from_raw("")
    assert weigh_labels(doc) is doc
