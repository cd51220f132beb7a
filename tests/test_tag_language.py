from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Cue, Document, Segment
from pipeline.stages.tag_language import tag_language

LANGUAGES = ("en", "zh", "it", "pt", "es", "fr")
Line = str | tuple[str, Cue] | tuple[str, Cue, Cue]

ENGLISH = "The committee will publish its findings before the end of the month, says its chair."
ITALIAN = "Il comitato pubblicherà le sue conclusioni entro la fine del mese, dice la presidente."
HANS = "委员会将在月底前公布结论,并请专家们出席下一次会议。"
HANT = "委員會將在月底前公布結論,並請專家們出席下一次會議。"
JAPANESE = "委員会は月末までに結論を公表する予定ですと委員長が述べました。"


def label(language: str, *, whole: bool = True) -> Cue:
    return Cue("labels", "row", language, whole)


def page(lines: Sequence[Line]) -> Document:
    texts = [line if isinstance(line, str) else line[0] for line in lines]
    doc = Document.from_raw("\n".join(texts))
    segments: list[Segment] = []
    at = 0
    for number, (text, line) in enumerate(zip(texts, lines, strict=True), start=1):
        cues = () if isinstance(line, str) else line[1:]
        segments.append(Segment(at, at + len(text), at, text, number, cues))
        at += len(text) + 1
    return replace(doc, segments=tuple(segments))


def tags(*lines: Line) -> list[str]:
    return [segment.language for segment in tag_language(page(lines), languages=LANGUAGES).segments]


def test_each_segment_has_its_language_score_and_script() -> None:
    lines = (ENGLISH, HANS, HANT, "Комитет опубликует свои выводы до конца месяца.", "2026-05-29", "")
    found = tag_language(page(lines), languages=LANGUAGES).segments
    assert [s.language for s in found] == ["en", "zh-Hans", "zh-Hant", "ru", "zxx", "und"]
    assert [s.script for s in found] == ["Latn", "Hans", "Hant", "Cyrl", "Zyyy", "Zyyy"]
    assert [s.language_score for s in found[1:3]] == [1.0, 1.0]
    assert all(s.language_score >= 0.5 for s in found[:4])
    assert found[5].language_score == 0.0


def test_a_cue_for_the_whole_segment_decides() -> None:
    assert tags(("Resumo", label("pt")), (ENGLISH, label("it"))) == ["pt", "it"]


def test_a_cue_without_language_leaves_it_open() -> None:
    assert tags(ENGLISH, ("the whole month", label("und"))) == ["en", "und"]


def test_of_two_cues_the_one_with_a_language_counts() -> None:
    assert tags(("Novedades", label("und"), label("es"))) == ["es"]
    assert tags(("Trading", label("en|it"), label("it|pt"))) == ["it"]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([ITALIAN, ("Resumo", label("pt")), ("Há 3 h", label("pt")), ("Riassunto", label("it"))], "pt"),
        ([ENGLISH, ITALIAN], "it"),  # no cue tells, so the other segments do
        ([HANS], "es"),
        ([], "es"),
    ],
)
def test_a_shared_label_goes_by_its_page(others: list[Line], expected: str) -> None:
    assert tags(*others, ("Spot", label("es|pt|it")))[-1] == expected


def test_a_shared_label_is_no_evidence_for_another() -> None:
    assert tags(("Spot", label("en|it")), ("Chat", label("it|en"))) == ["en", "it"]


def test_short_headings_follow_the_page() -> None:
    doc = tag_language(page([ENGLISH, "A new start", "Sarah Thompson", "MSTR"]), languages=LANGUAGES)
    assert [s.language for s in doc.segments] == ["en", "en", "und", "und"]
    assert 0.0 < doc.segments[1].language_score <= 0.7


def test_alone_they_stay_open() -> None:
    assert tags("A new start", "Sarah Thompson") == ["und", "und"]


def test_a_cue_inside_a_segment_is_a_hint() -> None:
    line = "Altri treni"
    assert tags(line) == ["und"]
    assert tags(line, ("Zyx: 3", label("it", whole=False))) == ["it", "und"]


