"""The marked pages of `benchmarks.body_pages` as our own rendering of their HTML.

A folder as WCXB's holds `wcxb_dev_html.parquet` too (`file_id`, `html`). The labels of its text are carried over, line
by line; what that text leaves out, in `<noscript>` say, is body where the marked body has the same runs of words.
"""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from benchmarks.body_pages import LEAST_ORACLE, MarkedPage, Mask, Rendered, read_pages, word_f1, words
from pipeline.body.lines import body_lines
from pipeline.html.page import read_html

HTML = "wcxb_dev_html.parquet"
RUN = 4
"""Words in a row that tell a line of the body."""
LEAST_RUNS = 0.6
"""Share of a line's runs that the body must have."""


def read_html_pages(folder: Path) -> list[MarkedPage]:
    """Return the pages of `folder` rendered from their HTML, in file order. Raises OSError where there are none."""
    table = pq.read_table(folder / HTML)
    html = dict(zip(table["file_id"].to_pylist(), table["html"].to_pylist(), strict=True))
    pages = (_rendered(page, html[page.id]) for page in read_pages(folder))
    return [page for page in pages if page.plain.lines]


def _rendered(page: MarkedPage, html: str) -> MarkedPage:
    read = read_html(html)
    lines, markup = body_lines(read.raw, read.markup), read.markup
    is_body = _carried(page, lines)
    rendered = Rendered(lines, is_body, markup)
    kept = "\n".join(line for line, keep in zip(lines, is_body, strict=True) if keep)
    reached = word_f1(kept, page.body) >= LEAST_ORACLE or not words(page.body)
    return replace(page, plain=rendered, glued=rendered, has_body_in_text=reached)


def _carried(page: MarkedPage, lines: Sequence[str]) -> Mask:
    """Return which of `lines` are body, from the labels of the page's text and from the body itself."""
    theirs, ours = ([" ".join(words(line)) for line in of] for of in (page.plain.lines, lines))
    known: dict[int, bool] = {}
    for i, j, size in SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks():
        known |= {j + k: bool(page.plain.is_body[i + k]) for k in range(size)}
    told = words(page.body)
    runs, wholes = _runs(told), {" ".join(words(line)) for line in page.body.split("\n")}
    is_body = np.zeros(len(lines), dtype=bool)
    for j, line in enumerate(ours):
        if j in known:
            is_body[j] = known[j]
        elif found := _runs(line.split()):
            is_body[j] = len(found & runs) > LEAST_RUNS * len(found)
        else:
            is_body[j] = line in wholes if line else j > 0 and is_body[j - 1]
    return is_body


def _runs(found: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(found[i:] for i in range(RUN)), strict=False))
