"""What is known of each name that may be the publisher's, as named numbers from 0 to 1."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import regex

from pipeline.document import Segment
from pipeline.lines.shape import width
from pipeline.lines.stamps import labels_of
from pipeline.metadata.name_model import Columns
from pipeline.metadata.paper_names import is_paper
from pipeline.metadata.publisher_candidates import Candidate, Told
from pipeline.metadata.publisher_furniture import Furniture, Hit, bare, lowered
from pipeline.metadata.rights_holder import begins_with_company, without_house
from pipeline.metadata.signatures import could_name, is_full_name, words_of
from pipeline.page.sections import is_section

LEAST = (1, 2, 3, 5, 8)
"""Lines that are a name, from which a column says so."""

MAX_BODY = 20_000
"""Code points of the article in which names are looked for."""

MOST_SEGMENTS = 500
"""Segments at the head of a page among which its menu is looked for; hostile pages have more."""

MAX_LETTERS = 5_000
"""Code points around the article whose letters are counted."""

SHORT = (3, 6)
LONG = 25
"""Columns of names that are short, or long."""

MOST_WORDS = 5
RANKS = (1, 2, 3, 4)
FAR = 10
"""Lines above the article that have a column each, and from which line on all are far from the head."""

BEHIND = 25
"""Code points behind a name that are read."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_CASELESS = regex.compile(r"(?!\p{Lu}|\p{Ll})\p{L}")
_WORDS = ("article", "no-person")
"""Rows of signatures.toml that say what a word of a name is."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the columns of all candidates have in common."""

    told: Told
    furniture: Furniture
    body: str
    title: str
    people: Collection[str]
    """Who has signed, in small letters."""
    at_title: int
    """The segment of the title."""
    is_caseless: bool
    """Whether most letters around the article know no capitals."""


def read_columns(told: Told, furniture: Furniture, candidates: Sequence[Candidate]) -> Iterator[tuple[str, Columns]]:
    """Yield each of `candidates` that stands on the page, as the page writes it, with its columns."""
    page = _page(told, furniture)
    hits = {candidate.key: list(furniture.hits(candidate.key)) for candidate in candidates}
    most = max(map(len, hits.values()), default=0)
    told_keys = {candidate.key for candidate in candidates if candidate.ways - {"begun", "part", "quoted"}}
    for candidate in candidates:
        found = hits[candidate.key]
        name = _written(candidate.name, found)
        columns = dict.fromkeys(candidate.ways, 1.0)
        columns |= dict.fromkeys(_of_places(found, page), 1.0)
        columns |= dict.fromkeys(_of_line(candidate, found, page), 1.0)
        columns |= dict.fromkeys(_of_words(name, candidate, page), 1.0)
        columns |= dict.fromkeys(_of_others(candidate.key, hits, told_keys), 1.0)
        columns |= dict.fromkeys(_of_addresses(name, furniture.addresses), 1.0)
        columns["share of hits"] = len(found) / most if most else 0.0
        columns["hits"] = log1p(len(found))
        columns["any"] = 1.0
        yield name, columns


def _page(told: Told, furniture: Furniture) -> Page:
    segments = told.segments
    sure = (i for i, s in enumerate(segments) if s.rule == "title/best")
    any_title = (i for i, s in enumerate(segments) if s.label == "title")
    letters = furniture.text[:MAX_LETTERS]
    caseless = 0 if letters.isascii() else len(_CASELESS.findall("".join(_NOT_ASCII.findall(letters))))
    return Page(
        told,
        furniture,
        body=lowered(" ".join(s.text for s in segments[furniture.first : furniture.last + 1] if s.keep)[:MAX_BODY]),
        title=lowered(told.title or ""),
        people={name.lower() for name in (told.author, *(n.person for n in told.names)) if name},
        at_title=next(sure, next(any_title, furniture.first)),
        is_caseless=2 * caseless > sum(map(str.isalpha, letters)),
    )


def _written(name: str, hits: Sequence[Hit]) -> str:
    """Return `name` as most lines write it where it was read in capitals alone."""
    forms = Counter(hit.text for hit in hits if not hit.text.isupper()) if name.isupper() else None
    return forms.most_common(1)[0][0] if forms else name


