"""What the markup says of every line of a page, for the model that tells the body from its furniture.

The tags and names around each line, how much of it is linked, how far the tree is left between a line and the next,
and whether the page itself says elsewhere that the line is of its article.
"""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import regex

from pipeline.body.markup_names import cues, name_bits
from pipeline.body.markup_places import Amounts, place_in_tree
from pipeline.body.markup_tree import Bits, Column, Tree, bit_columns
from pipeline.html.markup import Markup

WRITTEN = 60
"""Columns from which a line that is hardly linked is written text."""
MOST_LINKED = 0.35
MOST_WIDTH = 600
"""Columns of one line that count at most."""
NEARLY_ALL = 0.8

OWN = {
    "p": "p", "li": "li", "h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4", "td": "cell",
    "th": "cell", "tr": "cell", "dt": "pair", "dd": "pair", "pre": "pre", "code": "pre", "blockquote": "quote",
    "figcaption": "caption", "caption": "caption", "div": "box", "section": "box", "a": "a", "button": "button",
    "label": "field", "legend": "field", "summary": "button", "span": "span", "title": "title", "time": "time",
}  # fmt: skip
"""Tags of the element that a line fills, and of its block, put together to kinds."""

AROUND = (
    "nav", "footer", "header", "aside", "article", "main", "section", "table", "ul", "ol", "dl", "form", "figure",
    "blockquote", "pre", "details", "noscript", "a", "p", "button", "dialog", "address", "li", "h2",
)  # fmt: skip
ROLES = {"navigation": "nav", "contentinfo": "footer", "banner": "header", "complementary": "aside", "main": "main"}
"""ARIA roles and the tags that mean the same."""
NEAR = ("nav", "header", "footer", "aside", "article", "main", "ul", "table", "form", "section")
STEPS = 3
"""Elements around a line that are near it."""
NESTED = ("article", "li", "table", "div")

LETTERS = 20
"""Letters from which a line that stands in the text that the page states is no chance."""
_NO_LETTER = regex.compile(r"[\W_]+")


def markup_features(markup: Markup, lines: Iterable[str], width: Column) -> dict[str, Column]:
    """Return what the markup says of each line, by name; `width` counts the columns of each of the `lines`."""
    tree = Tree.of(markup)
    length = np.maximum([line.end - line.start for line in markup.lines], 1)
    linked = np.minimum([line.linked for line in markup.lines] / length, 1)
    strong = np.minimum([line.strong for line in markup.lines] / length, 1)
    written = np.where((width >= WRITTEN) & (linked < MOST_LINKED), np.minimum(width, MOST_WIDTH), 0)
    amounts = Amounts(width.astype(np.float64), linked * width, written.astype(np.float64))
    columns: dict[str, Column] = {
        "linked": linked,
        "all_linked": linked >= NEARLY_ALL,
        "any_linked": linked > 0,
        "strong": strong,
        "all_strong": strong >= NEARLY_ALL,
        "timed": np.array([line.timed for line in markup.lines]),
        "hidden": _inherited(tree, [element.hidden for element in markup.elements]),
    }
    groups = (_tags(markup, tree), _names(markup, tree), place_in_tree(markup, tree, amounts), _borders(tree))
    for group in (*groups, _headings(tree), _stated(markup, lines)):
        columns |= group
    return {f"markup_{name}": column for name, column in columns.items()}


def _inherited(tree: Tree, own: Iterable[bool]) -> Column:
    return tree.downward(np.array(list(own), dtype=np.uint64))[tree.of_line] > 0


