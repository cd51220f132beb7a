"""Marks set before the items of annotated pages: which get them, and that all else stays what it was."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.label_bullets import MARKS, with_bullets
from pipeline.document import KEPT_LABELS
from pipeline.evaluation.gold import Gold, load_gold

LINES = [
    ("Notícias", "nav"), ("Desporto", "nav"), ("Cartoon", "nav"), ("Ferry runs again", "title"),
    ("The ferry runs again.", "body"), ("bring a coat", "list_item"), ("• bring a dog", "list_item"),
    ("bring a hat", "list_item"), ("It had been laid up.", "body"), ("Leia também", "section_label"),
    ("Harbour freezes", "related_title"), ("2 h", "related_meta"), ("Captain wed", "related_title"),
    ("Imprensa", "nav"),
]  # fmt: skip
GLUED = {"Cartoon"}
"""What stands on the line of what is before it."""


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    raw = ""
    blocks = []
    for text, label in LINES:
        raw += ("" if not raw else " " if text in GLUED else "\n") + text
        at = len(raw) - len(text)
        blocks.append({"start": at, "end": len(raw), "label": label, "language": "pt", "keep": label in KEPT_LABELS})
    (tmp_path / "page.txt").write_text(raw)
    written = {"source": "page.txt", "document": {}, "blocks": blocks, "fragments": []}
    (tmp_path / "page.gold.json").write_text(json.dumps(written))
    return load_gold(tmp_path)[0]


def texts(gold: Gold) -> list[tuple[str, str]]:
    return [(gold.raw[block.start : block.end], block.labels[0]) for block in gold.blocks]


def test_items_of_lists_get_one_mark_and_nothing_else_changes(gold: Gold) -> None:
    random = np.random.default_rng(0)
    varied = [page for page in (with_bullets(gold, random) for _ in range(200)) if page is not gold]
    assert 0 < len(varied) < 200
    marked = set()
    for page in varied:
        before = [new.removesuffix(old) for (new, _), (old, _) in zip(texts(page), texts(gold), strict=True)]
        assert len({mark for mark in before if mark} - set(MARKS)) == 0
        assert len({mark for mark in before if mark}) <= 1
        assert [label for _, label in texts(page)] == [label for _, label in texts(gold)]
        assert len(page.raw) == len(gold.raw) + sum(map(len, before))
        marked |= {LINES[i][0] for i, mark in enumerate(before) if mark}
    # Not the title, nor what has a mark, is glued to another, or stands alone among blocks of other labels.
    assert marked == {"Notícias", "Desporto", "bring a coat", "bring a hat", "Harbour freezes", "Captain wed"}


def test_the_same_draws_give_the_same_page(gold: Gold) -> None:
    assert with_bullets(gold, np.random.default_rng(3)) == with_bullets(gold, np.random.default_rng(3))
