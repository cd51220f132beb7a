"""Pages with their fragments marked in place: `{{KIND LANG = accepted | also accepted | text}}`.

A page is a text file: a line `# host: LANG; NOTE`, an empty line, then the page as it looks once its markup is gone.
The last field of a mark is the fragment itself; those before it are renderings that were accepted before any run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from pipeline.document import Kind

KINDS: tuple[Kind, ...] = ("residue", "glossed", "name", "term")

_MARK = regex.compile(r"\{\{([^{}\n]*)\}\}")
_OPENING = regex.compile(r"(\S+) (\S+?) *(?:=|(?=\|))")
_HEAD = regex.compile(r"# host: ([A-Za-z-]+); ?(.*)")
_BORDER = regex.compile(r"[\p{L}\p{M}\p{N}]")


class MarkupError(ValueError):
    """A page that is not in the format."""


@dataclass(frozen=True, slots=True)
class MarkedFragment:
    """A fragment that is really there; offsets are code points of its page's text."""

    start: int
    end: int
    text: str
    kind: Kind
    language: str
    accepted: tuple[str, ...] = ()
    """Renderings that are right in this place; empty where none were written down."""


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page's text with the marks taken out, and what they said."""

    name: str
    host: str
    note: str
    text: str
    fragments: tuple[MarkedFragment, ...]


def parse_marks(marked: str) -> tuple[str, tuple[MarkedFragment, ...]]:
    """Return `marked` without its marks, and the fragments; raises MarkupError.

    >>> text, (gold,) = parse_marks("a deep{{glossed zh-Hans = moat | 护城河}} (moat)")
    >>> text, gold.start, gold.text, gold.accepted
    ('a deep护城河 (moat)', 6, '护城河', ('moat',))
    """
    parts, gold, at, done = list[str](), list[MarkedFragment](), 0, 0
    for mark in _MARK.finditer(marked):
        plain = marked[done : mark.start()]
        at += len(plain)
        found = _gold(mark.group(1), at)
        parts += [plain, found.text]
        gold.append(found)
        at, done = found.end, mark.end()
    text = "".join([*parts, marked[done:]])
    if "{{" in text or "}}" in text:
        raise MarkupError("a mark that does not close, or holds a brace or a line's end")
    return text, tuple(gold)


def _gold(inner: str, start: int) -> MarkedFragment:
    opening = _OPENING.match(inner)
    if opening is None:
        raise MarkupError(f"no kind, language and fields in {inner!r}")
    kind = next((kind for kind in KINDS if kind == opening.group(1)), None)
    *accepted, text = (field.strip() for field in inner[opening.end() :].removeprefix("|").split("|"))
    if kind is None:
        raise MarkupError(f"no kind of fragment is called {opening.group(1)!r}")
    if not text or not (_BORDER.match(text[0]) and _BORDER.match(text[-1])):
        raise MarkupError(f"a fragment begins and ends with a letter or digit, unlike {text!r}")
    if not all(accepted):
        raise MarkupError(f"an empty rendering in {inner!r}")
    return MarkedFragment(start, start + len(text), text, kind, opening.group(2), tuple(accepted))


def parse_page(marked: str, *, name: str) -> MarkedPage:
    """Return a page given as text; raises MarkupError, which names it."""
    first, _, rest = marked.partition("\n")
    head = _HEAD.fullmatch(first)
    if head is None or not rest.startswith("\n"):
        raise MarkupError(f"{name}: the first line must be `# host: LANG; NOTE`, then an empty one")
    try:
        text, fragments = parse_marks(rest[1:])
    except MarkupError as error:
        raise MarkupError(f"{name}: {error}") from error
    return MarkedPage(name, head.group(1), head.group(2), text, fragments)


def read_page(path: Path) -> MarkedPage:
    """Return the page at `path`; raises MarkupError, OSError, UnicodeError."""
    return parse_page(path.read_bytes().decode(), name=path.name)


def read_pages(folder: Path) -> Iterator[MarkedPage]:
    """Yield the annotated pages (`*.txt`) of `folder` by name; raises as `read_page` does."""
    for path in sorted(folder.glob("*.txt")):
        yield read_page(path)
