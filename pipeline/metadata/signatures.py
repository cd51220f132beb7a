"""The names that stand in the bylines of an article: persons, and the papers they write for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import regex

from pipeline.document import Cue, Segment
from pipeline.lines.day_and_clock import before_weekday, is_clock
from pipeline.lines.glue_borders import borders
from pipeline.lines.shape import shape, width
from pipeline.lines.stamps import SEPARATORS, find_dates, labels_of
from pipeline.metadata.paper_names import is_paper
from pipeline.metadata.statements import BETWEEN
from pipeline.page.article import is_name
from pipeline.rules import PatternRule, load_rules

MAX_NAME = 60
"""Columns of a name; longer lines are sentences."""

MAX_AUTHORS = 5
MIN_GLUED = 3
"""Persons who sign one text, and borders in a word from which it is a menu that lost its blanks."""

PARTS = regex.compile(r"(?<!\s)(?:\s*+[|｜丨•／]\s*|\s++[-–—/·∙]\s+)")
_NO_NAME = regex.compile(r"[\[:：【】]|\d{4}|\d[/.:h]\d|^[^\s.]+\.$")
"""Marks of fields, years, days, and the place that a report is from."""

PAIR = 2
_MARKS = regex.compile(r"\s?[|;]\s?")
"""Parts of a line with a name and a place, and what stands between them."""

_SMALL_WORD = regex.compile(r"\p{Ll}{1,12}\s(?P<name>\p{Lu}.*)")
_CASELESS = regex.compile(r"(?:(?![\p{Latin}\p{Cyrillic}\p{Greek}\p{Han}\p{Thai}])[\p{L}\p{M}.'’-]){2,15}")
"""A word in letters that know no capitals, and that stand apart."""

_FOREIGN_NAME = regex.compile(r"[\p{Han}\p{Katakana}ー]{1,8}(?:[·・][\p{Han}\p{Katakana}ー]{1,8}){1,2}")


_UNSPACED_NAME = regex.compile(r"\p{Han}{1,3}[\p{Hiragana}\p{Katakana}]{1,4}")
"""A name as it may stand behind a word for `by`; elsewhere it could be any word."""


_JAPANESE_NAME = regex.compile(r"\p{Han}{1,3}[ \u3000][\p{Han}\p{Hiragana}\p{Katakana}]{1,5}")


@dataclass(frozen=True, slots=True)
class Signature:
    """A name in a byline."""

    text: str
    person: str | None
    """The full name in it, without words for a role; None where it is none or has a word of papers' names."""
    glued: bool


def read_signatures(bylines: Sequence[Segment]) -> list[Signature]:
    """Return the names in `bylines` that no rule has read as something else, from top to bottom."""
    bylines = _without_players(bylines)
    return [
        Signature(part, _in_signature(part, segment), segment.glued) for segment in bylines for part in _names(segment)
    ]


def _without_players(bylines: Sequence[Segment]) -> list[Segment]:
    """Return `bylines` without the button that stands glued before minutes and seconds: `Listen7:12`."""
    played = {s.line for s in bylines if s.glued and s.cue("dates/any") and is_clock(s.text, 0, len(s.text))}
    days = {s.line for s in bylines if s.cue("dates", "days") and not is_clock(s.text, 0, len(s.text))}
    return [s for s in bylines if s.line not in played - days or is_full_name(s.text) or s.cues]


def _in_signature(signed: str, segment: Segment) -> str | None:
    """Return the person who signed as `signed`, without what may stand before a name."""
    if segment.rule == "head/followed":
        return signed
    part = words_of("by").sub("", signed)
    parts = [name.strip() for name in words_of("and").split(part)]
    several = [name for i, name in enumerate(parts) if i == 0 or not words_of("place").search(name)]
    if len(parts) > 1 and all(is_full_name(name) and not is_paper(name) for name in several):
        return BETWEEN.join(several)
    if is_name_and_paper(part):
        return parts[0]
    if is_name_and_source(part):
        return _MARKS.split(part)[0]
    if is_paper(part) or words_of("article").search(part):
        return None
    if len(parts) > 1 and _is_place_behind(part, parts):
        return parts[0]
    if (small := _SMALL_WORD.fullmatch(part)) and is_name(small["name"]):
        return small["name"]
    if words_of("newsroom").search(part) or words_of("no-person").search(part):
        return None
    if is_full_name(part) or is_signed(signed):
        return part
    cue = segment.cue("head/name-after-role")
    return cue.value if cue and cue.value and part.endswith(cue.value) else None


