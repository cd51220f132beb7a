"""A page in HTML as text: a block element a line, with what the markup says of each line.

The rendering is what offsets count in, so it depends on nothing but the page: no styles, no scripts, no width of a
window. The page is parsed as the HTML standard says, which mends broken markup as browsers do. What the markup hides
is rendered too, with a note: a quarter of such text on real pages is the article's, folded up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.errors import InputError
from pipeline.html.lines import Line, LineMaker, put_together
from pipeline.html.markup import Element, Markup
from pipeline.html.statements import statements
from pipeline.html.tags import BLOCKS, CELLS, DROPPED, PHRASES, PREFORMATTED, STRONG, TOGETHER

MAX_NAMES = 300
"""Code points of an element's class, id and role that are kept."""
MANY_TAGS = 20_000
"""Tags from which it is looked how deep they lie in each other: time goes with the square of that."""
MAX_DEPTH = 5_000

_NAMING = ("class", "id", "role", "itemprop")
_LONE = regex.compile("[\ud800-\udfff]")
_HIDING = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
_NOSCRIPT = regex.compile(r"<(/?)noscript", regex.IGNORECASE | regex.ASCII)
_FRAME = regex.compile(r"<(/?)iframe", regex.IGNORECASE | regex.ASCII)
_TAG = regex.compile(r"<(/?)([A-Za-z]++)")
_UNNESTED = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "p", "li", "option", "dt", "dd", "tr", "td", "th",
})  # fmt: skip
"""Elements without content, and those that the next of their kind closes."""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The rendering of a page, and its markup, whose offsets count in it."""

    raw: str
    markup: Markup


def read_html(html: str) -> HtmlPage:
    r"""Return the text of the page `html` and its markup; raises InputError where elements nest too deep to be a page.

    >>> read_html("<title>A</title><style>b{}</style><p>One <b>two</b>&amp;<ul><li>three<li>four<br>five").raw
    'A\n\nOne two&\n\n- three\n- four\nfive\n'
    """
    html = _LONE.sub("\ufffd", html)
    _refuse_depth(html)
    parser = LexborHTMLParser(_without_frames(html))
    walk = _Walk(parser)
    raw, lines = put_together(_without_doubles(walk.maker.lines, walk.elements))
    elements, places = _in_use(walk.elements, [line.element for line in lines])
    placed = (replace(line, element=places[line.element]) for line in lines)
    return HtmlPage(raw, Markup(elements, tuple(placed), tuple(statements(parser))))


def _refuse_depth(html: str) -> None:
    if html.count("<") <= MANY_TAGS:
        return
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _UNNESTED:
            depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            raise InputError(f"not a page: more than {MAX_DEPTH:,} elements within each other")


def _without_frames(html: str) -> str:
    """Return `html` without the frames in `<noscript>`.

    Browsers run scripts and read `<noscript>` as mere text, so nobody sees that a frame in it is not closed; for a
    reader without scripts all of the page that follows would be part of the frame.
    """
    parts, at, inside = list[str](), 0, False
    for match in _NOSCRIPT.finditer(html):
        piece = html[at : match.start()]
        parts.append(_FRAME.sub(r"<\1span", piece) if inside else piece)
        at, inside = match.start(), not match[1]
    return "".join([*parts, html[at:]])


class _Walk:
    """One pass over the tree, outer before inner elements."""

    def __init__(self, parser: LexborHTMLParser) -> None:
        self.elements: list[Element] = []
        self.depths: list[int] = []
        self.maker = LineMaker(self.elements, self.depths)
        self._open_tags = dict.fromkeys(("a", "time", "strong", "pre"), 0)
        title = parser.css_first("head title")
        if title is not None:
            self._text(title.text(), self._enter(title, "title", -1))
            self._leave("title")
        self._walk(parser.root)

    def _walk(self, node: LexborNode | None) -> None:
        stack: list[tuple[int, str]] = []
        while node is not None:
            tag = node.tag or ""
            inner = None
            if node.is_text_node:
                self._text(node.text_content or "", stack[-1][0] if stack else -1)
            elif node.is_element_node and tag not in DROPPED:
                stack.append((self._enter(node, tag, stack[-1][0] if stack else -1), tag))
                inner = node.child
                if inner is None:
                    self._leave(stack.pop()[1])
            if inner is not None:
                node = inner
                continue
            while stack and node.next is None and (outer := node.parent) is not None:
                node = outer
                self._leave(stack.pop()[1])
            node = node.next
        self.maker.end()

    def _enter(self, node: LexborNode, tag: str, parent: int) -> int:
        maker, index = self.maker, len(self.elements)
        if tag in BLOCKS or tag == "br":
            maker.end(preformatted=self._open_tags["pre"] > 0)
        elif tag in CELLS:
            maker.part("\t")
        elif tag not in PHRASES and maker.touching:
            maker.part(" ")
        if tag == "li":
            maker.opens_item = True
        if tag in TOGETHER:
            maker.groups.append(index)
        if kind := _kind(tag):
            self._open_tags[kind] += 1
        self.elements.append(_element(node, tag, parent))
        self.depths.append(self.depths[parent] + 1 if parent >= 0 else 0)
        return index

    def _leave(self, tag: str) -> None:
        maker = self.maker
        if tag in BLOCKS:
            maker.end(preformatted=self._open_tags["pre"] > 0)
        elif tag in CELLS:
            maker.touching = False
        elif tag not in PHRASES and tag != "br":
            maker.touch()
        if tag == "li":
            maker.opens_item = False
        if tag in TOGETHER:
            maker.groups.pop()
        if kind := _kind(tag):
            self._open_tags[kind] -= 1

    def _text(self, text: str, element: int) -> None:
        inside = self._open_tags
        self.maker.add(
            text,
            element,
            linked=inside["a"] > 0,
            strong=inside["strong"] > 0,
            timed=inside["time"] > 0,
            preformatted=inside["pre"] > 0,
        )


def _kind(tag: str) -> str:
    """Return what it is counted under that text stands in it, empty if it is not counted."""
    if tag in STRONG:
        return "strong"
    if tag in PREFORMATTED:
        return "pre"
    return tag if tag in ("a", "time") else ""


def _element(node: LexborNode, tag: str, parent: int) -> Element:
    attributes = node.attributes
    if not attributes:
        return Element(parent, tag)
    names = " ".join(value for name in _NAMING if (value := attributes.get(name)))
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    style = attributes.get("style")
    return Element(parent, tag, names[:MAX_NAMES], hidden or bool(style and _HIDING.search(style)))


def _without_doubles(lines: Sequence[Line], elements: Sequence[Element]) -> list[Line]:
    """Return `lines` without those that readers without scripts get in place of others that are there too."""
    scriptless = [False] * len(elements)
    for i, element in enumerate(elements):
        scriptless[i] = element.tag == "noscript" or (element.parent >= 0 and scriptless[element.parent])
    seen = {line.text for line in lines if not scriptless[line.markup.element]}
    return [line for line in lines if not (scriptless[line.markup.element] and line.text in seen)]


def _in_use(elements: Sequence[Element], used: Sequence[int]) -> tuple[tuple[Element, ...], dict[int, int]]:
    """Return the elements that are `used` or around such, and where each of them stands now."""
    wanted: set[int] = set()
    for at in used:
        while at >= 0 and at not in wanted:
            wanted.add(at)
            at = elements[at].parent
    places = {at: place for place, at in enumerate(sorted(wanted))}
    return tuple(_moved(elements, places)), places


def _moved(elements: Sequence[Element], places: dict[int, int]) -> Iterator[Element]:
    for at in places:
        element = elements[at]
        yield replace(element, parent=places[element.parent]) if element.parent >= 0 else element
