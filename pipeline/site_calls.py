"""The name of a site where it speaks to its readers, and in the first line of its pages."""

from collections.abc import Collection, Sequence
from itertools import islice

import regex

from pipeline.document import Cue, Segment
from pipeline.paper_names import is_paper
from pipeline.rights_holder import without_company
from pipeline.rules import PatternRule, load_rules
from pipeline.shape import shape, width
from pipeline.signatures import PARTS
from pipeline.site_name import MAX_NAME, MOST_LINES, is_site_name
from pipeline.stamps import MAX_STAMP, labels_of

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

_OWNED = ("site_calls/imprint-edition", "site_calls/imprint-sentence")
_SOURCE = "site_calls/imprint-source"
_FIELDS = "site_calls/imprint-field"

_ON_PLATFORM = regex.compile(
    r"\s(?:Google\s(?:News|Actualités|Noticias|Nyheter|Haberler)|Facebook|WhatsApp|Telegram|Viber|Instagram|LinkedIn)\p{Ll}*[.!]?$"
)
"""Where a site may be followed."""

_FIELD = regex.compile("[:：@]")

_HEADS = ("heading", "related_title")

MAX_LETTERS = 18
"""Letters of a word in a name; menus that lost their blanks have more."""

MAX_FOOT = 4
"""Segments at a page's end among which what looks like a heading may be the site's."""

MIN_MOTTO = 4
"""Words of a line that says what a site is."""

_PATH = regex.compile(r"\s[/|·]\s|[›»>]")
"""What parts the entries of a menu, and the steps of a path."""


def name_in_call(segments: Sequence[Segment], people: Collection[str], *, sure: bool = False) -> str | None:
    """Return what the site calls itself where it asks readers to follow it, and in its imprint; none of the `people`.

    One word alone must stand elsewhere too: it may be a section. Where it is to be `sure`, only sentences of imprints
    are read, of which fields are none: these name a company.

    >>> name_in_call([Segment(0, 0, 0, "Subscribe to Harbour Post", 1)], ())
    'Harbour Post'
    """
    rules = [rule for rule in load_rules("site_calls", PatternRule) if rule.id != _SOURCE]
    rules = [rule for rule in rules if rule.id.startswith(_IMPRINT) and rule.id != _FIELDS] if sure else rules
    foot = segments[-MAX_FOOT:]
    lines = [s for s in segments if _may_speak(s) or s.label == "related_summary" or (s.label in _HEADS and s in foot)]
    for line in islice(reversed(lines), MOST_LINES):
        for rule in rules:
            if line.label == "related_summary" and rule.id not in _SURE:
                continue
            if (found := rule.pattern.search(line.text)) is None:
                continue
            name, imprint = str(found["name"]).strip(), rule.id.startswith(_IMPRINT)
            name = without_company(name) if imprint else name
            known = (
                imprint or " " in name or any(s.text == name for s in lines) or _stands_beside(name, line, lines)
            ) and (imprint or line.label != "related_title" or _ON_PLATFORM.search(line.text) is not None)
            if name not in people and known and width(name) <= MAX_NAME and not labels_of(name):
                return name
    return None


def paper_of_house(segments: Sequence[Segment], house: str | None) -> str | None:
    """Return the paper of which an imprint says that it belongs to `house`.

    >>> line = Segment(0, 0, 0, "Tidewater is part of the Skerry Publishing Group", 1)
    >>> paper_of_house([line], "Skerry")
    'Tidewater'
    """
    speaks = (s for s in reversed(segments) if not s.keep and s.label not in ("title", "discussion", "author_bio"))
    lines = (s.text for s in speaks if house and house in s.text[:MAX_STAMP])
    rules = [rule for rule in load_rules("site_calls", PatternRule) if rule.id in _OWNED]
    found = (match for line in islice(lines, MOST_LINES) for rule in rules if (match := rule.pattern.search(line)))
    names = (str(match["name"]).strip() for match in found if house not in match["name"])
    return next((name for name in names if width(name) <= MAX_NAME), None)


def name_asked_for(segments: Sequence[Segment]) -> str | None:
    """Return the source that whoever takes over a text is to name; it may stand in another case than the name's own.

    >>> name_asked_for([Segment(0, 0, 0, "Reproduction only with the source “Harbour Post”.", 1)])
    'Harbour Post'
    """
    pattern = next(rule.pattern for rule in load_rules("site_calls", PatternRule) if rule.id == _SOURCE)
    spoken = (s for s in reversed(segments) if not s.keep and s.label not in ("title", "caption", "discussion"))
    lines = islice((s.text for s in spoken if len(s.text) <= MAX_STAMP), MOST_LINES)
    names = (str(found["name"]).strip() for line in lines if (found := pattern.search(line)))
    return next((name for name in names if width(name) <= MAX_NAME), None)


def name_at_top(segments: Sequence[Segment], title: str | None) -> str | None:
    """Return the first line of the page that is no button, if the page has it elsewhere too or it is above a motto."""
    lines = (i for i, s in enumerate(segments) if s.text != title and not any(_is_button(c) for c in s.cues))
    at = next(lines, 0)
    # Below a title that begins the page may stand its author.
    led = any(s.text == title for s in segments[:at])
    top, below = segments[at], segments[at + 1 : at + 2]
    if top.keep or top.glued or top.cues or top.text == title or width(top.text) > MAX_NAME:
        return None
    others = [s for s in segments if _may_speak(s)]
    buttons = sum(bool(labels_of(word)) for word in top.text.split())
    glued = any(len(word) > MAX_LETTERS for word in top.text.split())
    signed = led and PARTS.search(top.text) is not None
    named = shape(top.text) == "title" and not (signed or labels_of(top.text) or buttons > 1 or glued)
    motto = any(_is_motto(s) and s.text != title for s in below)
    sure = is_paper(top.text) or (not led and (motto or _stands_beside(top.text, top, others)))
    return top.text if named and sure else None


def _is_button(cue: Cue) -> bool:
    """Whether a cue tells of a button, a field for searching, or the day on which the page was asked for."""
    return cue.table in ("chrome", "dates") or cue.rule == "outside/search-prompt"


def _is_motto(segment: Segment) -> bool:
    """Whether a line is several words, not all with capitals as a menu's: what a blog says of itself below its name."""
    words = segment.text.split()
    small = sum(word[0].islower() for word in words)
    free = not (segment.keep or segment.cues or segment.label == "title" or _FIELD.search(segment.text))
    return len(words) >= MIN_MOTTO and small > 1 and free


def _may_speak(segment: Segment) -> bool:
    return not segment.keep and segment.label not in _OTHERS and len(segment.text) <= MAX_STAMP


def _stands_beside(name: str, line: Segment, lines: Sequence[Segment]) -> bool:
    """Whether another of `lines`, no menu, has `name` with more around it; one word may be a section."""
    others = [s for s in lines if s is not line and s.text != name and not _PATH.search(s.text)]
    if " " not in name:
        others = [s for s in others if "@" in s.text or s.cue("edge/copyright")]
    return is_site_name(name, [" ".join(s.text.lower().split()) for s in others])
