"""The lines of a page in HTML, as the body model wants them and as the page's segments have them."""

from collections.abc import Sequence

from pipeline.html.markup import LineMarkup, Markup
from pipeline.html.tags import INLINE

LABELS = {
    "h1": "title", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "list_item", "dt": "list_item", "dd": "list_item",
}  # fmt: skip
"""What a line of the body is in such an element."""


def body_lines(raw: str, markup: Markup) -> tuple[str, ...]:
    """Return the lines of `raw`, a page's rendering, with one space between words."""
    return tuple(" ".join(raw[line.start : line.end].split()) for line in markup.lines)


def line_of_each(markup: Markup, starts: Sequence[int]) -> list[int]:
    """Return which line holds each of the offsets `starts`, which are in order; the last before it, if none does."""
    found, at = list[int](), 0
    for start in starts:
        while at + 1 < len(markup.lines) and markup.lines[at + 1].start <= start:
            at += 1
        found.append(at)
    return found


def body_labels(markup: Markup) -> list[str]:
    """Return for each line what it is by its element if it is of the body: title, heading, list_item or body.

    An `h1` is the title if it is the only one.
    """
    found = [_label(markup, line) for line in markup.lines]
    heads = [i for i, label in enumerate(found) if label == "title"]
    return found if len(heads) == 1 else ["heading" if label == "title" else label for label in found]


def _label(markup: Markup, line: LineMarkup) -> str:
    block = next((e.tag for e in markup.around(line.element) if e.tag not in INLINE), "")
    return LABELS.get(block, "body")
