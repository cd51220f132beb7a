"""What a strict run holds back, and what it leaves alone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document, Fragment, Kind, Segment, why_held
from pipeline.edit import Edit
from pipeline.plan import clean
from pipeline.settings import FragmentPolicy, Settings
from pipeline.stages.hold_back import hold_back

STRICT = Settings(strict=True)
PLAIN = (
    "The company said on Monday that it would open a new factory next year, and that it hopes to hire two hundred "
    "people in the town."
)

Part = str | tuple[str, Kind]
"""A piece of a paragraph, with its kind where it is a fragment."""


def page(*paragraphs: Sequence[Part], label: str = "body", language: str = "en") -> Document:
    """Return a document of `paragraphs`, all of them with `label`."""
    texts = ["".join(part if isinstance(part, str) else part[0] for part in parts) for parts in paragraphs]
    doc = replace(Document.from_raw("\n\n".join(texts)), language=language)
    segments, fragments, at = [], [], 0
    for ordinal, (parts, text) in enumerate(zip(paragraphs, texts, strict=True)):
        row = Segment(at, at + len(text), at, text, line=1, label=label, rule="body/run", language="en")
        segments.append(row)
        start = at
        for part in parts:
            if not isinstance(part, str):
                fragments.append(fragment(part, start, ordinal))
            start += len(part if isinstance(part, str) else part[0])
        at += len(text) + 2
    return replace(doc, segments=tuple(segments), fragments=tuple(fragments))


def fragment(part: tuple[str, Kind], start: int, segment: int) -> Fragment:
    text, kind = part
    return Fragment(start, start + len(text), start, segment, text, kind, "zh-Hans", "en", "test/row", 0.9)


def repaired(doc: Document, new: str) -> Document:
    """Return `doc` with `new` in place of its first fragment."""
    first, *others = doc.fragments
    edited = doc.edited([Edit(first.at, first.text, new, "test/row")])
    return replace(edited, fragments=(replace(first, applied=True), *others))


def reasons(doc: Document) -> list[str | None]:
    held = hold_back(doc, strict=True)
    assert [segment.keep for segment in held.segments] == [why_held(s.rule) is None for s in held.segments]
    return [why_held(segment.rule) for segment in held.segments]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (["A ", ("闭环", "residue"), " loop."], "leftover"),
        (["Un ", ("mot juste", "residue"), " here."], "leftover"),
        (["By ", ("王兴", "name"), "."], None),
        (["The word ", ("闭环", "term"), " means it."], None),
        (["A ", ("闭环", "glossed"), " (closed loop)."], None),
        (["By ", ("王兴", "name"), " of ", ("闭环", "residue"), "."], "leftover"),
        (["Nobody knows 锟斤拷 here."], "unexplained-script"),
        (["By ", ("王兴", "name"), " and 王兴."], "unexplained-script"),
        (["Some Cyrillic: \u0420\u045f\u0421\u0402\u0420\u0451."], "unexplained-script"),
        (["Some \U00010400 of a script without a name here."], "unexplained-script"),
        (["It was â€™ all over, with a cafÃ© visit."], None),
        (["A β-blocker, 9 μm, 9 µm, 5 Ω, Δx and αβ."], None),
        (["The 1ª and the 2º, No. №5, ℵ, ５０％, 。, 5㎡."], None),
        (["Straße, naïve, Łódź, Đà Nẵng, ŋ, ʻokina."], None),
        ([""], None),
    ],
)
def test_a_paragraph_is_held_back_for_what_is_left_in_it(parts: list[Part], why: str | None) -> None:
    assert reasons(page([PLAIN], parts, [PLAIN])) == [None, why, None]


def test_what_was_repaired_is_no_reason() -> None:
    assert reasons(repaired(page(["A ", ("闭环", "residue"), " loop."]), "closed")) == [None]


def test_what_was_repaired_accounts_for_nothing_elsewhere() -> None:
    doc = page(["A ", ("闭环", "residue"), " loop, 闭环."])
    assert reasons(repaired(doc, "closed")) == ["unexplained-script"]


def test_a_rendering_in_a_foreign_script_is_held_back_too() -> None:
    assert reasons(repaired(page(["A ", ("闭环", "residue"), "."]), "loop (閉環)")) == ["unexplained-script"]


def test_what_stands_behind_a_repair_is_still_accounted_for() -> None:
    doc = page(["A ", ("闭环", "residue"), " by ", ("王兴", "name"), " and ", ("闭", "name"), "."])
    assert reasons(repaired(doc, "very long closed loop")) == [None]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "pt", "und"])
def test_a_page_in_another_language_is_untouched(language: str) -> None:
    doc = page([("闭环", "residue"), " и 锟斤拷"], language=language)
    assert hold_back(doc, strict=True) is doc


def test_nothing_is_held_back_unless_it_is_asked_for() -> None:
    doc = page(["A ", ("闭环", "residue"), " loop."])
    assert hold_back(doc, strict=False) is doc


@pytest.mark.parametrize("label", ["nav", "title", "summary", "byline"])
def test_what_is_not_kept_anyway_is_not_held_back(label: str) -> None:
    doc = page(["A ", ("闭环", "residue"), " loop."], label=label)
    assert hold_back(doc, strict=True) == doc


def test_the_rule_that_gave_the_label_is_still_told() -> None:
    (segment,) = hold_back(page([("闭环", "residue")]), strict=True).segments
    assert (segment.rule, segment.label, segment.keep, segment.held) == (
        "body/run+strict/leftover",
        "body",
        False,
        True,
    )


KINDS: list[Kind] = ["residue", "glossed", "name", "term"]
PARTS = st.lists(
    st.one_of(
        st.text("ab 环闭β.", max_size=4),
        st.tuples(st.text("ab环闭", min_size=1, max_size=3), st.sampled_from(KINDS)),
    ),
    max_size=8,
)


@given(PARTS)
def test_held_back_is_what_has_a_foreign_letter_outside_of_what_is_explained(parts: list[Part]) -> None:
    if any(part[1] == "residue" for part in parts if not isinstance(part, str)):
        expected = "leftover"
    else:
        bare = "".join(part for part in parts if isinstance(part, str))
        expected = "unexplained-script" if set(bare) & set("环闭") else None
    assert reasons(page(parts)) == [expected]


LEFT = "He said that the plan of the firm闭环would have to be looked at again before the end of the year."


@pytest.mark.parametrize(
    ("policy", "least", "kept"),
    [("report", 0.0, False), ("suggest", 0.0, False), ("apply", 0.0, True), ("apply", 1.0, False)],
)
def test_only_a_repair_that_was_made_counts(policy: FragmentPolicy, least: float, kept: bool) -> None:
    text = f"{PLAIN}\n\nIt is a closed loop (闭环) for all of them.\n\n{LEFT}\n\n{PLAIN}"
    doc = clean(text, settings=replace(STRICT, fragments=policy, min_confidence=least))
    assert [segment.keep for segment in doc.segments] == [True, True, kept, True]
    assert doc.segments[2].rule.endswith("+strict/leftover") != kept


def test_a_strict_page_in_chinese_is_the_same_page() -> None:
    text = "公司周一表示，明年将开设一家新工厂，并希望雇用两百人。\n\n他说 Apple 和 привет 都是词，明年再说。"
    assert clean(text, settings=STRICT) == clean(text)
