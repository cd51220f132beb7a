"""The main body of a page: our two paths beside the extractors that others use, on pages that people have marked.

`python -m benchmarks.extraction --wcxb WCXB --scrapinghub SCRAPINGHUB --folds DIR --html-folds DIR [--every N]
[--save]`

WCXB, SCRAPINGHUB and the folders of the folds' models, for text and for HTML, are as `benchmarks/train_body.py` reads
and writes them. Needs the extra `bench`.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from benchmarks.body_card import body_of_html, body_of_text
from benchmarks.body_folds import fold_models
from benchmarks.body_html import HTML
from benchmarks.body_pages import LINES, fold_of, has_body_in_text, shingle_scores, word_f1
from benchmarks.extraction_peers import HTML_PEERS, TEXT_PEERS, peer_versions
from benchmarks.record import keep, render
from pipeline.assemble import assemble
from pipeline.body.model import Model, shipped_model
from pipeline.document import Document
from pipeline.html.page import read_html
from pipeline.plan import full_plan
from pipeline.settings import Settings
from pipeline.stages.weigh_body import weigh_body

NOTES = """\
WCXB: word F1, mean over pages, with its standard error; of its development pages (Murrough Foley, "WCXB: A Multi-Type
Web Content Extraction Benchmark", 2026, CC BY 4.0) those outside the test split whose text has their body, {every}. Our
figures there are cross-validated by site; trafipy's model has probably seen them. scrapinghub: F1 of runs of four
words over its 181 articles (MIT licence), as its own script measures, which ours have not learnt from; both of ours are
the shipped models. Systems that read text are given one line a block, without any markup. Speed is CPU time of one
process on WCXB's pages, for HTML by megabytes of HTML, for text of text, so that the two do not compare; pages do.

Peers: {peers}.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in both forms, with its body and the models, for text and for HTML, that do not know its site."""

    html: str
    text: str
    body: str
    model: Model
    html_model: Model


@dataclass(slots=True)
class Answers:
    """What one system gave for a set of pages, and what that took."""

    kept: list[str] = field(default_factory=list)
    seconds: float = 0.0
    megabytes: float = 0.0


Extractor = Callable[[Page], str]


def _text_model(page: Page) -> str:
    return body_of_text(page.text, page.model)


def _html_model(page: Page) -> str:
    return body_of_html(page.html, page.html_model)


def _text_plan(page: Page) -> str:
    return _through_plan(Document.from_raw(page.text), page.model)


def _html_plan(page: Page) -> str:
    read = read_html(page.html)
    return _through_plan(Document.from_raw(read.raw, markup=read.markup), page.html_model)


def _through_plan(doc: Document, model: Model) -> str:
    """Return the text of `doc` that the product puts into the corpus."""
    for stage in (full_plan(Settings()) | {"weigh_body": partial(weigh_body, model=model)}).values():
        doc = stage(doc)
    return assemble(doc.segments)[0]


def systems() -> list[tuple[str, str, Extractor]]:
    """Return each system, what it reads, and how it is asked."""
    plan, alone = "clean-corpus, whole plan", "clean-corpus, body model alone"
    return [
        (plan, "text", _text_plan),
        (alone, "text", _text_model),
        *((name, "text", partial(_of_text, peer)) for name, peer in TEXT_PEERS.items()),
        (plan, "HTML", _html_plan),
        (alone, "HTML", _html_model),
        *((name, "HTML", partial(_of_html, peer)) for name, peer in HTML_PEERS.items()),
    ]


def _of_text(peer: Callable[[str], str], page: Page) -> str:
    return peer(page.text)


def _of_html(peer: Callable[[str], str], page: Page) -> str:
    return peer(page.html)


def answer(reads: str, extract: Extractor, pages: Sequence[Page]) -> Answers:
    """Return what `extract` gives for each of `pages`; the first is asked twice, since it pays for what is loaded."""
    extract(pages[0])
    found = Answers()
    for page in pages:
        start = process_time()
        found.kept.append(extract(page))
        found.seconds += process_time() - start
        found.megabytes += len((page.html if reads == "HTML" else page.text).encode()) / 1e6
    return found


def table(wcxb: Sequence[Page], scrapinghub: Sequence[Page]) -> str:
    """Return the figures of all systems as Markdown."""
    rows = ["| system | reads | WCXB | ±se | scrapinghub | pages/s | MB/s |", "|---|---|--:|--:|--:|--:|--:|"]
    for name, reads, extract in systems():
        found = answer(reads, extract, wcxb)
        scores = [word_f1(kept, page.body) for kept, page in zip(found.kept, wcxb, strict=True)]
        carried, _, _ = shingle_scores(answer(reads, extract, scrapinghub).kept, [page.body for page in scrapinghub])
        seconds = max(found.seconds, 1e-9)
        cells = (
            name, reads, f"{np.mean(scores):.3f}", f"{np.std(scores) / len(scores) ** 0.5:.3f}", f"{carried:.3f}",
            f"{len(wcxb) / seconds:.3g}", f"{found.megabytes / seconds:.3g}",
        )  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
        print(rows[-1], flush=True)
    return "\n".join(rows)


def read_wcxb(folder: Path, models: Mapping[int, Model], html_models: Mapping[int, Model], every: int) -> list[Page]:
    """Return each `every`-th of the pages of WCXB whose text has its body."""
    names = ["file_id", "domain", "main_content", "text", "oracle_f1"]
    table: list[dict[str, Any]] = pq.read_table(folder / LINES, columns=names).to_pylist()
    chosen = [row for row in table if has_body_in_text(row["oracle_f1"], row["main_content"] or "")][::every]
    wanted = {row["file_id"] for row in chosen}
    html = pq.read_table(folder / HTML, filters=[("file_id", "in", wanted)]).to_pylist()
    by_id = {row["file_id"]: row["html"] for row in html}
    return [
        Page(by_id[row["file_id"]], row["text"], row["main_content"] or "", models[fold], html_models[fold])
        for row, fold in zip(chosen, (fold_of(row["domain"]) for row in chosen), strict=True)
    ]


def read_scrapinghub(folder: Path) -> list[Page]:
    """Return the pages of scrapinghub's benchmark."""
    rows = pq.read_table(folder / "pages.parquet", columns=["html", "text", "article_body"]).to_pylist()
    models = shipped_model(), shipped_model(with_markup=True)
    return [Page(row["html"], row["text"], row["article_body"], *models) for row in rows]


def main() -> None:
    """Extract, score, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Score our main bodies beside those of other extractors.")
    parser.add_argument("--wcxb", type=Path, required=True, help="folder of marked pages", metavar="WCXB")
    parser.add_argument("--folds", type=Path, required=True, help="folder of the folds' models", metavar="DIR")
    parser.add_argument("--html-folds", type=Path, required=True, help="the same for HTML", metavar="DIR")
    parser.add_argument("--scrapinghub", type=Path, required=True, help="folder of articles", metavar="SCRAPINGHUB")
    parser.add_argument("--every", type=int, default=1, help="take every Nth page of WCXB only", metavar="N")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/extraction.md")
    options = parser.parse_args()
    wcxb = read_wcxb(options.wcxb, fold_models(options.folds), fold_models(options.html_folds), options.every)
    text = table(wcxb, read_scrapinghub(options.scrapinghub))
    notes = NOTES.format(every=f"{len(wcxb)} pages", peers=peer_versions())
    page = render("extraction", "The main body, beside other extractors", f"{text}\n\n{notes}")
    print(page, end="")
    if options.save:
        keep("extraction", page)


if __name__ == "__main__":
    main()