def _tags(markup: Markup, tree: Tree) -> dict[str, Column]:
    kinds = tuple(dict.fromkeys(OWN.values()))
    own = np.array([1 << kinds.index(OWN[tag]) if tag in OWN else 0 for tag in tree.tags], dtype=np.uint64)
    around = np.array([_around(e.tag, e.names) for e in markup.elements], dtype=np.uint64)
    at = tree.of_line
    mine = bit_columns(own[at] | own[tree.block[at]], len(kinds))
    all_around = bit_columns(tree.downward(around)[at], len(AROUND))
    near = bit_columns(tree.near(around, STEPS)[at], len(AROUND))
    return {
        **{f"own_{kind}": mine[:, bit] for bit, kind in enumerate(kinds)},
        **{f"in_{tag}": all_around[:, bit] for bit, tag in enumerate(AROUND)},
        **{f"near_{tag}": near[:, AROUND.index(tag)] for tag in NEAR},
        **{f"nested_{tag}": np.log1p(tree.nested(tag)) for tag in NESTED},
        "depth": np.log1p(tree.depth[at]),
    }


@lru_cache(maxsize=16_384)
def _around(tag: str, names: str) -> int:
    tags = {tag, *(same for role, same in ROLES.items() if role in names)} if names else {tag}
    return sum(1 << AROUND.index(found) for found in tags if found in AROUND)


def _names(markup: Markup, tree: Tree) -> dict[str, Column]:
    own: Bits = np.array(
        [0 if e.tag in ("html", "body") else name_bits(e.names) for e in markup.elements], dtype=np.uint64
    )
    at = tree.of_line
    near = bit_columns(own[at] | tree.near(own, STEPS - 1)[tree.block[at]], len(cues()))
    all_around = bit_columns(tree.downward(own)[at], len(cues()))
    return {
        **{f"name_near_{cue}": near[:, bit] for bit, cue in enumerate(cues())},
        **{f"name_{cue}": all_around[:, bit] for bit, cue in enumerate(cues())},
        "named": np.full(len(at), np.mean(own > 0)),
    }


def _borders(tree: Tree) -> dict[str, Column]:
    """Return how many elements end and begin between each line and the one above it, and the one below it."""
    blocks = tree.block[tree.of_line]
    parent, depth = tree.parent.tolist(), tree.depth.tolist()
    ended, begun = [0], [0]
    for one, other in zip(blocks[:-1].tolist(), blocks[1:].tolist(), strict=True):
        up = down = 0
        while one != other and (depth[one] or depth[other]):
            if depth[one] >= depth[other]:
                one, up = parent[one], up + 1
            else:
                other, down = parent[other], down + 1
        ended.append(up)
        begun.append(down)
    above, below = np.log1p(ended), np.log1p(begun)
    return {
        "ended_above": above, "begun_above": below,
        "ended_below": np.append(above[1:], 0), "begun_below": np.append(below[1:], 0),
    }  # fmt: skip


def _headings(tree: Tree) -> dict[str, Column]:
    count = len(tree.of_line)
    order, heads = np.arange(count), np.flatnonzero(tree.tagged("h1"))
    from_first = order - heads[0] if len(heads) else np.zeros(count)
    last = np.maximum.accumulate(np.where(tree.tagged("h1", "h2", "h3", "h4"), order, -1))
    return {
        "h1_count": np.full(count, np.log1p(len(heads))),
        "after_h1": from_first > 0,
        "from_h1": np.log1p(np.abs(from_first)) * np.sign(from_first),
        "under_heading": np.log1p(order - last) * (last >= 0),
    }


def _stated(markup: Markup, lines: Iterable[str]) -> dict[str, Column]:
    """Return whether each line is what the page states as its title, its description or its article's text."""
    bare = [_bare(line) for line in lines]
    text = max((_bare(s.value) for s in markup.says("text")), key=len, default="")
    titles, told = ({_bare(s.value) for s in markup.says(field)} for field in ("title", "description"))
    return {
        "stated_text": np.array([len(line) >= LETTERS and line in text for line in bare]),
        "has_stated_text": np.full(len(bare), len(text) > LETTERS),
        "stated_title": np.array([line in titles for line in bare]),
        "stated_description": np.array([len(line) >= LETTERS and any(line in s for s in told) for line in bare]),
    }


def _bare(text: str) -> str:
    return _NO_LETTER.sub("", text).lower()
