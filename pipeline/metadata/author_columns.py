"""What is known of each name that may be the author's, as named numbers from 0 to 1."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from pipeline.lines.glue_borders import borders
from pipeline.lines.shape import width
from pipeline.lines.stamps import labels_of
from pipeline.metadata.author_candidates import Found, Frame, find_names, frame_of
from pipeline.metadata.author_lines import SIGNED, read_line
from pipeline.metadata.author_spans import LABELS, kind_of
from pipeline.metadata.name_model import Columns
from pipeline.metadata.paper_names import is_paper
from pipeline.metadata.publisher_candidates import Told
from pipeline.metadata.publisher_furniture import Furniture, lowered
from pipeline.metadata.signatures import first_signature, is_full_name, words_of

MAX_BODY = 20_000
"""Code points of the article in which names are looked for."""
MAX_BOX = 120
"""Code points of a box on the author that are read."""
SHORT, LONG = 5, 30
"""Columns of names that are short, or long."""
MOST_WORDS = 5
OFTEN = 2

_WORDS = ("newsroom", "agency", "role", "no-person")
"""Rows of signatures.toml that say what a word of a name is."""
_ODD = regex.compile(r"[^\p{L}\p{M}\s.,'’·・-]")
_INITIAL = regex.compile(r"(?<!\p{L})\p{Lu}\.")
_CASED = regex.compile(r"[\p{Lu}\p{Ll}\p{Lt}]")
_HAN = regex.compile(r"\p{Han}")
_MANY = 3


@dataclass(frozen=True, slots=True)
class Page:
    """What the columns of all names have in common."""

    told: Told
    furniture: Furniture
    frame: Frame
    ways: Mapping[str, str]
    """Whom each rule takes for the author, in small letters."""
    publisher: str
    title: str
    body: str
    boxes: Sequence[str]
    """How the boxes on authors begin."""
    people: frozenset[str]
    signed: frozenset[str]
    """Who signs, and all that bylines name."""
    kind: str
    """Of the page."""


def read_columns(told: Told, furniture: Furniture, publisher: str | None, kind: str) -> Iterator[tuple[str, Columns]]:
    """Yield each name that may be the author's on a page of a `kind` and a `publisher`, with its columns."""
    frame = frame_of(told.segments)
    names = dict(find_names(told.segments, frame))
    ways = {"stated": told.author, "first": first_signature(told.names, publisher)}
    for name in (*ways.values(), *(signed.person or signed.text for signed in told.names)):
        if name and name not in names:
            names[name] = []
    page = _page(told, furniture, frame, ways, publisher, kind)
    keys = {name: lowered(name) for name in names}
    hits: dict[str, list[int]] = {}
    lines: dict[int, Columns] = {}
    for name, found in names.items():
        first = keys[name].split(", ")[0]
        if first not in hits:
            hits[first] = [furniture.places[hit.line] for hit in furniture.hits(first)]
        columns = dict.fromkeys(_of_spans(found, page), 1.0)
        for at in {one.at for one in found}:
            if at not in lines:
                lines[at] = dict.fromkeys(read_line(told.segments, at, frame), 1.0)
            columns |= lines[at]
        columns |= dict.fromkeys(_of_values(keys[name], found, page), 1.0)
        columns |= dict.fromkeys(_of_ways(keys[name], first, page), 1.0)
        columns |= dict.fromkeys(_of_words(name), 1.0)
        columns |= dict.fromkeys(_of_page(keys[name], first, page), 1.0)
        columns |= dict.fromkeys(_of_others_lines(hits[first], {one.at for one in found}, page), 1.0)
        columns |= dict.fromkeys(_of_others(name, keys, page), 1.0)
        columns["any"] = 1.0
        yield name, columns


def _page(
    told: Told, furniture: Furniture, frame: Frame, ways: Mapping[str, str | None], publisher: str | None, kind: str
) -> Page:
    segments = told.segments
    return Page(
        told,
        furniture,
        frame,
        {way: lowered(name) for way, name in ways.items() if name},
        publisher=lowered(publisher or ""),
        title=lowered(told.title or ""),
        body=lowered(" ".join(s.text for s in segments[frame.first : frame.last + 1] if s.keep)[:MAX_BODY]),
        boxes=[lowered(" ".join(s.text[:MAX_BOX].split())) for s in segments if s.label == "author_bio"],
        people=frozenset(lowered(n.person) for n in told.names if n.person),
        signed=frozenset(lowered(n.text) for n in told.names),
        kind=kind,
    )


def _of_spans(found: Sequence[Found], page: Page) -> Iterator[str]:
    """Yield between what a name stands."""
    for at, span in found:
        segment = page.told.segments[at]
        label = segment.label if segment.label in SIGNED else "other"
        yield f"before {span.before}"
        yield f"behind {span.behind}"
        yield f"{label} {span.before}-"
        yield f"{label} -{span.behind}"
        yield f"{span.before}-{span.behind}"
        yield "first part" if span.part == 0 else "later part"
        if span.parts == 1 or span.parts > _MANY:
            yield "only part" if span.parts == 1 else "many parts"
        if span.name == segment.text:
            yield f"whole {label}"


