"""Lines in the making: pieces of text as they come out of a tree, put together to the rendering of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from pipeline.html.markup import Element, LineMarkup

# The four separators of ASCII count as white space elsewhere, and some of them as line breaks.
_SPACES = regex.compile(r"(?:[^\S\u3000]|[\x1c-\x1f])+")
_CELL = regex.compile(r" *\t[ \t]*")
_SPACE = regex.compile(" {2,}")
_BREAKS = regex.compile(r"[^\S \t\u00a0\u3000]|[\x1c-\x1f]")

_NOTHING = LineMarkup(0, 0, -1)

ITEM = "- "
"""What list items begin with."""


@dataclass(frozen=True, slots=True)
class Line:
    """A finished line; `group` is the list, table or preformatted text that it is part of, -1 outside of any."""

    text: str
    markup: LineMarkup
    group: int


@dataclass(slots=True)
class LineMaker:
    """Collects the pieces of one line; spaces between words count as one, except in preformatted text."""

    elements: Sequence[Element]
    depths: Sequence[int]
    lines: list[Line] = field(default_factory=list)
    opens_item: bool = False
    """Whether a list item has begun that has no line yet."""
    groups: list[int] = field(default_factory=list)
    touching: bool = False
    """Whether the last piece came out of an element that has closed since."""
    _pieces: list[str] = field(default_factory=list)
    _markup: LineMarkup = _NOTHING

    def add(self, text: str, element: int, *, linked: bool, strong: bool, timed: bool, preformatted: bool) -> None:
        """Add the text that stands in `element`."""
        first, *others = text.split("\n") if preformatted else [_SPACES.sub(" ", text)]
        self._add(first, element, linked, strong, timed)
        for other in others:
            self.end(preformatted=True)
            self._add(other, element, linked, strong, timed)

    def part(self, by: str) -> None:
        """Part what follows from the words before it."""
        if self._pieces:
            self._pieces.append(by)
        self.touching = False

    def touch(self) -> None:
        """An element closes."""
        self.touching = bool(self._pieces)

    def end(self, *, preformatted: bool = False) -> None:
        """End the line, if there is any text in it."""
        self.touching = False
        if self._markup.element >= 0:
            text = "".join(self._pieces)
            text = _BREAKS.sub(" ", text).rstrip() if preformatted else _tidy(text)
            if self.opens_item:
                text = ITEM + text.lstrip()
                self.opens_item = False
            self.lines.append(Line(text, self._markup, self.groups[-1] if self.groups else -1))
            self._markup = _NOTHING
        self._pieces.clear()

    def _add(self, text: str, element: int, linked: bool, strong: bool, timed: bool) -> None:
        if not text:
            return
        self._pieces.append(text)
        if text.isspace():
            return
        self.touching = False
        so_far, size = self._markup, len(text.strip())
        self._markup = replace(
            so_far,
            element=element if so_far.element < 0 else self._common(so_far.element, element),
            linked=so_far.linked + size * linked,
            strong=so_far.strong + size * strong,
            timed=so_far.timed or timed,
        )

    def _common(self, one: int, other: int) -> int:
        """Return the innermost element around both."""
        while one != other:
            if self.depths[one] >= self.depths[other]:
                one = self.elements[one].parent
            else:
                other = self.elements[other].parent
        return one


def _tidy(text: str) -> str:
    if "\t" in text:
        text = _CELL.sub("\t", text)
    return _SPACE.sub(" ", text).strip()


def put_together(lines: Sequence[Line]) -> tuple[str, tuple[LineMarkup, ...]]:
    """Return the text of `lines`, groups a blank line apart, and their markup with offsets into it."""
    parts: list[str] = []
    placed: list[LineMarkup] = []
    at, group = 0, -1
    for line in lines:
        if parts:
            gap = "\n" if line.group == group >= 0 else "\n\n"
            parts.append(gap)
            at += len(gap)
        group = line.group
        parts.append(line.text)
        placed.append(replace(line.markup, start=at, end=at + len(line.text)))
        at += len(line.text)
    return "".join([*parts, "\n"]) if parts else "", tuple(placed)
