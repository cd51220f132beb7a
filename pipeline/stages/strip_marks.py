"""Take away the marks with which a program wrote a page as text: Markdown's, and the numbers of links."""

from collections.abc import Sequence

from pipeline.document import Document
from pipeline.lines.marks import MarkRule, are_in

MAX_PASSES = 4
"""How often marks within marks are taken away: a picture in a link needs one pass, hostile text any number."""


def strip_marks(doc: Document, *, rules: Sequence[MarkRule]) -> Document:
    """Return the document without the marks that `rules` match; one step a rule, in their order.

    What was HTML stays as it is: marks that its page shows are meant to be seen.

    >>> from pipeline.rules import load_rules
    >>> rules = load_rules("markdown", MarkRule)
    >>> strip_marks(Document.from_raw("# News\\n* [Home](/)"), rules=rules).text
    'News\\nHome'
    """
    if doc.markup is not None:
        return doc
    for _ in range(MAX_PASSES):
        if not are_in(doc.text, rules):
            break
        for rule in rules:
            doc = doc.edited(rule.propose(doc.text))
    return doc
