"""Where sentences begin and end."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lines.sentences import SentenceRule, sentences
from pipeline.rules import load_rules


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It fell to 3.5 points. Then it rose.", ["It fell to 3.5 points.", "Then it rose."]),
        ("Mr. Wu of Acme Inc. paid. He left at 5 p.m. The rest slept.",
         ["Mr. Wu of Acme Inc. paid.", "He left at 5 p.m.", "The rest slept."]),
        ("The U.S. Senate met. Nobody spoke.", ["The U.S. Senate met.", "Nobody spoke."]),
        ("It rained... and then it stopped.", ["It rained... and then it stopped."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ('"Go home." He went.', ['"Go home."', "He went."]),
        ("J. K. Hale wrote it. We read it.", ["J. K. Hale wrote it.", "We read it."]),
        ("Das kostet z.B. nichts. Gut.", ["Das kostet z.B. nichts.", "Gut."]),
        ("他说：“走吧！”我没有动……然后雨停了。", ["他说：“走吧！”", "我没有动……然后雨停了。"]),
        ("産地は北だ。「そうだ。」と言った。", ["産地は北だ。", "「そうだ。」", "と言った。"]),
        ("We expect more.随后下跌。", ["We expect more.", "随后下跌。"]),
        ("这是版本2.0。下一版", ["这是版本2.0。", "下一版"]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_sentences(text: str, wanted: list[str]) -> None:
    assert parts(text) == wanted


def test_rows_hit_and_miss() -> None:
    for rule in load_rules("sentences", SentenceRule):
        if rule.role == "starts":
            assert all(len(parts(text)) == 2 for text in rule.hit), rule.id
            continue
        words = set(rule.words)
        assert all(words & {word.casefold().strip(".,:") for word in text.split()} for text in rule.hit), rule.id
        assert not any(words & {word.casefold().strip(".,") for word in text.split()} for text in rule.miss), rule.id


@given(st.text(st.sampled_from('ab .!?。！？…”"」)1A西\n'), max_size=80))
def test_sentences_are_in_order_and_leave_out_nothing_but_space(text: str) -> None:
    spans = list(sentences(text))
    kept = [text[start:end] for start, end in spans]
    assert "".join("".join(part.split()) for part in kept) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_long_text_costs_its_length() -> None:
    began = time.process_time()
    for text in ("." * 200_000, "a." * 100_000, "。”" * 100_000, "Dr. " * 50_000, "(" * 200_000):
        assert list(sentences(text))
    assert time.process_time() - began < 4
