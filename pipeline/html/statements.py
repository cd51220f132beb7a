"""What a page states of itself for programs: JSON-LD, Open Graph and other meta elements, `<time>`, links, `lang`.

Read over the parsed tree: the libraries for it parse the page a second time, with a slower parser, and then leave the
choice between what they find to the caller.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import regex
from selectolax.lexbor import LexborHTMLParser

from pipeline.html.markup import Field, Statement

METAS: Mapping[str, Field] = {
    "og:title": "title", "citation_title": "title", "dc.title": "title", "twitter:title": "title",
    "og:description": "description", "description": "description",
    "article:published_time": "published", "og:published_time": "published", "datepublished": "published",
    "citation_publication_date": "published", "citation_date": "published", "dc.date.issued": "published",
    "dcterms.issued": "published", "parsely-pub-date": "published", "sailthru.date": "published",
    "pubdate": "published", "publishdate": "published", "publish-date": "published", "publish_date": "published",
    "article:modified_time": "updated", "og:updated_time": "updated", "datemodified": "updated",
    "dcterms.modified": "updated",
    "author": "author", "article:author": "author", "citation_author": "author", "dc.creator": "author",
    "parsely-author": "author", "sailthru.author": "author",
    "og:site_name": "publisher", "article:publisher": "publisher", "dc.publisher": "publisher",
    "application-name": "publisher",
    "og:url": "url",
}  # fmt: skip
"""What meta elements state, by their name, the most reliable first."""

MAX_VALUE = 1_000
MAX_JSON = 2_000_000
"""Code points of one JSON-LD script; real ones have a hundredth of it."""
MAX_NODES = 2_000
MAX_AUTHORS = 20

_ARTICLE = regex.compile(r"(?:Article|Posting|Report|Review|Recipe)$")
_NO_JSON = regex.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_ISO = regex.compile(r"^\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_DATES = ("published", "updated")
_ADDRESS = regex.compile(r"^(?:https?:)?//|^@|^\d+$")
_BREAKS = regex.compile(r"\s+")


def statements(parser: LexborHTMLParser) -> Iterator[Statement]:
    """Yield what the page states, the best sources first; what is no date, no name, no address is left out."""
    for statement in (*_json_ld(parser), *_metas(parser), *_elements(parser)):
        value = _tidied(statement.field, statement.value)
        if value:
            yield Statement(statement.field, value, statement.source)


def _tidied(field: Field, value: str) -> str:
    if field in _DATES:
        return iso_date(value) or ""
    if field == "text":
        return value
    value = _BREAKS.sub(" ", value).strip()
    if len(value) > MAX_VALUE or (field in ("author", "publisher") and _ADDRESS.search(value)):
        return ""
    if field == "url":
        return value if regex.match("https?://", value) else ""
    return value


def iso_date(value: str) -> str | None:
    """Return the day that `value` names in ISO 8601, None if it names none. Times and their zones are left out.

    >>> iso_date("2026-05-29T23:30:00Z"), iso_date("Fri, 29 May 2026 10:00:00 GMT"), iso_date("yesterday")
    ('2026-05-29', '2026-05-29', None)
    """
    try:
        if match := _ISO.match(value):
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        return parsedate_to_datetime(value[:60]).date().isoformat()
    except ValueError:
        return None


def _json_ld(parser: LexborHTMLParser) -> Iterator[Statement]:
    for script in parser.css('script[type="application/ld+json"]'):
        text = script.text() or ""
        if len(text) > MAX_JSON:
            continue
        try:
            found = json.loads(_NO_JSON.sub("", text), strict=False)
        except (ValueError, RecursionError):
            continue
        article = next((node for node in _nodes(found) if _is_article(node)), None)
        if article is not None:
            yield from _of_article(article)


def _nodes(found: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in `found`, outer before inner ones."""
    waiting = [found]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node[:MAX_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in _listed(kinds))


def _of_article(article: Mapping[str, Any]) -> Iterator[Statement]:
    plain: tuple[tuple[str, Field], ...] = (
        ("headline", "title"), ("name", "title"), ("datePublished", "published"), ("dateModified", "updated"),
        ("description", "description"), ("url", "url"), ("inLanguage", "language"), ("articleBody", "text"),
    )  # fmt: skip
    for key, field in plain:
        if isinstance(article.get(key), str):
            yield Statement(field, article[key], "json-ld")
    named: tuple[tuple[str, Field], ...] = (("author", "author"), ("creator", "author"), ("publisher", "publisher"))
    for key, field in named:
        for item in _listed(article.get(key))[:MAX_AUTHORS]:
            name = item.get("name") if isinstance(item, dict) else item
            if isinstance(name, str):
                yield Statement(field, name, "json-ld")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _metas(parser: LexborHTMLParser) -> Iterator[Statement]:
    found: dict[str, list[str]] = {}
    for meta in parser.css("meta[content]"):
        attributes = meta.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        found.setdefault(name.lower(), []).append(attributes.get("content") or "")
    for name, field in METAS.items():
        for value in found.get(name, ())[:MAX_AUTHORS]:
            yield Statement(field, value, name)


def _elements(parser: LexborHTMLParser) -> Iterator[Statement]:
    for time in parser.css(
        'time[itemprop="datePublished"], time[pubdate], article time[datetime], main time[datetime]'
    ):
        field: Field = "updated" if time.attributes.get("itemprop") == "dateModified" else "published"
        yield Statement(field, time.attributes.get("datetime") or "", "time")
    canonical = parser.css_first('link[rel="canonical"]')
    if canonical is not None:
        yield Statement("url", canonical.attributes.get("href") or "", "canonical")
    page = parser.css_first("html")
    if page is not None and (language := page.attributes.get("lang")):
        yield Statement("language", language, "html")
