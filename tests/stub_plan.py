"""A plan of a few lines, so that what reads, runs, writes and verifies is tested without the real one.

Paragraphs stand a blank line apart. What they begin with says what they are (see LABELS); a page that
has `lang=xx` in it is in that language. Both kinds of edits are made: some before there are segments,
some after.
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.document import Candidate, Document, Fragment, GlossPair, Metadata, Segment
from pipeline.edit import Edit, to_source
from pipeline.html.markup import Markup
from pipeline.lines.site_lines import NO_LINES, Keys
from pipeline.repairs.translation import Answers
from pipeline.settings import Settings
from pipeline.stages.label_repeated import label_repeated
from pipeline.stages.recall_sketch import Sketch
from pipeline.words.lexicon import LexiconEntry

LABELS = {
    "# ": "heading",
    "- ": "list_item",
    "* ": "list_item",
    "=": "title",
    "Summary: ": "summary",
    "nav": "nav",
}
HAN = re.compile("[\u4e00-\u9fff]+")
GLOSS = re.compile("([\u4e00-\u9fff]+) \\(([a-z ]+)\\)")


class StubError(Exception):
    """What the stub raises on a page that says BOOM."""


def read(
    text: str,
    *,
    id: str = "",
    source: str = "",
    settings: Settings = Settings(),  # noqa: B008
    known: tuple[LexiconEntry, ...] = (),
    markup: Markup | None = None,
    template: Keys = NO_LINES,
    found: Sketch | None = None,
) -> Document:
    doc = sketch(text, id=id, source=source, markup=markup)
    doc = label_repeated(doc, repeated=template)
    if "BOOM" in text:
        raise StubError(f"{id} went off")
    language = found[1] if (found := re.search(r"lang=([\w-]+)", text)) else "en"
    doc = replace(doc, language=language, metadata=_metadata(doc), fragments=tuple(_fragments(doc, known)))
    quotes = [Edit(m.start(), "``", "“", "stub/quote") for m in re.finditer("``", doc.text)]
    doc = doc.edited(e for e in quotes if any(s.at <= e.start < s.until for s in doc.segments))
    nested = [Edit(s.at, "* ", "  - ", "stub/list") for s in doc.segments if s.text.startswith("* ")]
    return doc.edited(nested)


def knowledge(settings: Settings, lexicon: tuple[LexiconEntry, ...]) -> tuple[LexiconEntry, ...]:
    return lexicon


def write(doc: Document, *, settings: Settings, answers: Answers) -> Document:
    assert not answers, "the stub asks no translator"
    return doc


def sketch(text: str, *, id: str = "", source: str = "", markup: Markup | None = None) -> Document:
    doc = Document.from_raw(text, id=id, source=source, markup=markup)
    doc = doc.edited(Edit(m.start(), "\u00ad", "", "stub/shy") for m in re.finditer("\u00ad", text))
    doc = replace(doc, segments=tuple(_segments(doc)))
    glosses = (
        GlossPair(m[1], "zh", m[2], "en", to_source(doc.ledger, [m.span(1)])[0][0], "gloss")
        for m in GLOSS.finditer(doc.text)
    )
    return replace(doc, glosses=tuple(glosses))


def _segments(doc: Document) -> list[Segment]:
    found = [m.span() for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*(?<!\s)", doc.text)]
    segments = []
    for (at, until), (start, end) in zip(found, to_source(doc.ledger, found), strict=True):
        text = doc.text[at:until]
        label = next((label for sign, label in LABELS.items() if text.startswith(sign)), "body")
        segment = Segment(start, end, at, text, line=doc.raw.count("\n", 0, start) + 1, label=label)
        language = "it" if label == "nav" else "en"
        segments.append(segment._replace(rule="stub/sign", score=0.75, language=language, script="Latn"))
    return segments


def _metadata(doc: Document) -> Metadata:
    title = next((s.text[1:] for s in doc.segments if s.label == "title"), None)
    return Metadata(title=title, publisher="stub", author="Ann", published=date(2026, 5, 29))


def _fragments(doc: Document, lexicon: tuple[LexiconEntry, ...]) -> list[Fragment]:
    known = {entry.term: entry.translation for entry in lexicon}
    glosses = {m.start(): m.span(2) for m in GLOSS.finditer(doc.text)}
    fragments = []
    for match in HAN.finditer(doc.text):
        host = next(i for i, s in enumerate(doc.segments) if s.at <= match.start() < s.until)
        (start, end), *gloss = to_source(
            doc.ledger, [match.span(), *([glosses[match.start()]] if match.start() in glosses else [])]
        )
        proposals = [Candidate(known[match[0]], "lexicon", 0.9)] if match[0] in known else []
        fragments.append(
            Fragment(
                start, end, match.start(), host, match[0], "glossed" if gloss else "residue",
                "zh-Hans", "en", "stub/han", 0.6,
                gloss=doc.text[slice(*glosses[match.start()])] if gloss else None,
                gloss_start=gloss[0][0] if gloss else None,
                gloss_end=gloss[0][1] if gloss else None,
                candidates=(*proposals, Candidate("other", "guess", 0.1)) if proposals else (),
            )
        )  # fmt: skip
    return fragments


PAGES = {
    "a.txt": "=Title one\n\nnav menu\n\nSummary: short\n\n"
    "First para\u00adgraph with ``quotes and 红利 (dividend) in it.\n\n"
    "- one\n\n* inner\n\n# Why\n\nLast one, 红利 again and 闭环.",
    "b/c.txt": "lang=zh-Hans\n\n这个国家的皇后\n\n- 甲\n\n- 乙",
    "d.txt": "lang=pt nothing for the corpus",
    "e.txt": "nav only\n\nnav twice",
    "f.txt": "nav of another template\n\nSame text.",
    "g.txt": "Same text.",
}


def write_pages(folder: Path, pages: Mapping[str, str | bytes] = PAGES) -> Path:
    """Write `pages`, by path below `folder`, and return `folder`."""
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything in this process use the stub instead of the real plan."""
    monkeypatch.setattr("pipeline.batch.plan", sys.modules[__name__])
