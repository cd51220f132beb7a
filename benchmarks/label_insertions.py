"""Pages with lines set into their article: what a site says between two paragraphs, and paragraphs that sound like it.

The annotated pages have few such places, of the sites that their writers thought of, and hardly any paragraphs in most
languages. What is set in was written for it: by the way it sounds alone a paragraph can be told from what is none.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.record import ROOT
from pipeline.document import KEPT_LABELS
from pipeline.evaluation.gold import Block, Gold

TABLES = tuple(ROOT / "benchmarks" / f"{name}.toml" for name in ("furniture_sentences", "article_paragraphs"))
SHARE = 0.5
"""Of the pages that lines are set into."""
MOST = 4
"""Lines set into a page."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What stands on a line of its own, its language (BCP 47), the label that it bears, and what kind it is of."""

    text: str
    language: str
    label: str
    kind: str = ""


def written_sentences() -> list[Sentence]:
    """Return the lines of both tables."""
    return [sentence for table in TABLES for sentence in read_sentences(table)]


def read_sentences(table: Path) -> list[Sentence]:
    """Return the lines of `table`, those of one kind and language side by side."""
    return [
        Sentence(line, language, kind["label"], kind["id"])
        for kind in tomllib.loads(table.read_text(encoding="utf-8"))["kind"]
        for language, lines in kind["lines"].items()
        for line in lines
    ]


def by_language(sentences: Sequence[Sentence]) -> Mapping[str, list[Sentence]]:
    """Return `sentences` by the first part of their language's tag, Chinese ones by all of it."""
    found: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        found.setdefault(tongue(sentence.language), []).append(sentence)
    return found


def with_insertions(gold: Gold, sentences: Mapping[str, Sequence[Sentence]], random: np.random.Generator) -> Gold:
    """Return `gold`, or with some of `sentences` at its paragraphs, in their language; what the site says, also in its.

    Fragments and clean text stay those of the page as it was.
    """
    places = _borders(gold)
    own, around = (tongue_of(block for block in gold.blocks if block.keep == keep) for keep in (True, False))
    foreign = () if own == around else sentences.get(around, ())
    known = [*sentences.get(own, ()), *(one for one in foreign if one.label not in KEPT_LABELS)]
    if len(places) < 2 or not known or random.random() > SHARE:
        return gold
    number = int(random.integers(1, min(MOST, len(places), len(known)) + 1))
    chosen = random.choice(len(known), number, replace=False)
    # From the last place on: what is above it stays where it is.
    for place, i in zip(sorted(random.choice(places, number, replace=False), reverse=True), chosen, strict=True):
        gold = set_in(gold, int(place), known[i])
    return gold


def tongue(language: str) -> str:
    """Return what lines and pages in `language` (BCP 47) are matched by.

    >>> tongue("pt-BR"), tongue("zh-Hant-HK"), tongue("no")
    ('pt', 'zh-Hant', 'nb')
    """
    primary = language.partition("-")[0]
    return language[:7] if primary == "zh" else {"no": "nb", "tl": "fil"}.get(primary, primary)


def _borders(gold: Gold) -> list[int]:
    """Return where paragraphs end, and what stands above the first of a run of them, at the end of its line."""
    beside = [is_paragraph(block) or is_paragraph(below) for block, below in pairwise((*gold.blocks, None))]
    return [block.end for block, is_so in zip(gold.blocks, beside, strict=True) if is_so and ends_line(gold, block)]


def ends_line(gold: Gold, block: Block) -> bool:
    """Whether nothing is glued to the end of `block`, where a line can be set in."""
    return gold.raw[block.end : block.end + 1] in ("\n", "\r")


def is_paragraph(block: Block | None) -> bool:
    """Whether `block` is a paragraph of the article."""
    return block is not None and block.keep and block.labels[0] == "body"


def tongue_of(blocks: Iterable[Block]) -> str:
    """Return the language that most of `blocks` are in; nothing where nobody has said."""
    counts = Counter(tongue(block.languages[0]) for block in blocks if block.languages)
    return max(counts, key=counts.__getitem__, default="")


def set_in(gold: Gold, place: int, sentence: Sentence) -> Gold:
    """Return `gold` with `sentence` on a line of its own behind `place`, parted as the lines there are."""
    rest = gold.raw[place:]
    gap = rest[: len(rest) - len(rest.lstrip())] or "\n"
    new = gap + sentence.text
    keep = sentence.label in KEPT_LABELS
    own = Block(place + len(gap), place + len(new), (sentence.label,), (sentence.language,), keep, uncertain=False)
    blocks = [_moved(block, len(new)) if block.start >= place else block for block in gold.blocks]
    at = sum(block.end <= place for block in blocks)
    return replace(gold, raw=gold.raw[:place] + new + rest, blocks=(*blocks[:at], own, *blocks[at:]))


def _moved(block: Block, by: int) -> Block:
    return replace(block, start=block.start + by, end=block.end + by)
