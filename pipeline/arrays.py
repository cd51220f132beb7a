"""Arrow arrays out of plain Python values, built from their buffers.

`pa.array`, `pa.scalar` and `from_pylist` import pandas, where it is installed, to ask whether a list is one of its
series: that alone is more than a tenth of the time in which a few pages are cleaned.
"""

from array import array as packed
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate, chain
from typing import Any

import pyarrow as pa

_CODES = {pa.int32(): "i", pa.int64(): "q", pa.float32(): "f", pa.date32(): "i"}
_DAY_0 = date(1970, 1, 1).toordinal()


def array(values: Iterable[Any], kind: pa.DataType) -> pa.Array:
    """Return `values` as an array of type `kind`, one of those in `pipeline.schema`, nested as they may be.

    Raises UnicodeError, TypeError or OverflowError where a value does not fit.

    >>> array([1, None], pa.int32()).to_pylist(), array([{"a": ["x"]}], pa.struct([("a", pa.list_(pa.string()))]))[0]
    ([1, None], <pyarrow.StructScalar: [('a', ['x'])]>)
    """
    items = list(values)
    nulls = items.count(None)
    valid = _bits(item is not None for item in items) if nulls else None
    if pa.types.is_struct(kind):
        records = [{} if item is None else item for item in items]
        fields = [(field.name, field.type) for field in kind]
        columns = [array([record.get(name) for record in records], of) for name, of in fields]
        return pa.Array.from_buffers(kind, len(items), [valid], nulls, children=columns)
    if pa.types.is_list(kind):
        lists = [item or () for item in items]
        parts = array(chain.from_iterable(lists), kind.value_type)
        return pa.Array.from_buffers(kind, len(items), [valid, _offsets(map(len, lists))], nulls, children=[parts])
    return pa.Array.from_buffers(kind, len(items), [valid, *_plain(items, kind)], nulls)


def record_batch(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Return `rows` as a batch; what a row lacks is null, what `schema` lacks is left out. Raises as `array` does.

    >>> record_batch([{"a": 1, "c": 3}], pa.schema([("a", pa.int32()), ("b", pa.string())])).to_pylist()
    [{'a': 1, 'b': None}]
    """
    given = list(rows)
    return pa.record_batch([array([row.get(f.name) for row in given], f.type) for f in schema], schema=schema)


def _plain(items: list[Any], kind: pa.DataType) -> list[pa.Buffer]:
    """Return the buffers of values that hold no others, a null being whatever is cheapest."""
    if pa.types.is_boolean(kind):
        return [_bits(_flag(item) for item in items)]
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        data = [item.encode() if isinstance(item, str) else b"" if item is None else item for item in items]
        return [_offsets(map(len, data)), pa.py_buffer(b"".join(data))]
    if pa.types.is_date(kind):
        items = [None if item is None else item.toordinal() - _DAY_0 for item in items]
    return [pa.py_buffer(packed(_CODES[kind], [item or 0 for item in items] if None in items else items))]


def _flag(item: object) -> bool:
    if item is not None and not isinstance(item, bool):
        raise TypeError(f"not a bool: {item!r}")
    return bool(item)


def _offsets(lengths: Iterable[int]) -> pa.Buffer:
    return pa.py_buffer(packed("i", accumulate(lengths, initial=0)))


def _bits(flags: Iterable[bool]) -> pa.Buffer:
    """Return one bit a flag, the least significant bit of the first byte first."""
    digits = "".join("1" if flag else "0" for flag in flags)[::-1]
    return pa.py_buffer(int(digits or "0", 2).to_bytes((len(digits) + 7) // 8, "little"))
