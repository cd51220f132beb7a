"""Pages with the names that may be their publisher's or author's and which are right, as the models learn from them."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
import regex

from benchmarks.body_html import HTML
from benchmarks.body_pages import MarkedPage, read_pages
from benchmarks.record import ROOT
from benchmarks.stated import answer, stated_by
from pipeline.document import Document
from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.score import fold
from pipeline.metadata import author_columns
from pipeline.metadata.name_model import Columns
from pipeline.metadata.publisher_candidates import find_candidates
from pipeline.metadata.publisher_columns import read_columns
from pipeline.metadata.publisher_furniture import read_furniture
from pipeline.metadata.publisher_model import choose_publisher
from pipeline.plan import DEFAULT, Stage, knowledge, reading_plan
from pipeline.stages.mine_metadata import told_of

PAGES = ROOT / "tests" / "pages"
FOLDERS = ("learnt", "latest", "recent", "strangers", "fresh", "later", ".")
CASES = ROOT / "tests" / "golden_metadata"

COUNTED = 0.0
HALF = 0.5
CASE = 4.0
"""Weights of a marked page that is only counted, of one that is no article, and of a small page: each of these stands
for a way in which pages name their sites, which few annotated ones take."""


@dataclass(frozen=True, slots=True)
class Example:
    """A page: each name that may be meant, what is known of it, and whether it is right; one, several or none are."""

    source: str
    writer: str
    """Who wrote the page, as far as its name tells; the pages of one are alike."""
    names: tuple[tuple[str, Columns], ...]
    right: tuple[bool, ...]
    weight: float = 1.0
    is_stated: bool = True
    """Whether the page has a value for the field at all."""


def from_gold(field: str) -> Iterator[Example]:
    """Yield the annotated pages that are open for work; of those without a publisher none. No seed."""
    for folder in FOLDERS:
        for gold in load_gold(PAGES / folder / "gold"):
            value = fold(gold.stated.get(field) or None)
            if value or field == "author":
                names = names_on(gold.raw, field)
                writer = f"{folder} {_prefix(gold.name)}" if folder == "learnt" else folder
                right = tuple(fold(name) == value for name, _ in names)
                yield Example(folder, writer, names, right, is_stated=bool(value))


def from_cases(field: str) -> Iterator[Example]:
    """Yield the small pages of tests/golden_metadata, with and without a value for `field`."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.toml"))]
    bodies = {name: body for table in tables for name, body in table.get("bodies", {}).items()}
    for case in (case for table in tables for case in table["case"]):
        parts = (case["head"], bodies[case["body"]], case["foot"])
        names = names_on("\n\n".join(part.strip() for part in parts if part.strip()), field)
        value = fold(case.get(field))
        yield Example("cases", "cases", names, tuple(fold(name) == value for name, _ in names), CASE, bool(value))


def from_marked(data: Path, field: str) -> tuple[list[Example], list[Example]]:
    """Return pages of `data` that state `field` in their markup: those to learn from, and those only counted.

    Learnt from are every third article, as `benchmarks/stated.py` has them looked at, and, for publishers, pages that
    are no articles; none of a site whose articles are counted, and none of a host that the public test split has too.
    """
    table = pq.read_table(data / HTML)
    html = dict(zip(table["file_id"].to_pylist(), table["html"].to_pylist(), strict=True))
    pages = read_pages(data)
    articles = [page for page in pages if page.kind == "article"]
    looked_at = {page.id for page in articles[::3]}
    counted = [page for page in articles if page.id not in looked_at]
    sites = {page.domain for page in counted}
    free = [p for p in pages if not p.shares_host and p.id in html]
    others = [p for p in free if field == "publisher" and p.kind != "article" and p.domain not in sites]
    learnt = [*_marked([p for p in free if p.id in looked_at], html, field), *_marked(others, html, field, HALF)]
    return learnt, list(_marked(counted, html, field, COUNTED))


def _marked(pages: Sequence[MarkedPage], html: dict[str, str], field: str, weight: float = 1.0) -> Iterator[Example]:
    """Yield `pages` with the names that are right: the very words that are stated, else those that count as right."""
    for page in pages:
        stated = stated_by(page, html[page.id]).values.get(field)
        if not stated:
            continue
        names = names_on("\n".join(page.plain.lines), field)
        exact = tuple(fold(name) in map(fold, stated) for name, _ in names)
        alike = tuple(answer(field, name, stated) == "right" for name, _ in names)
        yield Example("marked", "marked", names, exact if any(exact) and weight > COUNTED else alike, weight)


def names_on(text: str, field: str) -> tuple[tuple[str, Columns], ...]:
    """Return the names that may be the value of `field` on the page `text`, with their columns."""
    doc = Document.from_raw(text)
    for stage in _stages():
        doc = stage(doc)
    if not doc.kept:
        return ()
    told, furniture = told_of(doc.segments), read_furniture(doc.segments)
    if field == "author":
        return tuple(author_columns.read_columns(told, furniture, choose_publisher(told, furniture), doc.page_type))
    return tuple(read_columns(told, furniture, find_candidates(told, furniture)))


@cache
def _stages() -> tuple[Stage, ...]:
    plan = reading_plan(DEFAULT, knowledge(DEFAULT))
    return tuple(plan.values())[: list(plan).index("mine_metadata")]


def _prefix(name: str) -> str:
    """Return what the names of one writer's pages begin with.

    >>> _prefix("d01_fr_courrier"), _prefix("r2-podcast"), _prefix("r-podcast"), _prefix("07-okiem")
    ('d', 'r2', 'r', '')
    """
    first = regex.split("[-_]", name)[0]
    return first if first.startswith("r") else first.rstrip("0123456789")
