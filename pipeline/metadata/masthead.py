"""The name of a site at the head of its page: alone on a line above the article, where something else is told of it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from pipeline.document import Segment
from pipeline.lines.shape import width
from pipeline.lines.stamps import labels_of
from pipeline.metadata.paper_names import is_paper
from pipeline.metadata.signatures import PARTS, could_name
from pipeline.metadata.site_name import MAX_NAME

FIRST = 3
"""Names at the head of a page that can be its site's; behind them stand sections."""

MAX_SMALL = 3
"""Letters of an article or preposition in a name."""
_OTHERS = ("title", "byline", "caption", "summary", "related_title", "related_meta")


def name_at_head(segments: Sequence[Segment], addresses: Collection[str]) -> str | None:
    """Return the name at the head of a page that has a word of papers' names, or that an address on the page has.

    `addresses` are the parts of those on the page, in letters and digits alone.

    >>> texts = "Deichblatt", "Sport", "Wetter", "Kept"
    >>> page = [Segment(0, 0, 0, t, i, label="body" if t == "Kept" else "nav") for i, t in enumerate(texts)]
    >>> name_at_head(page, {"deichblatt"})
    'Deichblatt'
    """
    kept = next((i for i, segment in enumerate(segments) if segment.keep), 0)
    title = next((i for i, segment in enumerate(segments[:kept]) if segment.label == "title"), kept)
    # Right above a title stands its section. The same in capitals alone stands elsewhere as it is written.
    names = [name for name in islice(_names_alone(segments[: max(0, title - 1)]), FIRST) if not name.isupper()]
    return next(
        (
            name
            for name in names
            if _is_written_as_paper(name) or "".join(filter(str.isalnum, name.lower())) in addresses
        ),
        None,
    )


def _is_written_as_paper(name: str) -> bool:
    """Whether `name` is a paper's by its words and capitals; in a row of menus a word is one by itself."""
    capitals = name[0].isupper() and not any(word[0].islower() and len(word) > MAX_SMALL for word in name.split())
    return capitals and is_paper(name) and not any(map(labels_of, name.split()))


def _names_alone(head: Sequence[Segment]) -> Iterator[str]:
    """Yield the names that stand alone on their lines, or before the number of an issue."""
    for segment in head:
        if segment.glued or segment.label in _OTHERS or any(cue.table != "head" for cue in segment.cues):
            continue
        name = PARTS.split(segment.text)[0].strip()
        if width(name) <= MAX_NAME and could_name(name) and not labels_of(name):
            yield name
