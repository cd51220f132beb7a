"""Corpora to measure speed on: pages like the seeds, ordinary ones, and a crawl of all kinds of any size.

`python -m benchmarks.throughput_corpora FOLDER GIGABYTES` writes a crawl. The same size gives the same bytes.
"""

import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle
from math import inf
from pathlib import Path

import pyarrow.parquet as pq
import regex

from benchmarks.record import ROOT

WCXB = "wcxb_dev_lines.parquet"

CHINESE, SEEDS, MAIN, WHOLE = "Chinese lines", "pages like the seeds", "WCXB, main content", "WCXB, whole pages"

FILE_BYTES = 64 * 10**6
"""Bytes of text in one file of a crawl."""

REDRAWN = 0.08
"""Share of the words of a paragraph that are exchanged for others, so that no two pages are the same."""

_LEAST_PARAGRAPH = 40
_WORD = regex.compile(r"\b[a-z]{4,}\b")
_DIGIT = regex.compile(r"[0-9]")
_HAN_LINE = regex.compile(r"(?:\p{Han}.*){6}")

_SHARES = {"page": 0.90, "copy": 0.04, "near copy": 0.04, "empty": 0.01, "noise": 0.01}
"""What a crawl consists of."""


class Variations:
    """Pages made from others: digits are drawn anew, and some words of paragraphs."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._random = random.Random(20)
        self._texts = texts
        self._words: list[str] = sorted({word for text in texts for word in _WORD.findall(text)})

    def pages(self) -> Iterator[str]:
        """Yield pages without end, from each of the texts in turn."""
        yield from ("\n".join(map(self._varied, text.split("\n"))) for text in cycle(self._texts))

    def _varied(self, line: str) -> str:
        line = _DIGIT.sub(lambda _: str(self._random.randrange(10)), line)
        if len(line) < _LEAST_PARAGRAPH:
            return line
        return str(_WORD.sub(lambda m: self._word() if self._random.random() < REDRAWN else m.group(), line))

    def _word(self) -> str:
        return self._random.choice(self._words)


def write_corpora(folder: Path, wcxb: Path | None, megabytes: float) -> dict[str, Path]:
    """Write a file of JSON lines for each kind of page, of `megabytes` of text, to `folder`; return them by kind."""
    seeds = _texts(ROOT / "seeds")
    chinese = max(seeds, key=lambda text: len(_HAN_LINE.findall(text)))
    lines = "\n\n".join(line for line in chinese.split("\n") if _HAN_LINE.search(line))
    kinds = {SEEDS: Variations(seeds).pages(), CHINESE: Variations([lines]).pages()}
    if wcxb is not None:
        kinds |= {name: iter(_wcxb(wcxb, column)) for name, column in ((WHOLE, "text"), (MAIN, "main_content"))}
    found = {}
    for number, (name, pages) in enumerate(kinds.items()):
        found[name] = folder / f"{number}.jsonl"
        with found[name].open("w", encoding="utf-8") as file:
            left = megabytes * 10**6
            for row, page in enumerate(pages):
                file.write(_line(f"{row:07}", page))
                left -= len(page.encode())
                if left <= 0:
                    break
    return found


def write_crawl(
    folder: Path, gigabytes: float = inf, *, most_documents: float = inf, file_bytes: int = FILE_BYTES
) -> int:
    """Write a crawl to `folder`: packed JSON lines; return how many documents.

    It has about `gigabytes` of text or `most_documents`, and `file_bytes` of text in a file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left, documents = gigabytes * 10**9, 0
    crawl = _crawl()
    for number in range(10**6):
        size = 0
        with gzip.open(folder / f"{number:05}.jsonl.gz", "wt", encoding="utf-8", compresslevel=3) as file:
            while left > 0 and size < file_bytes and documents < most_documents:
                page = next(crawl)
                file.write(_line(f"{documents:09}", page))
                documents += 1
                size += len(page.encode())
                left -= len(page.encode())
        if left <= 0 or documents >= most_documents:
            break
    return documents


def _crawl() -> Iterator[str]:
    chance = random.Random(4)
    pages = Variations([*_texts(ROOT / "seeds"), *_texts(ROOT / "tests" / "pages" / "sources")]).pages()
    last = next(pages)
    while True:
        kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
        if kind == "page":
            last = next(pages)
        yield _made(kind, last, chance)


def _made(kind: str, last: str, chance: random.Random) -> str:
    if kind == "noise":
        return "".join(chr(chance.choice((0, 0xFFFD, chance.randrange(0x20, 0x3000)))) for _ in range(200))
    return {"empty": "", "near copy": f"{last}\nOne more line.\n"}.get(kind, last)


def _line(id: str, text: str) -> str:
    return json.dumps({"id": id, "text": text}, ensure_ascii=False) + "\n"


def _texts(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def _wcxb(folder: Path, column: str) -> list[str]:
    rows = pq.read_table(folder / WCXB, columns=[column])[column].to_pylist()
    texts = [text for text in rows if (text or "").strip()]
    random.Random(3).shuffle(texts)
    return texts


if __name__ == "__main__":
    print(write_crawl(Path(sys.argv[1]), float(sys.argv[2])), "documents")
