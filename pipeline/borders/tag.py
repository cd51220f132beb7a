"""Where the topics begin that stand on one line with the word for them."""

import regex

from pipeline.borders.label_starts import label_at
from pipeline.lines.full_stops import FULL_STOPS
from pipeline.lines.stamps import fold, labels_of

MAX_LINE = 200
"""Code points of a row of topics."""

_COLON = regex.compile(r"[:：]\s*(?=\S)")
_SENTENCE = regex.compile(rf"[{FULL_STOPS}!?！？؟](?:$|\s)")
_DASH = regex.compile(r"\s[-–—]\s(?=\S)")
"""One of them in a line stands before the name of the site: so pages for a topic are entitled."""
_BEGINS = regex.compile(r"[\p{Lu}\p{Lo}#]")


def tag_borders(line: str) -> list[int]:
    """Return the offset in `line` of the first topic behind `Tags` or `Topics`, none where no such word begins it.

    >>> tag_borders("Tags: river, ice"), tag_borders("TopicsRiverIce"), tag_borders("Tags: what they are.")
    ([6], [6], [])
    >>> tag_borders("Category: Rivers - Harbour Post")
    []
    """
    if len(line) > MAX_LINE:
        return []
    if colon := _COLON.search(line):
        at = colon.end() if _are_tags(line[: colon.start()]) else None
    else:
        at = _behind_glued_label(line)
    if at is None or _SENTENCE.search(line) or len(_DASH.findall(line)) == 1:
        return []
    return [at]


def _behind_glued_label(line: str) -> int | None:
    end = label_at(line, 0)
    glued = end is not None and _BEGINS.match(line, end) is not None and _are_tags(line[:end])
    return end if glued and not labels_of(line) else None


def _are_tags(label: str) -> bool:
    return bool(fold(label)) and any(rule.id == "chrome/tags" for rule, _ in labels_of(label))
