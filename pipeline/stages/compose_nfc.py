"""Bring text into Unicode Normalization Form C, one edit a changed run."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

import regex

from pipeline.document import Document
from pipeline.edit import Edit

MAX_NATURAL_RUN = 100
"""Longer runs of combining marks are sorted here first: the library's own sort takes quadratic time."""

# A character that NFC leaves alone wherever it stands, then all that may interact with it. Runs found
# like this can be composed one by one (UAX #15, section 9).
_RUN = regex.compile(r"(?s:.)?[\P{ccc=0}\P{NFC_Quick_Check=Yes}]+")


def compose_nfc(doc: Document) -> Document:
    r"""Return the document with composed characters; its text is then in NFC.

    >>> compose_nfc(Document.from_raw("cafe\u0301")).text
    'café'
    """
    if unicodedata.is_normalized("NFC", doc.text):
        return doc
    return doc.edited(_propose(doc.text))


def _propose(text: str) -> Iterator[Edit]:
    for run in _RUN.finditer(text):
        new = _compose(run.group())
        if new != run.group():
            yield Edit(run.start(), run.group(), new, "nfc/compose")


def _compose(run: str) -> str:
    """Return `run` in NFC."""
    if len(run) > MAX_NATURAL_RUN:
        decomposed = "".join(unicodedata.normalize("NFD", char) for char in run)
        runs = groupby(decomposed, key=lambda char: unicodedata.combining(char) == 0)
        run = "".join("".join(part if starter else sorted(part, key=unicodedata.combining)) for starter, part in runs)
    return unicodedata.normalize("NFC", run)
