"""Who may be meant as the publisher of a page: every name that its furniture has, and where it was read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import regex

from pipeline.document import Segment
from pipeline.lines.glue_borders import borders
from pipeline.lines.shape import width
from pipeline.metadata.first_line import site_in_first_line
from pipeline.metadata.masthead import name_at_head
from pipeline.metadata.publisher_furniture import Furniture, bare, lowered
from pipeline.metadata.rights_holder import QUOTES, holder_of_rights, parted_from_company, without_company
from pipeline.metadata.signatures import PARTS, Signature, could_name, words_of
from pipeline.metadata.site_calls import names_in_calls
from pipeline.metadata.site_name import MAX_NAME, is_site_name, names_behind_titles, sources_of_cards
from pipeline.page.sections import is_section

MOST_ABOVE = 40
MOST_AT_END = 60
"""Lines above the article whose beginnings may be a name, and lines at the end of the page."""

MOST_CANDIDATES = 300
"""Hostile pages have more."""

FIRST = 4
"""Lines at the head of a page that may have the name before more, glued or not."""

LAST = 2
"""Lines at the end of a page that may be the name alone."""

MAX_WORDS = 4
"""Words of a name that begins a line."""

MAX_GLUED = 25
"""Code points of a name to which more is glued."""

MIN_GLUED = 7
"""Code points of a first word that may be a name with more glued to it."""

MIN_IN_ADDRESS = 5
"""Letters of a name that needs no second line if an address has it."""

MIN_CARDS = 2
"""Cards with one and the same source from which it is the site itself."""

_EDGES = " |·•,-–—›»>«©(（"
_BREAK = regex.compile(r"[|·•©ⓒ,.:;(（]|\s[-–—]\s|\d{4}")
"""What ends a name in an imprint."""

_QUOTED = regex.compile(r'[«„“"「『‘](?P<name>\p{L}[^»”“"」』’]{1,38})[»”“"」』’]')
_CAPITALS = regex.compile(r"\p{Lu}|\p{Ll}")
_MARK = regex.compile(r"\p{M}")
_SOLID = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_TELLING = ("rights", "imprint")
_SPEAKING = ("rights", "imprint", "own")
_UNREAD = ("title", "others")


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells of its publisher."""

    segments: Sequence[Segment]
    names: Sequence[Signature]
    """Those in its bylines."""
    site: Sequence[str]
    """Lines in which the site may name itself, folded."""
    author: str | None
    """Who is known to have signed."""
    title: str | None
    behind_title: str | None
    mined: Mapping[str, str]
    """The values of fields."""


@dataclass(slots=True)
class Candidate:
    """A name that may be the publisher's."""

    key: str
    """In small letters."""
    name: str
    """As it was first read."""
    ways: set[str] = field(default_factory=set)
    """How it was found."""
    rank: int = 0
    """Which of the lines above the article it begins, from 1 on; 0 if none."""


def find_candidates(told: Told, furniture: Furniture) -> list[Candidate]:
    """Return the names that `told` and `furniture` have, each once."""
    found: dict[str, Candidate] = {}
    names: dict[str, str] = {}
    for way, text, rank in _named(told, furniture):
        if text not in names:
            names[text] = _trimmed(text)
        name = names[text]
        if width(name) > MAX_NAME or not any(map(str.isalpha, name)):
            continue
        key = lowered(name)
        if key not in found and len(found) == MOST_CANDIDATES:
            continue
        candidate = found.setdefault(key, Candidate(key, name))
        candidate.ways.add(way)
        candidate.rank = candidate.rank or rank
    return list(found.values())


Named = tuple[str, str, int]
"""A way, what it names, and the rank of the line if that is above the article."""


def _named(told: Told, furniture: Furniture) -> Iterator[Named]:
    yield from ((way, text, 0) for way, text in (*_signed(told), *_stated(told, furniture)))
    yield from _above(furniture)
    yield from _below(furniture)
    yield from (("quoted", name, 0) for name in _quoted(furniture))


def _signed(told: Told) -> Iterator[tuple[str, str]]:
    """Yield each name in the bylines, by each thing that is known of it."""
    for name in told.names:
        facts = {
            "byline": True,
            "byline other": _is_other(name, told),
            "byline site": is_site_name(name.text, told.site),
            "byline glued": name.glued,
        }
        yield from ((fact, name.text) for fact, holds in facts.items() if holds)


def _is_other(name: Signature, told: Told) -> bool:
    """Whether `name` is neither the author's nor an agency's nor a section's."""
    signed = told.author is not None and (name.person or name.text) in told.author
    return not (signed or words_of("agency").search(name.text) or is_section(told.segments, name.text))


def _stated(told: Told, furniture: Furniture) -> Iterator[tuple[str, str]]:
    """Yield the names that the page states for its own, by the way it does."""
    segments = told.segments
    cards = Counter(sources_of_cards(segments))
    most, times = max(cards.items(), key=lambda item: item[1], default=("", 0))
    single = {
        "title": told.behind_title,
        "source": told.mined.get("publisher"),
        "at head": name_at_head(segments, furniture.addresses),
        "holder": holder_of_rights(segments, furniture.notices),
        "first line": site_in_first_line(segments, told.title),
        "most cards": most if times >= MIN_CARDS else None,
    }
    yield from ((way, name) for way, name in single.items() if name)
    yield from names_in_calls(segments)
    yield from (("card", name) for name in cards)
    yield from (("title", name) for name in names_behind_titles(segments))


