r"""What detection costs: the stage `find_fragments` alone, beside a scan for `\p{Han}` over the same text."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median
from time import process_time_ns
from typing import Any

import regex

from benchmarks.fragment_generator import CARRIER, MadePage
from pipeline.document import Document
from pipeline.plan import DEFAULT, Stage, full_plan

STAGE = "find_fragments"
ROUNDS = 11

_LEAST = 100_000
"""Code points that a round takes, the same documents again if need be."""

_HAN = regex.compile(r"\p{Han}+")


def labelled(text: str, plan: Mapping[str, Stage]) -> Document:
    """Return `text` as `plan` hands it to the stage that is measured."""
    doc = Document.from_raw(text)
    for name, stage in plan.items():
        if name == STAGE:
            break
        doc = stage(doc)
    return doc


def measure(pages: Sequence[MadePage]) -> dict[str, dict[str, Any]]:
    """Return the processor time (ns a code point, median) on English pages, plain and leaky, and on Chinese ones."""
    english = [page for page in pages if page.host == "en"]
    texts = {
        "English, no fragments": [_plain(page) for page in english],
        "English, up to five fragments a page": [page.text for page in english],
        "Chinese": [_plain(page) for page in pages if page.host.startswith("zh")],
    }
    plan = full_plan(DEFAULT)
    return {name: _timed([labelled(text, plan) for text in some], plan[STAGE]) for name, some in texts.items()}


def _plain(page: MadePage) -> str:
    return "\n\n".join(page.text[region.start : region.end] for region in page.regions if region.type == CARRIER)


def _timed(docs: Sequence[Document], stage: Stage) -> dict[str, Any]:
    once = sum(len(doc.text) for doc in docs)
    docs = [*docs] * -(-_LEAST // once)
    size = sum(len(doc.text) for doc in docs)
    ours, scan = partial(_detect, docs, stage), partial(_scan, docs)
    ours(), scan()  # patterns and tables are read once a process, which is no cost of a text
    turns = [(_nanoseconds(ours), _nanoseconds(scan)) for _ in range(ROUNDS)]
    detection, baseline = (median(turn[column] for turn in turns) / size for column in (0, 1))
    return {
        "code_points": size,
        "documents": len(docs),
        "detection_ns": round(detection, 1),
        "scan_ns": round(baseline, 1),
        "times_the_scan": round(detection / baseline, 1),
    }


def _nanoseconds(work: Callable[[], None]) -> int:
    before = process_time_ns()
    work()
    return process_time_ns() - before


def _detect(docs: Sequence[Document], stage: Stage) -> None:
    for doc in docs:
        stage(doc)


def _scan(docs: Sequence[Document]) -> None:
    for doc in docs:
        for _ in _HAN.finditer(doc.text):
            pass
