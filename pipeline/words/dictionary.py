"""A bilingual dictionary in the format of CC-CEDICT: looked up by word, entries parsed when they are asked for."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from pipeline.errors import SettingsError

UNDATED = "undated"
LICENCE = "CC BY-SA 4.0"
"""Of CC-CEDICT since 2018; the header of a file may name another one."""
MOST_CODE_POINTS = 20
"""No word is longer, only sayings are; whoever tries every piece of a text needs a bound."""

_LINE = re.compile(rb"^(?!#)([^ \r\n]++) ([^ \r\n]++) \[[^\]\r\n]*+\]\]? /[^/\r\n][^\r\n]*/\r?$", re.MULTILINE)
"""traditional simplified [pinyin] /sense/.../; the second edition of the format doubles the brackets."""
_SINGLE = re.compile(rb"\b(?:an?|one|each|every|another) ([a-z]+)(?: ([a-z]+))?")
_LEAST_USES = 30
_COUNTED, _UNCOUNTED = 0.15, 0.07
"""Shares, by a look at sixty nouns of news: risk 0.65, sample 0.27; water 0.07, health 0."""
_MOSTLY_COUNTED = 0.45
"""A share: tourist 0.63, device 0.48; burden 0.38, interest 0.36."""
_ENGLISH = re.compile(rb"[a-z]{2,}")
_DATE = re.compile(r"^#! *date=([0-9]{4}-[0-9]{2}-[0-9]{2})", re.MULTILINE)
_CREATIVE_COMMONS = re.compile(r"^#! *license=https?://creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)", re.MULTILINE)
_COUNTED_AT_ONCE = 2**18
_HEAD = 16_384
"""Code points in which the header must lie."""

_Starts = dict[bytes, list[int] | int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the dictionary; `senses` as they stand between the slashes, with all their notes."""

    traditional: str
    simplified: str
    pinyin: str
    senses: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Dictionary:
    """Entries by their simplified and traditional form. Two are equal only if they are one object.

    >>> words = Dictionary.parse("閉環 闭环 [bi4 huan2] /closed loop/", name="CC-CEDICT", sha256="", date="2026-05-20")
    >>> "闭环" in words, [entry.senses for entry in words.entries("閉環")], words.id
    (True, [('closed loop',)], 'cc-cedict@2026-05-20')
    """

    name: str
    date: str
    """ISO 8601 day, or `undated`."""
    licence: str
    sha256: str
    """Of the file it was read from, hexadecimal."""
    n_entries: int
    n_malformed: int
    """Lines that are neither an entry nor a comment."""
    longest: int
    """Code points of the longest word, at most MOST_CODE_POINTS."""
    # Bytes, since one rare character makes a string four times as large as its UTF-8.
    _lines: bytes = field(repr=False)
    _starts: _Starts = field(repr=False)
    """Where in `_lines` the entries of a word begin."""

    @classmethod
    def parse(cls, text: str, *, name: str, sha256: str, date: str | None = None) -> "Dictionary":
        """Return the dictionary in `text`, the content of a file without its byte order mark.

        The header's date counts before `date`. Raises SettingsError where no line is an entry.
        """
        head, lines = text[:_HEAD], text.encode("utf-8", "surrogatepass")
        del text  # 30 MB that the index need not lie beside, if the caller keeps no name for it either
        starts, n_entries, n_malformed = _index(lines)
        if not n_entries:
            raise SettingsError("not one line of it is an entry: 'traditional simplified [pinyin] /sense/.../'")
        found = _CREATIVE_COMMONS.search(head)
        return cls(
            name=name,
            date=header_date(head) or date or UNDATED,
            licence=f"CC {found[1].upper()} {found[2]}" if found else LICENCE,
            sha256=sha256,
            n_entries=n_entries,
            n_malformed=n_malformed,
            longest=min(_longest(starts), MOST_CODE_POINTS),
            _lines=lines,
            _starts=starts,
        )

    @property
    def id(self) -> str:
        """What names this dictionary in tables: its name in lower case and its date."""
        return f"{self.name.lower()}@{self.date}"

    def __contains__(self, term: str) -> bool:
        return _key(term) in self._starts

    def entries(self, term: str) -> tuple[Entry, ...]:
        """Return the entries whose simplified or traditional form is `term`, in the file's order."""
        starts = self._starts.get(_key(term), [])
        return tuple(self._entry(start) for start in ([starts] if isinstance(starts, int) else starts))

    def count(self, word: str) -> int:
        """Return how many times a lower-case English word stands in the senses: how common a word it is."""
        return _word_counts(self)[_key(word)]

    def is_countable(self, noun: str, plural: str) -> bool | None:
        """Return whether a lower-case English noun names what can be counted; None where the senses do not tell.

        What can be counted stands in the plural, or after `a` or `one`, often enough among its uses.
        """
        if noun == plural:
            return False
        counted, uses = self._counted(noun, plural), self.count(noun)
        if uses < _LEAST_USES:
            return True if counted else None
        return True if counted >= _COUNTED * uses else False if counted <= _UNCOUNTED * uses else None

    def is_mostly_counted(self, noun: str, plural: str) -> bool | None:
        """Return True if a lower-case English noun hardly ever stands alone, as names of people do not; else None.

        False of what has no plural of its own.
        """
        if noun == plural:
            return False
        return True if self._counted(noun, plural) >= _MOSTLY_COUNTED * max(self.count(noun), 1) else None

    def _counted(self, noun: str, plural: str) -> int:
        return 2 * self.count(plural) + _single_counts(self)[_key(noun)]

    def _entry(self, start: int) -> Entry:
        end = self._lines.find(b"\n", start)
        line = self._lines[start : end if end >= 0 else None].decode("utf-8", "surrogatepass").rstrip("\r")
        traditional, simplified, rest = line.split(" ", 2)
        pinyin, _, senses = rest.partition("] /")
        return Entry(traditional, simplified, pinyin.strip("[]"), tuple(filter(None, senses.split("/"))))


