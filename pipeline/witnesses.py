"""The name of a site by a line above the article, of which the site speaks again below it; and before its company's."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

import regex

from pipeline.document import Segment
from pipeline.masthead import names_alone
from pipeline.paper_names import is_paper
from pipeline.rights_holder import names_company
from pipeline.sections import is_section
from pipeline.shape import shape, width
from pipeline.signatures import PARTS, could_name, is_full_name, words_of
from pipeline.site_name import MAX_NAME, is_site_name
from pipeline.stamps import labels_of

MOST_LINES = 40
"""Lines at either end that are compared; hostile pages have more."""

MAX_LINE = 300
"""Code points of a line below the article that are read."""

MAX_FOOT = 6
MIN_LINKS = 3
"""Lines at the foot of a page that are rows of links, and parts of one with the name before them."""

FIRST = 3
"""Names above the article that may be the site's where its cards alone have them; behind these stand sections."""

_BEFORE_COMPANY = regex.compile(r"^(?P<name>\p{L}[^|·•()（）@\d]{2,40}?)(?:\s+[–—|·•-]\s+|\s?[(（]\s?)(?P<rest>.+)$")
_ADDRESS = regex.compile(r",\s[^,]*$")
_SOLID = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}ー]{4,}|[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]{8,}")
"""A name in letters that know no blanks, too long for a section."""

_REACHED_AT = regex.compile(r"(?:\d[ ()./-]?){7}|\S@\S")
"""Where the site may be called, or written to."""

_OWN = ("imprint", "copyright", "reproduction", "newsletter", "consent", "liability", "app")
"""How the rows begin of lines in which a site speaks of itself."""


def paper_before_company(segments: Sequence[Segment]) -> str | None:
    """Return the paper that a line below the article names before the company that publishes it.

    >>> paper_before_company([Segment(0, 0, 0, "Harbour Post – Skerry Media Ltd, 3 Quay Street", 1)])
    'Harbour Post'
    """
    for line in _below(segments):
        found = _BEFORE_COMPANY.match(line.text[:MAX_LINE])
        if found is None or not names_company(f" {found['rest'][:MAX_NAME]}") or names_company(found["name"]):
            continue
        name = found["name"].strip()
        capitals = all(word[0].isupper() or not word[0].islower() or len(word) < len("over") for word in name.split())
        if could_name(name) and capitals and not any(labels_of(word) for word in (name, *name.split())):
            return name
    return None


def name_told_below(segments: Sequence[Segment]) -> str | None:
    """Return the line alone above the article that the site has again where it speaks of itself, or as a card's source.

    >>> lines = "Harbour Post", "World", "Kept", "Every day the best of Harbour Post, in your mailbox."
    >>> labels = "nav", "nav", "body", "ad"
    >>> name_told_below([Segment(0, 0, 0, t, i, label=l) for i, (t, l) in enumerate(zip(lines, labels))])
    'Harbour Post'
    """
    kept = [i for i, segment in enumerate(segments) if segment.keep]
    names = list(islice(names_alone(segments[: kept[0]]), MOST_LINES)) if kept else []
    long = [name for name in names if " " in name.strip() or is_paper(name) or _SOLID.fullmatch(name)]
    lines = [s.text[:MAX_LINE] for s in _below(segments) if _speaks(s)]
    below = [" ".join(line.lower().split()) for line in lines]
    # One word may be a section, which has no capital in a sentence.
    first = [name for name in names[:1] if name == segments[0].text and any(name in line for line in lines)]
    told = (name for name in (*first, *long) if any(_speaks_of(line, name) for line in below))
    cards = {s.text.strip(" |·•,-–—") for s in segments if s.label == "related_meta" and not s.cue("ages")}
    found = next((name for name in told if not is_section(segments, name)), None)
    return found or next((name for name in names[:FIRST] if name in cards and not is_section(segments, name)), None)


def first_of_page(segments: Sequence[Segment]) -> str | None:
    """Return the name of a paper, by its words or its article, that stands first on the page with a menu below it.

    >>> texts = "The Harbour Post", "World", "Sport"
    >>> first_of_page([Segment(0, 0, 0, text, i, label="nav") for i, text in enumerate(texts)])
    'The Harbour Post'
    """
    kept = next((i for i, s in enumerate(segments) if s.keep), 0)
    free = (i for i, s in enumerate(segments[:kept] or segments) if all(cue.table == "head" for cue in s.cues))
    at = next(free, None)
    if at is None or at + 1 >= len(segments) or not all(s.cue("chrome") for s in segments[:at]):
        return None
    first, below = segments[at], segments[at + 1]
    name = PARTS.split(first.text)[0].strip()
    alone = not first.glued and first.label in ("nav", "other", "") and first.line < below.line
    alone = alone and below.label != "title"
    named = could_name(name) and width(name) <= MAX_NAME and not labels_of(name) and not is_full_name(name)
    of_papers = is_paper(name) or words_of("article").search(name) is not None
    return name if alone and of_papers and (named or is_paper(name)) and (" " in name or name != first.text) else None


def letter_of(segments: Sequence[Segment], holder: str | None, people: Collection[str]) -> str | None:
    """Return the line over the button to subscribe that begins the page, if the rights are with one of the `people`.

    >>> from pipeline.document import Cue
    >>> name, button = (Segment(0, 0, 0, text, i) for i, text in enumerate(("Salt & Smoke", "Subscribe")))
    >>> letter_of([name, button._replace(cues=(Cue("chrome", "subscribe"),))], "Jane Doe", {"Jane Doe"})
    'Salt & Smoke'
    """
    name, button = (*segments[:2], None, None)[:2]
    if holder not in people or name is None or button is None or not button.cue("chrome/subscribe", "chrome/sign_in"):
        return None
    named = could_name(name.text) and width(name.text) <= MAX_NAME and not (name.glued or name.keep)
    return name.text if named and name.label != "title" and name.text not in people else None


def name_before_links(segments: Sequence[Segment]) -> str | None:
    """Return the name of a paper that begins a row of links at the page's foot.

    >>> name_before_links([Segment(0, 0, 0, "Harbour Post — About us — Terms — Contact", 1)])
    'Harbour Post'
    """
    for line in islice(_below(segments), MAX_FOOT):
        parts = [part.strip() for part in PARTS.split(line.text[:MAX_LINE])]
        linked = len(parts) >= MIN_LINKS and all(width(part) <= MAX_NAME for part in parts)
        if linked and could_name(parts[0]) and is_paper(parts[0]) and not labels_of(parts[0]):
            return parts[0]
    return None


def _below(segments: Sequence[Segment]) -> Iterator[Segment]:
    last = max((i for i, s in enumerate(segments) if s.keep), default=-1)
    lines = (s for s in reversed(segments[last + 1 :]) if s.label not in ("discussion", "popular", "author_bio"))
    yield from islice(lines, MOST_LINES)


def _speaks(segment: Segment) -> bool:
    """Whether the site says something of itself in `segment`, more than a button."""
    own = any(cue.row.startswith(_OWN) for cue in segment.cues) or names_company(segment.text)
    own = own or _REACHED_AT.search(segment.text) is not None
    return own or (segment.label in ("disclaimer", "ad", "other") and shape(segment.text) == "prose")


def _speaks_of(line: str, name: str) -> bool:
    """Whether `line` has `name`, which is no place at its end."""
    return is_site_name(name, [_ADDRESS.sub("", line)]) and width(name) <= MAX_NAME
