"""Who decides what a page's body is: rules where they know the site or are sure, elsewhere the model, by name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.body.judgement import LONG, MIN_SEGMENTS, judge
from pipeline.document import Document, Segment
from pipeline.plan import clean
from pipeline.stages.weigh_body import weigh_body
from pipeline.tables import cleaned_row

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))

SAID = (
    ("tinman", "I have an old copper kettle whose handle is loose, and I would like to take it off without harming the "
     "rivets. Has anyone done this before?"),
    ("ann_b", "You will have to drill the rivets out from inside. Use a small drill first, then a larger one, slowly."),
    ("oldpots", "I would not drill at all. Heat the joint a little and tap it with a wooden mallet until it gives."),
    ("tinman", "Thank you both, the mallet did it. I will post a picture tomorrow when it is polished."),
    ("ann_b", "Glad to hear it! Do not forget to line it with tin again before you boil water in it."),
    ("rivet77", "For those who read this later: copper rivets can be had from boat builders, they hold for ever."),
)  # fmt: skip
REPLIES = [said for _, said in SAID]
FOOT = ("Similar threads", "Who made my pan?", "What to do about rust", "Board index", "Contact us", "Terms")


def forum() -> Iterator[str]:
    yield from ("How do I take the handle off an old kettle?", "Kettle forum", "Log in", "Register", "Search")
    for day, (name, said) in enumerate(SAID, start=2):
        yield from (name, f"{day} March 2026", f"Posts: 1{day}", said, "Reply", "Quote")
    yield from FOOT


@pytest.fixture(scope="module")
def thread() -> Document:
    return clean("\n".join(forum()))


def test_the_replies_of_a_forum_are_its_body(thread: Document) -> None:
    kept = [segment.text for segment in thread.kept]
    assert len(kept) > len(REPLIES) / 2
    assert kept == REPLIES[: len(kept)]
    assert (thread.page_type, thread.page_type_score > 0.9) == ("forum", True)


def test_who_decided_is_named_and_how_sure_it_is(thread: Document) -> None:
    by_text = {segment.text: segment for segment in thread.segments}
    assert by_text[REPLIES[0]].rule == "body/run"  # the rules agree
    assert by_text[REPLIES[3]].rule == "model/body"
    assert by_text["Log in"].rule == "chrome/sign_in" and by_text["Log in"].verdict is None
    assert by_text["rivet77"].rule == "comments/rhythm"
    assert not any(s.keep for s in thread.segments if s.rule == "model/furniture")
    decided = ("body/", "model/body", "model/furniture", "outside/")
    for segment in thread.segments:
        if segment.verdict is not None and segment.rule.startswith(decided):
            likely = segment.verdict.score
            assert segment.score == pytest.approx(likely if segment.keep else 1 - likely, abs=1e-3)


def test_the_type_of_a_page_is_in_the_table(thread: Document) -> None:
    row = cleaned_row(thread, "")
    assert (row["page_type"], row["page_type_score"]) == ("forum", thread.page_type_score)
    row = cleaned_row(clean(" "), "")
    assert (row["page_type"], row["page_type_score"]) == (None, None)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_articles_of_known_sites_are_left_to_the_rules(path: Path) -> None:
    doc = clean(path.read_bytes().decode())
    assert doc.page_type == "article"
    assert not any(segment.verdict for segment in doc.segments)


def test_on_a_long_page_in_one_language_the_rules_do_not_decide_alone() -> None:
    head = ["The Tide Post", "Home", "Search", "Log in", "Subscribe", "Share", "Published 3 May 2024", "5 min read"]
    foot = ["Read also", "Most read", "Newsletter", "Contact us", "Privacy policy", "Cookies", "© 2024 Tide Post"]
    short, long = ("\n\n".join([*head, *REPLIES, *foot * times]) for times in (10, 20))
    assert (len(clean(short).segments) < LONG, len(clean(long).segments) >= LONG) == (True, True)
    assert not any(segment.verdict for segment in clean(short).segments)
    assert any(segment.verdict for segment in clean(long).segments)


def test_a_short_page_is_left_to_the_rules() -> None:
    doc = clean("\n".join(list(forum())[: MIN_SEGMENTS - 1]))
    assert doc.page_type and not any(segment.verdict for segment in doc.segments)


def test_a_text_without_furniture_is_left_to_the_rules() -> None:
    doc = clean("\n\n".join(said for said in REPLIES for _ in range(4)))
    assert len(doc.segments) >= MIN_SEGMENTS
    assert not any(segment.verdict for segment in doc.segments)


def test_a_page_without_text_has_no_type() -> None:
    blank = Segment(start=0, end=0, at=0, text="", line=1)
    assert judge((blank,)) is None
    doc = replace(Document.from_raw(""), segments=(blank,))
    assert weigh_body(doc) == doc


def test_the_same_page_is_judged_the_same_again(thread: Document) -> None:
    assert clean(thread.raw).segments == thread.segments
