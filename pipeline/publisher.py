"""Who published a page: the name of its site, by the best that the page says of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from pipeline.document import Segment
from pipeline.first_line import site_in_first_line
from pipeline.masthead import name_at_both_ends, name_at_head
from pipeline.paper_names import is_paper
from pipeline.rights_holder import QUOTES, company_at_foot, holder_of_rights, names_company, without_company
from pipeline.sections import is_section
from pipeline.signatures import PARTS, Signature, could_name, is_signed, words_of
from pipeline.site_calls import name_asked_for, name_at_top, name_in_call, paper_of_house
from pipeline.site_name import is_site_name, name_behind_title, source_of_cards
from pipeline.stamps import labels_of
from pipeline.witnesses import first_of_page, letter_of, name_before_links, name_told_below, paper_before_company

_LATIN = regex.compile(r"[\p{Latin}\P{L}]+")
_LATIN_LETTER = regex.compile(r"\p{Latin}")
_OWN_LETTERS = regex.compile(r"\p{Lo}")

MAX_LINE = 80
MOST_LINES = 300
"""Code points of a line, and lines of a page, whose letters are counted."""

_BUTTONS = ("chrome/subscribe", "chrome/sign_in")

MAX_SMALL = 5
"""Letters of an article or preposition in a name."""


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
    source: str | None
    """The value of a field for it."""


def choose_publisher(told: Told) -> str | None:
    """Return the publisher by the surest way that finds one, None where the page names none."""
    chosen = next(filter(None, _ways(told)), None)
    chosen = without_company(chosen) if chosen else None
    if chosen and (kind := words_of("kind").match(chosen)):
        return chosen[kind.end() :].strip(QUOTES) or chosen
    return words_of("newsroom").sub("", chosen) or None if chosen else None


def _ways(told: Told) -> Iterator[str | None]:
    """Yield what each way of telling the publisher finds, the surest first."""
    segments, author = told.segments, told.author
    holder = _paper_of(holder_of_rights(segments), segments)
    names = _others(told, holder)
    # A page may ask its readers to follow who wrote it.
    people = {name for name in (author, *(n.person for n in told.names)) if name}
    yield letter_of(segments, holder, people)
    yield _first(n.text for n in names if is_site_name(n.text, told.site) and not _is_place_of(n.text, holder))
    # The holder of the rights may stand in a name with a label before or behind it.
    yield _first(holder for n in names if holder and holder in n.text)
    # Beside an age stands the paper, though it may look like a person.
    free = [n for n in names if not n.placed and not words_of("by").search(n.text)]
    yield _first(n.text for n in free if n.aged)
    yield name_at_head(segments)
    yield name_behind_title(segments) or told.behind_title
    yield site_in_first_line(segments, told.title)
    yield _first(n.text for n in free if is_paper(n.text))
    yield name_in_call(segments, people, sure=True)
    yield _first(n.text for n in free if _is_glued_paper(n))
    yield name_at_both_ends(segments) or paper_of_house(segments, holder) or paper_before_company(segments)
    calls = (name_in_call(segments, people), name_at_top(segments, told.title))
    yield holder if holder == told.source else None
    yield from _holders(segments, holder, calls)
    yield from calls
    yield name_told_below(segments) or _paper_above(segments)
    yield None if holder and words_of("by").search(holder) else holder
    agency = told.source is not None and words_of("agency").search(told.source) is not None
    yield name_asked_for(segments)
    yield None if agency else told.source
    yield source_of_cards(segments)
    yield _name_above_imprint(segments) or _name_at_end(segments)
    yield company_at_foot(segments)
    yield _name_of_forum(segments)
    yield _first(n.text for n in free if n.dated and author)
    yield _first(n.text for n in free if not n.person)
    yield told.source
    yield first_of_page(segments) or name_before_links(segments)


def _holders(segments: Sequence[Segment], holder: str | None, calls: Sequence[str | None]) -> Iterator[str | None]:
    """Yield the `holder` of the rights, unless that is its name in English, and before it the paper of that company."""
    if holder is None:
        return
    yield _first(name for name in calls if name and holder.startswith(name))
    above = _name_above_imprint(segments)
    yield above if above and holder not in above and is_paper(above) else None
    yield None if words_of("by").search(holder) or _is_in_other_letters(holder, segments) else holder


def _paper_of(house: str | None, segments: Sequence[Segment]) -> str | None:
    """Return the line that is `house`, of one word, and a word of papers' names, in whose name houses leave that out.

    >>> _paper_of("Ostwinder", [Segment(0, 0, 0, "Ostwinder Tagblatt", 1)])
    'Ostwinder Tagblatt'
    """
    if house is None or " " in house:
        return house
    free = (s for s in segments if not (s.keep or s.glued or s.label == "title"))
    lines = (PARTS.split(s.text)[0] for s in free if all(cue.table == "head" for cue in s.cues))
    bare = ((text, words_of("article").sub("", text)) for text in lines)
    return next((text for text, name in bare if name.startswith(f"{house} ") and _is_short_paper(name)), house)


def _is_short_paper(name: str) -> bool:
    return is_paper(name) and name.count(" ") == 1


def _others(told: Told, holder: str | None) -> list[Signature]:
    """Return the names in the bylines that are not the author's nor, unless the site says so, those of others."""
    signed = [n for n in told.names if told.author is None or (n.person or n.text) not in told.author]
    signed = [n for n in signed if words_of("newsroom").sub("", n.text) and not is_signed(n.text)]
    return [n for n in signed if is_site_name(n.text, told.site) or not _is_other(n.text, told.segments, holder)]


