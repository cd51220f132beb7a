"""Paragraphs on a writer of the article: they begin with a name that the bylines have, whatever their language."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.shape import shape, width
from pipeline.signatures import PARTS, read_signatures, stated_author
from pipeline.statements import BETWEEN

MIN_LIFE = 12
"""Columns of what is told of somebody; less is a line with a date or a place."""


def names_of_writers(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return the persons who signed a page, the longest name first.

    >>> names_of_writers([Segment(0, 12, 0, "Odile Marchand", 1, label="byline")])
    ('Odile Marchand',)
    """
    bylines = [s for s in segments if s.label == "byline"]
    stated = [stated_author([s], ()) for s in bylines]
    found = [*stated, *(n.person for n in read_signatures(bylines))]
    names = {name for joined in found if joined for name in joined.split(BETWEEN)}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def tells_of_writer(text: str, names: Sequence[str]) -> bool:
    """Whether `text` begins with one of `names` and goes on to say who that is.

    >>> tells_of_writer("Odile Marchand has covered ports since 2018.", ["Odile Marchand"])
    True
    >>> tells_of_writer("Odile Marchand, 3 May 2026", ["Odile Marchand"])
    False
    """
    name = next((name for name in names if text.startswith(name)), None)
    if name is None or text[len(name) : len(name) + 1].isalnum():
        return False
    life = text[len(name) :]
    told = shape(text) == "prose" or PARTS.match(life) is not None
    return told and width(life) >= MIN_LIFE and len([c for c in life if c.isdigit()]) * 3 < len(life)
