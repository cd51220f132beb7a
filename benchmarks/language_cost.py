"""What the product's stage costs, beside lingua over the same segments; and what their processes hold.

Every system works in a process of its own and gets one page after the other, in turns with the others, so that
whatever else the machine does slows all of them down alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.language_items import evenly
from benchmarks.language_plan import EFFORTS, prepared
from benchmarks.language_process import Worker
from benchmarks.language_systems import ALL, LINGUA, OURS, Answer, System
from benchmarks.language_tags import EIGHTEEN, SIX, meanings
from benchmarks.record import ROOT
from pipeline.document import Document

WCXB = "wcxb_dev_lines.parquet"
PAGES, FEW_PAGES = 120, 20
"""The second is for the systems in `DEAR`."""
MEMORY_AFTER = 100
"""Pages after which it is looked at what the processes hold."""
SEED_ROUNDS = 3
"""How often the seeds are measured, each time by fresh processes: they are few."""

STAGE_OURS = tuple(System(f"ours, {effort}", OURS, SIX, effort) for effort in EFFORTS)
SIX_ALONE = System("lingua, 6 languages", LINGUA, SIX)
ALL_ALONE = System("lingua, 75 languages", LINGUA, ALL)
STAGE_LINGUA = (SIX_ALONE, System("lingua, 18 languages", LINGUA, EIGHTEEN), ALL_ALONE)
DEAR = frozenset({ALL_ALONE.name, STAGE_OURS[-1].name})
"""Those that ask lingua about all its languages throughout: they get fewer pages."""

_WARMING = ROOT / "tests" / "pages" / "sources"


@dataclass(frozen=True, slots=True)
class Pages:
    """Texts to measure on, how many of them the dear systems get, and how often all is done."""

    name: str
    texts: Sequence[str]
    few: int
    rounds: int = 1
    languages: Sequence[str] = ()
    """What each page is in as a whole, where that is known."""


@dataclass(slots=True)
class Bill:
    """What one system has used and said: time by page, tags by page, and what its process held after so many pages."""

    seconds: list[float]
    tags: list[Sequence[str]]
    memory: Mapping[str, float]

    def total(self, chosen: Sequence[int]) -> float:
        """Return the processor time of the pages `chosen`, in seconds."""
        return sum(self.seconds[at] for at in chosen)

    def strays(self, chosen: Sequence[int], languages: Sequence[str]) -> int:
        """Return how many segments of the pages `chosen` got another language than their page is in."""
        found = ((languages[at], meanings(tag)) for at in chosen if languages[at] for tag in self.tags[at])
        return sum(bool(meant) and language not in meant for language, meant in found)


def page_sets(wcxb: Path | None) -> Iterator[Pages]:
    """Yield the seeds and, with a folder as WCXB's, the main content and the full text of evenly spaced pages."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    yield Pages("seeds", seeds, len(seeds), SEED_ROUNDS)
    if wcxb is None:
        return
    rows = pq.read_table(wcxb / WCXB, columns=["main_content", "text", "lang_gold"]).to_pylist()
    for name, column in (("WCXB, main content", "main_content"), ("WCXB, full text", "text")):
        chosen = evenly([row for row in rows if (row[column] or "").strip()], PAGES)
        languages = [row["lang_gold"] or "" for row in chosen]
        yield Pages(name, [row[column] for row in chosen], FEW_PAGES, languages=languages)


def cost(pages: Pages) -> dict[str, Any]:
    """Return seconds a MB of every system on `pages` and their ratios to lingua's, ready for JSON."""
    documents = prepared(pages.texts)
    warming = prepared(path.read_text(encoding="utf-8") for path in sorted(_WARMING.glob("*.txt")))
    few = evenly(range(len(documents)), pages.few)
    rounds = [_round(documents, warming, frozenset(few)) for _ in range(pages.rounds)]
    bills = {
        name: replace(bill, seconds=[sum(times) for times in zip(*(one[name].seconds for one in rounds), strict=True)])
        for name, bill in rounds[-1].items()
    }
    return {
        "pages": len(documents),
        "few_pages": len(few),
        "memory_after": min(MEMORY_AFTER, len(documents)),
        "rounds": pages.rounds,
        "megabytes": round(_megabytes(documents, range(len(documents))), 3),
        "segments": sum(len(document.segments) for document in documents),
        "systems": {
            name: _of_system(name, bills, documents, few, pages.rounds)
            | {"strays": bill.strays(few, pages.languages) if pages.languages else None}
            for name, bill in bills.items()
        },
    }


def _round(documents: Sequence[Document], warming: Sequence[Document], few: frozenset[int]) -> Mapping[str, Bill]:
    """Send the pages through all systems, in turns; only `few` of them through the dear ones."""
    with ExitStack() as stack:
        workers = {one.name: stack.enter_context(Worker(one)) for one in (*STAGE_OURS, *STAGE_LINGUA)}
        for name, worker in workers.items():
            for document in warming:
                _tag(worker, name, document)
        bills = {name: Bill([], [], {}) for name in workers}
        for at, document in enumerate(documents):
            for name, worker in workers.items():
                is_left_out = name in DEAR and at not in few
                answers, seconds = ((), 0.0) if is_left_out else _tag(worker, name, document)
                bills[name].seconds.append(seconds)
                bills[name].tags.append([tag for tag, _ in answers])
                if at + 1 == min(MEMORY_AFTER, len(documents)):
                    bills[name].memory = worker.memory()
        return bills


def _tag(worker: Worker, name: str, document: Document) -> tuple[Sequence[Answer], float]:
    if any(name == one.name for one in STAGE_OURS):
        return worker.tag_documents([document])
    return worker.tag([segment.text for segment in document.segments])


def _megabytes(documents: Sequence[Document], chosen: Sequence[int]) -> float:
    return sum(len(segment.text.encode()) for at in chosen for segment in documents[at].segments) / 1e6


def _of_system(
    name: str, bills: Mapping[str, Bill], documents: Sequence[Document], few: Sequence[int], rounds: int
) -> dict[str, Any]:
    """Return the figures of one system: ratios over the pages that both sides got."""
    own = few if name in DEAR else range(len(documents))
    six, all_ = (bills[one.name] for one in (SIX_ALONE, ALL_ALONE))
    bill = bills[name]
    return {
        "pages": len(own),
        "seconds": round(bill.total(own) / rounds, 4),
        "seconds_per_megabyte": round(bill.total(own) / rounds / _megabytes(documents, own), 4),
        "times_lingua_6": round(bill.total(own) / six.total(own), 4),
        "times_lingua_75": round(bill.total(few) / all_.total(few), 5),
        "memory": dict(bill.memory),
    }
