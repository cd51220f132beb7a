"""How the two regressions are found that tell the label of a segment."""

from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.label_examples import LabelledPage
from benchmarks.regression import Descent, fit
from pipeline.document import LABELS
from pipeline.label_columns import Columns
from pipeline.label_model import EDGE, FIRST, LabelModel, Regression, Seen, regression, second_columns

BESIDE = {
    "label": 3, "size": 3, "known role": 1, "ending": 1, "opening": 1, "figures": 1, "capitals": 1, "stamped": 1,
    "opens": 1, "on its line": 1, FIRST: 4,
}  # fmt: skip
"""How many neighbours on each side a column is looked up in, where not only in the segment itself."""
LEAST = 3
"""Segments in which something must be seen."""
DESCENT = Descent(penalty=2.0, steps=300, rate=0.05)
PARTS = 4
"""Parts of the pages, each judged by what was learnt from the others, so that the second learns how the first errs."""


class Lesson(NamedTuple):
    """A page to learn from."""

    columns: Columns
    right: Sequence[str | None]


def learn(pages: Sequence[LabelledPage]) -> LabelModel:
    """Return the model learnt from `pages`."""
    lessons = [Lesson(page.columns, page.right) for page in pages]
    seconds: list[Lesson] = lessons.copy()
    for part in range(PARTS):
        others = _regression([lesson for i, lesson in enumerate(lessons) if i % PARTS != part])
        for i in range(part, len(pages), PARTS):
            shares = others.shares(lessons[i].columns)
            columns = second_columns(pages[i].doc.segments, lessons[i].columns, shares)
            seconds[i] = Lesson(columns, lessons[i].right)
    return LabelModel(_regression(lessons), _regression(seconds))


def stored(model: LabelModel) -> bytes:
    """Return `model` as `pipeline.label_model.read_labels` reads it."""
    data = BytesIO()
    arrays = {
        f"{part}_{name}": array
        for part, regression in (("first", model.first), ("second", model.second))
        for name, array in _arrays(regression).items()
    }
    np.savez_compressed(data, allow_pickle=False, **arrays)
    return data.getvalue()


def _arrays(known: Regression) -> dict[str, NDArray[Any]]:
    rows = [
        (Seen(column, offset, value), weights[code])
        for column, sight in known.sights.items()
        for offset, weights in sight.weights.items()
        for value, code in sight.codes.items()
        if weights[code].any()
    ]
    columns, offsets, values = zip(*(seen for seen, _ in rows), strict=True)
    return {
        "columns": np.array(columns),
        "offsets": np.array(offsets, dtype=np.int8),
        "values": np.array(values),
        "weights": np.stack([row for _, row in rows]).astype(np.float16),
    }


def _regression(lessons: Sequence[Lesson]) -> Regression:
    told = [
        (seen, LABELS.index(label))
        for lesson in lessons
        for seen, label in zip(zip(*_seen(lesson.columns), strict=True), lesson.right, strict=True)
        if label is not None
    ]
    counts = Counter(one for seen, _ in told for one in seen)
    names = sorted(one for one, count in counts.items() if count >= LEAST)
    rows = {one: row for row, one in enumerate(names)}
    table = np.zeros((len(told), len(names)), dtype=np.float32)
    for at, (seen, _) in enumerate(told):
        table[at, [rows[one] for one in seen if one in rows]] = 1
    right = np.eye(len(LABELS), dtype=np.float32)[[label for _, label in told]]
    # As they will be stored, so that what is scored is what is shipped.
    return regression(names, fit(table, right, DESCENT).astype(np.float16).astype(np.float32))


def _seen(columns: Columns) -> Iterator[list[Seen]]:
    """Yield what is seen of all segments of a page in each column and at each distance."""
    for name, column in columns.items():
        reach = BESIDE.get(name, 0)
        padded = [*[EDGE] * reach, *column, *[EDGE] * reach]
        for at in range(2 * reach + 1):
            yield [Seen(name, at - reach, value) for value in padded[at : at + len(column)]]
