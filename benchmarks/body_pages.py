"""Pages whose body people have marked, as `python -m benchmarks.train_body` reads them.

A folder as WCXB's (Murrough Foley, "WCXB: A Multi-Type Web Content Extraction Benchmark", 2026, CC BY 4.0) holds
`wcxb_dev_lines.parquet`, a page a row: `domain`, `page_type`, `main_content` (the body), `domain_in_test`, and in two
renderings `text` and `labels`, `text_glued` and `labels_glued` (a line a block; whether each line is body), with
`oracle_f1`, the best that whole lines reach.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import regex
from numpy.typing import NDArray

from pipeline.html.markup import Markup

LINES = "wcxb_dev_lines.parquet"
FOLDS = 5
LEAST_ORACLE = 0.5
"""Below it the body is not in the text, so that there is nothing to learn and nothing to score."""

_WORD = regex.compile(r"\w+")

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as text: its lines, and which of them are body."""

    lines: tuple[str, ...]
    is_body: Mask
    markup: Markup | None = None
    """Of these lines, where they come from HTML."""

    def taken(self, which: Sequence[int]) -> "Rendered":
        """Return those lines alone."""
        markup = self.markup and self.markup.with_lines(self.markup.lines[i] for i in which)
        return Rendered(tuple(self.lines[i] for i in which), self.is_body[list(which)], markup)

    def part(self, start: int, stop: int | None = None) -> "Rendered":
        """Return the lines from `start` to `stop`."""
        return self.taken(range(len(self.lines))[start:stop])

    def joined(self, other: "Rendered") -> "Rendered":
        """Return the lines with those of `other` below them."""
        markup = self.markup and other.markup and self.markup.joined(other.markup)
        return Rendered(self.lines + other.lines, np.concatenate((self.is_body, other.is_body)), markup)


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page, in two renderings: with spaces and list markers, and with whatever is in line glued together.

    A page in HTML has one rendering, ours, which stands for both.
    """

    id: str
    domain: str
    kind: str
    body: str
    plain: Rendered
    glued: Rendered
    shares_host: bool
    """Whether the public test split has pages of its host: what is released must not learn from it."""
    has_body_in_text: bool
    """Whether the text holds the body, or there is none."""

    @property
    def fold(self) -> int:
        """The fold it belongs to; all pages of a domain belong to one."""
        return fold_of(self.domain)


def fold_of(domain: str) -> int:
    """Return the fold of the pages of `domain`."""
    return int(sha256(domain.encode()).hexdigest(), 16) % FOLDS


def has_body_in_text(best: float, body: str) -> bool:
    """Return whether a page's text holds its `body`, `best` being what whole lines reach, or there is none."""
    return best >= LEAST_ORACLE or not words(body)


def read_pages(folder: Path) -> list[MarkedPage]:
    """Return the pages of `folder`, in file order. Raises OSError where there are none."""
    names = [
        "file_id",
        "domain",
        "page_type",
        "main_content",
        "text",
        "labels",
        "text_glued",
        "labels_glued",
        "domain_in_test",
    ]
    table = pq.read_table(folder / LINES, columns=[*names, "oracle_f1"])
    return [
        MarkedPage(
            id=row["file_id"],
            domain=row["domain"],
            kind=row["page_type"],
            body=row["main_content"] or "",
            plain=_rendered(row["text"], row["labels"]),
            glued=_rendered(row["text_glued"], row["labels_glued"]),
            shares_host=row["domain_in_test"],
            has_body_in_text=has_body_in_text(row["oracle_f1"], row["main_content"] or ""),
        )
        for row in table.to_pylist()
    ]


def _rendered(text: str, labels: Sequence[bool]) -> Rendered:
    return Rendered(tuple(text.split("\n")), np.array(labels, dtype=bool))


def words(text: str) -> list[str]:
    """Return the words that scores count."""
    return _WORD.findall(text.lower())


def word_f1(kept: str, body: str) -> float:
    """Return the F1 of the words of `kept` against those of `body`, as WCXB measures.

    An empty body asks for an empty answer.

    >>> word_f1("a b c", "b c d"), word_f1("", ""), word_f1("a", "")
    (0.6666666666666666, 1.0, 0.0)
    """
    got, gold = Counter(words(kept)), Counter(words(body))
    if not gold:
        return float(not got)
    return 2 * (got & gold).total() / (got.total() + gold.total())


def shingle_scores(kept: Sequence[str], bodies: Sequence[str], size: int = 4) -> tuple[float, float, float]:
    """Return F1, precision and recall of runs of `size` words, as scrapinghub's article benchmark measures.

    Precision and recall are means over the pages that have any to count, F1 is made of the two means.
    """
    precision, recall = [], []
    for text, body in zip(kept, bodies, strict=True):
        got, gold = _shingles(text, size), _shingles(body, size)
        hits = (got & gold).total()
        if got:
            precision.append(hits / got.total())
        if gold:
            recall.append(hits / gold.total())
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return (2 * p * r / (p + r) if p + r else 0.0), p, r


def _shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    found = _WORD.findall(text)
    runs = (tuple(found[i : i + size]) for i in range(max(1, len(found) - size + 1)))
    return Counter(run for run in runs if run)