def test_chinese_without_a_distinctive_letter_takes_the_variant_of_the_page() -> None:
    assert tags("山水", HANS) == ["zh-Hans", "zh-Hans"]
    assert tags("山水", HANT) == ["zh-Hant", "zh-Hant"]
    assert tags("山水", HANT, HANS) == ["zh", "zh-Hant", "zh-Hans"]
    assert tags("山水", ENGLISH) == ["zh", "en"]
    inherited = tag_language(page(["山水", HANT]), languages=LANGUAGES).segments[0]
    assert (inherited.script, inherited.language_score) == ("Hant", 0.7)


def test_kanji_alone_is_japanese_where_the_page_is() -> None:
    assert tags(JAPANESE, "東京都知事選挙", "会議") == ["ja", "ja", "ja"]
    assert tags(JAPANESE, HANS * 3, "会議")[0::2] == ["ja", "zh-Hans"]
    assert tags(JAPANESE * 9, HANS * 2)[1] == "zh-Hans"  # fifty letters without kana
    kanji = tag_language(page([JAPANESE, "会議"]), languages=LANGUAGES).segments[1]
    assert (kanji.script, kanji.language_score) == ("Jpan", 0.7)


def test_a_line_with_a_little_kana_goes_with_its_page() -> None:
    assert tags("夜の都市", HANT) == ["zh-Hant", "zh-Hant"]
    assert tags("夜の都市", JAPANESE) == ["ja", "ja"]
    assert tags("夜の都市", HANT * 9, JAPANESE, JAPANESE, JAPANESE)[0] == "ja"  # its furniture is Japanese
    assert tags("夜の都市") == ["ja"]


def test_chinese_with_japanese_words_is_in_chinese_script() -> None:
    text = "石階つるつる很危險，我們走了半小時才到。"
    found = tag_language(page([text, HANT]), languages=LANGUAGES).segments[0]
    assert (found.language, found.script) == ("zh-Hant", "Hant")


def test_a_chinese_title_on_a_japanese_page_stays_chinese() -> None:
    assert tags(JAPANESE * 9, "双减三年，谁在松绑") == ["ja", "zh-Hans"]


@pytest.mark.parametrize(
    ("home", "line", "expected"),
    [
        (HANS, "The committee will meet again before the month is over. 主席没有说明地点。", ("zh-Hans", "Hans")),
        (JAPANESE, "The committee will meet again before the month is over. 場所は決まっていない。", ("ja", "Jpan")),
        (ENGLISH, "如果出现头晕、出汗或乏力，应立即吃点甜食。 If that does not help, ring the ward.", ("en", "Latn")),
        (ITALIAN, "Комитет опубликует свои выводы. Il comitato si riunirà ancora a maggio.", ("it", "Latn")),
        (HANS, "The committee will meet again before the month is over, 主席.", ("en", "Latn")),
        (ENGLISH, "如果出现头晕、出汗或乏力，应立即吃点甜食。 Ring!", ("zh-Hans", "Hans")),
    ],
)
def test_a_paragraph_in_two_scripts_goes_with_its_page(home: str, line: str, expected: tuple[str, str]) -> None:
    found = tag_language(page([home * 4, line]), languages=LANGUAGES).segments[1]
    assert (found.language, found.script) == expected


def test_only_language_and_script_change() -> None:
    doc = page([ENGLISH, ("Resumo", label("pt"))])
    tagged = tag_language(doc, languages=LANGUAGES)
    cleared = (s._replace(language="und", language_score=0.0, script="Zyyy") for s in tagged.segments)
    assert replace(tagged, segments=tuple(cleared)) == doc


@settings(max_examples=40)
@given(st.lists(st.sampled_from([ENGLISH, HANS, JAPANESE, "山水", "A new start", "\ud800", "1", ""]) | st.text()))
def test_any_page_is_tagged_the_same_twice(lines: list[str]) -> None:
    tagged = tag_language(page(lines), languages=LANGUAGES)
    assert tag_language(tagged, languages=LANGUAGES) == tagged
    assert all((s.language == "und") == (s.language_score == 0.0) for s in tagged.segments)
    by_text: dict[str, set[str]] = {}
    for segment in tagged.segments:
        by_text.setdefault(segment.text, set()).add(segment.language)
    assert all(len(languages) == 1 for languages in by_text.values())