def _is_place_of(name: str, holder: str | None) -> bool:
    """Whether `name` ends that of the holder of the rights behind a small word: the place of the paper.

    >>> _is_place_of("Lerma", "El Faro de Lerma"), _is_place_of("Guardian", "The Guardian")
    (True, False)
    """
    before = holder.removesuffix(f" {name}").split() if holder and holder.endswith(f" {name}") else []
    return " " not in name and len(before) > 1 and before[-1].islower()


def _is_other(name: str, segments: Sequence[Segment], holder: str | None) -> bool:
    """Whether `name` is an agency's or one of the site's sections."""
    return words_of("agency").search(name) is not None or is_section(segments, name, first_too=holder is not None)


def _is_glued_paper(name: Signature) -> bool:
    """Whether a name that is glued to a stamp is no person's, nor a place with what it lies in."""
    return name.glued and not name.person and "," not in name.text and _has_capitals(name.text)


def _has_capitals(name: str) -> bool:
    """Whether all but the small words of `name` begin with a capital, in scripts that have them."""
    return not any(word[0].islower() and len(word) > MAX_SMALL for word in name.split())


def _paper_above(segments: Sequence[Segment]) -> str | None:
    """Return the name of a paper, with its article, in a line of its own above the title."""
    title = next((i for i, s in enumerate(segments) if s.rule == "title/best"), 0)
    alone = (s for s in segments[:title] if not s.glued and all(cue.table == "head" for cue in s.cues))
    lines = (s.text for s in alone if could_name(s.text))
    return _first(text for text in lines if is_paper(text) and words_of("article").search(text))


def _is_in_other_letters(name: str, segments: Sequence[Segment]) -> bool:
    """Whether `name` is in Latin letters and most of what stands around the article in letters without any capitals.

    The notice of a site's rights may give its name in English, and the rest of the page in its own letters.
    """
    around = "".join(s.text[:MAX_LINE] for s in segments[:MOST_LINES] if not s.keep)
    return _LATIN.fullmatch(name) is not None and len(_OWN_LETTERS.findall(around)) > len(_LATIN_LETTER.findall(around))


def _first(names: Iterator[str]) -> str | None:
    return next(names, None)


def _name_at_end(segments: Sequence[Segment]) -> str | None:
    """Return the paper that a page names in its last line, alone or before a comma (`Harbour Post, issue 12`)."""
    last = segments[-1]
    name = PARTS.split(last.text.split(",")[0])[0].strip()
    named = could_name(name) and is_paper(name) and not any(word[0].islower() for word in name.split())
    told = any(not cue.row.startswith("imprint") for cue in last.cues)
    return name if named and not last.keep and not told else None


def _name_above_imprint(segments: Sequence[Segment]) -> str | None:
    """Return the line that stands alone right above an imprint, a company or a notice of rights, if it is a name."""
    for name, imprint in pairwise(segments):
        below = any(cue.row.startswith(("imprint", "copyright")) for cue in imprint.cues) or names_company(imprint.text)
        below = below and not imprint.keep
        alone = not (name.keep or name.glued or name.cues or name.text.endswith(("?", "？")))
        named = below and alone and could_name(name.text) and _has_capitals(name.text)
        if named and not any(rule.id in _BUTTONS for word in name.text.split() for rule, _ in labels_of(word)):
            return without_company(name.text)
    return None


def _name_of_forum(segments: Sequence[Segment]) -> str | None:
    """Return the page's first words, where a forum puts its name, if the article is a post."""
    posted = any(s.label == "byline" and (s.rule == "head/poster" or s.cue("lines/byline-thread")) for s in segments)
    name = segments[0].text
    return name if posted and not segments[0].cues and could_name(name) else None
