"""Which field of a row is the text, which its id: by name."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import DecodeError, InputError
from pipeline.io.html import html_source
from pipeline.io.record import Kind, Record
from pipeline.tables import escape

TEXT_NAMES = ("text", "content", "raw_content", "body", "article", "page_content", "document", "raw", "markdown")
"""Columns that hold the text in the corpora of others, the likeliest first."""

HTML_NAMES = ("html", "raw_html", "page_html", "html_content", "content_html")
"""Columns that hold HTML: looked for after those with text, and taken as HTML also where the user names one."""

ID_NAMES = ("id", "doc_id", "document_id", "warc_record_id", "record_id", "uuid", "url", "uri")

URL_NAMES = ("url", "uri", "source_url", "link", "warc_target_uri")


def text_field(names: Collection[str], wanted: str | None) -> str:
    """Return which of `names` is the text, or the HTML: `wanted`, if the user named one; raises InputError.

    >>> text_field(["title", "content"], None)
    'content'
    """
    found = wanted if wanted in names else None
    if wanted is None:
        found = first_of(TEXT_NAMES + HTML_NAMES, names)
    if found is None:
        told = ", ".join(sorted(map(escape, names))) or "none"
        missing = f"no column {wanted!r}" if wanted else "no column is known to hold the text"
        raise InputError(f"{missing}: there are {told} (--text-column)")
    return found


def first_of(known: tuple[str, ...], names: Collection[str]) -> str | None:
    """Return the first of `known` that is among `names`, None if none is."""
    return next((name for name in known if name in names), None)


def host_of(url: object) -> str:
    """Return the host in `url`, nothing where there is none.

    >>> host_of("https://News.example:8080/a"), host_of(None), host_of("https://[broken")
    ('news.example', '', '')
    """
    try:
        return escape(urlsplit(url).hostname or "") if isinstance(url, str) else ""
    except ValueError:
        return ""


def record_of(row: Mapping[str, Any], ordinal: int, file: str, source: str, text_column: str | None) -> Record:
    """Return the record that `row` of `file` is; one that says no text says why."""
    id = next((str(row[n]) for n in ID_NAMES if isinstance(row.get(n), (str, int)) and row[n] != ""), "")
    site = next((host for name in URL_NAMES if (host := host_of(row.get(name)))), "")
    name = escape(id) or f"{file}#{ordinal}"
    try:
        column = text_field(row, text_column)
        value = row[column]
        if column in HTML_NAMES and isinstance(value, bytes):
            value = html_source(value)
    except (InputError, DecodeError) as error:
        return Record(ordinal, name, source, None, why=str(error), site=site)
    if isinstance(value, bytes):
        return Record(ordinal, name, source, value, site=site)
    if value is not None and not isinstance(value, str):
        return Record(ordinal, name, source, None, why=f"its text is no text but {type(value).__name__}", site=site)
    kind: Kind = "html" if column in HTML_NAMES else "text"
    try:
        return Record(ordinal, name, source, (value or "").encode(), kind, site=site)
    except UnicodeEncodeError as error:
        return Record(ordinal, name, source, None, why=f"not Unicode: {error.reason} at {error.start}", site=site)
