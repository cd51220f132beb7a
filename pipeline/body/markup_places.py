"""Where on its page a line stands, told from the tree: what is around it, and where most of the written text is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.body.markup_tree import Column, Ints, Tree
from pipeline.html.markup import Markup

SIZES = (3, 10, 30)
"""A line is told of the innermost elements around it that have so many lines, of what they are made."""
FIFTH = 0.2
SHARES = (0.5, 0.8)
"""The innermost element that holds so much of the written text is where the body is likely to be."""
MAKE = 3
"""Elements around a line whose tags and first names say what it is made like."""
MAX_NAME = 40


@dataclass(frozen=True, slots=True)
class Amounts:
    """What each line holds, in columns of text."""

    width: Column
    linked: Column
    written: Column
    """Its width where it is written text rather than a label or links, else 0."""


def place_in_tree(markup: Markup, tree: Tree, amounts: Amounts) -> dict[str, Column]:
    """Return what the place of each line tells, by name."""
    around = _around(tree, amounts)
    columns = _make_up(tree, amounts, around)
    for share in SHARES:
        columns |= {f"main_{share}_{name}": column for name, column in _main(tree, amounts, share).items()}
    return columns | _beside(tree, amounts, around) | _alike(markup, tree, amounts)


def _around(tree: Tree, amounts: Amounts) -> dict[str, Ints]:
    """Return, by name, elements around each line: its own, the next, and some chosen by what they hold."""
    lines, text = tree.sums(np.ones(len(amounts.width))), tree.sums(amounts.width)
    block = tree.block
    around = {"block": block, "parent": block[tree.parent[block]]}
    around |= {f"least_{size}": tree.innermost(lines >= size) for size in SIZES}
    around["fifth"] = tree.innermost(text >= FIFTH * amounts.width.sum())
    return {name: element[tree.of_line] for name, element in around.items()}


def _make_up(tree: Tree, amounts: Amounts, around: Mapping[str, Ints]) -> dict[str, Column]:
    count = len(amounts.width)
    lines, text = np.maximum(tree.sums(np.ones(count)), 1), np.maximum(tree.sums(amounts.width), 1)
    linked, written = tree.sums(amounts.linked), tree.sums(amounts.written)
    items, logs = tree.sums(tree.tagged("li")), tree.sums(np.log1p(amounts.width))
    all_text, all_written = max(amounts.width.sum(), 1.0), max(amounts.written.sum(), 1.0)
    of_element = {
        "lines": np.log1p(lines), "text": text / all_text, "linked": linked / text, "written": written / text,
        "written_share": written / all_written, "items": items / lines, "width": logs / lines,
    }  # fmt: skip
    columns = {
        f"{name}_{what}": column[element] for name, element in around.items() for what, column in of_element.items()
    }
    order = np.arange(count)
    for name in ("parent", "least_10", "fifth"):
        first = np.full(len(lines), count)
        np.minimum.at(first, around[name], order)
        columns[f"{name}_place"] = (order - first[around[name]]) / lines[around[name]]
    return columns


def _main(tree: Tree, amounts: Amounts, share: float) -> dict[str, Column]:
    """Return how each line lies to the innermost element that holds `share` of the written text."""
    count = len(amounts.width)
    holds = tree.sums(amounts.written) >= share * amounts.written.sum()
    best = int(np.argmax(np.where(holds, tree.depth, -1)))
    nearest = tree.innermost(holds)[tree.of_line]
    inside = np.flatnonzero(nearest == best)
    first, last = (int(inside[0]), int(inside[-1])) if len(inside) else (0, count)
    text, linked = (float(tree.sums(amount)[best]) for amount in (amounts.width, amounts.linked))
    order = np.arange(count)
    return {
        "inside": nearest == best,
        "away": np.log1p(tree.depth[best] - np.minimum(tree.depth[nearest], tree.depth[best])),
        "text": np.full(count, text / max(float(amounts.width.sum()), 1.0)),
        "linked": np.full(count, linked / max(text, 1.0)),
        "before": order < first,
        "after": order > last,
        "place": np.clip((order - first) / max(last - first, 1), -1, 2),
    }


def _beside(tree: Tree, amounts: Amounts, around: Mapping[str, Ints]) -> dict[str, Column]:
    """Return how much written text stands beside each line, in the same element, and how near the most of it is."""
    parent = around["parent"]
    grand = tree.block[tree.parent[parent]]
    of_parent, of_grand = (np.bincount(e, amounts.written, minlength=len(tree.tags)) for e in (parent, grand))
    most, total = int(np.argmax(of_parent)), max(float(amounts.written.sum()), 1.0)
    way = np.zeros(len(tree.tags), dtype=bool)
    at = most
    while not way[at]:
        way[at] = True
        at = int(tree.parent[at])
    meets = tree.innermost(way)[tree.of_line]
    return {
        "beside": np.log1p(of_parent[parent]),
        "beside_share": of_parent[parent] / total,
        "beside_rank": of_parent[parent] / max(float(of_parent.max()), 1.0),
        "beside_most": parent == most,
        "beside_grand": of_grand[grand] / total,
        "most_down": np.log1p(np.maximum(tree.depth[most] - tree.depth[meets], 0)),
        "most_up": np.log1p(tree.depth[tree.of_line] - tree.depth[meets]),
    }


def _alike(markup: Markup, tree: Tree, amounts: Amounts) -> dict[str, Column]:
    """Return what lines made like each are: what one of many cards is, another is too."""
    blocks = tree.block[tree.of_line]
    makes = {block: _make(markup, block) for block in set(blocks.tolist())}
    numbers = np.unique(np.array([makes[block] for block in blocks.tolist()]), return_inverse=True)[1]
    times = np.bincount(numbers)
    width, linked, written = (np.bincount(numbers, a) for a in (amounts.width, amounts.linked, amounts.written))
    same = numbers[1:] == numbers[:-1]
    return {
        "alike": np.log(times[numbers]),
        "alike_written": (written / np.maximum(width, 1))[numbers],
        "alike_written_share": (written / max(float(written.sum()), 1.0))[numbers],
        "alike_linked": (linked / np.maximum(width, 1))[numbers],
        "like_above": np.append(False, same),
        "like_below": np.append(same, False),
    }


def _make(markup: Markup, block: int) -> str:
    around = zip(range(MAKE), markup.around(block), strict=False)
    return "/".join(f"{e.tag}.{e.names[:MAX_NAME].partition(' ')[0]}" for _, e in around)
