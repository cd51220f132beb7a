"""JSON lines: a table's rows as objects, one a line, with the columns as their keys in order."""

import json
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.export.source import table_rows, table_schema

_BREAKS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
"""JSON may hold these as they are, but many readers of lines break lines at them."""


def lines(out: Path, table: str) -> Iterator[str]:
    """Yield the rows of `table` as lines; dates are as in `2026-05-29`, numbers as short as they can be."""
    convert = {field.name: _converter(field.type) for field in table_schema(table)}
    needed = {name: how for name, how in convert.items() if how}
    for row in table_rows(out, table):
        row |= {name: how(row[name]) for name, how in needed.items() if row[name] is not None}
        yield json.dumps(row, ensure_ascii=False).translate(_BREAKS) + "\n"


def _converter(kind: pa.DataType) -> Callable[[Any], Any] | None:
    """Return what makes JSON's values of those of type `kind`, None if they are already."""
    if pa.types.is_date(kind):
        return _day
    if pa.types.is_float32(kind):
        return shortest
    if pa.types.is_list(kind) and (inner := _converter(kind.value_type)):
        return lambda items: [inner(item) for item in items]
    if pa.types.is_struct(kind):
        parts = {field.name: how for field in kind if (how := _converter(field.type))}
        if parts:
            return lambda item: item | {name: how(item[name]) for name, how in parts.items() if item[name] is not None}
    return None


def _day(value: Any) -> str:
    return str(value.isoformat())


def shortest(value: float) -> float:
    """Return the number with the fewest digits that is `value` in 32 bits.

    >>> shortest(0.3499999940395355)
    0.35
    """
    for digits in range(1, 9):
        short = float(f"{value:.{digits}g}")
        if struct.pack("f", short) == struct.pack("f", value):
            return short
    return float(f"{value:.9g}")
