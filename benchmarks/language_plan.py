"""The product's own stage, in its place in the plan."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import Any

from benchmarks.language_items import SEEDS, WORDLESS, Item, letters, seed_items
from benchmarks.language_score import RIGHT, UNDECIDED, WRONG, verdict
from benchmarks.record import ROOT
from pipeline.document import Document
from pipeline.evaluation.gold import Gold, load_gold
from pipeline.evaluation.score import most_common, paint
from pipeline.plan import DEFAULT, Stage, knowledge, reading_plan
from pipeline.settings import Effort
from pipeline.stages.tag_language import tag_language

EFFORTS: tuple[Effort, ...] = ("fast", "balanced", "thorough")

STAGE, LAST = "tag_language", "infer_language"
"""The stage that is measured, and the last one that has a say in a segment's language."""

_EXCERPT = 60


def prepared(texts: Iterable[str]) -> list[Document]:
    """Return `texts` as the stages before the measured one leave them."""
    plan = reading_plan(DEFAULT, knowledge(DEFAULT))
    before = [plan[name] for name in takewhile(lambda name: name != STAGE, plan)]
    return [_through(before, text) for text in texts]


def _through(stages: Iterable[Stage], text: str) -> Document:
    doc = Document.from_raw(text)
    for stage in stages:
        doc = stage(doc)
    return doc


def _stages(effort: Effort) -> list[Stage]:
    """Return the plan up to where nothing changes languages any more."""
    plan = reading_plan(DEFAULT, knowledge(DEFAULT))
    plan[STAGE] = partial(tag_language, languages=DEFAULT.languages, effort=effort)
    names = list(plan)
    return [plan[name] for name in names[: names.index(LAST) + 1]]


def seeds_in_plan() -> Mapping[str, Any]:
    """Return how many annotated lines of the seeds the plan gets right, for every effort, and which ones it does not.

    `wordless` are the lines that are annotated as in no language: any tag is one too many there;
    `letterless_tagged` is what `clean-corpus eval` counts as `false_language`.
    """
    golds = load_gold(ROOT / "tests" / "gold", ROOT / "seeds")
    return {effort: _counted([line for gold in golds for line in _lines(gold, effort)]) for effort in EFFORTS}


def _lines(gold: Gold, effort: Effort) -> list[tuple[Item, str]]:
    """Return the annotated lines of a document with the tag that most of their code points carry."""
    doc = _through(_stages(effort), gold.raw)
    rows = (
        {"start": one.start, "end": one.end, "label": one.label, "language": one.language, "keep": one.keep}
        for one in doc.segments
    )
    painting = paint(gold.raw, rows)
    lines = []
    for block, item in zip(_filled(gold), (one for one in seed_items() if one.source == gold.name), strict=True):
        points = [at for at in range(*block) if painting.solid[at]]
        lines.append((item, most_common(painting.languages[at] for at in points) or ""))
    return lines


def _filled(gold: Gold) -> list[tuple[int, int]]:
    return [(block.start, block.end) for block in gold.blocks if gold.raw[block.start : block.end].strip()]


def _counted(lines: Sequence[tuple[Item, str]]) -> dict[str, Any]:
    judged = [(item, tag, verdict(item, tag)) for item, tag in lines]
    stated = [found for item, _, found in judged if item.set == SEEDS]
    wordless = [item for item, _, _ in judged if item.set == WORDLESS]
    tagged = [item for item, _, found in judged if item.set == WORDLESS and found == WRONG]
    return {
        "lines": len(stated),
        **{name: stated.count(name) for name in (RIGHT, WRONG, UNDECIDED)},
        "wordless_lines": len(wordless),
        "wordless_tagged": len(tagged),
        "letterless_tagged": sum(not letters(item.text) for item in tagged),
        "faults": [
            {"document": item.source, "text": item.text[:_EXCERPT], "tag": tag}
            for item, tag, found in judged
            if found != RIGHT
        ],
    }
