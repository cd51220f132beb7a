from typing import Any

import pytest

from pipeline.checks import check_ledger, check_segments
from pipeline.edit import Edit
from pipeline.replay import replay

RAW = "  * one\n\u00ad\n\ntwo"
LEDGER = ((Edit(8, "\u00ad", "", "r"),), (Edit(2, "* ", "  - ", "r"),))


def segment(ordinal: int, start: int, end: int, text: str) -> dict[str, Any]:
    raw = RAW[max(start, 0) : end]
    return {
        "segment": ordinal,
        "start": start,
        "end": end,
        "raw": raw,
        "text": text,
        "label": "body",
        "rule": "body/run",
        "keep": True,
    }


def check(*segments: dict[str, Any]) -> list[str]:
    return [*check_segments(RAW, segments), *check_ledger(RAW, replay(RAW, LEDGER), LEDGER, segments)]


def test_a_span_may_reach_over_space_to_a_deleted_mark() -> None:
    assert check(segment(0, 2, 9, "  - one"), segment(1, 11, 14, "two")) == []


@pytest.mark.parametrize("text", ["  - on", " - one", "- one\n", "  - one two", ""])
def test_a_text_that_the_ledger_does_not_leave(text: str) -> None:
    assert check(segment(0, 2, 9, text), segment(1, 11, 14, "two")) == [
        "segment 0: text is not what the ledger leaves of its span"
    ]


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([(2, 7), (11, 14)], "the source at 7-11 is in no segment"),  # the deleted mark
        ([(2, 9)], "the source at 9-14 is in no segment"),
        ([(2, 12), (11, 14)], "the source at 11-12 is in two segments"),
        ([(2, 14), (4, 5), (11, 14)], "the source at 11-14 is in two segments"),
        ([(2, 9), (11, 15)], "segment 1: 11-15 is not in the source"),
    ],
)
def test_every_character_is_in_one_segment(spans: list[tuple[int, int]], message: str) -> None:
    rows = [segment(ordinal, *span, "") for ordinal, span in enumerate(spans)]
    assert message in check_segments(RAW, rows)


def test_space_between_segments_belongs_to_nobody() -> None:
    assert list(check_segments(RAW, [segment(0, 0, 9, ""), segment(1, 9, 14, "")])) == []


@pytest.mark.parametrize(
    ("rule", "keep", "messages"),
    [
        ("body/run", True, []),
        ("body/run+strict/leftover", False, []),
        ("body/run", False, ["segment 1: keep is False for label body by body/run"]),
        ("body/run+strict/leftover", True, ["segment 1: keep is True for label body by body/run+strict/leftover"]),
    ],
)
def test_only_what_was_held_back_is_not_kept(rule: str, keep: bool, messages: list[str]) -> None:
    rows = [segment(0, 0, 9, ""), segment(1, 9, 14, "") | {"rule": rule, "keep": keep}]
    assert list(check_segments(RAW, rows)) == messages
