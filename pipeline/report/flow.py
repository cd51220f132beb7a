"""The way of the characters from the input through the labels to where they end: a Sankey diagram's geometry."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.document import KEPT_LABELS, LABELS

WIDTH, HEIGHT = 960, 420
"""Of the drawing, in its own units."""

TOP, GAP, BAR = 8, 7, 10
LEFT, MIDDLE, RIGHT = 0, 330, 760
"""Where the three columns begin."""

LEAST_SHARE = 0.012
"""Labels with a smaller share are drawn together."""

ASIDE = "set aside"
NAMES = {
    "en": "English corpus",
    "zh": "Chinese corpus",
    "duplicate": "duplicates",
    "other_language": "another language",
    "empty": "no body",
    ASIDE: "set aside",
}
"""What the ends are called; their order is that of the drawing, from top to bottom."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A column's part: what it stands for, its share of all characters (0 to 1), and where it is drawn."""

    name: str
    kept: bool
    share: float
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A connection between two bars; `path` is that of an SVG."""

    path: str
    kept: bool
    title: str


@dataclass(frozen=True, slots=True)
class Flow:
    """All that is drawn."""

    source: Bar
    labels: tuple[Bar, ...]
    ends: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]


def draw_flow(amounts: Mapping[tuple[str, str], int]) -> Flow | None:
    """Return the drawing of `amounts`, code points by label and end; None where there are none."""
    total = sum(amounts.values())
    if not total:
        return None
    parts = _merged(amounts, total)
    names = sorted({name for name, _ in parts}, key=_order)
    ends = [name for name in [*NAMES, *sorted({end for _, end in parts} - set(NAMES))]]
    ends = [end for end in ends if any(key[1] == end for key in parts)]
    scale = (HEIGHT - 2 * TOP - GAP * max(len(names) - 1, len(ends) - 1)) / total
    left = Bar("input", True, 1.0, LEFT, (HEIGHT - total * scale) / 2, total * scale)
    middle = _stacked(names, {name: sum(n for (label, _), n in parts.items() if label == name) for name in names},
                      total, scale, MIDDLE)  # fmt: skip
    right = _stacked(ends, {end: sum(n for (_, to), n in parts.items() if to == end) for end in ends},
                     total, scale, RIGHT)  # fmt: skip
    return Flow(left, tuple(middle.values()), tuple(right.values()), _ribbons(parts, left, middle, right, scale))


def _order(name: str) -> tuple[bool, bool, int]:
    known = LABELS.index(name) if name in LABELS else len(LABELS)
    return name not in KEPT_LABELS, name not in LABELS, known


def _merged(amounts: Mapping[tuple[str, str], int], total: int) -> dict[tuple[str, str], int]:
    """Return `amounts` with the smallest labels that are no article text under one name, if there are several."""
    by_label: dict[str, int] = {}
    for (label, _), number in amounts.items():
        by_label[label] = by_label.get(label, 0) + number
    small = {n for n, size in by_label.items() if size < LEAST_SHARE * total and n not in KEPT_LABELS}
    rest = f"{len(small)} other labels"
    merged: dict[tuple[str, str], int] = {}
    for (label, end), number in amounts.items():
        key = (rest if label in small and len(small) > 1 else label), end
        merged[key] = merged.get(key, 0) + number
    return {key: number for key, number in merged.items() if number}


def _stacked(names: list[str], sizes: Mapping[str, int], total: int, scale: float, x: float) -> dict[str, Bar]:
    height = sum(sizes.values()) * scale + GAP * (len(names) - 1)
    y = (HEIGHT - height) / 2
    bars = {}
    for name in names:
        kept = name in KEPT_LABELS or name in ("en", "zh")
        bars[name] = Bar(NAMES.get(name, name), kept, sizes[name] / total, x, y, sizes[name] * scale)
        y += sizes[name] * scale + GAP
    return bars


def _ribbons(
    parts: Mapping[tuple[str, str], int], left: Bar, middle: Mapping[str, Bar], right: Mapping[str, Bar], scale: float
) -> tuple[Ribbon, ...]:
    found = []
    y = left.y
    for bar in middle.values():
        found.append(_ribbon(left.x + BAR, y, bar.x, bar.y, bar.height, bar.kept, f"{bar.name}: {bar.share:.1%}"))
        y += bar.height
    out_of = {name: bar.y for name, bar in middle.items()}
    into = {name: bar.y for name, bar in right.items()}
    for name, start in middle.items():
        for end, goal in right.items():
            height = parts.get((name, end), 0) * scale
            if height:
                title = f"{start.name} to {goal.name}"
                found.append(_ribbon(start.x + BAR, out_of[name], goal.x, into[end], height, goal.kept, title))
                out_of[name] += height
                into[end] += height
    return tuple(found)


def _ribbon(x1: float, y1: float, x2: float, y2: float, height: float, kept: bool, title: str) -> Ribbon:
    half = (x1 + x2) / 2
    path = (
        f"M{x1:.1f} {y1:.1f}C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"V{y2 + height:.1f}C{half:.1f} {y2 + height:.1f} {half:.1f} {y1 + height:.1f} {x1:.1f} {y1 + height:.1f}Z"
    )
    return Ribbon(path, kept, title)
