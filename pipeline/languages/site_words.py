"""Which short lines without a language of their own hold words of the site: days, counters, names of its sections."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import regex

from pipeline.document import SITE_LABELS, Segment
from pipeline.lines.stamps import age_at_end, day_alone, find_dates, fold

_QUOTING = frozenset({"title", "related_title", "related_summary", "summary", "caption", "footnote"})
"""Labels of text that somebody wrote: its numbers count nothing of the site's."""
_PART = regex.compile(r"[,，|·•\t\u3000]\s*|\s{2,}")
_COUNTER = regex.compile(
    r"(?:(?P<before>[^\d()\[\]%]{1,30}?)(?:\s|:\s?|(?=[(\[])))?"
    r"(?P<bracket>[(\[]?)(?P<number>\d{1,3}(?:[.,\u00a0]\d{3})?)[)\].]?"
    r"(?:\s(?P<after>[^\d()\[\]%]{1,30}))?"
)
_STEP = regex.compile(r"\s*[›»>|/·•]\s*")
_WORD = regex.compile(r"\p{L}[\p{Ll}\p{Lo}]{2}")
_MOST = 60
"""Code points of a line that is a word and a stamp or number."""


def stamp_languages(text: str) -> tuple[str, ...]:
    """Return the languages of the words in the days and ages that `text` holds beside a name, none where it has none.

    >>> stamp_languages("Gerrit-Jan, 12 mei 08:13"), stamp_languages("Harbour Post 2026-03-04")
    (('id', 'nl', 'ms'), ())
    """
    if len(text) > _MOST:
        return ()
    age = age_at_end(text)
    found = [(text[one.start : one.end], one) for one in (*find_dates(text), *([age] if age else []))]
    found += [(part, day) for part in _PART.split(text) if (day := day_alone(part))]
    return next((one.languages for said, one in found if one.languages and any(map(str.isalpha, said))), ())


def counters(segments: Sequence[Segment]) -> frozenset[str]:
    """Return the lines that are a word with a number, where the word has other numbers too or the number brackets.

    A name has one number, if any: `Page 4`, `Page 7` and `Like (3)` are the site's own words.
    """
    numbers: Mapping[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    sure: set[str] = set()
    for segment in segments:
        text = segment.text.strip()
        if segment.keep or segment.label in _QUOTING or len(text) > _MOST:
            continue
        counter = _COUNTER.fullmatch(text)
        counted = (counter["after"] or counter["before"] or "") if counter else ""
        if counter is None or not _WORD.search(counted):
            continue
        numbers[fold(counted)][counter["number"]].add(segment.text)
        if counter["bracket"]:
            sure.add(segment.text)
    several = (texts for of in numbers.values() if len(of) > 1 for texts in of.values())
    return frozenset(sure.union(*several))


def sections(segments: Sequence[Segment], least: float) -> dict[str, str]:
    """Return the languages of the entries of a site's menus, which cards of other articles name as their section.

    An entry whose language has a score below `least` is as soon the name of a site, unless it shares its line with
    another one in that language.
    """
    entries = [s for s in segments if s.label in SITE_LABELS and s.language not in ("und", "zxx")]
    sure = {(s.line, s.language) for s in entries if s.language_score >= least}
    found: dict[str, str] = {}
    for segment in entries:
        if (segment.line, segment.language) in sure:
            for entry in (segment.text, *_STEP.split(segment.text)):
                if any(map(str.isalpha, entry)):
                    found.setdefault(fold(entry), segment.language)
    return found
