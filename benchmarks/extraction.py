"""The main body of a page: our two paths beside the extractors that others use, on pages that people have marked.

`python -m benchmarks.extraction --wcxb WCXB --folds DIR --scrapinghub SCRAPINGHUB [--every N] [--save]`

WCXB, DIR and SCRAPINGHUB are folders as `benchmarks/train_body.py` and `benchmarks/body_plan.py` read them, with
`wcxb_dev_html.parquet` and the column `html` for the peers. Needs the extra `bench`.
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

from benchmarks.body_pages import FOLDS, LINES, fold_of, has_body_in_text, shingle_scores, word_f1
from benchmarks.extraction_peers import HTML_PEERS, TEXT_PEERS, peer_versions
from benchmarks.record import keep, render
from pipeline.assemble import assemble
from pipeline.body_model import Model, predict_body, read_model, shipped_model
from pipeline.document import Document
from pipeline.plan import full_plan
from pipeline.settings import Settings
from pipeline.stages.weigh_body import weigh_body

NOTES = """\
WCXB: word F1, mean over pages, with its standard error; of its development pages (Murrough Foley, "WCXB: A Multi-Type
Web Content Extraction Benchmark", 2026, CC BY 4.0) those outside the test split whose text has their body, {every}. Our
figures there are cross-validated by site; trafipy's model has probably seen them. scrapinghub: F1 of runs of four
words over its 181 articles (MIT licence), as its own script measures, which ours have not learnt from; both of ours are
the shipped model. Systems that read text are given one line a block, without any markup. Speed is CPU time of one
process on WCXB's pages, for HTML by megabytes of HTML, for text of text, so that the two do not compare; pages do.

Peers: {peers}.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in both forms, with its body and the model that does not know its site."""

    html: str
    text: str
    body: str
    model: Model


@dataclass(slots=True)
class Answers:
    """What one system gave for a set of pages, and what that took."""

    kept: list[str] = field(default_factory=list)
    seconds: float = 0.0
    megabytes: float = 0.0


Extractor = Callable[[Page], str]


def body_model(page: Page) -> str:
    """Return the lines that the body model alone keeps."""
    lines = [line for line in page.text.split("\n") if line.strip()]
    predicted = predict_body(lines, page.model)
    return "\n".join(line for line, keep in zip(lines, predicted.is_body, strict=True) if keep)


def whole_plan(page: Page) -> str:
    """Return the text that the product puts into the corpus."""
    doc = Document.from_raw(page.text)
    for stage in (full_plan(Settings()) | {"weigh_body": partial(weigh_body, model=page.model)}).values():
        doc = stage(doc)
    return assemble(doc.segments)[0]


def systems() -> dict[str, tuple[str, Extractor]]:
    """Return what each system reads, and how it is asked."""
    ours: dict[str, tuple[str, Extractor]] = {
        "clean-corpus, whole plan": ("text", whole_plan),
        "clean-corpus, body model alone": ("text", body_model),
    }
    text = {name: ("text", partial(_of_text, peer)) for name, peer in TEXT_PEERS.items()}
    html = {name: ("HTML", partial(_of_html, peer)) for name, peer in HTML_PEERS.items()}
    return {**ours, **text, **html}


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
    for name, (reads, extract) in systems().items():
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


def read_wcxb(folder: Path, models: Mapping[int, Model], every: int) -> list[Page]:
    """Return each `every`-th of the pages of WCXB whose text has its body."""
    names = ["file_id", "domain", "main_content", "text", "oracle_f1"]
    table: list[dict[str, Any]] = pq.read_table(folder / LINES, columns=names).to_pylist()
    chosen = [row for row in table if has_body_in_text(row["oracle_f1"], row["main_content"] or "")][::every]
    wanted = {row["file_id"] for row in chosen}
    html = pq.read_table(folder / "wcxb_dev_html.parquet", filters=[("file_id", "in", wanted)]).to_pylist()
    by_id = {row["file_id"]: row["html"] for row in html}
    return [
        Page(by_id[row["file_id"]], row["text"], row["main_content"] or "", models[fold_of(row["domain"])])
        for row in chosen
    ]


def read_scrapinghub(folder: Path) -> list[Page]:
    """Return the pages of scrapinghub's benchmark."""
    rows = pq.read_table(folder / "pages.parquet", columns=["html", "text", "article_body"]).to_pylist()
    return [Page(row["html"], row["text"], row["article_body"], shipped_model()) for row in rows]


def main() -> None:
    """Extract, score, print and, if asked, save."""
    parser = argparse.ArgumentParser(description="Score our main bodies beside those of other extractors.")
    parser.add_argument("--wcxb", type=Path, required=True, help="folder of marked pages", metavar="WCXB")
    parser.add_argument("--folds", type=Path, required=True, help="folder of the folds' models", metavar="DIR")
    parser.add_argument("--scrapinghub", type=Path, required=True, help="folder of articles", metavar="SCRAPINGHUB")
    parser.add_argument("--every", type=int, default=1, help="take every Nth page of WCXB only", metavar="N")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/extraction.md")
    options = parser.parse_args()
    models = {fold: read_model((options.folds / f"fold{fold}.npz").read_bytes()) for fold in range(FOLDS)}
    wcxb = read_wcxb(options.wcxb, models, options.every)
    text = table(wcxb, read_scrapinghub(options.scrapinghub))
    notes = NOTES.format(every=f"{len(wcxb)} pages", peers=peer_versions())
    page = render("extraction", "The main body, beside other extractors", f"{text}\n\n{notes}")
    print(page, end="")
    if options.save:
        keep("extraction", page)


if __name__ == "__main__":
    main()
