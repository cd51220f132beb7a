"""What a visitor asks to see, and the SQL that finds it; every value is a parameter."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from pipeline.report.database import Database, Row
from pipeline.report.glance import DOUBTFUL

PER_PAGE = 50
MAX_PAGE = 20_000
MAX_QUERY = 200
"""Code points of a search, and of any other value."""

Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show of a table; empty values do not matter. Pages count from 1."""

    text: str = ""
    language: str = ""
    label: str = ""
    kind: str = ""
    keep: str = ""
    doubtful: str = ""
    status: str = ""
    page: int = 1

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Self:
        """Return the filter that the query of an address asks for; what is not understood is left out."""
        texts = ("text", "language", "label", "kind", "keep", "doubtful", "status")
        values = {name: query.get(name, "").strip()[:MAX_QUERY] for name in texts}
        page = query.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
        return cls(**values, page=min(max(1, number), MAX_PAGE))

    @property
    def query(self) -> str:
        """The filter as the query of an address."""
        return urlencode({name: value for name, value in asdict(self).items() if value and value != 1})

    def on(self, page: int) -> Self:
        """Return the filter for another page."""
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of rows; `total` is None where to count them would take a search through everything."""

    rows: list[Row]
    more: bool
    total: int | None


def find_segments(tables: Database, wanted: Filter, document: str = "") -> Found:
    """Return a page of `segments/` as `wanted`, of one document or of all, in the order of the table."""
    where, values = _segments(wanted, document)
    keys, more = _page(tables, f"SELECT id, segment FROM segments WHERE {where}", values, wanted.page)
    if not keys:
        return Found([], False, 0 if wanted.page == 1 else None)
    # First the keys, out of small columns, then the texts of those few: to read all texts takes ten times as long.
    ids, ordinals = sorted({key["id"] for key in keys}), sorted({key["segment"] for key in keys})
    rows = tables.rows(
        # The bounds let whole groups of rows be skipped, the lists most texts of the others.
        "SELECT * FROM segments WHERE id BETWEEN ? AND ?"
        f" AND id IN ({_marks(ids)}) AND segment IN ({_marks(ordinals)})",
        [ids[0], ids[-1], *ids, *ordinals],
    )
    by_key = {(row["id"], row["segment"]): row for row in rows}
    found = [by_key[key["id"], key["segment"]] for key in keys]
    return Found(found, more, _total(tables, "segments", where, values, wanted, len(found), more))


def find_documents(tables: Database, wanted: Filter) -> Found:
    """Return a page of `documents/` as `wanted`."""
    parts: list[Condition] = []
    if wanted.text:
        parts.append(_any(_contains("id", wanted.text), _contains("coalesce(title, '')", wanted.text)))
    for name, value in (("status", wanted.status), ("language", wanted.language)):
        if value:
            parts.append((f"{name} = ?", [value]))
    where, values = _all(parts)
    rows, more = _page(tables, f"SELECT * FROM documents WHERE {where}", values, wanted.page)
    return Found(rows, more, tables.one(f"SELECT count(*) AS n FROM documents WHERE {where}", values)["n"])


def _page(tables: Database, sql: str, values: list[Any], page: int) -> tuple[list[Row], bool]:
    rows = tables.rows(f"{sql} LIMIT {PER_PAGE + 1} OFFSET ?", [*values, (page - 1) * PER_PAGE])
    return rows[:PER_PAGE], len(rows) > PER_PAGE


def _total(
    tables: Database, table: str, where: str, values: list[Any], wanted: Filter, here: int, more: bool
) -> int | None:
    if not more:
        return (wanted.page - 1) * PER_PAGE + here
    if wanted.text:
        return None
    return int(tables.one(f"SELECT count(*) AS n FROM {table} WHERE {where}", values)["n"])


def _segments(wanted: Filter, document: str) -> Condition:
    parts: list[Condition] = []
    for name, value in (("id", document), ("label", wanted.label), ("language", wanted.language)):
        if value:
            parts.append((f"{name} = ?", [value]))
    if wanted.keep:
        parts.append(("keep = ?", [wanted.keep == "yes"]))
    if wanted.doubtful:
        parts.append((f"score < {DOUBTFUL}", []))
    if wanted.kind:
        parts.append(("(id, segment) IN (SELECT (id, segment) FROM fragments WHERE kind = ?)", [wanted.kind]))
    if wanted.text:
        parts.append(_contains("raw", wanted.text))
    return _all(parts)


def _contains(column: str, text: str) -> Condition:
    """Return the condition that `column` holds `text`, whatever the case of its letters."""
    if text.lower() == text.upper():
        return f"contains({column}, ?)", [text]
    if set(text) & set("%_\\"):
        return f"contains(lower({column}), ?)", [text.lower()]
    return f"{column} ILIKE ?", [f"%{text}%"]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _all(parts: list[Condition]) -> Condition:
    return " AND ".join(sql for sql, _ in parts) or "true", [value for _, values in parts for value in values]


def _any(*parts: Condition) -> Condition:
    return f"({' OR '.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]