def _is_place_behind(part: str, parts: Sequence[str]) -> bool:
    """Whether `part` is a full name and, behind a comma, one word: where its bearer reports from.

    >>> _is_place_behind("Jane Doe, Skarvik", ["Jane Doe", "Skarvik"])
    True
    """
    name, place = parts[0], parts[-1]
    return part == f"{name}, {place}" and is_full_name(name) and " " not in place and place[:1].isupper()


def is_signed(text: str) -> bool:
    """Whether `text` is a person's name behind a word for `by`.

    >>> is_signed("Por Jane Doe"), is_signed("Por Navidad"), is_signed("Jane Doe")
    (True, False, False)
    """
    name = words_of("by").sub("", text)
    return name != text and (is_full_name(name) or _UNSPACED_NAME.fullmatch(name) is not None)


def _names(segment: Segment) -> Iterator[str]:
    if width(segment.text) > 2 * MAX_NAME:
        return
    if segment.cues and all(cue.table == "dates" for cue in segment.cues):
        yield from _beside_days(segment.text)
    # A name may have a word in it that opens boxes.
    if any(cue.table not in ("head", "openers") and not signs(cue) for cue in segment.cues):
        return
    parts = PARTS.split(_bare(segment.text))
    # What a rule has read as the author comes first, and the paper behind it.
    signed = any(signs(cue) for cue in segment.cues)
    for part in parts[signed:]:
        name = words_of("role-at").sub("", words_of("behind").sub("", part.strip(SEPARATORS)))
        name = name.strip(SEPARATORS + "()（）")
        if could_name(name):
            yield name


def _bare(text: str) -> str:
    """Return the name that `text` begins with where brackets behind it say what its bearer did, else `text`.

    >>> _bare("Jane Doe (text), Li Lei (photos)"), _bare("Jane Doe (BNA)")
    ('Jane Doe', 'Jane Doe (BNA)')
    """
    name, bracket, rest = text.partition(" (")
    several = bracket and rest.find(")") + 1 < len(rest)
    return name if several and (is_full_name(name) or is_signed(name)) else text


def _beside_days(text: str) -> Iterator[str]:
    """Yield the persons who are named before and behind the days in `text`.

    >>> list(_beside_days("Jane Doe May 18, 2026")), list(_beside_days("Sunday May 18, 2026"))
    (['Jane Doe'], [])
    """
    days = find_dates(text)
    cuts = [0, *(place for day in days for place in (day.start, day.end)), len(text)]
    for i, j in zip(cuts[::2], cuts[1::2], strict=True):
        name = text[i:j].strip(SEPARATORS)
        # Where words are not parted, what stands at a day may be the label for it.
        if " " in name and could_name(name) and (is_full_name(name) or is_signed(name)):
            yield name


@lru_cache(maxsize=4096)
def could_name(text: str) -> bool:
    """Whether `text` could be a name: short, no sentence, field, role or button, more than a bar."""
    if not text or width(text) > MAX_NAME or shape(text) != "title" or _NO_NAME.search(text):
        return False
    if any(len(borders(word)) >= MIN_GLUED for word in text.split()):
        return False
    # No weekday has more words.
    weekday = len(text.split()) <= PAIR and before_weekday(f"- {text}", len(text) + 2) <= len("- ")
    return not (weekday or words_of("role").search(text) or all(labels_of(word) for word in _words(text)))


def _words(text: str) -> Iterator[str]:
    """Yield the words of `text`, those that are glued together one by one."""
    for word in text.split():
        cuts = [0, *borders(word), len(word)]
        yield from (word[i:j] for i, j in pairwise(cuts))


