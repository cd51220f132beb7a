"""What the markup of a page says: of its lines, the elements they stand in; of the page, what it states of itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Self

ROOTS = ("html", "body")

Field = Literal["title", "description", "published", "updated", "author", "publisher", "url", "language", "text"]


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the page's tree that has text in it."""

    parent: int
    """Index of the element around it; -1 for the outermost."""
    tag: str
    names: str = ""
    """Its class, id, role and the like, a space apart."""
    hidden: bool = False
    """Whether the markup itself hides it: `hidden`, `aria-hidden`, `display:none`."""


@dataclass(frozen=True, slots=True)
class LineMarkup:
    """One line of the rendering; `start` and `end` are offsets in the document's raw text."""

    start: int
    end: int
    element: int
    """Index of the innermost element that holds the whole line."""
    linked: int = 0
    """Code points of the line that are links."""
    strong: int = 0
    """Code points set bold or italic."""
    timed: bool = False
    """Whether a `<time>` is in it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the page states of itself or its article for programs to read; dates are ISO 8601."""

    field: Field
    value: str
    source: str
    """Where it is stated: `json-ld`, the name of a meta element, `time`, `canonical`, `html`."""


@dataclass(frozen=True, slots=True)
class Markup:
    """The elements of a page, outer before inner ones, its lines in order, and its statements, the best first."""

    elements: tuple[Element, ...]
    lines: tuple[LineMarkup, ...]
    stated: tuple[Statement, ...] = ()

    def around(self, element: int) -> Iterator[Element]:
        """Yield `element` and those around it, innermost first."""
        while element >= 0:
            found = self.elements[element]
            yield found
            element = found.parent

    def says(self, field: Field) -> Iterator[Statement]:
        """Yield the statements on `field`, the best first."""
        return (statement for statement in self.stated if statement.field == field)

    def with_lines(self, lines: Iterable[LineMarkup]) -> Self:
        """Return the same page with other lines."""
        return replace(self, lines=tuple(lines))

    def joined(self, other: Self) -> Self:
        """Return the page with the elements and lines of `other` after its own, inside the same html and body.

        What the two have in common is not doubled where one is the other with something added. Offsets stay as they
        were, so that the lines may belong to two texts.
        """
        if self.elements[: len(other.elements)] == other.elements:
            return self.with_lines(self.lines + other.lines)
        if other.elements[: len(self.elements)] == self.elements:
            return replace(other, lines=self.lines + other.lines, stated=self.stated)
        roots = {e.tag: i for i, e in reversed(list(enumerate(self.elements))) if e.tag in ROOTS}
        elements, moved = list(self.elements), list[int]()
        for element in other.elements:
            if element.tag in roots and (element.parent < 0 or other.elements[element.parent].tag in ROOTS):
                moved.append(roots[element.tag])
                continue
            moved.append(len(elements))
            elements.append(replace(element, parent=moved[element.parent] if element.parent >= 0 else -1))
        lines = (replace(line, element=moved[line.element]) for line in other.lines)
        return replace(self, elements=tuple(elements), lines=(*self.lines, *lines))
