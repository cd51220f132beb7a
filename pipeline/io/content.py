"""From what a record holds to the text of a document, and to its markup where it came with any."""

from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.html.markup import Markup
from pipeline.html.page import read_html
from pipeline.io.decode import decode
from pipeline.io.record import Kind


class Content(NamedTuple):
    """The raw text of a document; `markup` counts its offsets in it."""

    raw: str
    markup: Markup | None = None


def read_content(data: bytes, kind: Kind) -> Content:
    """Return the document in `data`; raises DecodeError for bytes that are no text, InputError for a page without any.

    >>> read_content(b"<p>One<p>Two", "html").raw
    'One\\n\\nTwo\\n'
    """
    if kind == "raw":
        return Content(decode(data).text)
    text = data.decode()
    if kind == "text":
        return Content(text)
    page = read_html(text)
    if not page.raw:
        raise InputError("the page has no text")
    return Content(page.raw, page.markup)