def signs(cue: Cue) -> bool:
    """Whether `cue` has read, by its words, who wrote the article."""
    return bool(cue.value) and (cue.row.startswith("byline-") or cue.rule == "field/author")


def signs_in_one_word(segment: Segment) -> bool:
    """Whether all that `segment` says of who wrote is one word with a capital, as a menu has it: `By Industry`."""
    values = [cue.value for cue in segment.cues if signs(cue) and cue.value]
    return bool(values) and all(" " not in value and value[:1].isupper() for value in values)


def are_full_names(text: str) -> bool:
    """Whether `text` is the full names of two or more persons, and no words of papers' names.

    >>> are_full_names("Jane Doe, Li Lei"), are_full_names("Jane Doe and Ann Roe"), are_full_names("Jane Doe")
    (True, True, False)
    """
    names = [part.strip() for part in words_of("and").split(text)]
    if not 1 < len(names) <= MAX_AUTHORS or is_paper(text) or any(labels_of(word) for word in text.split()):
        return False
    return all(" " in name and is_full_name(name) and not words_of("article").search(name) for name in names)


def is_name_and_paper(text: str) -> bool:
    """Whether `text` is a full name and, behind a comma, the paper that its bearer writes for.

    >>> is_name_and_paper("Jane Doe, Harbour Post"), is_name_and_paper("Harbour Post, Jane Doe")
    (True, False)
    """
    name, comma, paper = text.partition(", ")
    return bool(comma) and is_full_name(name) and " " in name and not is_paper(name) and is_paper(paper)


def is_name_and_source(text: str) -> bool:
    """Whether `text` is a full name and, behind a bar or a semicolon, where its bearer is or for whom he writes.

    >>> is_name_and_source("Jane Doe | Skarvik"), is_name_and_source("Jane Doe;BNA"), is_name_and_source("News | Sport")
    (True, True, False)
    """
    parts = _MARKS.split(text)
    if len(parts) != PAIR or " " not in parts[0] or not is_full_name(parts[0]) or is_paper(parts[0]):
        return False
    return parts[1][:1].isupper() and len(parts[1].split()) <= PAIR and not any(map(labels_of, text.split()))


@lru_cache(maxsize=16_384)
def is_full_name(text: str) -> bool:
    """Whether `text` could be a person's full name, in the forms of China and Japan too."""
    return is_name(text) or any(form.fullmatch(text) for form in (_FOREIGN_NAME, _JAPANESE_NAME))


def first_signature(names: Sequence[Signature], publisher: str | None) -> str | None:
    """Return the first of `names` that could be a person and is not the `publisher`, else an agency."""
    others = [n for n in names if n.text != publisher]
    persons = [n.person for n in others if n.person]
    # The words for an author's portrait end with the name that stands below it.
    person = next((p for p in persons if persons and persons[0].endswith(f" {p}")), persons[0] if persons else None)
    person = person or _in_caseless_letters(others, publisher)
    return person or next((n.text for n in others if words_of("agency").search(n.text)), None)


def _in_caseless_letters(names: Sequence[Signature], publisher: str | None) -> str | None:
    """Return the first of `names` of two or three words without capitals, if the `publisher` is known beside it."""
    if publisher is None:
        return None
    bare = (words_of("by").sub("", n.text) for n in names)
    return next((name for name in bare if could_name_person(name)), None)


def could_name_person(text: str) -> bool:
    """Whether `text` is two or three words in letters that know no capitals, none of them a word of papers' names."""
    words = text.split()
    named = 2 <= len(words) <= 3 and all(map(_CASELESS.fullmatch, words))
    return named and not is_paper(text) and not words_of("newsroom").search(text)


@cache
def words_of(row: str) -> regex.Pattern[str]:
    """Return the pattern of a `row` of signatures.toml."""
    return next(rule.pattern for rule in load_rules("signatures", PatternRule) if rule.id == f"signatures/{row}")
