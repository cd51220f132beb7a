"""Lines set into annotated pages: where they stand, and that all else stays what it was."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.label_insertions import Sentence, by_language, with_insertions, written_sentences
from pipeline.document import KEPT_LABELS, LABELS
from pipeline.evaluation.gold import Gold, load_gold

RAW = "Jornal\n\nThe ferry runs again.\n\nIt had been laid up.\n\nPartilhar\n"
LINES = [("Jornal", "nav", "pt"), ("The ferry runs again.", "body", "en"), ("It had been laid up.", "body", "en"),
         ("Partilhar", "nav", "pt")]  # fmt: skip

ASKED = Sentence("Assine a nossa carta diária.", "pt", "ad")
TOLD = Sentence("Passengers had waited since May.", "en", "body")
FOREIGN = Sentence("Os passageiros esperavam desde maio.", "pt", "body")


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    blocks = [
        {"start": RAW.index(text), "end": RAW.index(text) + len(text), "label": label, "language": language,
         "keep": label in KEPT_LABELS}
        for text, label, language in LINES
    ]  # fmt: skip
    (tmp_path / "page.txt").write_text(RAW)
    written = {"source": "page.txt", "document": {}, "blocks": blocks, "fragments": []}
    (tmp_path / "page.gold.json").write_text(json.dumps(written))
    return load_gold(tmp_path)[0]


def varied(gold: Gold, *sentences: Sentence) -> list[Gold]:
    random = np.random.default_rng(0)
    return [with_insertions(gold, by_language(sentences), random) for _ in range(60)]


def texts(gold: Gold) -> list[tuple[str, str]]:
    return [(gold.raw[block.start : block.end], block.labels[0]) for block in gold.blocks]


def test_a_line_set_in_stands_alone_at_a_paragraph_and_moves_nothing_but_places(gold: Gold) -> None:
    found = [page for page in varied(gold, ASKED) if page is not gold]
    assert found and len(found) < 60
    new = (ASKED.text, "ad")
    for page in found:
        assert [one for one in texts(page) if one != new] == texts(gold)
        at = texts(page).index(new)
        assert "body" in {label for _, label in texts(page)[at - 1 : at + 2]}
        assert f"\n\n{ASKED.text}\n\n" in page.raw
    assert {texts(page).index(new) for page in found} == {1, 2, 3}


def test_what_is_kept_is_set_in_only_in_the_language_of_the_article(gold: Gold) -> None:
    assert all(page is gold for page in varied(gold, FOREIGN))
    told = [page for page in varied(gold, TOLD) if page is not gold]
    assert told
    assert all(block.keep for page in told for block in page.blocks if page.raw[block.start :].startswith(TOLD.text))


def test_a_page_without_two_places_is_left_alone(gold: Gold) -> None:
    empty = replace(gold, blocks=())
    assert all(page is empty for page in varied(empty, ASKED))


def test_the_tables_have_known_labels_and_no_line_twice() -> None:
    sentences = written_sentences()
    assert {sentence.label for sentence in sentences} <= set(LABELS)
    assert [text for text, count in Counter(one.text for one in sentences).items() if count > 1] == []
    assert all(one.text == " ".join(one.text.split()) for one in sentences)
