"""Show a text that was written in Markdown as its page would be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Document
from pipeline.rules import EditRule

MAX_PASSES = 4
"""How often marks within marks are taken away: a picture in a link needs one pass, hostile text any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownRule(EditRule):
    """A row that takes marks of Markdown away; with `proof`, its match shows that a text is Markdown."""

    proof: bool


def render_markdown(doc: Document, *, rules: Sequence[MarkdownRule]) -> Document:
    """Return the document without the marks that `rules` match; one step a rule, in their order.

    What was HTML stays as it is: marks that its page shows are meant to be seen.

    >>> from pipeline.rules import load_rules
    >>> rules = load_rules("markdown", MarkdownRule)
    >>> render_markdown(Document.from_raw("# News\\n* [Home](/)"), rules=rules).text
    'News\\nHome'
    """
    if doc.markup is not None:
        return doc
    for _ in range(MAX_PASSES):
        if not any(rule.proof and rule.pattern.search(doc.text) for rule in rules):
            break
        for rule in rules:
            doc = doc.edited(rule.propose(doc.text))
    return doc
