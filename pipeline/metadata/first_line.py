"""The page's first line, where that is the title browsers show: the article's, and behind a bar the site's name."""

from collections.abc import Sequence
from itertools import islice

import regex

from pipeline.document import Segment
from pipeline.lines.full_stops import FULL_STOPS
from pipeline.lines.shape import shape, width
from pipeline.lines.stamps import fold
from pipeline.metadata.site_name import MAX_NAME, is_site_name
from pipeline.metadata.title_words import is_alike, share_told, title_words

MOST_LINES = 300
"""Lines among which a name is looked for; hostile pages have more."""

TITLE = range(12, 161)
"""Columns of a title."""

MIN_SHARED = 0.5
"""Share of a title's words that its article has too."""

SAMPLE = 5000
"""Code points of the article that are compared."""

_TAIL = regex.compile(r"^(?P<title>.{6,})(?:\s*(?P<bar>[|｜丨])\s*|\s+[–—·•:»-]\s+)(?P<name>[^|｜丨,，]{2,60})$")


def site_in_first_line(segments: Sequence[Segment], title: str | None) -> str | None:
    """Return what stands behind the last bar of the first line, if the page has it outside the article too.

    Behind an upright bar it is the site as well where the title stands before it, whatever its wording.

    >>> lines = [Segment(0, 0, 0, text, i) for i, text in enumerate(("Ice on the lake - The Post", "The Post"))]
    >>> site_in_first_line(lines, None)
    'The Post'
    """
    cut = _cut(segments)
    if cut is None or width(cut["name"]) > MAX_NAME or shape(cut["name"]) != "title":
        return None
    name = cut["name"].strip()
    sure = cut["bar"] is not None and title is not None and is_alike(title_words(cut["title"]), title_words(title))
    return name if sure or _stands_elsewhere(name, segments) else None


def title_in_first_line(segments: Sequence[Segment]) -> str | None:
    """Return the title in the first line, if the article speaks of it or the site's name stands behind it.

    >>> lines = [Segment(0, 0, 0, text, i) for i, text in enumerate(("Ice on the lake - The Post", "The Post"))]
    >>> title_in_first_line(lines)
    'Ice on the lake'
    """
    first = segments[0]
    if first.keep or first.glued or any(cue.table not in ("head", "outside") for cue in first.cues):
        return None
    cut = _cut(segments) if site_in_first_line(segments, None) else None
    title = cut["title"].strip() if cut else " ".join(first.text.split())
    told = cut is not None or _is_told(title, segments)
    lined = shape(title) == "title" or (shape(title) == "prose" and title[-1:] not in FULL_STOPS)
    return title if told and lined and width(title) in TITLE else None


def _cut(segments: Sequence[Segment]) -> regex.Match[str] | None:
    first = segments[0]
    return None if first.keep or first.glued else _TAIL.match(" ".join(first.text[: max(TITLE) + 80].split()))


def _stands_elsewhere(name: str, segments: Sequence[Segment]) -> bool:
    lines = (s.text for s in segments[1:] if not s.keep and s.label not in ("title", "discussion"))
    return is_site_name(name, [" ".join(line[:300].lower().split()) for line in islice(lines, MOST_LINES)])


def _is_told(title: str, segments: Sequence[Segment]) -> bool:
    body = fold(" ".join(s.text for s in segments if s.keep)[:SAMPLE])
    return share_told(title_words(title), body) >= MIN_SHARED
