"""The names that a site gives itself where it speaks to its readers, and in its imprint."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from pipeline.document import Segment
from pipeline.lines.screen import Screen
from pipeline.lines.shape import width
from pipeline.lines.stamps import MAX_STAMP, labels_of
from pipeline.metadata.rights_holder import parted_from_company
from pipeline.metadata.site_name import MAX_NAME, MOST_LINES
from pipeline.rules import ScreenedRule, load_rules

_OTHERS = (
    "title",
    "author_bio",
    "caption",
    "discussion",
    "popular",
    "related_title",
    "related_summary",
    "related_meta",
)
"""Labels of lines in which others speak, or of others."""

_IMPRINT = "site_calls/imprint"
"""How the rows begin that need no second witness."""

_SURE = tuple(f"site_calls/imprint-{row}" for row in ("edition", "publisher-of", "cookies", "account", "speaks"))
"""Rows that no card of another article looks like."""

_SOURCE = "site_calls/imprint-source"
_FIELDS = "site_calls/imprint-field"

_HEADS = ("heading", "related_title")

MAX_FOOT = 4
"""Segments at a page's end among which what looks like a heading may be the site's."""


def names_in_calls(segments: Sequence[Segment]) -> Iterator[tuple[str, str]]:
    """Yield what the site calls itself, with how: where it asks readers to follow it (`call`), in sentences of its
    imprint (`speaks`), in a field of it (`field`), and where whoever takes over a text is to name it (`asks`).

    >>> list(names_in_calls([Segment(0, 0, 0, "Subscribe to Harbour Post", 1)]))
    [('call', 'Harbour Post')]
    """
    foot = segments[-MAX_FOOT:]
    upwards = reversed(segments)
    lines = (s for s in upwards if _may_speak(s) or s.label == "related_summary" or (s.label in _HEADS and s in foot))
    for line in islice(lines, MOST_LINES):
        for rule, pattern in _calls().candidates(line.text):
            if line.label == "related_summary" and rule not in _SURE:
                continue
            # The form of a company has full stops of its own, and is no part of the name.
            if found := pattern.search(parted_from_company(line.text)):
                name = str(found["name"]).strip()
                if width(name) <= MAX_NAME and not labels_of(name):
                    yield _way(rule), name


@cache
def _calls() -> Screen[str]:
    return Screen((rule.id, rule.pattern) for rule in load_rules("site_calls", ScreenedRule))


def _way(rule: str) -> str:
    if rule in (_SOURCE, _FIELDS):
        return "asks" if rule == _SOURCE else "field"
    return "speaks" if rule.startswith(_IMPRINT) else "call"


def _may_speak(segment: Segment) -> bool:
    """Whether the site may speak in `segment`: in more than a word, in no button, and in nothing that others say."""
    text = segment.text
    if segment.keep or segment.label in _OTHERS or len(text) > MAX_STAMP or (text.isascii() and " " not in text):
        return False
    return not any(cue.table == "chrome" and cue.whole for cue in segment.cues)
