"""Quantities left over whole: numbers in Chinese letters with their measure words, as English says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import load_rules
from pipeline.words.counted import counted
from pipeline.words.han_numbers import numeral, spelled, value
from pipeline.words.number_units import UnitRule, amount


def said(text: str) -> str | None:
    """Return what stands in braces in `text` as a quantity."""
    before, _, rest = text.partition("{")
    term, _, after = rest.partition("}")
    return counted(term, before + term + after, len(before), len(before) + len(term))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They paid for{三年} of storage.", "three years"),
        ("after a{五年} legal fight", "five-year"),
        ("The mill closed{九年前}.", "nine years ago"),
        ("It opened{两个月后}.", "two months later"),
        ("They must leave within{十天}.", "ten days"),
        ("He slept{整整两天}.", "two full days"),
        ("It took{一年半}.", "a year and a half"),
        ("Over{过去二十年} it grew.", "the past twenty years"),
        ("It grew{近十年}.", "over the past ten years"),
        ("About{六成} of the wells are dry.", "60 percent"),
        ("{三分之二} of the fields", "two thirds"),
        ("It is{两倍} as long.", "twice"),
        ("The price rose{五倍}.", "five times"),
        ("It failed{三次}.", "three times"),
        ("{十几家} tanneries", "a dozen or so"),
        ("{三四头} goats", "three or four"),
        ("{数百万} tonnes of ore", "millions of"),
        ("{三十多家} kilns", "more than thirty"),
        ("{不到两公里} from the sea", "less than two kilometers"),
        ("a{六岁} girl", "six-year-old"),
        ("the{第三次} attempt", "third time"),
        ("{兩週} later", "two weeks"),
        ("It is{万一}.", None),
        ("the{四季} of it", None),
        ("the{红茶} of it", None),
    ],
)
def test_a_quantity(text: str, wanted: str | None) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [
        ("owns 40多家 mills", "多家", "more than 40"),
        ("over 40多家 mills", "多家", "40"),
        ("built 12年前.", "年前", "12 years ago"),
        ("in 2012年前 it", "年前", None),
        ("for 1个月.", "个月", "1 month"),
    ],
)
def test_a_number_takes_the_measure_word_behind_it(text: str, unit: str, wanted: str | None) -> None:
    start = text.index(unit)
    found = amount(text, start, start + len(unit))
    assert (found.text if found else None) == wanted


@given(st.text(alphabet="零一二两三四五六七八九十百千万亿几数多余来半成上", max_size=9))
def test_any_letters_are_a_number_or_none(text: str) -> None:
    numeral(text)
    number = value(text)
    assert number is None or spelled(number)


@given(st.text(alphabet="第整近约三十几两年个月前后半多成倍次家头分之岁内", min_size=1, max_size=9))
def test_any_quantity_is_english_or_none(text: str) -> None:
    words = said(f"It is {{{text}}} long.")
    assert words is None or (words.isascii() and words.strip() == words and words)


def test_a_table_of_measures_holds_its_hits_and_no_miss() -> None:
    for rule in load_rules("measures", UnitRule):
        assert set(rule.hit) <= set(rule.values)
        assert not set(rule.miss) & set(rule.values)
