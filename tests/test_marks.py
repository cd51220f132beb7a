"""A page that was saved as Markdown or by a text browser comes out as the same page saved as plain text."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.batch import clean_batch
from pipeline.document import Document
from pipeline.html.page import read_html
from pipeline.lines.marks import MarkRule
from pipeline.rules import load_rules
from pipeline.stages.join_soft_breaks import join_soft_breaks
from pipeline.stages.strip_marks import strip_marks

SOURCES = Path(__file__).parent / "pages" / "sources"
ENDS = tuple('.!?。！？:："”')
STATED = ["language", "title", "publisher", "author", "published", "updated", "page_type"]


def _in_markdown(text: str) -> str:
    """Return a page as a scraper writes it: what is short and no sentence is a link, most of it in lists."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        item = line.strip()
        if item and len(item) < 40 and not item.endswith(ENDS) and not {*item} & {*"[]"}:
            lines[at] = f"{'* ' if at % 3 else ''}[{item}](https://www.example.com/p/{at})"
    return "\n".join(lines)


def _dumped(text: str) -> str:
    """Return a page as a text browser writes it: numbers before links, an indent, addresses at the end."""
    lines, links = [], 0
    for line in map(str.strip, text.splitlines()):
        is_link = bool(line) and len(line) < 40 and not line.endswith(ENDS)
        links += is_link
        lines.append(f"   {'* ' if is_link and links % 3 else ''}{f'[{links}]' if is_link else ''}{line}")
    addresses = [f"  {number:2}. https://www.example.com/{number}" for number in range(1, links + 1)]
    return "\n".join([*lines, "", "References", "", *addresses, ""])


@pytest.mark.parametrize("written", [_in_markdown, _dumped])
@pytest.mark.parametrize("name", ["ferry", "de-chrome-en-body", "es-chrome-zh-body"])
def test_a_page_with_marks_is_cleaned_like_the_page(name: str, written: Callable[[str], str]) -> None:
    plain = (SOURCES / f"{name}.txt").read_text(encoding="utf-8")
    marked = written(plain)
    batch = clean_batch(pa.record_batch({"id": ["plain", "marked"], "text": [plain, marked]}))
    first, second = batch.select(STATED).to_pylist()
    assert second == first
    first, second = (_kept(segments) for segments in batch["segments"].to_pylist())
    assert second == first


def _kept(segments: list[dict[str, object]]) -> list[object]:
    return [segment["text"] for segment in segments if segment["keep"]]


def test_what_was_html_keeps_its_brackets() -> None:
    page = read_html("<p>Write [text](/address) for a link.")
    render = partial(strip_marks, rules=load_rules("markdown", MarkRule))
    assert render(Document.from_raw(page.raw)).text == "Write text for a link.\n"
    assert render(Document.from_raw(page.raw, markup=page.markup)).text == page.raw


BROKEN = """\
The harbour froze for the first time in forty years, and [the
ferries](/ferries) stayed where they were. Nobody had thought to
order salt. It was dear, some 640 euros a ton, and the town had
other worries: the steps of the customs house were closed as a well-
known clerk had lost the key. On Thursday it was found, and on
Friday the ferries sailed.

"""


def _joined(raw: str) -> Document:
    return join_soft_breaks(Document.from_raw(raw), rules=load_rules("markdown", MarkRule))


def test_lines_that_a_writer_of_markdown_broke_are_one_paragraph() -> None:
    doc = _joined(f"# News\n\n{BROKEN * 3}* Home\n* News\n")
    paragraph = " ".join(BROKEN.split()).replace("well- known", "well-known")
    assert doc.text == "\n\n".join(["# News", *[paragraph] * 3, "* Home\n* News\n"])
    assert doc.restored() == doc.raw


@pytest.mark.parametrize(
    "raw",
    [
        BROKEN,
        BROKEN.replace("[the", "the").replace("](/ferries)", "") * 3,
        "[Home](/)\n" + "The harbour froze for the first time in forty years\nMargarethe Vale\nThursday\n\n" * 9,
        "[Home](/)\n" + "    x = 'a line of a program that is as wide as any line of the page'\n" * 12,
    ],
    ids=["too few lines", "no Markdown", "lines that people broke", "a program"],
)
def test_other_lines_stay_as_they_are(raw: str) -> None:
    assert _joined(raw).text == raw
