"""How well metadata is read from plain text, by what real pages state of themselves in their markup.

`python -m benchmarks.stated --data WCXB [--every N] [--save]`

WCXB is a folder as `benchmarks/body_pages.py` describes, its HTML beside it. Each article is cleaned as the plain text
of its lines; its markup is only read for what JSON-LD, Open Graph and other meta elements say.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import pyarrow as pa
import pyarrow.parquet as pq
import regex

from benchmarks.body_html import HTML
from benchmarks.body_pages import MarkedPage, read_pages
from benchmarks.record import keep, render
from pipeline import clean_batch
from pipeline.html.page import read_html

Answer = Literal["right", "wrong", "missed"]

FIELDS = ("title", "publisher", "author", "published")
BATCH = 20

NOTES = """\
Articles of WCXB (Murrough Foley, "WCXB: A Multi-Type Web Content Extraction Benchmark", 2026, CC BY 4.0; without its
test split), nearly all in English, cleaned as plain text. A value counts where the page's markup states it and, but for
days, its text has it too. Right: the same words; of names it is enough if one is part of the other, of titles the part
before a bar. What is wrong by this measure is often another name for the same: the company behind a site, a headline
worded otherwise in the markup. Of days nobody looked whether the text has them, so that what is missed says little.
Every third page was read while rules for titles, authors and publishers were written; the others were only counted."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A page's markup on itself: the values of each field that could be read from its text."""

    page: MarkedPage
    values: Mapping[str, Sequence[str]]


def stated_by(page: MarkedPage, html: str) -> Stated:
    """Return what `html` states of `page`, for each of FIELDS."""
    text = _folded("\n".join(page.plain.lines))
    found = Counter[tuple[str, str]](
        (said.field, unescape(said.value)) for said in read_html(html).markup.stated if said.field in FIELDS
    )
    forms = {(field, form) for field, value in found for form in (value, *_before_bar(field, value))}
    known = [(field, form) for field, form in sorted(forms) if field == "published" or _stands_in(form, text)]
    return Stated(page, {field: [form for of, form in known if of == field] for field in FIELDS})


def _before_bar(field: str, value: str) -> Iterator[str]:
    if field == "title":
        yield regex.split(r"\s+[|•·–—-]+\s+", value, maxsplit=1)[0]


def _stands_in(value: str, folded: str) -> bool:
    return bool(_folded(value)) and _folded(value) in folded


def answer(field: str, found: str | None, stated: Sequence[str]) -> Answer:
    """Return whether what was `found` is one of the values `stated`.

    >>> answer("author", "Jane Doe", ["Jane Doe, Editor"]), answer("title", "Ice", ["Ice on the river"])
    ('right', 'wrong')
    """
    if not found:
        return "missed"
    return "right" if any(_is_same(field, _folded(found), _folded(value)) for value in stated) else "wrong"


def _is_same(field: str, found: str, value: str) -> bool:
    if field in ("title", "published"):
        return found == value
    mine, theirs = set(found.split()), set(value.split())
    return found.replace(" ", "") == value.replace(" ", "") or (bool(mine) and (mine <= theirs or theirs <= mine))


def _folded(text: str) -> str:
    return regex.sub(r"[^\p{L}\p{M}\p{N}]+", " ", normalize("NFKC", text)).lower().strip()


def count(pages: Sequence[Stated]) -> Counter[tuple[str, Answer]]:
    """Clean `pages` as plain text and return how often each field is right, wrong and missed."""
    counts: Counter[tuple[str, Answer]] = Counter()
    for at in range(0, len(pages), BATCH):
        some = pages[at : at + BATCH]
        texts = {"id": [s.page.id for s in some], "text": ["\n".join(s.page.plain.lines) for s in some]}
        rows = clean_batch(pa.RecordBatch.from_pydict(texts)).select(list(FIELDS)).to_pylist()
        counts.update(key for stated, row in zip(some, rows, strict=True) for key in _answers(stated, row))
    return counts


def _answers(stated: Stated, row: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    for field, values in stated.values.items():
        if values:
            yield field, answer(field, row[field] and str(row[field]), values)


def table(parts: Mapping[str, Counter[tuple[str, Answer]]]) -> str:
    """Return the counts of each part of the pages, a row a field."""
    lines = ["| pages | field | stated | right | wrong | missed | right, if given |", "|---|---|--:|--:|--:|--:|--:|"]
    for name, counts in parts.items():
        for field in FIELDS:
            right, wrong, missed = (counts[field, kind] for kind in ("right", "wrong", "missed"))
            share = right / (right + wrong) if right + wrong else 0.0
            stated = right + wrong + missed
            lines.append(f"| {name} | {field} | {stated} | {right} | {wrong} | {missed} | {share:.3f} |")
    return "\n".join(lines)


def main() -> None:
    """Clean, count, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Score metadata read from plain text by what the markup states.")
    parser.add_argument("--data", type=Path, required=True, help="folder of marked pages", metavar="WCXB")
    parser.add_argument("--every", type=int, default=1, help="take every so-many-th page of each", metavar="N")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/stated.md")
    options = parser.parse_args()
    stored = pq.read_table(options.data / HTML)
    html = dict(zip(stored["file_id"].to_pylist(), stored["html"].to_pylist(), strict=True))
    articles = [page for page in read_pages(options.data) if page.kind == "article"]
    looked_at = {page.id for page in articles[::3]}
    parts = {
        "looked at": [page for page in articles if page.id in looked_at],
        "only counted": [page for page in articles if page.id not in looked_at],
    }
    counted = {
        f"{name} ({len(pages[:: options.every])})": count([stated_by(p, html[p.id]) for p in pages[:: options.every]])
        for name, pages in parts.items()
    }
    page = render("stated", "Metadata of real pages, read from their text", f"{table(counted)}\n\n{NOTES}")
    print(page, end="")
    if options.save:
        keep("stated", page)


if __name__ == "__main__":
    main()
