"""What it does to pages that their site is known: which paragraphs leave the body because many of its pages have them.

`python -m benchmarks.site_lines --data WCXB [--save]`

WCXB is a folder as `benchmarks/body_pages.py` describes. The pages of all domains with enough of them are cleaned
twice, as JSON lines with their addresses and without. What leaves the body is judged by the marks of its lines.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from benchmarks.body_folds import scored_pages
from benchmarks.body_pages import MarkedPage, word_f1
from benchmarks.record import keep, render
from pipeline.corpus.site_sketch import SiteSketch
from pipeline.lines.site_lines import LEAST_PAGES, line_keys
from pipeline.run import run
from pipeline.stages.label_repeated import REPEATED

NOTES = f"""\
Pages of WCXB (Murrough Foley, "WCXB: A Multi-Type Web Content Extraction Benchmark", 2026, CC BY 4.0; pages of its test
split and pages whose text lacks their body are left out) of all domains with at least {LEAST_PAGES}. In the first
columns, the characters that are body when no page says where it is from and are not when all do: those of lines marked
as furniture, and of lines marked as body. Word F1 of the text of the corpus is a mean over pages, ± the standard error
of their differences. The body model has learnt from these pages. Most are shops' and manuals', none are news.

The share of furniture is the score of the rule `site/repeated`, which is {REPEATED} now. The cost is that of what the
first pass notes of lines, in processor time."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A page: the characters that leave its body, by their marks, and its word F1 without and with its address."""

    domain: str
    furniture: int
    body: int
    before: float
    after: float


def pages_of_sites(pages: Sequence[MarkedPage]) -> list[MarkedPage]:
    """Return the pages of domains that have enough of them."""
    counts = Counter(page.domain for page in pages)
    return [page for page in pages if counts[page.domain] >= LEAST_PAGES]


def compare(pages: Sequence[MarkedPage], folder: Path) -> Iterator[Scored]:
    """Clean `pages` without and with their addresses, in `folder`, and yield them scored."""
    plain, known = (_Cleaned(pages, folder / name, named=name) for name in ("page", "url"))
    for page in pages:
        starts = list(accumulate((len(line) + 1 for line in page.plain.lines), initial=0))
        gone: Counter[bool] = Counter()
        for start, stop in plain.kept[page.id] - known.kept[page.id]:
            gone[bool(page.plain.is_body[int(np.searchsorted(starts, start, side="right")) - 1])] += stop - start
        before, after = (word_f1(texts.get(page.id, ""), page.body) for texts in (plain.texts, known.texts))
        yield Scored(page.domain, gone[False], gone[True], before, after)


class _Cleaned:
    """A run over pages, whose addresses are in the column `named`: the text of each, and what it keeps of it."""

    def __init__(self, pages: Sequence[MarkedPage], folder: Path, *, named: str) -> None:
        folder.mkdir()
        with (folder / "pages.jsonl").open("w", encoding="utf-8") as file:
            for page in pages:
                address = f"https://{page.domain}/{page.id}"
                file.write(json.dumps({"id": page.id, named: address, "text": "\n".join(page.plain.lines)}) + "\n")
        run([folder / "pages.jsonl"], folder / "out")
        self.texts: Mapping[str, str] = {row["id"]: row["text"] for row in _rows(folder / "out" / "corpus" / "en")}
        self.kept: dict[str, set[tuple[int, int]]] = {page.id: set() for page in pages}
        for row in _rows(folder / "out" / "segments"):
            if row["keep"]:
                self.kept[row["id"]].add((row["start"], row["end"]))


def _rows(table: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(table).to_pylist()
    return rows


def seconds_a_megabyte(pages: Sequence[MarkedPage]) -> float:
    """Return the processor time that the first pass takes for the lines of `pages`, by their size in UTF-8."""
    texts = ["\n".join(page.plain.lines) for page in pages]
    line_keys(texts[0])  # loads the tables
    started = time.process_time()
    sketch = SiteSketch()
    for page, text in zip(pages, texts, strict=True):
        sketch.add(page.domain, line_keys(text))
    with tempfile.TemporaryDirectory() as folder:
        sketch.write(Path(folder))
    return (time.process_time() - started) / (sum(len(text.encode()) for text in texts) / 10**6)


def table(scored: Sequence[Scored]) -> str:
    """Return the scores as Markdown."""
    rows = ["| domain | pages | furniture | body | F1 before | after | ±se |", "|---|--:|--:|--:|--:|--:|--:|"]
    for domain in ("all", *sorted({one.domain for one in scored})):
        chosen = [one for one in scored if domain in ("all", one.domain)]
        gone = f"{sum(one.furniture for one in chosen):,} | {sum(one.body for one in chosen):,}"
        before, after = (np.array([getattr(one, name) for one in chosen]) for name in ("before", "after"))
        error = (after - before).std() / len(chosen) ** 0.5
        rows.append(f"| {domain} | {len(chosen)} | {gone} | {before.mean():.4f} | {after.mean():.4f} | {error:.4f} |")
    return "\n".join(rows)


def share(scored: Sequence[Scored]) -> float:
    """Return which share of the characters that leave the body are furniture, 0 where none do.

    >>> share([Scored("a.example", 90, 5, 0.5, 0.6), Scored("a.example", 0, 5, 0.5, 0.5)])
    0.9
    """
    furniture, body = (sum(getattr(one, name) for one in scored) for name in ("furniture", "body"))
    return furniture / (furniture + body) if furniture + body else 0.0


def main() -> None:
    """Measure, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Score what leaves the body because many pages of its site have it.")
    parser.add_argument("--data", type=Path, required=True, help="folder of marked pages", metavar="WCXB")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/site_lines.md")
    options = parser.parse_args()
    everything = scored_pages(options.data, 1)
    pages = pages_of_sites(everything)
    with tempfile.TemporaryDirectory() as folder:
        scored = list(compare(pages, Path(folder)))
    better, worse = (sum(sign * (one.after - one.before) > 0 for one in scored) for sign in (1, -1))
    text = "\n".join([
        table(scored), "",
        f"Furniture: {share(scored):.3f} of what leaves the body. Better: {better} pages, worse: {worse}.",
        f"Cost: {seconds_a_megabyte(everything):.3f} s a MB.", "",
        NOTES,
    ])  # fmt: skip
    page = render("site_lines", "Paragraphs that many pages of a site have", text)
    print(page, end="")
    if options.save:
        keep("site_lines", page)


if __name__ == "__main__":
    main()
