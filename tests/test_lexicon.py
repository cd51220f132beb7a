"""The lexicon: the same entries whatever order the pairs come in."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import GlossPair
from pipeline.words.lexicon import merge_glosses


def pair(term: str = "熊市", translation: str = "bear market", start: int = 3, origin: str = "gloss") -> GlossPair:
    return GlossPair(term, "zh-Hans", translation, "en", start, origin)


def test_case_does_not_part_entries_and_counts_do() -> None:
    (entry,) = merge_glosses([("b", pair()), ("a", pair(translation="Bear Market")), ("b", pair(start=9))])
    assert (entry.translation, entry.n_documents, entry.n_occurrences) == ("bear market", 2, 3)
    assert entry.examples == (("a", 3), ("b", 3), ("b", 9))


def test_other_translations_and_languages_are_other_entries() -> None:
    italian = GlossPair("熊市", "zh-Hans", "bear market", "it", 3, "gloss")
    assert len(merge_glosses([("a", pair()), ("a", pair(translation="downturn")), ("a", italian)])) == 3


def test_three_examples_at_most_the_first_ones() -> None:
    (entry,) = merge_glosses((name, pair()) for name in "edcba")
    assert entry.examples == (("a", 3), ("b", 3), ("c", 3))
    assert entry.n_documents == 5


def test_one_place_counts_once() -> None:
    (entry,) = merge_glosses([("a", pair()), ("a", pair())])
    assert entry.n_occurrences == 1


def test_a_full_gloss_outweighs_an_abbreviation_on_a_tie() -> None:
    (entry,) = merge_glosses([("a", pair(origin="abbreviation")), ("b", pair())])
    assert entry.origin == "gloss"


PAIRS = st.tuples(
    st.sampled_from("abc"),
    st.builds(
        pair,
        st.sampled_from(["熊市", "牛市"]),
        st.sampled_from(["Bear", "bear", "bull"]),
        st.integers(0, 3),
        st.sampled_from(["gloss", "abbreviation"]),
    ),
)


@given(st.lists(PAIRS, max_size=12), st.randoms())
def test_order_does_not_matter(harvest: list[tuple[str, GlossPair]], random: object) -> None:
    shuffled = list(harvest)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    entries = merge_glosses(harvest)
    assert merge_glosses(shuffled) == entries
    keys = [(e.term, e.translation.casefold()) for e in entries]
    assert keys == sorted(keys)
    assert sum(e.n_occurrences for e in entries) <= len(harvest)
