"""One pass of somebody else over a file of JSON lines: `python throughput_peer.py NAME FILE OUT [MODEL]`.

It imports nothing of this project, so that any Python with the peer installed can run it.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def texts(file: str) -> Iterator[str]:
    """Yield the text of every row."""
    with open(file, encoding="utf-8") as rows:  # noqa: PTH123
        for row in rows:
            yield json.loads(row)["text"]


def scan(file: str, _out: str, _model: str) -> None:
    """Look at every byte once: the floor."""
    print(sum(max(text.encode(), default=0) for text in texts(file)))


def lingua(file: str, _out: str, _model: str) -> None:
    """Ask lingua, with six languages, about every line."""
    from lingua import Language, LanguageDetectorBuilder

    six = (Language.ENGLISH, Language.CHINESE, Language.ITALIAN, Language.PORTUGUESE, Language.SPANISH, Language.FRENCH)
    detector = LanguageDetectorBuilder.from_languages(*six).build()
    for text in texts(file):
        for line in text.split("\n"):
            if line.strip():
                detector.detect_language_of(line)


def datatrove(file: str, out: str, model: str) -> None:
    """Have datatrove's language, C4, Gopher and FineWeb filters look at every document, and write all as Parquet.

    In its pipeline a document leaves at the first filter that it fails; ours come to all documents, as our stages do.
    """
    from datatrove.data import Document
    from datatrove.pipeline import filters
    from datatrove.pipeline.writers import ParquetWriter
    from fasttext.FastText import _FastText

    language = filters.LanguageFilter(["en", "zh"])
    language.model._model = _FastText(model)  # its own is downloaded
    chain: list[Any] = [
        language,
        filters.GopherRepetitionFilter(),
        filters.GopherQualityFilter(),
        filters.C4QualityFilter(),
        filters.FineWebQualityFilter(),
    ]
    with ParquetWriter(out) as writer:
        for number, text in enumerate(texts(file)):
            doc = Document(text=text, id=str(number))
            for one in chain:
                one.filter(doc)
                doc.text = text  # C4's leaves lines out
            writer.write(doc)


PASSES: dict[str, Callable[[str, str, str], None]] = {"scan": scan, "lingua": lingua, "datatrove": datatrove}

if __name__ == "__main__":
    name, file, out, *more = sys.argv[1:]
    Path(out).mkdir(parents=True, exist_ok=True)
    PASSES[name](file, out, more[0] if more else "")