def _above(furniture: Furniture) -> Iterator[Named]:
    """Yield what begins or ends a line above the article, with its rank; but for the first ones, if it recurs."""
    lines = zip(furniture.places, furniture.texts, furniture.kinds, strict=True)
    read = (text for i, text, kind in lines if i < furniture.first and kind not in _UNREAD)
    for rank, text in enumerate(islice(read, MOST_ABOVE), 1):
        first = rank <= FIRST
        yield from (
            ("part", end, rank) for end in _ends(text) if (first or _recurs(end, furniture)) and could_name(end)
        )
        yield from (("begun", name, 0) for name in _beginnings(text, whole=first) if _recurs(name, furniture))
        if first and (glued := _glued(text, furniture)):
            yield "begun", glued, 0


def _below(furniture: Furniture) -> Iterator[Named]:
    """Yield what begins or ends a line at the end of the page, if it recurs, and what an imprint begins with."""
    lines = list(zip(furniture.places, furniture.texts, furniture.kinds, strict=True))[-MOST_AT_END:]
    for at, (i, text, kind) in enumerate(lines, 1):
        if i < furniture.first:
            continue
        told = kind in _TELLING
        if i > furniture.last and not told and at < len(lines) and lines[at][2] in _TELLING and could_name(text):
            yield "above imprint", text, 0
        if kind in _UNREAD:
            continue
        yield from (("part", end, 0) for end in _ends(text) if _recurs(end, furniture) and could_name(end))
        if told:
            yield from (("begun", name, 0) for name in _beginnings(text, whole=True) if _recurs(name, furniture))
        if told or at > len(lines) - LAST:
            yield from (("begins imprint", name, 0) for name in _first_names(text))


def _ends(text: str) -> Iterator[str]:
    """Yield what stands before the first bar of a line, and behind the last."""
    parts = PARTS.split(text)
    yield from (part.strip() for part in dict.fromkeys((parts[0], parts[-1])) if len(part) <= MAX_NAME)


def _first_names(imprint: str) -> Iterator[str]:
    """Yield what begins an imprint, to the first mark; where blanks are rare, to the first of them too.

    >>> list(_first_names("Harbour Post, 3 Quay Street")), list(_first_names("항구일보 서울시, 02"))
    (['Harbour Post'], ['항구일보 서울시', '항구일보'])
    """
    name = _BREAK.split(parted_from_company(imprint))[0].strip()
    if could_name(name):
        yield name
        if _SOLID.match(name) and " " in name:
            yield name.split()[0]


def _beginnings(text: str, *, whole: bool) -> Iterator[str]:
    """Yield the first words of a line, and if the `whole` of it is to be read, those of each part, and glued names."""
    parts = dict.fromkeys((text, *map(str.strip, _BREAK.split(parted_from_company(text))))) if whole else (text,)
    for part in parts:
        words = part.split()[:MAX_WORDS]
        yield from (" ".join(words[:n]) for n in range(1, len(words) + 1) if words[0][0].isalpha())
    if whole:
        yield from (text[:border] for border in islice(borders(text[: 2 * MAX_NAME]), FIRST))


def _glued(text: str, furniture: Furniture) -> str:
    """Return the longest beginning of a line in letters without capitals that another line has too."""
    longest = ""
    if len(first := text.partition(" ")[0]) < MIN_GLUED or _CAPITALS.search(first):
        return longest
    for n in range(2, min(len(text), MAX_GLUED)):
        if not _recurs(text[:n], furniture):
            break
        if not _MARK.match(text[n]):
            longest = text[:n]
    return longest


def _recurs(name: str, furniture: Furniture) -> bool:
    """Whether another line has `name` too, or an address."""
    key = lowered(name.strip(_EDGES))
    first = furniture.text.find(key)
    below = furniture.text.find("\n", first) if first >= 0 else -1
    letters = bare(key)
    again = below >= 0 and furniture.text.find(key, below) >= 0
    return again or (len(letters) >= MIN_IN_ADDRESS and letters in furniture.addresses)


def _quoted(furniture: Furniture) -> Iterator[str]:
    for line, (text, kind) in enumerate(zip(furniture.texts, furniture.kinds, strict=True)):
        if kind in _SPEAKING or (furniture.is_below(line) and kind not in _UNREAD):
            yield from (str(match["name"]) for match in _QUOTED.finditer(text))


def _trimmed(name: str) -> str:
    """Return `name` without the form of its company, the kind of paper before it and the word for a newsroom.

    >>> _trimmed("– Harbour Post Ltd"), _trimmed("Harbour Post")
    ('Harbour Post', 'Harbour Post')
    """
    name = without_company(name)
    if kind := words_of("kind").match(name):
        name = name[kind.end() :].strip(QUOTES) or name
    return " ".join(words_of("newsroom").sub("", name).strip(_EDGES).split())
