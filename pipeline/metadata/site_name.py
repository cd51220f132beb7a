"""The name of a page's site, by what the page says of itself: behind its title, in its rights, on its other cards."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

import regex

from pipeline.document import Segment
from pipeline.lines.shape import width

MAX_NAME = 40
"""Columns."""

MOST_LINES = 50
"""Lines on its site that are read on a page; hostile pages have more."""

MAX_TITLE = 250
"""Code points of a title that are read."""

_BAR = r"\s*[|｜丨_]\s*|\s+[–—·•-]\s+"
_BEHIND_TITLE = regex.compile(rf"^(?:{_BAR})(?P<name>[^|｜丨]+?)\s*$")
_TAIL = regex.compile(rf"^(?P<title>.{{8,}}?)(?:{_BAR})(?P<name>[^|｜丨]{{2,60}})$")
_STRONG_TAIL = regex.compile(r"^(?P<title>.{8,}?)\s*[|｜丨]\s*(?P<name>[^|｜丨]{2,60})$")

_CASED = regex.compile(r"[\p{Lu}\p{Ll}\p{Lt}\p{N}]")


def told_by_site(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return, folded, the lines outside the article that name the site if they name anyone.

    >>> told_by_site([Segment(0, 0, 0, text, 1, label="title") for text in ("Ice", "Ice | Harbour Post")])
    ('harbour post',)
    """
    rights = (s.text[:300] for s in segments if not s.keep and _speaks_of_rights(s))
    kinds = (_behind_title(segments), rights, dict.fromkeys(sources_of_cards(segments)))
    return tuple(_folded(line) for lines in kinds for line in islice(lines, MOST_LINES))


def is_site_name(name: str, told: Sequence[str]) -> bool:
    """Whether one of the lines `told` by a site has `name` in it, as whole words where words have capitals.

    >>> is_site_name("Harbour Post", ["© 2026 harbour post ltd"]), is_site_name("Harb", ["© 2026 harbour post ltd"])
    (True, False)
    """
    key = _folded(name)
    return width(key) > 2 and any(_has(line, key) for line in told)


def names_behind_titles(segments: Sequence[Segment]) -> Iterator[str]:
    """Yield what stands behind a bar on the lines of the title.

    >>> head = [Segment(0, 0, 0, text, 1, label="title") for text in ("Ice", "Ice | Harbour Post")]
    >>> list(names_behind_titles(head))
    ['Harbour Post']
    """
    yield from islice(_behind_title(segments), MOST_LINES)
    titles = (" ".join(s.text[:MAX_TITLE].split()) for s in segments if s.label == "title")
    cuts = (_STRONG_TAIL.match(title) or _TAIL.match(title) for title in islice(titles, MOST_LINES))
    yield from (str(cut["name"]) for cut in cuts if cut)


def cut_title(title: str, told: Sequence[str]) -> tuple[str, str | None]:
    """Return a title that stands only once on its page, without the site's name behind a bar, and that name.

    >>> cut_title("Ice on the river | Harbour Post", ())
    ('Ice on the river', 'Harbour Post')
    >>> cut_title("Ice on the river - a photo essay", ())
    ('Ice on the river - a photo essay', None)
    """
    for pattern, sure in ((_STRONG_TAIL, True), (_TAIL, False)):
        cut = pattern.match(title)
        if cut and width(cut["name"]) <= MAX_NAME and (sure or is_site_name(cut["name"], told)):
            return cut["title"].rstrip(), cut["name"].strip()
    return title, None


def names_site(title: str, start: int, end: int) -> bool:
    """Return whether what stands from `start` to `end` in a title is of its site's name, or all of it.

    What another script says behind a bar is no part of the title; behind a dash, only if nothing else stands there.

    >>> tails = "| 河岸报 Weekly", "- 河岸报", "- 河岸报 is shut", "at 河岸报"
    >>> [names_site(f"The frozen lake {tail}", 18, 21) for tail in tails]
    [True, True, False, False]
    """
    behind_bar, behind_any = _STRONG_TAIL.match(title), _TAIL.match(title)
    if behind_bar and width(behind_bar["name"]) <= MAX_NAME:
        return start >= behind_bar.start("name")
    return behind_any is not None and behind_any.span("name") == (start, end)


def _speaks_of_rights(segment: Segment) -> bool:
    return any(cue.row.startswith(("copyright", "reproduction")) for cue in segment.cues)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _has(line: str, key: str) -> bool:
    start = line.find(key)
    if start < 0:
        return False
    around = (line[max(0, start - 1) : start] + key[:1], key[-1:] + line[start + len(key) : start + len(key) + 1])
    return not any(len(pair) == 2 and all(map(_CASED.match, pair)) for pair in around)


def _behind_title(segments: Sequence[Segment]) -> Iterator[str]:
    # Repeated titles are the title itself, or begin with it.
    title = min((segment.text for segment in segments if segment.label == "title"), key=len, default="")
    for segment in segments:
        behind = segment.text[len(title) :] if title and segment.text.startswith(title) else ""
        if found := _BEHIND_TITLE.match(behind):
            yield found["name"]


def sources_of_cards(segments: Sequence[Segment]) -> Iterator[str]:
    """Yield who published each of the other articles that the page shows: the name before the age or date."""
    for name, stamp in pairwise(segments):
        card = name.label == stamp.label == "related_meta" and name.line == stamp.line
        if card and not name.cues and stamp.cue("ages", "dates", "days"):
            yield name.text.strip(" |·•,-–—")
