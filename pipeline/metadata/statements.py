"""What a page in HTML states for programs, as metadata: it beats what its text lets one guess."""

from dataclasses import replace
from datetime import date
from html import unescape

from pipeline.document import Metadata
from pipeline.html.markup import Field, Markup, Statement

BETWEEN = ", "
"""What parts the names of several authors."""

_NAMED: tuple[Field, ...] = ("title", "publisher", "author", "published", "updated", "url")


def with_statements(metadata: Metadata, markup: Markup | None) -> Metadata:
    """Return `metadata` with what the page states in place of it, and with the source of each such statement."""
    if markup is None:
        return metadata
    found = {field: best for field in _NAMED if (best := _best(markup, field))}
    values = {field: value for field, (value, _) in found.items()}
    return replace(
        metadata,
        title=values.get("title", metadata.title),
        publisher=values.get("publisher", metadata.publisher),
        author=values.get("author", metadata.author),
        published=_day(values.get("published")) or metadata.published,
        updated=_day(values.get("updated")) or metadata.updated,
        url=values.get("url"),
        sources=tuple((field, source) for field, (_, source) in found.items()),
    )


def _best(markup: Markup, field: Field) -> tuple[str, str] | None:
    """Return the best statement on `field` and its source; of authors all that the best source names.

    Entities are read here, since many write them into JSON, where they are none.
    """
    stated = list(markup.says(field))
    if not stated:
        return None
    source = stated[0].source
    return unescape(_joined(stated, source) if field == "author" else stated[0].value), source


def _joined(stated: list[Statement], source: str) -> str:
    return BETWEEN.join(dict.fromkeys(statement.value for statement in stated if statement.source == source))


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