def _of_places(hits: Sequence[Hit], page: Page) -> Iterator[str]:
    """Yield where a name stands, by the kinds of its lines, and how often."""
    furniture = page.furniture
    whole = 0
    for hit in hits:
        kind, place = furniture.kinds[hit.line], furniture.places[hit.line]
        side = "above" if place < furniture.first else "below" if place > furniture.last else "amid"
        if not (hit.before or hit.behind):
            whole += 1
            yield f"{kind} whole"
            yield f"whole {side}"
            if furniture.segments[place].glued:
                yield "whole glued"
            continue
        yield f"{kind} in"
        yield f"in {side}"
        if not hit.before:
            yield f"{kind} start"
        if not hit.behind:
            yield f"{kind} end"
        text, end = furniture.texts[hit.line], hit.before + len(hit.text)
        if begins_with_company(text[end : end + BEHIND]):
            yield "company behind"
    yield from (f"{least} times whole" for least in LEAST if whole >= least)


def _of_line(candidate: Candidate, hits: Sequence[Hit], page: Page) -> Iterator[str]:
    """Yield which line above the article a name begins, and where the first line stands that is the name alone."""
    if candidate.rank:
        yield f"line {candidate.rank}" if candidate.rank in RANKS else "line 5+" if candidate.rank < FAR else "line 10+"
    line = next((hit.line for hit in hits if not (hit.before or hit.behind)), None)
    if line is None:
        return
    segments, i = page.told.segments, page.furniture.places[line]
    if i < page.at_title:
        yield "above title"
    elif i < page.furniture.first:
        yield "below title"
    if all(cue.table == "head" for cue in segments[i].cues):
        yield "free"
    yield from _of_next(segments[i + 1 : i + 2])


def _of_next(segments: Sequence[Segment]) -> Iterator[str]:
    for segment in segments:
        yield f"before {segment.label}"
        if segment.cue("chrome/subscribe", "chrome/sign_in"):
            yield "before button"
        if any(cue.row.startswith(("imprint", "copyright")) for cue in segment.cues):
            yield "before imprint"


def _of_words(name: str, candidate: Candidate, page: Page) -> Iterator[str]:
    """Yield what the words of a name are, and whether article, title and bylines have it."""
    words, key = name.split(), candidate.key
    labelled = sum(bool(labels_of(word)) for word in words)
    facts = {
        "paper": is_paper(name),
        "house": without_house(name) != name,
        "full name": len(words) > 1 and is_full_name(name),
        "button": bool(labels_of(name)),
        "word of button": labelled > 0,
        "words of buttons": labelled == len(words),
        "no name": "part" not in candidate.ways and not could_name(name),
        "section": candidate.rank > 0 and is_section(page.told.segments[:MOST_SEGMENTS], name),
        "signed": key in page.people,
        "signed holder": key in page.people and "holder" in candidate.ways,
        "part of signed": any(key in person or person in key for person in page.people),
        "in body": key in page.body,
        "in title": key in page.title,
        "is title": key == page.title,
        "upper": name.isupper(),
        "lower": name[0].islower(),
        "capitals": all(word[0].isupper() or len(word) <= SHORT[0] for word in words if word[0].isalpha()),
        "small word": any(word[0].islower() and len(word) > SHORT[0] for word in words),
        "other letters": page.is_caseless and not _CASELESS.search(name),
        "long": width(name) >= LONG,
        f"{min(len(words), MOST_WORDS)} words": True,
    }
    yield from (fact for fact, holds in facts.items() if holds)
    yield from (f"word {row}" for row in _WORDS if words_of(row).search(name))
    yield from (f"up to {columns} columns" for columns in SHORT if width(name) <= columns)


def _of_addresses(name: str, addresses: Collection[str]) -> Iterator[str]:
    """Yield how addresses on the page have a name: whole, or within a word."""
    letters = bare(words_of("article").sub("", name))
    if len(letters) > SHORT[0]:
        if letters in addresses or bare(name) in addresses:
            yield "address"
        elif any(letters in address for address in addresses):
            yield "in address"


def _of_others(key: str, hits: Mapping[str, Sequence[Hit]], told: Collection[str]) -> Iterator[str]:
    """Yield how a name is part of other candidates, and they of it; `told` are those that a way of its own found."""
    times = len(hits[key])
    for other, found in hits.items():
        if other == key:
            continue
        if key in other:
            yield "never without more" if len(found) >= times else "with more and without"
            if other.startswith(key):
                yield "begins another"
            if other.endswith(key):
                yield "ends another"
            if other in told:
                yield "part of told"
        elif other in key and len(other) > SHORT[0]:
            if len(found) > 2 * times:
                yield "more than a frequent one"
            if other in told:
                yield "more than told"
