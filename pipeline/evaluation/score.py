"""How far one document of a run agrees with its gold annotation: counts, and what was missed.

Sizes are code points that are not space, unless said otherwise; what each figure means is told in
`pipeline.evaluation.evaluate`.
"""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeVar

from pipeline.evaluation.gold import Gold, GoldFragment

Row = Mapping[str, Any]

ACTING = frozenset({"residue", "glossed"})
"""Kinds of fragment that a repair may change."""

DATES = ("published", "updated")
STATED = ("title", "publisher", "author", *DATES)

EXCERPT = 60
"""Code points of a segment shown with a miss."""


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that a run got wrong; `kind` groups misses, `what` is safe to print."""

    kind: str
    document: str
    what: str


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hit: int = 0
    total: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hit + other.hit, self.total + other.total)

    @property
    def value(self) -> float | None:
        """The share, 0 to 1 with four digits; None of nothing."""
        return round(self.hit / self.total, 4) if self.total else None


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sides, predicted and gold, have in common."""

    hit: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Overlap") -> "Overlap":
        return Overlap(self.hit + other.hit, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where both sides are empty.

        >>> Overlap(hit=2, predicted=4, gold=2).f1
        0.6666666666666666
        """
        if not (self.predicted or self.gold):
            return 1.0
        return 2 * self.hit / (self.predicted + self.gold)


@dataclass(frozen=True, slots=True)
class Painting:
    """What a run says of every code point of a source; a later segment paints over an earlier one."""

    solid: Sequence[bool]
    layers: Sequence[int]
    labels: Sequence[str | None]
    languages: Sequence[str | None]
    kept: Sequence[bool]

    @property
    def coverage(self) -> Share:
        """Code points that are in exactly one segment."""
        once = sum(solid and layers == 1 for solid, layers in zip(self.solid, self.layers, strict=True))
        return Share(once, sum(self.solid))


def paint(raw: str, segments: Iterable[Row]) -> Painting:
    """Return the painting of `raw` by rows of the table `segments/`; what lies beyond `raw` is cut off."""
    size = len(raw)
    change = [0] * (size + 1)
    labels: list[str | None] = [None] * size
    languages: list[str | None] = [None] * size
    kept = [False] * size
    for row in segments:
        start, end = row["start"], min(row["end"], size)
        width = max(0, end - start)
        if width:
            change[start] += 1
            change[end] -= 1
            labels[start:end] = [row["label"]] * width
            languages[start:end] = [row["language"]] * width
            kept[start:end] = [bool(row["keep"])] * width
    solid = [not char.isspace() for char in raw]
    return Painting(solid, list(accumulate(change))[:size], labels, languages, kept)


def score_body(gold: Gold, painting: Painting) -> Overlap:
    """Return kept against gold kept; what the annotator was unsure of counts for neither side."""
    wanted, ignored = [False] * len(gold.raw), [gold.asked is not None] * len(gold.raw)
    for block in gold.blocks:
        width = block.end - block.start
        wanted[block.start : block.end] = [block.keep] * width
        ignored[block.start : block.end] = [block.uncertain] * width
    counts = Counter(
        (kept, want)
        for kept, want, solid, ignore in zip(painting.kept, wanted, painting.solid, ignored, strict=True)
        if solid and not ignore
    )
    both = counts[True, True]
    return Overlap(both, both + counts[True, False], both + counts[False, True])


T = TypeVar("T")


def most_common(values: Iterable[T]) -> T:
    """Return the most frequent of `values`, of equals the first; raises IndexError if there is none."""
    return Counter(values).most_common(1)[0][0]


def primary(tag: str | None) -> str:
    """Return the language of a BCP 47 tag without script and region.

    >>> primary("zh-Hant"), primary(None)
    ('zh', 'und')
    """
    return (tag or "und").partition("-")[0]


@dataclass(frozen=True, slots=True)
class BlockScore:
    """How the gold blocks fared."""

    labels: Share
    languages: Share
    false_languages: int
    misses: tuple[Miss, ...]


def score_blocks(gold: Gold, painting: Painting) -> BlockScore:
    """Return how many gold blocks carry, on most of their code points, a right label and language."""
    labels = languages = Share()
    false_languages = 0
    misses: list[Miss] = []
    for block in gold.blocks:
        points = [i for i in range(block.start, block.end) if painting.solid[i]]
        if not points:
            continue
        label = most_common(painting.labels[i] for i in points)
        tag = most_common(painting.languages[i] for i in points)
        text = gold.raw[block.start : block.end]
        shown = repr(text[:EXCERPT])
        labels += Share(label in block.labels, len(block.labels) > 0)
        if block.labels and label not in block.labels:
            misses.append(Miss("label", gold.name, f"{block.start} {block.labels[0]} got {label} {shown}"))
        if block.languages:
            right = primary(tag) in map(primary, block.languages)
            languages += Share(right, 1)
            if not right:
                wanted = block.languages[0]
                misses.append(Miss("language", gold.name, f"{block.start} {wanted} got {tag} {shown}"))
        elif primary(tag) not in ("und", "zxx") and not any(map(str.isalpha, text)):
            false_languages += 1
            misses.append(Miss("language", gold.name, f"{block.start} und got {tag} {shown}"))
    return BlockScore(labels, languages, false_languages, tuple(misses))


def score_metadata(gold: Gold, row: Row) -> Iterator[tuple[bool, Miss]]:
    """Yield whether each field that the gold states is right in `row` of the table `documents/`."""
    for field in STATED:
        said = gold.stated.get(field)
        if said is None or (field in DATES and not said[:4].isdigit()):
            continue
        got = _day(row.get(field)) if field in DATES else row.get(field)
        right = got == said[:10] if field in DATES else fold(got) == fold(said)
        yield right, Miss("metadata", gold.name, f"{field} gold {said!r} got {got!r}")


def _day(value: object) -> str | None:
    return None if value is None else str(value)[:10]


def fold(text: str | None) -> str:
    """Return `text` as it is compared: NFC, single spaces, lower case."""
    return tidy(text).lower()


def tidy(text: str | None) -> str:
    """Return `text` in NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def score_text(gold: Gold, text: str) -> tuple[float, bool]:
    """Return how like `text` is to the ideal clean text (0 to 1, over words) and whether it is exactly right.

    It is right as the ideal or the repaired one stands, and with any of the leftovers kept or replaced
    by an accepted rendering. `gold.clean` must not be None.
    """
    clean = gold.clean or ""
    ideals = {clean, gold.repaired} if gold.repaired is not None else {clean}
    mine = words(text)
    ratio = max(difflib.SequenceMatcher(None, mine, words(ideal), autojunk=False).ratio() for ideal in ideals)
    left = [f for f in gold.fragments if f.core and f.kind == "residue" and f.text in clean]
    return ratio, text in ideals or accepts(clean, left, text)


def words(text: str) -> list[str]:
    """Return the units that texts are compared by: words, single Han characters, signs, line ends."""
    return re.findall(r"[\u3400-\u9fff]|\w+|[^\w\s]|\n", text)


def accepts(clean: str, leftovers: Iterable[GoldFragment], text: str) -> bool:
    """Whether `text` is `clean` with each of `leftovers`, in order, as it stands or in an accepted rendering.

    A space or hyphen more or less beside a rendering is no fault, nor is the case of letters.
    """
    parts: list[str] = []
    rest = clean
    for leftover in leftovers:
        before, found, after = rest.partition(leftover.text)
        if found:
            choices = "|".join(map(re.escape, (leftover.text, *leftover.renderings)))
            parts += [re.escape(before.rstrip(" ")), f"[ -]?(?:{choices})[ -]?"]
            rest = after.lstrip(" ")
    return re.fullmatch("".join(parts) + re.escape(rest), text, re.IGNORECASE) is not None
