from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.document import Document, Segment, SentenceTag
from pipeline.plan import clean
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.stages.tag_sentences import tag_sentences

LANGUAGES = ("en", "zh", "it", "pt", "es", "fr")
ENGLISH = "It was a long winter for the whole valley, and nobody came to see the fair."
ITALIAN = "Il comitato pubblicherà le sue conclusioni entro la fine del mese."
CHINESE = "主席说：“委员会将在月底前公布结论。”"


def tagged(text: str, language: str, label: str = "body") -> tuple[SentenceTag, ...] | None:
    segment = Segment(0, len(text), 0, text, 1, label=label, language=language, language_score=0.99)
    doc = replace(Document.from_raw(text), segments=(segment,))
    return tag_sentences(doc, languages=LANGUAGES).segments[0].sentences


@pytest.mark.parametrize(("sentence", "language"), [(ITALIAN, "it"), (CHINESE, "zh-Hans")])
def test_a_sentence_in_another_language_is_told_with_its_place(sentence: str, language: str) -> None:
    text = f"{ENGLISH} {sentence} {ENGLISH}"
    found = tagged(text, "en")
    assert found is not None
    assert [(text[tag.start : tag.end], tag.language) for tag in found] == [(sentence, language)]
    assert found[0].language_score >= 0.9


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{ENGLISH} Dr. J. P. Moretti of Mr. Li & Co. Inc. agreed. {ENGLISH}", "en"),
        (f"{ENGLISH} Scarlett Cruz! {ENGLISH}", "en"),  # a name
        (f"{ENGLISH} Chi lo sa? {ENGLISH}", "en"),  # too short to be sure of
        (f"{CHINESE}山水。{CHINESE}", "zh-Hans"),  # Chinese of either variant
        (f"{CHINESE}TSMC 的 EUV 设备。{CHINESE}", "zh-Hans"),
    ],
)
def test_nothing_else_is(text: str, language: str) -> None:
    assert tagged(text, language) == ()


def test_only_kept_paragraphs_of_several_sentences_are_looked_at() -> None:
    assert tagged(f"{ENGLISH} {ITALIAN}", "en", label="nav") is None
    assert tagged(ITALIAN, "en") == ()


def test_offsets_are_those_of_the_source() -> None:
    raw = f"A Long Winter\n\n{ENGLISH}\u200b\u200b  {ENGLISH} {ITALIAN}\n\n{ENGLISH} {ENGLISH}"
    doc = clean(raw, settings=Settings(sentences=True))
    tags = [tag for segment in doc.segments for tag in segment.sentences or ()]
    assert [raw[tag.start : tag.end] for tag in tags] == [ITALIAN]


def test_only_who_asks_gets_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"A Long Winter\n\n{ENGLISH} {ITALIAN} {ENGLISH}\n\n{ENGLISH} {ENGLISH}\n", encoding="utf-8"
    )
    told = {}
    for asked in (False, True):
        out = tmp_path / f"out{asked}"
        run([str(tmp_path / "a.txt")], out, Settings(sentences=asked))
        rows = pq.read_table(out / "segments").to_pylist()
        told[asked] = [row["sentences"] for row in rows if row["keep"]]
    assert told[False] == [None, None]
    assert [(tag["language"], tag["end"] - tag["start"]) for tag in told[True][0]] == [("it", len(ITALIAN))]
    assert told[True][1] == []
