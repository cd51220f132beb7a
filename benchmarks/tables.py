"""Tables set into articles: are the paragraphs around them still kept, and are their rows the article's?

`python -m benchmarks.tables [--save]`
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

import regex

from benchmarks.label_insertions import ends_line, is_paragraph
from benchmarks.record import ROOT, keep, render
from pipeline.evaluation.gold import Gold, load_gold
from pipeline.plan import clean

FOLDERS = tuple(ROOT / "tests" / "pages" / name / "gold" for name in ("unseen", "next"))
LEAST_PARAGRAPHS = 5
LEAST_WORDS = 20

_WORD = regex.compile(r"[\p{L}--\p{Han}--\p{Hiragana}--\p{Katakana}]{4,}|\p{Han}{2}", regex.V1)

NOTES = """\
On each annotated page of `unseen` and `next` with five paragraphs that end their lines, a table of three to seven rows
below a row of names stands in the middle of the article or before its last paragraph, made of words of the article and
of figures drawn at random. Lost: paragraphs that are not kept, `none` without any table. Rows: what share of its
lines, or of the segments they were cut into, is `list_item`. The rules for tables were written while these counts were
looked at."""


class Draw:
    """Draws the parts of a table."""

    def __init__(self, seed: str, words: Sequence[str]) -> None:
        self._random, self._words = Random(seed), words

    def word(self) -> str:
        """Return a word of the article."""
        return self._random.choice(self._words).capitalize()

    def figure(self) -> str:
        """Return a number as tables have it."""
        much, little = self._random.randint(1, 999), self._random.randint(0, 9)
        return self._random.choice([f"{much}", f"{much},{little}00", f"{much % 100}.{little}%", f"+{little}.{little}"])

    def between(self, least: int, most: int) -> int:
        """Return a number from `least` to `most`."""
        return self._random.randint(least, most)


def _rows(draw: Draw, cell: Callable[[], str], parting: str) -> list[str]:
    columns = draw.between(2, 4)
    head = parting.join(draw.word() for _ in range(columns))
    return [
        head,
        *(parting.join([draw.word(), *(cell() for _ in range(columns - 1))]) for _ in range(draw.between(3, 7))),
    ]


TABLES: Mapping[str, Callable[[Draw], list[str]]] = {
    "none": lambda _: [],
    "bars, figures": lambda draw: _rows(draw, draw.figure, " | "),
    "bars, words": lambda draw: _rows(draw, draw.word, " | "),
    "bars at the ends": lambda draw: [f"| {row} |" for row in _rows(draw, draw.figure, " | ")],
    "tabs, figures": lambda draw: _rows(draw, draw.figure, "\t"),
    "tabs, words": lambda draw: _rows(draw, draw.word, "\t"),
    "wide blanks": lambda draw: _rows(draw, draw.figure, "    "),
    "a cell a line": lambda draw: "\n".join(_rows(draw, draw.figure, "\n")).split("\n"),
    "facts": lambda draw: [f"{draw.word()}: {draw.figure()}" for _ in range(draw.between(3, 7))],
}


class Set(NamedTuple):
    """What became of a page with a table: its paragraphs, those lost, the table's lines by label."""

    paragraphs: int
    lost: int
    rows: Counter[str]


def set_in(gold: Gold, name: str) -> Set | None:
    """Set the table `name` into a page and clean it; None where the page has too few paragraphs or words."""
    ends = [block.end for block in gold.blocks if is_paragraph(block) and ends_line(gold, block)]
    words = _WORD.findall(" ".join(gold.raw[block.start : block.end] for block in gold.blocks if block.keep))
    if len(ends) < LEAST_PARAGRAPHS or len(words) < LEAST_WORDS:
        return None
    draw = Draw(gold.name + name, words)
    place = ends[len(ends) // 2] if draw.between(0, 1) else ends[-2]
    between = "\n\n" if gold.raw.startswith("\n\n", place) else "\n"
    table = "".join(between + "\n".join(rows) for rows in [TABLES[name](draw)] if rows)
    segments = clean(gold.raw[:place] + table + gold.raw[place:]).segments
    kept = [(segment.start, segment.end) for segment in segments if segment.keep]
    paragraphs = [_moved(block.start, block.end, place, len(table)) for block in gold.blocks if is_paragraph(block)]
    lost = sum(2 * _covered(span, kept) < span[1] - span[0] for span in paragraphs)
    rows = Counter(s.label for s in segments if place <= s.start < place + len(table))
    return Set(len(paragraphs), lost, rows)


def _moved(start: int, end: int, place: int, by: int) -> tuple[int, int]:
    return (start + by, end + by) if start >= place else (start, end)


def _covered(span: tuple[int, int], kept: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in kept)


def table(pages: Sequence[Gold]) -> Iterator[str]:
    """Yield how many paragraphs are lost beside each kind of table, as Markdown."""
    yield "| table | pages | paragraphs | lost | rows |"
    yield "|---|--:|--:|--:|--:|"
    for name in TABLES:
        found = [one for gold in pages if (one := set_in(gold, name))]
        rows = sum((one.rows for one in found), Counter[str]())
        share = f"{rows['list_item'] / rows.total():.2f}" if rows else "-"
        lost, paragraphs = sum(one.lost for one in found), sum(one.paragraphs for one in found)
        yield f"| {name} | {len(found)} | {paragraphs} | {lost} | {share} |"


def main() -> None:
    """Set in, clean, count, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Count the paragraphs that are lost beside tables.")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/tables.md")
    options = parser.parse_args()
    pages = [gold for folder in FOLDERS for gold in load_gold(folder)]
    page = render("tables", "Tables in the midst of an article", "\n".join(table(pages)) + f"\n\n{NOTES}")
    print(page, end="")
    if options.save:
        keep("tables", page)


if __name__ == "__main__":
    main()
