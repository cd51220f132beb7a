"""Arrays built from their buffers are those that pyarrow builds."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arrays import array, record_batch
from pipeline.schema import CLEANED, TABLES

ROOT = Path(__file__).parent.parent
PLAIN = {
    pa.string(): st.text(), pa.binary(): st.binary(), pa.bool_(): st.booleans(), pa.date32(): st.dates(),
    pa.int32(): st.integers(-(2**31), 2**31 - 1), pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float32(): st.floats(width=32, allow_nan=False),
}  # fmt: skip


def values(kind: pa.DataType) -> st.SearchStrategy[Any]:
    if pa.types.is_struct(kind):
        return st.none() | st.fixed_dictionaries({}, optional={field.name: values(field.type) for field in kind})
    if pa.types.is_list(kind):
        return st.none() | st.lists(values(kind.value_type), max_size=3)
    return st.none() | PLAIN[kind]


NESTED = [field.type for field in CLEANED if pa.types.is_nested(field.type)]


@pytest.mark.parametrize("kind", [*PLAIN, *NESTED])
@given(data=st.data())
def test_the_same_as_pyarrow(kind: pa.DataType, data: st.DataObject) -> None:
    items = data.draw(st.lists(values(kind), max_size=20))
    made = array(items, kind)
    made.validate(full=True)
    assert made.equals(pa.array(items, kind))


@pytest.mark.parametrize("schema", [CLEANED, *TABLES.values()])
def test_a_batch_of_no_rows(schema: pa.Schema) -> None:
    batch = record_batch([], schema)
    assert batch.num_rows == 0 and batch.schema.equals(schema)


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("\ud800", pa.string()),
        (1, pa.string()),
        (2**31, pa.int32()),
        ("1", pa.int32()),
        (2, pa.bool_()),
    ],
)
def test_a_value_that_does_not_fit_is_an_error(item: object, kind: pa.DataType) -> None:
    with pytest.raises((UnicodeError, TypeError, OverflowError)):
        array([item], kind)


def test_a_run_does_without_pandas(tmp_path: Path) -> None:
    code = (
        "import sys; from pipeline.cli import app\n"
        f"try: app(['run', 'seeds', '--out', {str(tmp_path / 'out')!r}])\n"
        "except SystemExit: pass\n"
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "False", done.stderr
