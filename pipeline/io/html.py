"""HTML as plain text: what a reader sees, a block a line. No judgement on what of it is the article."""

import re
from html.parser import HTMLParser

from pipeline.io.decode import decode

UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select"})

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "button", "caption", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip

_VOID = frozenset({"br", "hr"})

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")


def html_text(data: bytes, charset: str | None = None) -> str:
    r"""Return the text of a page: its title, then every block on lines of its own; raises DecodeError.

    `charset` is what the server said; without it, or where it is wrong, the page's own word or its bytes decide.

    >>> html_text(b"<title>A</title><style>b{}</style><p>One <b>two</b></p><li>three<br>four")
    'A\n\nOne two\n\nthree\nfour\n'
    """
    parser = _Text()
    # A marked section is a comment to a browser, and CPython's parser stumbles over a broken one.
    parser.feed(_decoded(data, charset).replace("<![", "<! ["))
    parser.close()
    return parser.text()


def _decoded(data: bytes, charset: str | None) -> str:
    said = _CHARSET.search(data[:4096])
    for name in (charset, said and said[1].decode("ascii")):
        try:
            if name:
                return data.decode(name)
        except (LookupError, ValueError):
            continue
    return decode(data).text


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._hidden: list[str] = []
        self._in_title = False

    def text(self) -> str:
        """Return the text: blocks a blank line apart, lines within them without space around them."""
        blocks = (
            "\n".join(filter(None, map(str.strip, block.split("\v")))) for block in "".join(self._parts).split("\f")
        )
        found = "\n\n".join(filter(None, blocks))
        return f"{found}\n" if found else ""

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":  # whatever was not closed before it
            self._hidden.clear()
        elif tag == "title":
            self._in_title = not self._parts or "head" in self._hidden
            self._parts.append("\f")
        elif tag in UNSEEN:
            self._hidden.append(tag)
        elif tag in BLOCKS:
            self._parts.append("\v" if tag in _VOID else "\f")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
            self._parts.append("\f")
        elif tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        elif tag in BLOCKS:
            self._parts.append("\f")

    def handle_data(self, data: str) -> None:
        if self._in_title or not self._hidden:
            self._parts.append(_SPACES.sub(" ", data.replace("\v", " ")))
