"""What stands around an article, as one text in which names are looked for."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import regex

from pipeline.document import Segment
from pipeline.metadata.rights_holder import names_company

MOST_LINES = 200
"""Lines at either end of a page in which names are looked for; hostile pages have more."""

MAX_LINE = 300
"""Code points of a line that are read."""

MOST_HITS = 40
"""Places of one name that are looked at."""

MIN_ADDRESS = 4
"""Letters of a part of an address."""

_OTHERS = frozenset(
    {"related_title", "related_summary", "popular", "discussion", "caption", "author_bio", "summary", "heading"}
)
"""Labels of lines in which others speak, or of others."""

_SIGN = regex.compile(r"(?i)[©ⓒ]|\(c\)|copyright")
_REACHED_AT = regex.compile(r"(?:\d[ ()./-]?){7}|\S@\S")
"""Where the site may be called, or written to."""

_UNREAD = ("title", "others", "card")
"""Kinds of lines in which no site speaks."""

_RIGHTS = ("copyright", "reproduction")
_OWN = ("newsletter", "consent", "liability", "app")
"""How the rows begin by which a site speaks of its rights, and of itself."""

_PARTS = regex.compile(r"[\w-]+")
_CASED = regex.compile(r"[\p{Lu}\p{Ll}\p{Lt}\p{N}]")


class Hit(NamedTuple):
    """Where a name stands: the number of the line among those of the furniture, and the code points around it."""

    line: int
    before: int
    """Code points of the line before the name."""
    behind: int
    text: str
    """The name as it is written here."""


@dataclass(frozen=True)
class Furniture:
    """The lines outside the article."""

    segments: Sequence[Segment]
    places: Sequence[int]
    """The segment of each line."""
    kinds: Sequence[str]
    """What kind of line each is; see `_kind`."""
    texts: Sequence[str]
    first: int
    """The first segment of the article, and the last."""
    last: int

    @cached_property
    def text(self) -> str:
        """All lines, in small letters, each code point in its place."""
        return lowered("\n".join(self.texts))

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where in the text each line begins."""
        return list(accumulate((len(line) + 1 for line in self.texts[:-1]), initial=0))

    @property
    def notices(self) -> list[Segment]:
        """The lines that may speak of rights."""
        lines = zip(self.places, self.kinds, strict=True)
        return [self.segments[i] for i, kind in lines if kind == "rights" or (i > self.last and kind not in _UNREAD)]

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The parts of addresses of the web and of mail, in letters and digits alone."""
        words = (word for word in self.text.split() if "." in word or "@" in word)
        found = (
            bare(part) for word in words if len(parts := _PARTS.findall(word)) > 1 or "@" in word for part in parts
        )
        return frozenset(part for part in found if len(part) >= MIN_ADDRESS)

    def hits(self, key: str) -> Iterator[Hit]:
        """Yield the places where `key`, in small letters, stands as whole words where words have capitals."""
        text, at, found = self.text, self.text.find(key), 0
        while at >= 0 and found < MOST_HITS:
            end = at + len(key)
            if not (_joins(text, at) or _joins(text, end)):
                line = bisect_right(self.starts, at) - 1
                before = at - self.starts[line]
                whole = self.texts[line]
                yield Hit(line, before, len(whole) - before - len(key), whole[before : before + len(key)])
                found += 1
            at = text.find(key, at + 1)

    def is_below(self, line: int) -> bool:
        """Whether a line stands below the article."""
        return self.places[line] > self.last


def read_furniture(segments: Sequence[Segment]) -> Furniture:
    """Return the lines outside the article, of a long page those at its ends."""
    kept = [i for i, segment in enumerate(segments) if segment.keep]
    places = [i for i, segment in enumerate(segments) if not segment.keep]
    if len(places) > 2 * MOST_LINES:
        places = places[:MOST_LINES] + places[-MOST_LINES:]
    return Furniture(
        segments,
        places,
        kinds=[_kind(segments[i], below=bool(kept) and i > kept[-1]) for i in places],
        texts=[" ".join(segments[i].text[:MAX_LINE].split()) for i in places],
        first=kept[0] if kept else len(segments),
        last=kept[-1] if kept else -1,
    )


def lowered(text: str) -> str:
    """Return `text` in small letters, as long as it was.

    >>> lowered("İZMİR Postası") == "İzmİr postası"
    True
    """
    small = text.lower()
    return small if len(small) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


def bare(text: str) -> str:
    """Return the letters and digits of `text`, in small letters."""
    return "".join(filter(str.isalnum, text.lower()))


def _joins(text: str, at: int) -> bool:
    """Whether a word goes on at `at`, in letters that know capitals."""
    pair = text[at - 1 : at + 1] if at else ""
    if pair.isascii():
        return len(pair) > 1 and pair.isalnum()
    return len(pair) > 1 and all(map(_CASED.match, pair))


def _kind(segment: Segment, *, below: bool) -> str:
    """Return what a line outside the article is to one who looks for the name of the site."""
    if segment.label == "title":
        return "title"
    if segment.label in _OTHERS:
        return "others"
    rows = [cue.row for cue in segment.cues]
    if any(row.startswith(_RIGHTS) for row in rows) or _SIGN.search(segment.text[:MAX_LINE]):
        return "rights"
    if any(row.startswith("imprint") for row in rows) or (below and _names_who_runs(segment.text[:MAX_LINE])):
        return "imprint"
    if any(row.startswith(_OWN) for row in rows):
        return "own"
    if segment.label in ("byline", "attribution"):
        return "byline"
    return "card" if segment.label == "related_meta" else "menu"


def _names_who_runs(text: str) -> bool:
    return names_company(text) or _REACHED_AT.search(text) is not None