@cache
def _word_counts(dictionary: Dictionary) -> Counter[bytes]:
    counts: Counter[bytes] = Counter()
    at, end = 0, len(dictionary._lines)
    # A few lines at a time: a list of a million words is 50 MB, which the process would keep.
    while at < end:
        after = dictionary._lines.find(b"\n", at + _COUNTED_AT_ONCE) + 1 or end
        # Where a line has no sign of senses it has none: it is a comment.
        lines = dictionary._lines[at:after].split(b"\n")
        counts.update(_ENGLISH.findall(b"\n".join(line.partition(b"] /")[2] for line in lines)))
        at = after
    return counts


@cache
def _single_counts(dictionary: Dictionary) -> Counter[bytes]:
    """Return how often a word comes after `a` or `one`, at once or with a word between."""
    pairs = _SINGLE.findall(dictionary._lines)
    return Counter(word for pair in pairs for word in pair if word)


def header_date(text: str) -> str | None:
    """Return the ISO 8601 day that the header of a dictionary gives, None if it gives no real one.

    >>> header_date("#! date=2026-05-20T06:06:55Z"), header_date("#! date=2026-05-32")
    ('2026-05-20', None)
    """
    found = _DATE.search(text[:_HEAD])
    if found is None:
        return None
    try:
        return datetime.date.fromisoformat(found[1]).isoformat()
    except ValueError:  # no such day
        return None


def _key(term: str) -> bytes:
    # A half of a surrogate pair, which no file holds, is a word that is not there.
    return term.encode("utf-8", "surrogatepass")


def _index(lines: bytes) -> tuple[_Starts, int, int]:
    """Return where the entries of each word begin, how many entries there are, and how many malformed lines.

    A bare number stands for one entry, as almost every word has: 200,000 lists would weigh 12 MB.
    """
    starts: _Starts = {}
    seen, n_entries, n_malformed, end = starts.setdefault, 0, 0, 0
    for match in _LINE.finditer(lines):
        start = match.start()
        n_entries += 1
        n_malformed += _count_malformed(lines[end:start]) if start - end > 1 else 0
        end = match.end()
        traditional, simplified = match.groups()
        for form in (traditional,) if traditional == simplified else (traditional, simplified):
            first = seen(form, start)
            if isinstance(first, list):
                first.append(start)
            elif first != start:
                starts[form] = [first, start]
    return starts, n_entries, n_malformed + _count_malformed(lines[end:])


def _count_malformed(between: bytes) -> int:
    return sum(1 for line in between.split(b"\n") if line.strip() and not line.startswith(b"#"))


def _longest(words: Iterable[bytes]) -> int:
    longest = 0
    for word in words:
        if len(word) > longest:  # in bytes, which are never fewer than code points
            longest = max(longest, len(word.decode("utf-8", "surrogatepass")))
    return longest
