"""The laws of the product, held on arbitrary text and on the seeds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.plan import Stage, full_plan
from pipeline.settings import Settings

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
PLANS: dict[str, Settings] = {
    "suggest": Settings(),
    "apply": Settings(fragments="apply", min_confidence=0.0),
    "report": Settings(fragments="report"),
}

# Everything that has ever broken a text tool: line ends of every kind, marks that join the letter
# before them, marks that nobody sees, code points beyond the first plane, and words that rules look for.
PIECES = st.sampled_from([
    "\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\ufeff", "\x00", "\u200b", "\u00ad",
    "\u0301", "\u0308", "e\u0301", "A\u030a", "ﾊﾟ", "\U0001f600", "\U00020000", "\u202e", "\u3000", "\u00a0",
    "Ã©", "â€™", "&amp;", "，", "。", "（", "Ａ", "• ", "1. ", "— ", "Q", "A", "Related articles", "Condividi",
    "2026-05-29", "3 h fa", "Publicado em ", "閉環", "闭环", "闭环 (closed loop)", "bring超额回报 to",
    "Will it rain?", "It rained all day, and nobody came to see the fair.", "今天下了一整天的雨，没有人来。",
    "Это было давно.", "한국어", "経済", "Disclaimer: no advice.", "By Jane Doe", " ", "  ", "\t",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(st.characters(codec="utf-8"), max_size=8)), max_size=24).map("".join)


def _run(text: str, plan: dict[str, Stage]) -> Document:
    doc = Document.from_raw(text)
    for stage in plan.values():
        doc = stage(doc)
    return doc


def _check(doc: Document) -> None:
    assert doc.restored() == doc.raw
    covered = [0] * len(doc.raw)
    for segment in doc.segments:
        for i in range(segment.start, segment.end):
            covered[i] += 1
        assert doc.text[segment.at : segment.until] == segment.text
        assert segment.label and segment.rule and segment.language
    assert all(covered[i] == 1 for i, c in enumerate(doc.raw) if not c.isspace())
    assert max(covered, default=0) <= 1
    for fragment in doc.fragments:
        found = doc.raw[fragment.start : fragment.end]
        # Only a rewrite can have made another text of what stands in the source.
        assert found.strip() and (found == fragment.text or doc.ledger)


@pytest.mark.parametrize("name", PLANS)
@given(text=TEXTS)
def test_nothing_is_lost(name: str, text: str) -> None:
    _check(_run(text, full_plan(PLANS[name])))


@given(text=TEXTS)
def test_stages_are_pure(text: str) -> None:
    plan = full_plan(Settings())
    assert _run(text, plan) == _run(text, plan)


@given(text=st.text(max_size=60))
def test_lone_surrogates_do_no_harm(text: str) -> None:
    doc = _run(text, full_plan(Settings()))
    assert doc.restored() == text
    doc.text.encode("utf-8")  # what is written must be writable


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
@pytest.mark.parametrize("name", PLANS)
def test_seeds_keep_the_laws(path: Path, name: str) -> None:
    doc = _run(path.read_bytes().decode("utf-8"), full_plan(PLANS[name]))
    _check(doc)
    assert doc.kept
