"""What the product promises on annotated pages: the figures of `pipeline.evaluation` may not fall below these."""

from pathlib import Path

import pytest

from pipeline.evaluation.evaluate import evaluate
from pipeline.run import run
from pipeline.verify import verify

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "tests" / "pages"

SETS = {
    "seeds": (ROOT / "seeds", ROOT / "tests" / "gold"),
    "pages": (PAGES / "sources", PAGES / "gold"),
    # Nobody tuned on these: scored to see how the next page will fare, never to be looked at while writing a rule.
    "aside": (PAGES / "aside" / "sources", PAGES / "aside" / "gold"),
    "later": (PAGES / "later" / "sources", PAGES / "later" / "gold"),
    "later aside": (PAGES / "later" / "aside" / "sources", PAGES / "later" / "aside" / "gold"),
    "fresh": (PAGES / "fresh" / "sources", PAGES / "fresh" / "gold"),
    "fresh aside": (PAGES / "fresh" / "aside" / "sources", PAGES / "fresh" / "aside" / "gold"),
    "strangers": (PAGES / "strangers" / "sources", PAGES / "strangers" / "gold"),
    "recent": (PAGES / "recent" / "sources", PAGES / "recent" / "gold"),
    "recent aside": (PAGES / "recent" / "aside" / "sources", PAGES / "recent" / "aside" / "gold"),
    "latest": (PAGES / "latest" / "sources", PAGES / "latest" / "gold"),
    "latest aside": (PAGES / "latest" / "aside" / "sources", PAGES / "latest" / "aside" / "gold"),
    "newest": (PAGES / "newest" / "sources", PAGES / "newest" / "gold"),
    "unseen": (PAGES / "unseen" / "sources", PAGES / "unseen" / "gold"),
    "unseen aside": (PAGES / "unseen" / "aside" / "sources", PAGES / "unseen" / "aside" / "gold"),
    "next": (PAGES / "next" / "sources", PAGES / "next" / "gold"),
    "next aside": (PAGES / "next" / "aside" / "sources", PAGES / "next" / "aside" / "gold"),
    "recalled": (PAGES / "recalled" / "sources", PAGES / "recalled" / "gold"),
    "recalled aside": (PAGES / "recalled" / "aside" / "sources", PAGES / "recalled" / "aside" / "gold"),
    "judged": (PAGES / "judged" / "sources", PAGES / "judged" / "gold"),
}

PERFECT = [
    "coverage", "body_f1", "label_accuracy", "language_accuracy", "document_language", "fragment_f1", "residue_f1",
    "kind_accuracy", "gloss_accuracy", "metadata", "text_exact",
]  # fmt: skip

FLOORS: dict[str, dict[str, float]] = {
    "seeds": {**dict.fromkeys(PERFECT, 1.0), "lexicon_recall": 0.85, "repair_accuracy": 0.4},
    "pages": {"coverage": 1.0, "body_f1": 0.98, "label_accuracy": 0.9, "language_accuracy": 0.92, "residue_f1": 0.95},
    "aside": {"coverage": 1.0, "body_f1": 0.95, "label_accuracy": 0.9, "document_language": 1.0},
    "later": {"coverage": 1.0, "body_f1": 0.97, "label_accuracy": 0.85, "document_language": 1.0},
    "later aside": {"coverage": 1.0, "body_f1": 0.9, "label_accuracy": 0.75, "document_language": 1.0},
    "fresh": {"coverage": 1.0, "body_f1": 0.97, "label_accuracy": 0.85, "document_language": 1.0},
    "fresh aside": {"coverage": 1.0, "body_f1": 0.9, "label_accuracy": 0.75, "document_language": 1.0},
    "strangers": {"coverage": 1.0, "body_f1": 0.97, "label_accuracy": 0.85, "document_language": 1.0},
    "recent": {"coverage": 1.0, "body_f1": 0.97, "label_accuracy": 0.85, "document_language": 1.0},
    "recent aside": {"coverage": 1.0, "body_f1": 0.95, "label_accuracy": 0.8, "document_language": 1.0},
    "latest": {"coverage": 1.0, "body_f1": 0.93, "label_accuracy": 0.85, "document_language": 0.95},
    "latest aside": {"coverage": 1.0, "body_f1": 0.95, "label_accuracy": 0.85, "document_language": 1.0},
    "newest": {"coverage": 1.0, "body_f1": 0.93, "label_accuracy": 0.85, "fragment_f1": 0.85, "lexicon_recall": 0.7},
    "unseen": {"coverage": 1.0, "body_f1": 0.93, "label_accuracy": 0.85, "fragment_f1": 0.85, "document_language": 1.0},
    "unseen aside": {"coverage": 1.0, "body_f1": 0.9, "label_accuracy": 0.8, "document_language": 0.95},
    "next": {"coverage": 1.0, "body_f1": 0.9, "label_accuracy": 0.85, "document_language": 0.95},
    "next aside": {"coverage": 1.0, "body_f1": 0.9, "label_accuracy": 0.8, "document_language": 1.0},
    "recalled": {"coverage": 1.0, "body_f1": 0.95, "label_accuracy": 0.82, "document_language": 1.0},
    "recalled aside": {"coverage": 1.0, "body_f1": 0.95, "label_accuracy": 0.85, "document_language": 1.0},
    "judged": {"coverage": 1.0, "body_f1": 0.95, "label_accuracy": 0.85, "document_language": 1.0},
}

CEILINGS: dict[str, dict[str, float]] = {"seeds": {"false_language": 0, "false_residue": 0}}


@pytest.mark.parametrize("name", SETS)
def test_figures_hold(name: str, tmp_path: Path) -> None:
    sources, gold = SETS[name]
    summary = run([sources], tmp_path / "out")
    assert not summary.rejects
    figures = evaluate(tmp_path / "out", gold, sources).figures
    assert {k: figures[k] for k, floor in FLOORS[name].items() if (figures[k] or 0) < floor} == {}
    assert {k: figures[k] for k, top in CEILINGS.get(name, {}).items() if (figures[k] or 0) > top} == {}
    assert verify(tmp_path / "out", sources) == []
