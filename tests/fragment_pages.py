"""Pages built by hand for the fragment tests: segments as the stages before would leave them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.document import Document, Segment
from pipeline.languages.script import script

HERE = Path(__file__).parent


Paragraph = str | tuple[str, str] | tuple[str, str, str]


def page(*paragraphs: Paragraph, language: str = "en", id: str = "a") -> Document:
    """Return a document of paragraphs: a text, or (text, language), or (text, language, label)."""
    segments, parts, at = [], [], 0
    for line, paragraph in enumerate(paragraphs):
        given = (paragraph,) if isinstance(paragraph, str) else paragraph
        text, tag, label = (*given, *("", language, "body")[len(given) :])
        found = {"label": label, "language": tag, "script": script(text)}
        segments.append(Segment(at, at + len(text), at, text, 2 * line + 1, language_score=0.95, **found))
        parts.append(text)
        at += len(text) + 2
    return replace(Document.from_raw("\n\n".join(parts), id=id), segments=tuple(segments), language=language)


def seeds() -> Iterator[tuple[dict[str, Any], Document]]:
    """Yield the gold of every seed and the seed with its gold segments."""
    for path in sorted((HERE / "gold").glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".gold.json") + ".txt"
        raw = (HERE.parent / "seeds" / name).read_bytes().decode()
        segments = tuple(
            Segment(
                block["start"], block["end"], block["start"], text, raw.count("\n", 0, block["start"]) + 1,
                label=block["label"], language=block.get("language") or "und", language_score=0.95,
                script=script(text),
            )
            for block in gold["blocks"]
            for text in [raw[block["start"] : block["end"]]]
        )  # fmt: skip
        language = gold["document"]["language"]
        yield gold, replace(Document.from_raw(raw, id=name), segments=segments, language=language)
