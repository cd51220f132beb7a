"""Ordinary web pages: texts to put fragments into, and pages on which every leftover reported counts as a mistake.

A folder as WCXB's (Murrough Foley, "WCXB: A Multi-Type Web Content Extraction Benchmark", 2026, CC BY 4.0) holds
`wcxb_dev_lines.parquet` with a page a row: `file_id`, `text` (a line a block) and `main_content`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import regex

from pipeline.document import Fragment
from pipeline.plan import clean

LINES = "wcxb_dev_lines.parquet"

_WORKERS = 2
_AROUND = 40
"""Code points of context listed on either side of a report."""
_LEAST_LETTERS = 80
_LEAST_PARAGRAPHS = 8
"""What a text needs to carry fragments: that many paragraphs of that many code points."""

_FOREIGN = regex.compile(r"[\p{L}--\p{Latin}--\p{Common}]", regex.V1)
_WORD_BORDER = regex.compile(r"\p{L} \p{Ll}")

WebPage = tuple[str, str]
"""Id and text."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A leftover reported on an ordinary page, with what stands around it."""

    page: str
    label: str
    language: str
    confidence: float
    source: str
    before: str
    text: str
    after: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Look:
    """What was found on one page."""

    is_foreign: bool
    """Whether it holds a letter that is not Latin, of whatever language the page is."""
    kinds: Mapping[str, int]
    alarms: tuple[Alarm, ...]


def load_web_pages(folder: Path) -> Sequence[WebPage]:
    """Return the pages of a folder as WCXB's, in file order; raises OSError."""
    table = pq.read_table(folder / LINES, columns=["file_id", "text"])
    return list(zip(table["file_id"].to_pylist(), table["text"].to_pylist(), strict=True))


def sample(pages: Sequence[WebPage], number: int | None, seed: int) -> Sequence[WebPage]:
    """Return `number` of `pages` in their order, or all of them."""
    if number is None or number >= len(pages):
        return pages
    return [pages[at] for at in sorted(Random(seed).sample(range(len(pages)), number))]


def look_at(page: WebPage) -> Look:
    """Return what the whole plan reports on `page`."""
    name, text = page
    doc = clean(text, id=name)
    alarms = (_alarm(name, text, doc.segments[f.segment].label, f) for f in doc.fragments if f.kind == "residue")
    kinds = Counter[str](fragment.kind for fragment in doc.fragments)
    return Look(_FOREIGN.search(text) is not None, dict(kinds), tuple(alarms))


def _alarm(page: str, text: str, label: str, found: Fragment) -> Alarm:
    return Alarm(
        page=page, label=label, language=found.language, confidence=found.confidence, source=found.source,
        before=text[max(0, found.start - _AROUND) : found.start], text=text[found.start : found.end],
        after=text[found.end : found.end + _AROUND],
        proposal=found.candidates[0].text if found.candidates else "",
    )  # fmt: skip


def look_at_all(pages: Sequence[WebPage]) -> Sequence[Look]:
    """Return what is found on each of `pages`, in order."""
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        return list(pool.map(look_at, pages, chunksize=8))


def alarm_figures(looks: Sequence[Look]) -> dict[str, Any]:
    """Return the figures of ordinary pages, ready for JSON.

    A page is one in `pages_with_alarm` if it has at least one residue; `residues_per_1000` counts each of them.
    """
    alarms = list(chain.from_iterable(look.alarms for look in looks))
    kinds = sum((Counter(look.kinds) for look in looks), Counter[str]())
    return {
        "pages": len(looks),
        "pages_with_foreign_letters": sum(look.is_foreign for look in looks),
        "fragments": dict(sorted(kinds.items())),
        "residues": len(alarms),
        "pages_with_alarm": sum(bool(look.alarms) for look in looks),
        "residues_per_1000": _per_1000(len(alarms), len(looks)),
        "pages_with_alarm_per_1000": _per_1000(sum(bool(look.alarms) for look in looks), len(looks)),
        "listed": [asdict(alarm) for alarm in alarms],
    }


def _per_1000(number: int, pages: int) -> float | None:
    return round(1000 * number / pages, 2) if pages else None


def load_bodies(folder: Path) -> Sequence[Sequence[str]]:
    """Return the English texts of `folder` as paragraphs, those of letters that are all Latin.

    They are the main contents of a folder as WCXB's, else what the plan keeps of the .txt files. Raises OSError, and
    ValueError where no text is long enough.
    """
    texts = _main_contents(folder) if (folder / LINES).exists() else _kept(folder)
    bodies = ([paragraph for paragraph in text if _can_carry(paragraph)] for text in texts)
    found = [body for body in bodies if len(body) >= _LEAST_PARAGRAPHS]
    if not found:
        raise ValueError(f"no English text of {_LEAST_PARAGRAPHS} paragraphs or more in {folder}")
    return found


def _main_contents(folder: Path) -> Iterator[Sequence[str]]:
    table = pq.read_table(folder / LINES, columns=["main_content", "lang_gold"])
    for text, language in zip(table["main_content"].to_pylist(), table["lang_gold"].to_pylist(), strict=True):
        if language == "en":
            yield [line.strip() for line in (text or "").split("\n")]


def _kept(folder: Path) -> Iterator[Sequence[str]]:
    for path in sorted(folder.glob("*.txt")):
        doc = clean(path.read_bytes().decode(), id=path.name)
        yield [segment.text for segment in doc.kept if segment.language == "en"]


def _can_carry(paragraph: str) -> bool:
    return (
        len(paragraph) >= _LEAST_LETTERS
        and _FOREIGN.search(paragraph) is None
        and _WORD_BORDER.search(paragraph) is not None
    )
