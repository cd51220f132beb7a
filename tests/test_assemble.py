from hypothesis import given
from hypothesis import strategies as st

from pipeline.assemble import Paragraph, assemble, join, summarize
from pipeline.document import Segment


def segment(label: str, text: str) -> Segment:
    return Segment(0, len(text), 0, text, line=1, label=label)


def test_paragraphs_headings_and_lists() -> None:
    text, paragraphs = assemble([
        segment("title", "Title"),
        segment("body", "One."),
        segment("nav", "Menu"),
        segment("list_item", "- a"),
        segment("list_item", "  - b"),
        segment("heading", "Two"),
        segment("list_item", "1. c"),
    ])  # fmt: skip
    assert text == "One.\n\n- a\n  - b\n\nTwo\n\n1. c"
    assert paragraphs[0] == Paragraph(1, "body", "One.")
    assert [paragraph.segment for paragraph in paragraphs] == [1, 3, 4, 5, 6]


def test_a_list_goes_on_behind_furniture_and_behind_nothing() -> None:
    parts = [
        segment("list_item", "- a"),
        segment("ad", "Buy"),
        segment("body", " \n"),
        segment("list_item", "- b"),
    ]
    assert assemble(parts)[0] == "- a\n- b"


def test_nothing_kept_is_no_text() -> None:
    assert assemble([segment("nav", "Menu"), segment("body", "\t")]) == ("", ())


def test_summary_is_its_segments_or_none() -> None:
    assert summarize([segment("summary", " a "), segment("body", "x"), segment("summary", "b")]) == "a\n\nb"
    assert summarize([segment("body", "x"), segment("summary", " ")]) is None


@given(st.lists(st.tuples(st.sampled_from(["body", "heading", "list_item", "nav"]), st.text())))
def test_every_kept_text_is_in_it_in_order(parts: list[tuple[str, str]]) -> None:
    text, paragraphs = assemble(segment(*part) for part in parts)
    assert text == join(paragraphs)
    at = 0
    for label, part in parts:
        if label != "nav":
            at = text.index(part.strip(), at) + len(part.strip())
    assert sum(len(p.text) for p in paragraphs) <= len(text) <= sum(len(p.text) + 2 for p in paragraphs)
