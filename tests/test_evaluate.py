"""The figures, each against values worked out by hand from one small page."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from out_folder import fragment_of, segments_of, write_out

from pipeline.errors import InputError, OutputError, SettingsError
from pipeline.evaluation.evaluate import MISS_KINDS, Limit, evaluate
from pipeline.evaluation.gold import GoldFragment, load_gold
from pipeline.evaluation.score import Overlap, Share, accepts, paint, words

RAW = "Titel 1\nWe sell 水分 (water) and 闭环 in Россия.\n2026\nLeggi anche\nplus Xinhua"
LINES = RAW.split("\n")
CLEAN = "We sell 水分 (water) and 闭环 in Россия."
REPAIRED = "We sell water and closed loop in Россия."


def block(text: str, label: str, language: str | None, keep: bool = False, **more: Any) -> dict[str, Any]:
    start = RAW.index(text)
    return {
        "start": start,
        "end": start + len(text),
        "label": label,
        "language": language,
        "keep": keep,
    } | more


def gold_fragment(text: str, kind: str, **more: Any) -> dict[str, Any]:
    start = RAW.index(text)
    return {"start": start, "end": start + len(text), "text": text, "kind": kind} | more


GOLD = {
    "document": {
        "language": "en", "title": "Titel 1", "publisher": "Pub", "author": None, "published": "2026-05-29",
        "updated": "--06-16",
    },
    "blocks": [
        block(LINES[0], "title", "de", alt_languages=["nl"]),
        block(LINES[1], "body", "en", keep=True),
        block(LINES[2], "stats", "und"),
        block(LINES[3], "section_label", "it"),
        block(LINES[4], "caption", "en", keep=True, keep_uncertain=True, alt_labels=["body"]),
    ],
    "fragments": [
        gold_fragment("水分", "glossed", gloss="water", suggested_english="water"),
        gold_fragment("闭环", "residue", suggested_english="closed loop", alternatives=["closed cycle"]),
        gold_fragment("Россия", "name"),
        gold_fragment("Xinhua", "name", tier="optional"),
    ],
    "lexicon": [{"term": "水分", "translation": "water"}, {"term": "闭环", "translation": "closed loop"}],
}  # fmt: skip

RIGHT_SEGMENTS = segments_of(
    "p.txt", RAW, (LINES[0], "title", "nl"), (LINES[1], "body", "en"), (LINES[2], "stats", "zxx"),
    (LINES[3], "section_label", "it"), (LINES[4], "body", "en"),
)  # fmt: skip
RIGHT = {
    "documents": [
        {
            "id": "p.txt", "language": "en-GB", "title": " titel  1", "publisher": "PUB",
            "published": date(2026, 5, 29),
        }
    ],
    "segments": RIGHT_SEGMENTS,
    "fragments": [
        fragment_of("p.txt", RAW, "水分", "glossed", gloss="water"),
        fragment_of("p.txt", RAW, "闭环", "residue", proposal="Closed  cycle"),
        fragment_of("p.txt", RAW, "Россия", "name"),
        fragment_of("p.txt", RAW, "Xinhua", "residue"),
    ],
    "corpus/en": [{"id": "p.txt", "text": CLEAN}],
    "lexicon": [
        {"term": "水分", "translation": "Water"}, {"term": "闭环", "translation": "closed loop"},
        {"term": "x", "translation": "y"},
    ],
}  # fmt: skip

PERFECT = {
    "documents": 1, "coverage": 1.0, "body_f1": 1.0, "body_f1_min": 1.0, "label_accuracy": 1.0,
    "language_accuracy": 1.0, "document_language": 1.0, "false_language": 0, "fragment_f1": 1.0,
    "residue_f1": 1.0, "kind_accuracy": 1.0, "gloss_accuracy": 1.0, "false_residue": 0, "metadata": 1.0,
    "text_similarity": 1.0, "text_exact": 1.0, "repair_accuracy": 1.0, "lexicon_recall": 1.0,
}  # fmt: skip


def write_gold(folder: Path, gold: object = GOLD, **texts: str | None) -> Path:
    """Write page `p` with its annotation into `folder`/gold and its source into `folder`/seeds."""
    (folder / "gold").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "seeds" / "p.txt").write_bytes(RAW.encode())
    (folder / "gold" / "p.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    for name, text in ({"clean": CLEAN, "repaired": REPAIRED} | texts).items():
        if text is not None:
            (folder / "gold" / f"p.{name}.txt").write_text(text, encoding="utf-8")
    return folder / "gold"


def figures(tmp_path: Path, **changed: Iterable[Any]) -> dict[str, Any]:
    """Return what differs from a perfect run if the tables `changed` are as given."""
    tables = RIGHT | {name.replace("corpus", "corpus/en"): rows for name, rows in changed.items()}
    found = evaluate(write_out(tmp_path / "out", tables), write_gold(tmp_path)).figures
    assert list(found) == list(PERFECT)
    return {name: value for name, value in found.items() if value != PERFECT[name]}


def without(rows: Iterable[Any], text: str, *, key: str = "text", **instead: Any) -> list[Any]:
    """Return `rows` without the one for `text`, or with it changed."""
    return [row | (instead if row[key] == text else {}) for row in rows if instead or row[key] != text]


def test_a_perfect_run_is_perfect(tmp_path: Path) -> None:
    assert figures(tmp_path) == {}


def test_the_cases_behind_each_share_are_told(tmp_path: Path) -> None:
    rows = without(RIGHT["fragments"], "闭环", proposal="wrong")
    found = evaluate(write_out(tmp_path / "out", RIGHT | {"fragments": rows}), write_gold(tmp_path))
    assert found.figures["repair_accuracy"] == 0.0
    assert found.cases == {
        "coverage": "59/59", "label_accuracy": "5/5", "language_accuracy": "4/4", "document_language": "1/1",
        "kind_accuracy": "3/3", "gloss_accuracy": "1/1", "metadata": "3/3", "text_exact": "1/1",
        "repair_accuracy": "0/1", "lexicon_recall": "2/2", "fragment_f1": "3 of 3 found, 3 to find",
        "residue_f1": "2 of 2 found, 2 to find",
    }  # fmt: skip


def test_segments_that_are_missing(tmp_path: Path) -> None:
    # The body has 29 solid code points of 6 + 29 + 4 + 10 + 10; what is nowhere is kept nowhere.
    assert [len("".join(line.split())) for line in LINES] == [6, 29, 4, 10, 10]
    assert figures(tmp_path, segments=without(RIGHT_SEGMENTS, LINES[1])) == {
        "coverage": round(30 / 59, 4), "body_f1": 0.0, "body_f1_min": 0.0,
        "label_accuracy": 0.8, "language_accuracy": 0.75,
    }  # fmt: skip


def test_code_points_in_two_segments_are_not_covered(tmp_path: Path) -> None:
    assert figures(tmp_path, segments=[*RIGHT_SEGMENTS, RIGHT_SEGMENTS[2]]) == {"coverage": round(55 / 59, 4)}


def test_chrome_that_is_kept(tmp_path: Path) -> None:
    # 39 kept, 29 of them rightly; the uncertain caption counts for neither side.
    rows = without(RIGHT_SEGMENTS, LINES[3], keep=True)
    f1 = round(2 * 29 / (39 + 29), 4)
    assert figures(tmp_path, segments=rows) == {"body_f1": f1, "body_f1_min": f1}


def test_labels_and_languages_that_are_wrong(tmp_path: Path) -> None:
    rows = without(RIGHT_SEGMENTS, LINES[3], label="nav", language="pt")
    assert figures(tmp_path, segments=rows) == {"label_accuracy": 0.8, "language_accuracy": 0.75}


def test_the_majority_of_code_points_decides(tmp_path: Path) -> None:
    first, *rest = RIGHT_SEGMENTS
    halves = [first | {"end": 5, "label": "nav"}, first | {"start": 5}]  # "Titel" against "1"
    assert figures(tmp_path, segments=[*halves, *rest]) == {"label_accuracy": 0.8}


def test_signs_that_got_a_language(tmp_path: Path) -> None:
    assert figures(tmp_path, segments=without(RIGHT_SEGMENTS, LINES[2], language="en")) == {"false_language": 1}


def test_a_fragment_that_was_missed(tmp_path: Path) -> None:
    # 2 found of 3 wanted; of the acting ones 1 of 2.
    assert figures(tmp_path, fragments=without(RIGHT["fragments"], "闭环")) == {
        "fragment_f1": 0.8, "residue_f1": round(2 / 3, 4), "repair_accuracy": 0.0,
    }  # fmt: skip


def test_a_name_taken_for_residue_and_a_residue_out_of_nothing(tmp_path: Path) -> None:
    named = without(RIGHT["fragments"], "Россия", kind="residue")
    extra = [fragment_of("p.txt", RAW, "sell", "residue"), fragment_of("p.txt", RAW, "Leggi", "term")]
    assert figures(tmp_path, fragments=[*named, *extra]) == {
        "fragment_f1": round(6 / 8, 4), "residue_f1": round(4 / 6, 4), "kind_accuracy": round(2 / 3, 4),
        "false_residue": 2,
    }  # fmt: skip


def test_gloss_kind_and_proposal_that_are_wrong(tmp_path: Path) -> None:
    rows = without(RIGHT["fragments"], "水分", kind="residue", gloss="wet")
    rows = without(rows, "闭环", proposal="open loop")
    assert figures(tmp_path, fragments=rows) == {
        "kind_accuracy": round(2 / 3, 4), "gloss_accuracy": 0.0, "repair_accuracy": 0.0,
    }  # fmt: skip


def test_metadata_that_is_wrong(tmp_path: Path) -> None:
    # Title, publisher and published are stated; an author is not, and of `updated` not even the year.
    row = {
        "id": "p.txt",
        "language": "pt",
        "title": "Title 1",
        "publisher": "Pub",
        "published": date(2026, 5, 30),
    }
    assert figures(tmp_path, documents=[row]) == {"document_language": 0.0, "metadata": round(1 / 3, 4)}


def test_lexicon_pairs_that_are_missing(tmp_path: Path) -> None:
    assert figures(tmp_path, lexicon=RIGHT["lexicon"][:1]) == {"lexicon_recall": 0.5}


@pytest.mark.parametrize(
    "text",
    [REPAIRED, f"\n{CLEAN}\n", CLEAN.replace("闭环", "Closed Cycle"), CLEAN.replace(" 闭环", "-closed loop")],
)
def test_a_text_is_right_with_leftovers_kept_or_repaired(tmp_path: Path, text: str) -> None:
    assert "text_exact" not in figures(tmp_path, corpus=[{"id": "p.txt", "text": text}])


def test_a_text_that_is_not_right(tmp_path: Path) -> None:
    # 13 units each, 11 of them in common: 闭环 is two, and "tidy box" is two others.
    text = CLEAN.replace("闭环", "tidy box")
    assert len(words(text)) == len(words(CLEAN)) == 13
    assert figures(tmp_path, corpus=[{"id": "p.txt", "text": text}]) == {
        "text_exact": 0.0, "text_similarity": round(2 * 11 / 26, 4),
    }  # fmt: skip


def test_a_document_that_the_run_does_not_know(tmp_path: Path) -> None:
    found = evaluate(write_out(tmp_path / "out", {"documents": [{"id": "q.txt"}]}), write_gold(tmp_path)).figures
    assert found == {
        "documents": 1, "coverage": 0.0, "body_f1": 0.0, "body_f1_min": 0.0, "label_accuracy": 0.0,
        "language_accuracy": 0.0, "document_language": 0.0, "false_language": 0, "fragment_f1": 0.0,
        "residue_f1": 0.0, "kind_accuracy": None, "gloss_accuracy": None, "false_residue": 0, "metadata": 0.0,
        "text_similarity": 0.0, "text_exact": 0.0, "repair_accuracy": 0.0, "lexicon_recall": 0.0,
    }  # fmt: skip


def test_figures_are_of_all_documents_together_but_the_body_is_a_mean(tmp_path: Path) -> None:
    gold = write_gold(tmp_path)
    for name in ("gold/p.gold.json", "seeds/p.txt"):
        path = tmp_path / name
        path.with_name(path.name.replace("p.", "q.")).write_bytes(path.read_bytes())
    found = evaluate(write_out(tmp_path / "out", RIGHT), gold).figures
    assert (found["documents"], found["body_f1"], found["body_f1_min"]) == (2, 0.5, 0.0)
    assert (found["coverage"], found["label_accuracy"], found["fragment_f1"]) == (0.5, 0.5, round(6 / 9, 4))
    assert found["text_similarity"] == 1.0  # q has no ideal text


def test_every_kind_of_miss_is_told(tmp_path: Path) -> None:
    wrong = without(RIGHT_SEGMENTS, LINES[3], label="nav", language="pt", keep=True)
    out = write_out(tmp_path / "out", {"documents": [{"id": "p.txt"}], "segments": wrong})
    misses = evaluate(out, write_gold(tmp_path)).misses
    told: dict[str, list[str]] = {}
    for miss in misses:
        told.setdefault(miss.kind, []).append(miss.what)
    assert set(told) == set(MISS_KINDS)
    assert told["body"] == ["f1=0.8529 kept=39 gold=29 hit=29"]
    assert told["label"] == [f"{RAW.index('Leggi')} section_label got nav 'Leggi anche'"]
    assert told["language"] == [f"{RAW.index('Leggi')} it got pt 'Leggi anche'"]
    assert f"missed {(RAW.index('闭环'), RAW.index('闭环') + 2)} '闭环' residue" in told["fragment"]
    assert told["lexicon"] == ["missed '水分' 'water'", "missed '闭环' 'closed loop'"]
    assert told["metadata"][0] == "title gold 'Titel 1' got None"


def test_the_gold_of_the_seeds_is_read_from_its_place() -> None:
    root = Path(__file__).parent
    golds = load_gold(root / "gold")
    assert len(golds) == 5
    assert all(gold.clean and gold.repaired and gold.blocks for gold in golds)
    for gold in golds:
        assert all(gold.raw[f.start : f.end] == f.text for f in gold.fragments)


def test_sources_are_found_where_they_are_said_to_be(tmp_path: Path) -> None:
    gold = write_gold(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "seeds" / "p.txt").rename(tmp_path / "elsewhere" / "p.txt")
    with pytest.raises(InputError, match=r"no source for p\.gold\.json"):
        load_gold(gold)
    assert load_gold(gold, tmp_path / "elsewhere")[0].raw == RAW


@pytest.mark.parametrize(
    ("gold", "why"),
    [
        ({}, "KeyError"),
        ([], "not a gold annotation"),
        (GOLD | {"blocks": [block("Titel", "title", "de") | {"end": 5000}]}, "outside the source"),
        (GOLD | {"sha256": "0" * 64}, "is not the text that was annotated"),
    ],
)
def test_gold_that_cannot_be_used_is_refused(tmp_path: Path, gold: object, why: str) -> None:
    with pytest.raises(InputError, match=why):
        load_gold(write_gold(tmp_path, gold))


def test_no_gold_and_no_run_are_errors(tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", RIGHT)
    with pytest.raises(InputError, match="no gold annotations"):
        evaluate(out, tmp_path)
    with pytest.raises(OutputError):
        evaluate(tmp_path / "missing", write_gold(tmp_path))


def test_limits() -> None:
    got: dict[str, float | int | None] = {"body_f1": 0.95, "false_residue": 1, "metadata": None}
    assert Limit.parse("body_f1=0.95", "min", got).missed(got) is None
    assert Limit.parse("body_f1=0.96", "min", got).missed(got) == "body_f1=0.95 (min 0.96)"
    assert Limit.parse("false_residue=0", "max", got).missed(got) == "false_residue=1 (max 0)"
    assert Limit.parse("metadata=0", "min", got).missed(got) == "metadata=None (min 0)"
    for text in ("speed=1", "body_f1", "body_f1=high"):
        with pytest.raises(SettingsError, match=f"--min {text}"):
            Limit.parse(text, "min", got)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60), st.booleans()), max_size=6))
def test_painting_is_what_painting_point_by_point_gives(spans: list[tuple[int, int, bool]]) -> None:
    raw = "ab cd " * 5
    rows = [
        {"start": start, "end": end, "label": str(i), "language": "en", "keep": keep}
        for i, (start, end, keep) in enumerate(spans)
    ]
    painting = paint(raw, rows)
    for i in range(len(raw)):
        over = [row for row in rows if row["start"] <= i < row["end"]]
        assert painting.layers[i] == len(over)
        assert painting.labels[i] == (over[-1]["label"] if over else None)
        assert painting.kept[i] == (over[-1]["keep"] if over else False)


@given(st.lists(st.text(alphabet="ab(.*\n水", min_size=1, max_size=6)))
def test_a_clean_text_is_accepted_as_it_stands(parts: list[str]) -> None:
    text = " ".join(parts)
    left = [GoldFragment(0, 1, "水", "residue", True, None, "water", ())]
    assert accepts(text, left, text)
    assert accepts(text, left, text.replace("水", "Water", 1))
    assert not accepts(text, left, text + "x")


def test_shares_and_overlaps_add_up() -> None:
    assert (Share(1, 2) + Share(2, 4)).value == 0.5
    assert Share().value is None
    assert Overlap().f1 == 1.0
    assert Overlap(0, 1, 0).f1 == 0.0
    assert (Overlap(1, 2, 2) + Overlap(1, 1, 1)).f1 == pytest.approx(4 / 6)
