"""Near duplicates: what is found, what is not, and which of them stays."""

import json
import random
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import stub_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus import collide, settle
from pipeline.corpus.collide import KEYS, collisions
from pipeline.corpus.near import BANDS, LEAST_SHINGLES, THRESHOLD, bands, jaccard, shingles
from pipeline.io.rows import write_rows
from pipeline.run import run
from pipeline.verify import verify

WORDS = [f"word{n}" for n in range(500)]


def article(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def changed(words: list[str], number: int, seed: int = 0) -> list[str]:
    """Return `words` with so many of them replaced, one next to the other."""
    at = random.Random(seed).randrange(len(words) - number)
    return [*words[:at], *(f"other{n}" for n in range(number)), *words[at + number :]]


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def states(out: Path) -> dict[str, tuple[str, str | None]]:
    rows = pq.read_table(out / "documents").to_pylist()
    return {row["id"].partition(".")[0]: (row["status"], row["duplicate_of"]) for row in rows}


def test_the_earliest_of_nearly_equal_articles_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)
    first = article(1)
    texts = {
        "a": first,
        "b": article(2),
        "c": changed(first, 8),
        "d": changed(first, 80),
        "e": first,
        "f": changed(first, 8),
        "short": ["Only", "three", "words"],
        "short2": ["Only", "three", "words", "more"],
    }
    zh = "".join(random.Random(3).choices("的一是不了人我在有他这为之大来以个中上们", k=300))
    pages = {name: " ".join(words) for name, words in texts.items()}
    pages |= {"z1": f"lang=zh-Hans {zh}", "z2": f"lang=zh-Hans {zh[:150]}另外{zh[150:]}"}
    summary = run([write(tmp_path / "in", pages)], tmp_path / "out")
    found = states(tmp_path / "out")
    duplicates = {name: original for name, (state, original) in found.items() if state == "duplicate"}
    assert duplicates == {"c": "a.txt", "e": "a.txt", "f": "a.txt", "z2": "z1.txt"}
    assert (summary.documents, summary.rows["corpus/en"]) == ({"clean": 6, "duplicate": 4}, 5)
    assert verify(tmp_path / "out") == []


def test_duplicates_are_found_across_units_and_never_in_chains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)
    words = article(4)
    chain = [words]
    for step in range(4):  # each resembles the one before it, and less and less the first
        chain.append([*chain[-1][:-9], *(f"new{step}{n}" for n in range(9))] if step else changed(words, 9, 1))
    (tmp_path / "in").mkdir()
    for n, page in enumerate(chain):
        (tmp_path / "in" / f"{n}.jsonl").write_text(json.dumps({"id": f"p{n}", "text": " ".join(page)}))
    run([tmp_path / "in"], tmp_path / "out")
    found = states(tmp_path / "out")
    shingled = {f"p{n}": shingles(" ".join(page), "en") for n, page in enumerate(chain)}
    for name, (state, original) in found.items():
        if state == "duplicate":
            assert original is not None
            assert jaccard(shingled[name], shingled[original]) >= THRESHOLD
            assert found[original][0] == "clean"
    assert found["p1"] == ("duplicate", "p0")
    assert verify(tmp_path / "out") == []


def test_a_false_duplicate_is_a_violation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_plan.install(monkeypatch)
    pages = {"a": " ".join(article(1)), "b": " ".join(changed(article(1), 80))}
    monkeypatch.setattr(settle, "THRESHOLD", 0.1)
    monkeypatch.setattr("pipeline.corpus.passes.bands", lambda _: [1])
    run([write(tmp_path / "in", pages)], tmp_path / "out")
    assert states(tmp_path / "out")["b"] == ("duplicate", "a.txt")
    assert any("duplicate_of" in violation.message for violation in verify(tmp_path / "out"))


def test_the_bands_find_what_is_alike_and_little_else() -> None:
    def share(number: int) -> float:
        pairs = [(article(seed), changed(article(seed), number, seed)) for seed in range(150)]
        hits = [set(bands(shingles(" ".join(a), "en"))) & set(bands(shingles(" ".join(b), "en"))) for a, b in pairs]
        return sum(map(bool, hits)) / len(hits)

    assert share(16) > 0.98  # about 0.82 alike
    assert share(150) < 0.1


@settings(max_examples=30)
@given(st.sets(st.integers(0, 2**32 - 1), min_size=LEAST_SHINGLES, max_size=400))
def test_a_signature_is_there_for_any_shingles(found: set[int]) -> None:
    marks = bands(np.array(sorted(found), dtype=np.uint32))
    assert len(marks) == BANDS
    assert all(-(2**63) <= mark < 2**63 for mark in marks)


@given(st.lists(st.sampled_from(["Rain", "rain", "fell", "Ärger", "１", "x"]), max_size=30))
def test_shingles_are_the_runs_of_five_words_without_order_case_or_signs(words: list[str]) -> None:
    runs = {tuple(word.casefold() for word in words[at : at + 5]) for at in range(len(words) - 4)}
    found = shingles(" – ".join(words), "en")
    assert len(found) == len(runs)
    assert list(found) == sorted(set(found))
    again = shingles(", ".join([*words, *words]), "en")
    assert set(found) <= set(again)


@given(st.text("天地玄黃宇宙", max_size=40))
def test_shingles_of_chinese_are_the_runs_of_five_letters(text: str) -> None:
    assert len(shingles("，".join(text), "zh-Hans")) == len({text[at : at + 5] for at in range(len(text) - 4)})


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(-9, 9), max_size=12), max_size=5), st.sampled_from([3, 10**6]))
def test_collisions_are_all_and_only_the_equal_keys(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[int]], at_once: int
) -> None:
    folder = tmp_path_factory.mktemp("keys")
    for number, keys in enumerate(files):
        write_rows(folder, str(number), KEYS, ({"key": key, "row": row} for row, key in enumerate(keys)))
    places: dict[int, list[tuple[int, int]]] = {}
    for number, keys in enumerate(files):
        for row, key in enumerate(keys):
            places.setdefault(key, []).append((number, row))
    expected = sorted(group for group in places.values() if len(group) > 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collide, "ROWS_AT_ONCE", at_once)
        paths = [folder / f"{number}.parquet" for number in range(len(files))]
        assert sorted(collisions(paths, sum(map(len, files)))) == expected
