import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.chinese import to_hans, to_hant, variant

HOSTILE = st.text(alphabet=st.sampled_from("国國后里发a1 \n\x00\ud800\udfff\u200d")) | st.text()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他们说这个问题很难回答。", "Hans"),
        ("他們說這個問題很難回答。", "Hant"),
        ("山水", None),
        ("", None),
        ("no Chinese here", None),
        ("国國", None),
        ("皇后里外", None),  # these four are written in both
        ("他们说这个问题很难回答,他们认为应该马上开会讨论,并请專家出席。", "Hans"),
    ],
)
def test_variant(text: str, expected: str | None) -> None:
    assert variant(text) == expected


@given(st.permutations(list("这个国家们國個")))
def test_the_vote_does_not_hang_on_the_order(letters: list[str]) -> None:
    assert variant("".join(letters)) is None


@pytest.mark.parametrize(
    ("hans", "hant"), [("头发与发展", "頭髮與發展"), ("皇后后来", "皇后後來"), ("干部干杯", "幹部乾杯")]
)
def test_phrases_are_converted_as_phrases(hans: str, hant: str) -> None:
    assert to_hant(hans) == hant
    assert to_hans(hant) == hans


def test_what_opencc_refuses_is_left_where_it_stands() -> None:
    assert to_hant("国\ud800国\x00\x00国") == "國\ud800國\x00\x00國"
    assert to_hans("\udfff國") == "\udfff国"


@given(HOSTILE)
def test_any_text_is_converted(text: str) -> None:
    for convert in (to_hans, to_hant):
        done = convert(text)
        assert convert(text) == done
        assert [c for c in done if c.isascii()] == [c for c in text if c.isascii()]
    assert variant(text) in (None, "Hans", "Hant")


@given(st.text(alphabet="开关门车马鸟鱼们这来东见长龙a ", min_size=1))
def test_the_conversion_of_distinctive_letters_is_seen_by_the_vote(text: str) -> None:
    told = variant(text)
    assert told in (None, "Hans")
    assert (told is None) == (variant(to_hant(text)) is None)
