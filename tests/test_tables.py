import pyarrow as pa
import pytest
import stub_plan

from pipeline.schema import TABLES
from pipeline.tables import Reject, chrome_languages, cleaned, cleaned_row, escape, explode, lexicon_table, rejected_row
from pipeline.words.lexicon import LexiconEntry

PAGE = stub_plan.PAGES["a.txt"]
DIVIDEND = LexiconEntry("红利", "zh", "dividend", "en", 1, 2, (("a.txt", 4),), "gloss")


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    docs = [stub_plan.read(text, id=name, known=(DIVIDEND,)) for name, text in stub_plan.PAGES.items()]
    rows = [cleaned_row(doc, "0" * 64) for doc in docs]
    return explode(cleaned([*rows, rejected_row(Reject("z", "z", "decode", "DecodeError", "bad", None))]))


def test_the_columns_are_those_of_the_schema(tables: dict[str, pa.Table]) -> None:
    for folder, table in tables.items():
        assert table.schema.equals(TABLES[folder.partition("/")[0]]), folder


def test_a_row_for_each_thing(tables: dict[str, pa.Table]) -> None:
    assert {name: table.num_rows for name, table in tables.items()} == {
        "corpus/en": 3,
        "corpus/zh": 1,
        "documents": 6,
        "segments": 18,
        "fragments": 6,
        "ledger": 3,
        "rejects": 1,
    }
    assert tables["documents"]["status"].to_pylist() == [
        "clean",
        "clean",
        "other_language",
        "empty",
        "clean",
        "clean",
    ]


def test_the_product_row(tables: dict[str, pa.Table]) -> None:
    row = tables["corpus/en"].to_pylist()[0]
    assert row["text"] == (
        "First paragraph with “quotes and 红利 (dividend) in it.\n\n"
        "- one\n  - inner\n\n# Why\n\nLast one, 红利 again and 闭环."
    )
    assert (row["title"], row["summary"], row["text_hans"]) == ("Title one", "Summary: short", None)
    assert row["n_residue"] == 2  # the glossed one is understood as it stands
    assert row["paragraphs"][2] == {"segment": 5, "label": "list_item", "text": "  - inner"}
    assert str(row["published"]) == "2026-05-29"


def test_chinese_comes_in_both_scripts(tables: dict[str, pa.Table]) -> None:
    (row,) = tables["corpus/zh"].to_pylist()
    assert row["language"] == "zh-Hans"
    assert row["text_hant"].startswith("lang=zh-Hans\n\n這個國家的皇后")
    assert row["text_hans"] == row["text"]


def test_segments_keep_the_source_beside_the_text(tables: dict[str, pa.Table]) -> None:
    row = tables["segments"].to_pylist()[3]
    assert row["raw"].startswith("First para\u00adgraph with ``")
    assert row["text"].startswith("First paragraph with “")
    assert PAGE[row["start"] : row["end"]] == row["raw"]
    assert [r["keep"] for r in tables["segments"].to_pylist()[:4]] == [False, False, False, True]


def test_fragments_show_their_proposal(tables: dict[str, pa.Table]) -> None:
    glossed, bare, unknown = tables["fragments"].to_pylist()[:3]
    assert (glossed["kind"], glossed["gloss"]) == ("glossed", "dividend")
    assert (bare["proposal"], bare["source"], bare["alternatives"]) == (
        "dividend",
        "stub/han; lexicon; guess",
        ["other"],
    )
    assert bare["confidence"] == pytest.approx(0.9)
    assert (unknown["proposal"], unknown["source"], unknown["alternatives"]) == (None, "stub/han", [])
    assert unknown["confidence"] == pytest.approx(0.6)


def test_fragments_and_glosses_are_written_as_the_source_has_them() -> None:
    doc = stub_plan.read("Odd 红\u00ad利 (divi\u00addend) here.")
    assert (doc.fragments[0].text, doc.fragments[0].gloss) == ("红利", "dividend")
    (row,) = cleaned_row(doc, "")["fragments"]
    assert (row["text"], row["gloss"]) == ("红\u00ad利", "divi\u00addend")


def test_the_ledger_says_what_stood_where_at_which_step(tables: dict[str, pa.Table]) -> None:
    rows = tables["ledger"].to_pylist()
    assert [(row["step"], row["old"], row["new"]) for row in rows] == [
        (0, "\u00ad", ""),
        (1, "``", "“"),
        (2, "* ", "  - "),
    ]
    assert rows[0]["start"] == PAGE.index("\u00ad")
    assert rows[1]["start"] == PAGE.index("``") - 1


def test_chrome_languages_are_the_others_that_were_not_kept(tables: dict[str, pa.Table]) -> None:
    assert tables["documents"]["chrome_languages"].to_pylist()[:3] == [["it"], [], []]


@pytest.mark.parametrize(
    ("own", "others"), [("en", ["pt", "zh"]), ("zh-Hant", ["en", "pt"]), ("und", ["en", "pt", "zh"])]
)
def test_chrome_in_another_script_is_not_in_another_language(own: str, others: list[str]) -> None:
    chrome = [(False, "zh"), (False, "pt"), (False, "en"), (False, "und"), (False, "zxx"), (True, "ru")]
    assert chrome_languages(chrome, own) == others


def test_a_reject_is_in_no_other_table(tables: dict[str, pa.Table]) -> None:
    assert tables["rejects"].to_pylist()[0]["message"] == "bad"
    assert "z" not in tables["documents"]["id"].to_pylist()


def test_nothing_at_all_explodes_into_empty_tables() -> None:
    tables = explode(cleaned([]))
    assert all(table.num_rows == 0 for table in tables.values())
    assert tables["segments"].schema.equals(TABLES["segments"])


def test_lexicon_table() -> None:
    assert lexicon_table([DIVIDEND]).to_pylist()[0]["examples"] == [{"id": "a.txt", "start": 4}]


@pytest.mark.parametrize(
    ("text", "shown"), [("新 x\n", "新 x\n"), ("\udce9", "\\xe9"), ("\ud800\udce9", "\\ud800\\udce9")]
)
def test_escape_is_always_utf8(text: str, shown: str) -> None:
    assert escape(text) == shown
