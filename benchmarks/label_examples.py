"""Segments whose label somebody has judged, as the model of labels sees them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.document import Document, Segment
from pipeline.evaluation.gold import Block, Gold, load_gold
from pipeline.labels.columns import Columns
from pipeline.labels.model import columns_of
from pipeline.plan import DEFAULT, Stage, knowledge, reading_plan

WEIGHED = "weigh_labels"
"""The stage that the model works in: what is before it is what the model is told."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page as the rules leave it to the model, with its gold; `right` has a label a segment, None where none is."""

    source: str
    gold: Gold
    doc: Document
    columns: Columns
    right: tuple[str | None, ...]


def read_labelled(folder: Path, source: str) -> Iterator[LabelledPage]:
    """Yield the pages whose gold annotations are in `folder`."""
    return (labelled(gold, source) for gold in load_gold(folder))


def labelled(gold: Gold, source: str) -> LabelledPage:
    """Return the page of `gold`, labelled by the rules."""
    doc = Document.from_raw(gold.raw)
    for stage in _stages():
        doc = stage(doc)
    owners = _owners(gold)
    right = tuple(_right(gold, owners, segment) for segment in doc.segments)
    return LabelledPage(source, gold, doc, columns_of(doc.segments), right)


@cache
def _stages() -> Sequence[Stage]:
    plan = reading_plan(DEFAULT, knowledge(DEFAULT))
    return [stage for name, stage in plan.items()][: list(plan).index(WEIGHED)]


def _owners(gold: Gold) -> Sequence[Block | None]:
    owners: list[Block | None] = [None] * len(gold.raw)
    for block in gold.blocks:
        owners[block.start : block.end] = [block] * (block.end - block.start)
    return owners


def _right(gold: Gold, owners: Sequence[Block | None], segment: Segment) -> str | None:
    """Return the label of the block that most of `segment` is in."""
    solid = (i for i in range(segment.start, segment.end) if not gold.raw[i].isspace())
    blocks = Counter(owner for i in solid if (owner := owners[i]) is not None)
    return blocks.most_common(1)[0][0].labels[0] if blocks else None
