"""Lines set into articles: is what the site says in their midst left out, and what only sounds like it kept?

`python -m benchmarks.insertions [--save]`
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from benchmarks.label_insertions import Sentence, ends_line, is_paragraph, read_sentences, set_in, tongue, tongue_of
from benchmarks.record import ROOT, keep, render
from benchmarks.train_labels import FOLDERS
from pipeline.document import KEPT_LABELS
from pipeline.evaluation.gold import Gold, load_gold
from pipeline.plan import clean

TABLE = ROOT / "benchmarks" / "insertions.toml"
LEAST_PARAGRAPHS = 4

NOTES = """\
Each line of `benchmarks/insertions.toml` stands alone on an annotated page whose article and site are in its language,
in the middle of the article or right below it, as its letters have it. Wrong: what the site says is kept, or a
paragraph is not. The pages are those that the model of labels has learnt from, the lines are not: two writers wrote
them in fourteen languages after that model's own were written. No rule was written by them; their counts,
not they, were looked at while one of two networks was chosen and other prices of a lost paragraph were tried and left.
A line in a language that no such page is in is left out."""


class Set(NamedTuple):
    """A line that was set in, whether right below the article, and whether it was kept."""

    sentence: Sentence
    is_below: bool
    is_kept: bool

    @property
    def is_own(self) -> bool:
        """Whether it is the article's, and no line of its site."""
        return self.sentence.label in KEPT_LABELS

    @property
    def is_wrong(self) -> bool:
        """Whether what the site says was kept, or a paragraph was not."""
        return self.is_kept != self.is_own


def carriers() -> Mapping[str, Sequence[Gold]]:
    """Return pages with enough paragraphs, by the language that they are in from top to bottom."""
    found: dict[str, list[Gold]] = {}
    for gold in (gold for folder in FOLDERS.values() for gold in load_gold(folder)):
        own, around = (tongue_of(block for block in gold.blocks if block.keep == keep) for keep in (True, False))
        if own == around and len(_ends(gold)) >= LEAST_PARAGRAPHS:
            found.setdefault(own, []).append(gold)
    return found


def _ends(gold: Gold) -> list[int]:
    return [block.end for block in gold.blocks if is_paragraph(block) and ends_line(gold, block)]


def set_all(sentences: Sequence[Sentence]) -> Iterator[Set]:
    """Set each of `sentences` into a page and clean it."""
    pages = carriers()
    for sentence in sentences:
        chance = crc32(sentence.text.encode())
        if some := pages.get(tongue(sentence.language)):
            yield _set(sentence, some[chance % len(some)], is_below=bool(chance >> 16 & 1))


def _set(sentence: Sentence, gold: Gold, *, is_below: bool) -> Set:
    ends = _ends(gold)
    place = ends[-1] if is_below else ends[len(ends) // 2]
    varied = set_in(gold, place, sentence)
    start = varied.raw.index(sentence.text, place)
    end = start + len(sentence.text)
    kept = (segment for segment in clean(varied.raw).segments if segment.keep)
    overlap = sum(max(0, min(end, segment.end) - max(start, segment.start)) for segment in kept)
    return Set(sentence, is_below, overlap > len(sentence.text) / 2)


def table(found: Sequence[Set]) -> str:
    """Return how many of each kind are wrong, as Markdown."""
    rows = ["| kind | lines | wrong | in the middle | right below |", "|---|--:|--:|--:|--:|"]
    kinds = dict.fromkeys(one.sentence.kind for one in found)
    rows += [_row(kind, [one for one in found if one.sentence.kind == kind]) for kind in kinds]
    rows.append(_row("all that sites say", [one for one in found if not one.is_own]))
    rows.append(_row("all paragraphs", [one for one in found if one.is_own]))
    return "\n".join(rows)


def _row(name: str, some: Sequence[Set]) -> str:
    sides = [[one for one in some if one.is_below == below] for below in (False, True)]
    parts = " | ".join(f"{sum(one.is_wrong for one in side)} of {len(side)}" for side in sides)
    return f"| {name} | {len(some)} | {sum(one.is_wrong for one in some)} | {parts} |"


def main() -> None:
    """Set in, clean, count, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Count what sites say in the midst of articles and is kept.")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/insertions.md")
    options = parser.parse_args()
    page = render(
        "insertions",
        "What sites say in the midst of an article",
        f"{table([*set_all(read_sentences(TABLE))])}\n\n{NOTES}",
    )
    print(page, end="")
    if options.save:
        keep("insertions", page)


if __name__ == "__main__":
    main()