def _of_values(key: str, found: Sequence[Found], page: Page) -> Iterator[str]:
    """Yield which rules have read something in the lines of a name, and whether it was that name."""
    for at in {one.at for one in found}:
        cues = page.told.segments[at].cues
        if not cues:
            yield "no cue"
        for cue in cues:
            is_by = cue.row.startswith("byline")
            if is_by or cue.table in ("field", "head") or cue.rule == "lines/editor":
                yield "cue by" if is_by else f"cue {cue.rule}"
            if cue.value and lowered(cue.value) == key:
                yield "value by" if is_by or cue.rule == "field/author" else f"value {cue.table}"


def _of_ways(key: str, first: str, page: Page) -> Iterator[str]:
    """Yield which rules take a name for the author's, or part of it, or more."""
    for way, other in page.ways.items():
        if other == key:
            yield f"way {way}"
        elif has_name(other, first):
            yield f"part of way {way}"
        elif has_name(key, other):
            yield f"more than way {way}"
        else:
            yield f"not way {way}"
    if key in page.people:
        yield "person"
    if key in page.signed:
        yield "signed"


def _of_words(name: str) -> Iterator[str]:
    """Yield what the words of a name are."""
    words = name.split()
    kinds = [kind_of(word.strip(".,") or word) for word in words]
    script = "han" if _HAN.match(name) else "cased" if _CASED.match(name) else "caseless"
    full = all(is_full_name(one) for one in name.split(", "))
    facts = {
        "full": full,
        "several": ", " in name,
        "several full": ", " in name and full,
        "upper": name.isupper(),
        "lower": name[0].islower(),
        "capitals": script == "cased" and all(kind in ("capital", "part") for kind in kinds),
        "small word": "small" in kinds,
        "begins with part": kinds[0] == "part",
        "ends with part": kinds[-1] == "part",
        "initial": _INITIAL.search(name),
        "digit": any(map(str.isdigit, name)),
        "odd mark": _ODD.search(name),
        "short": width(name) <= SHORT,
        "long": width(name) > LONG,
        "border": borders(name),
        "paper": is_paper(name),
        "begins with label": kinds[0] in LABELS,
        "ends with label": kinds[-1] in LABELS,
        "all labels": all(kind in (*LABELS, "role") for kind in kinds),
        "label": labels_of(name),
        f"script {script}": True,
        f"{script} {min(len(words), MOST_WORDS)} words": True,
        f"han {min(len(name), MOST_WORDS)}": script == "han",
    }
    yield from (fact for fact, holds in facts.items() if holds)
    yield from (f"word {row}" for row in _WORDS if words_of(row).search(name))


def _of_page(key: str, first: str, page: Page) -> Iterator[str]:
    """Yield whether boxes, article, title and publisher have a name."""
    times = page.body.count(first)
    facts = {
        "begins box": any(box.startswith(first) and not box[len(first) :][:1].isalpha() for box in page.boxes),
        "in box": any(has_name(box, first) for box in page.boxes),
        "is box": first in page.boxes,
        "in body": times > 0,
        "often in body": times > OFTEN,
        "in title": has_name(page.title, first),
        "is title": page.title == key,
        "is publisher": page.publisher == key,
        "in publisher": page.publisher != key and has_name(page.publisher, key),
        "has publisher": page.publisher and page.publisher != key and has_name(key, page.publisher),
        f"page {page.kind}": True,
    }
    yield from (fact for fact, holds in facts.items() if holds)


def _of_others_lines(places: Sequence[int], own: set[int], page: Page) -> Iterator[str]:
    """Yield in what other lines of the furniture a name stands."""
    others = [place for place in places if place not in own]
    yield from (f"more in {page.told.segments[place].label}" for place in others)
    if any(place < page.frame.first for place in others):
        yield "more above"
    if any(place > page.frame.last for place in others):
        yield "more below"
    if len(others) > OFTEN:
        yield "often more"


def _of_others(name: str, keys: Mapping[str, str], page: Page) -> Iterator[str]:
    """Yield how a name is part of other candidates, and they of it."""
    key = keys[name]
    for other, longer in keys.items():
        if len(longer) > len(key) and key in longer:
            if not has_name(longer, key):
                yield "in a word"
                continue
            yield "in more"
            if is_full_name(other):
                yield "begins a full name" if longer.startswith(key) else "ends a full name"
            if any(box.startswith(longer) for box in page.boxes):
                yield "in boxed"
        elif len(longer) < len(key) and longer in key and has_name(key, longer):
            if is_full_name(other):
                yield "has a full name"
            if any(box.startswith(longer) for box in page.boxes):
                yield "has boxed"


def has_name(text: str, name: str) -> bool:
    """Whether `name` stands in `text`, no letter right before or behind it.

    >>> has_name("by jane doe", "jane"), has_name("by jane doe", "jan")
    (True, False)
    """
    at = text.find(name)
    end = at + len(name)
    return at >= 0 and not text[max(0, at - 1) : at].isalpha() and not text[end : end + 1].isalpha()
