"""The yardstick of fragments: what it generates is where it says, and its scores count what they say."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.fragment_generator import CARRIER, MadePage, Region, generate
from benchmarks.fragment_insertions import BORDER, types
from benchmarks.fragment_markup import MarkedFragment, MarkupError, parse_marks, parse_page, read_pages
from benchmarks.fragment_material import carriers, words
from benchmarks.fragment_score import Score, figures, match, score, score_folder, total
from benchmarks.fragment_speed import STAGE, labelled
from benchmarks.fragment_table import alarm_lines, quotes, tables
from benchmarks.fragment_web import alarm_figures, load_bodies, load_web_pages, look_at, sample
from benchmarks.fragments import as_json, score_made
from pipeline.document import Candidate, Fragment, Kind
from pipeline.evaluation.score import Overlap, Share
from pipeline.plan import DEFAULT, full_plan

PARAGRAPHS = [
    f"In year {number} the harbour was dredged again, and the fishermen said that it would not last until spring."
    for number in range(1901, 1910)
]


@pytest.fixture(scope="module")
def pages() -> tuple[MadePage, ...]:
    return generate(seed=1, each=20)


def regions(pages: tuple[MadePage, ...], type: str) -> list[tuple[MadePage, Region]]:
    return [(page, region) for page in pages for region in page.regions if region.type == type]


def test_offsets_are_exact(pages: tuple[MadePage, ...]) -> None:
    for page in pages:
        for region in page.regions:
            for one in region.gold:
                assert page.text[one.start : one.end] == one.text
                assert region.start <= one.start < one.end <= region.end


def test_regions_and_blank_lines_are_the_whole_page(pages: tuple[MadePage, ...]) -> None:
    for page in pages:
        assert "\n\n".join(page.text[region.start : region.end] for region in page.regions) == page.text


def test_the_same_seed_makes_the_same_pages(pages: tuple[MadePage, ...]) -> None:
    assert generate(seed=1, each=20) == pages
    assert generate(seed=2, each=20) != pages


def test_every_type_is_there_as_often_as_it_should_be(pages: tuple[MadePage, ...]) -> None:
    assert {type: len(regions(pages, type)) for type in types()} == dict.fromkeys(types(), 20)


def test_traps_and_carriers_hold_nothing_and_all_else_one_fragment(pages: tuple[MadePage, ...]) -> None:
    for page in pages:
        for region in page.regions:
            assert len(region.gold) == (not region.type.startswith(("trap_", CARRIER))), region.type


@pytest.mark.parametrize(
    ("type", "left", "right"),
    [
        ("residue_left", False, True),
        ("residue_both", False, False),
        ("residue_spaced", True, True),
        ("residue_doubled", False, True),
        (BORDER, False, True),
    ],
)
def test_a_fragment_is_glued_as_its_type_says(type: str, left: bool, right: bool, pages: tuple[MadePage, ...]) -> None:
    for page, region in regions(pages, type):
        (one,) = region.gold
        assert (page.text[one.start - 1] == " ", page.text[one.end] == " ") == (left, right)


def test_all_words_come_up_in_natural_positions() -> None:
    made = generate(seed=1, each=60)
    used = {one.text for page in made for region in page.regions for one in region.gold}
    assert {word.text for word in words()} <= used


def test_words_are_many_and_none_of_the_seeds() -> None:
    texts = [word.text for word in words()]
    glossary = Path(__file__).parent.parent / "pipeline" / "rules" / "glossary.toml"
    listed = glossary.read_text(encoding="utf-8")
    assert len(texts) == len(set(texts)) >= 120
    assert not {"超额回报", "大批", "连带", "反噬", "闭环", "水分", "红利", "特征", "赌死", "普及"} & set(texts)
    assert sum(f'"{text}"' not in listed for text in texts) >= 60
    assert all(renderings and all(renderings) for word in words() for renderings in word.renderings.values())


def test_carriers_are_in_eight_languages() -> None:
    assert len(carriers()) == 8
    assert all(carrier.paragraphs for carrier in carriers().values())


def test_text_of_other_people_is_cut_at_borders_of_words_only() -> None:
    made = generate(seed=1, each=5, bodies=[PARAGRAPHS])
    for page, region in regions(made, BORDER):
        (one,) = region.gold
        text = page.text[region.start : one.start] + page.text[one.end : region.end]
        assert text in PARAGRAPHS
        assert page.text[one.start - 1].isalpha()


def test_marks_are_taken_out() -> None:
    text, (first, second) = parse_marks("a{{residue zh-Hans = gap | hole | 缺口}} and {{name zh | 李华}}.")
    assert text == "a缺口 and 李华."
    assert (first.start, first.end, first.kind, first.language, first.accepted) == (
        1, 3, "residue", "zh-Hans", ("gap", "hole"),
    )  # fmt: skip
    assert (second.text, second.accepted) == ("李华", ())


@pytest.mark.parametrize(
    "marked",
    [
        "open {{name zh | 李",
        "{{thing zh | 李}}",
        "{{name zh | 李。}}",
        "{{residue zh = | 李}}",
        "{{name zh 李}}",
        "{{}}",
        "}}",
    ],
)
def test_bad_marks_are_refused(marked: str) -> None:
    with pytest.raises(MarkupError, match="page-1"):
        parse_page(f"# host: en; note\n\n{marked}\n", name="page-1")


def test_a_page_needs_its_head(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# host: en; news\n\nThe{{residue zh = gap | 缺口}} grew.\n", encoding="utf-8")
    (page,) = read_pages(tmp_path)
    assert (page.name, page.host, page.note, page.text) == ("a.txt", "en", "news", "The缺口 grew.\n")
    with pytest.raises(MarkupError, match="first line"):
        parse_page("The gap\n\ngrew.", name="a")


def gold(start: int, text: str, kind: Kind = "residue", *accepted: str) -> MarkedFragment:
    return MarkedFragment(start, start + len(text), text, kind, "zh-Hans", accepted)


def found(start: int, text: str, kind: Kind = "residue", *candidates: Candidate, language: str = "zh") -> Fragment:
    return Fragment(start, start + len(text), start, 0, text, kind, language, "en", "r", 0.9, candidates=candidates)


def test_spans_kinds_and_languages() -> None:
    counted = score(
        match(
            [gold(0, "缺口"), gold(10, "李华", "name"), gold(20, "默契"), gold(30, "初衷")],
            [found(0, "缺口"), found(10, "李华"), found(20, "默契在", language="ja"), found(40, "雨")],
        )
    )
    assert counted.spans == Overlap(2, 4, 4)
    assert counted.touched == Share(3, 4)
    assert counted.kinds == Share(1, 2)
    assert counted.languages == Share(2, 2)
    assert counted.residues == Overlap(1, 4, 3)


def test_marks_at_the_ends_of_a_span_do_not_matter() -> None:
    assert score(match([gold(5, "雨停了")], [found(4, "“雨停了。")])).spans == Overlap(1, 1, 1)
    assert score(match([gold(5, "雨停了")], [found(5, "雨停")])).spans == Overlap(0, 1, 1)


def test_repairs_are_counted_by_source_and_by_confidence() -> None:
    counted = score(
        match(
            [
                gold(0, "缺口", "residue", "gap", "the shortfall"),
                gold(10, "默契", "residue", "rapport"),
                gold(20, "雨"),
            ],
            [
                found(0, "缺口", "residue", Candidate("The  Shortfall", "dictionary/a/noun", 0.6)),
                found(10, "默契", "residue", Candidate("privity", "dictionary/a/verb", 0.4)),
                found(20, "雨", "residue", Candidate("rain", "gloss", 0.9)),
                found(30, "云", "residue", Candidate("cloud", "gloss", 0.9)),
            ],
        )
    )
    # Nobody wrote down what 雨 is; 云 is not there at all.
    assert counted.proposals == {"dictionary/a": Share(1, 2), "gloss": Share(0, 1)}
    assert counted.sure == {"dictionary/a": Share(1, 1), "gloss": Share(0, 1)}
    assert (counted.proposed, counted.repaired) == (Share(2, 2), Share(1, 2))


def test_a_proposal_for_a_name_or_a_doubled_word_is_wrong() -> None:
    proposal = Candidate("gap", "gloss", 0.9)
    for one in (gold(0, "缺口", "name"), gold(0, "缺口", "residue", "")):
        counted = score(match([one], [found(0, "缺口", "residue", proposal)]))
        assert counted.proposals == {"gloss": Share(0, 1)}
        assert counted.proposed == Share()


def test_scores_add_up() -> None:
    one = score(match([gold(0, "缺口", "residue", "gap")], [found(0, "缺口", "residue", Candidate("gap", "a", 0.9))]))
    two = score(match([gold(0, "缺口", "residue", "gap")], []))
    both = figures(total([one, two]))
    assert (both["pages"], both["recall"], both["precision"], both["repaired"]) == (2, 0.5, 1.0, 0.5)
    assert both["repair"] == {
        "all": {"right": 1, "of": 1, "share": 1.0},
        "a": {"right": 1, "of": 1, "share": 1.0},
    }
    assert figures(Score())["f1"] is None


def test_annotated_pages_are_scored(tmp_path: Path) -> None:
    text = "# host: en; news\n\nIt built a deep{{glossed zh-Hans = moat | 护城河}} (moat) around its business in May.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    counted = score_folder(tmp_path)
    assert (counted.pages, counted.spans, counted.repaired) == (1, Overlap(1, 1, 1), Share(1, 1))


def test_reports_are_laid_at_the_door_of_their_paragraph() -> None:
    text = "It lost its牌照 in May.\n\nNobody knew of its缺口 then."
    one, two = Region("carrier", 0, 21, ()), Region("residue_left", 23, len(text), (gold(41, "缺口"),))
    scores = score_made([MadePage("a", "en", text, (one, two))])
    assert list(scores) == ["residue_left", "carrier"]
    assert scores["carrier"].spans == Overlap(0, 1, 0)
    assert scores["residue_left"].spans == Overlap(1, 1, 1)


@pytest.fixture
def web(tmp_path: Path) -> Path:
    rows = [
        {"file_id": "1", "text": "It lost its牌照 in May.", "main_content": "\n".join(PARAGRAPHS), "lang_gold": "en"},
        {"file_id": "2", "text": "It lost its licence in May.", "main_content": "Short.", "lang_gold": "en"},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "wcxb_dev_lines.parquet")
    return tmp_path


def test_every_residue_of_an_ordinary_page_is_listed(web: Path) -> None:
    told = alarm_figures([look_at(page) for page in load_web_pages(web)])
    (alarm,) = told.pop("listed")
    assert (alarm["page"], alarm["before"], alarm["text"], alarm["after"]) == ("1", "It lost its", "牌照", " in May.")
    assert told == {
        "pages": 2, "pages_with_foreign_letters": 1, "fragments": {"residue": 1}, "residues": 1,
        "pages_with_alarm": 1, "residues_per_1000": 500.0, "pages_with_alarm_per_1000": 500.0,
    }  # fmt: skip


def test_a_sample_is_drawn_by_its_seed_and_keeps_the_order() -> None:
    every = [(str(number), "") for number in range(100)]
    some = sample(every, 10, seed=1)
    assert len(some) == 10
    assert some == sorted(some, key=lambda page: int(page[0])) == sample(every, 10, seed=1)
    assert sample(every, None, seed=1) == sample(every, 200, seed=1) == every


def test_bodies_are_taken_from_either_kind_of_folder(web: Path, tmp_path: Path) -> None:
    assert load_bodies(web) == [PARAGRAPHS]
    plain = tmp_path / "plain"
    plain.mkdir()
    with pytest.raises(ValueError, match="no English text"):
        load_bodies(plain)
    (plain / "a.txt").write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    (body,) = load_bodies(plain)
    assert set(body) <= set(PARAGRAPHS)


def test_what_is_timed_is_detection_alone() -> None:
    doc = labelled("It lost its牌照 in May, and nobody noticed.", full_plan(DEFAULT))
    assert not doc.fragments
    assert [segment.language for segment in doc.segments] == ["en"]
    assert full_plan(DEFAULT)[STAGE](doc).fragments


def test_tables_tell_all_and_json_says_when_and_with_what(web: Path) -> None:
    counted = figures(score(match([gold(0, "缺口", "residue", "gap")], [found(0, "缺口")])))
    told = alarm_figures([look_at(page) for page in load_web_pages(web)])
    results = {
        "made": {"seed": 1, "each": 1, "bodies": "built in", "types": {"residue_left": counted}, "all": counted},
        "folders": {"dev": counted},
        "web": told,
        "speed": {"English": {"code_points": 9, "detection_ns": 50.5, "scan_ns": 5.5, "times_the_scan": 9.2}},
    }
    page = tables(results)
    assert all(word in page for word in ("residue_left", "| dev |", "50.5", "residues per 1000 | 500.0"))
    assert "⟦牌照⟧" in alarm_lines(told)
    assert [quote.figure for quote in quotes(results)] == ["1.0 / 1.0 / 1.0", "-"]
    kept = json.loads(as_json(results))
    assert kept["command"] == "python -m benchmarks.fragments"
    assert {"date", "machine", "versions"} <= kept.keys()
    assert kept["web"]["listed"][0]["text"] == "牌照"
