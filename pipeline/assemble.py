"""The text of the corpus: kept segments put together as paragraphs and lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.document import Segment


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One kept segment as it stands in the corpus text; `segment` is its ordinal in the document."""

    segment: int
    label: str
    text: str


def assemble(segments: Iterable[Segment]) -> tuple[str, tuple[Paragraph, ...]]:
    """Return the corpus text of a document's `segments`, and the paragraphs it consists of.

    Only kept segments with a text count; ordinals are those of `segments` as given, which therefore
    have to be all segments of the document.
    """
    found = tuple(
        paragraph
        for ordinal, segment in enumerate(segments)
        if segment.keep and (paragraph := Paragraph(ordinal, segment.label, trim(segment.label, segment.text))).text
    )
    return join(found), found


def join(paragraphs: Iterable[Paragraph]) -> str:
    r"""Return `paragraphs` as one text: a blank line between them, list items on lines of one block.

    >>> join([Paragraph(4, "heading", "Why"), *(Paragraph(n, "list_item", f"- {n}") for n in (5, 6))])
    'Why\n\n- 5\n- 6'
    """
    out: list[str] = []
    before = ""
    for paragraph in paragraphs:
        if out:
            out.append("\n" if before == paragraph.label == "list_item" else "\n\n")
        out.append(paragraph.text)
        before = paragraph.label
    return "".join(out)


def trim(label: str, text: str) -> str:
    """Return `text` without space around it, except for the indentation that nests a list item.

    >>> trim("list_item", "  - inner "), trim("body", "  outer ")
    ('  - inner', 'outer')
    """
    inner = text.strip()
    if label != "list_item" or not inner:
        return inner
    return " " * (len(text) - len(text.lstrip(" "))) + inner


def summarize(segments: Iterable[Segment]) -> str | None:
    """Return the page's own abstract, its segments a blank line apart; None if it has none."""
    parts = (segment.text.strip() for segment in segments if segment.label == "summary")
    return "\n\n".join(part for part in parts if part) or None
