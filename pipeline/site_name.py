"""The name of a page's site, where no byline says it: behind the title, and in the notice of its rights."""

from collections.abc import Iterator, Sequence

import regex

from pipeline.document import Segment
from pipeline.shape import width

MAX_NAME = 40
"""Columns."""

_BEHIND_TITLE = regex.compile(r"^\s*[|｜–—·_-]\s*(?P<name>[^|｜]+?)\s*$")
_RIGHTS = regex.compile(
    r"(?:©|\(c\)|[Cc]opyright|版权所有|版權所有)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s?[-–—]\s?\d{4})?)?[\s,:：]*"
    r"(?P<name>\p{L}[^.,;:|·©（(\n]{1,60}?)\s*(?=\d{4}|[.,;:|·©（(]|$)"
)
_COMPANY = regex.compile(
    r"[\s,]+(?:B\.?V|N\.?V|GmbH|AG|Inc|Ltd|LLC|Limited|S\.?A|S\.?p\.?A|S\.?r\.?l|Sp|s\.r\.o|a\.s|AB|AS|A/S|Oy|Kft|PT|Tbk)\.?$"
)


def name_behind_title(segments: Sequence[Segment]) -> str | None:
    """Return what stands behind a bar after the title, where it stands without that too.

    >>> head = [Segment(0, 0, 0, text, 1, label="title") for text in ("Ice", "Ice | Harbour Post")]
    >>> name_behind_title(head)
    'Harbour Post'
    """
    return _short(_behind_title(segments))


def holder_of_rights(segments: Sequence[Segment]) -> str | None:
    """Return who holds the rights in the page, where the page speaks of them elsewhere too.

    >>> holder_of_rights([Segment(0, 0, 0, text, 1) for text in ("Harbour Post", "© 2026 Harbour Post Ltd")])
    'Harbour Post'
    """
    return _short(_holders(segments))


def _short(names: Iterator[str]) -> str | None:
    return next((name for name in names if width(name) <= MAX_NAME), None)


def _behind_title(segments: Sequence[Segment]) -> Iterator[str]:
    titles = [segment.text for segment in segments if segment.label == "title"]
    for segment in segments:
        for title in titles:
            if segment.text.startswith(title) and (found := _BEHIND_TITLE.match(segment.text[len(title) :])):
                yield found["name"]


def _holders(segments: Sequence[Segment]) -> Iterator[str]:
    for segment in reversed(segments):
        if segment.keep or not (found := _RIGHTS.search(segment.text[:300])):
            continue
        name = _COMPANY.sub("", found["name"].strip())
        if any(name in other.text for other in segments if other is not segment and not other.keep):
            yield name
