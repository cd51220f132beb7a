"""What a page is written in as a whole, and which of its paragraphs are not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from pipeline.document import Document, Segment
from pipeline.fragments.foreign import script_of
from pipeline.fragments.place import Host
from pipeline.languages.chinese import Variant, variant
from pipeline.languages.everyday import WORD, everyday, own_words
from pipeline.languages.language_tag import primary
from pipeline.languages.script import DENSE, NO_LETTERS

_MOST_FOREIGN = 0.2
"""Share of the kept text in other languages above which a page is bilingual, not leaky."""
_LEAST_LINES = 6
"""Lines of furniture that say what a site is written in."""
_LEAST_SCORE = 0.8
_LEAST_WORDS = 8
_LEAST_HAN = 12
_MOST_OWN = 0.1
"""Share of everyday words of the page's own language that a paragraph in another one may hold."""
SIDES: Mapping[str, Variant] = {"zh-Hans": "Hans", "zh-Hant": "Hant"}
"""The variant that a language tag names."""
_HAN_A_WORD = 2
"""Letters of Chinese or Japanese that make a word: `WORD` takes all up to the next mark for one."""
_CHINESE = {"yue", "zh"}
"""A page in standard Chinese quotes what people say as they say it."""
_HAN_WEIGHT = 3
"""A letter of Chinese, Japanese or Korean says as much as three of an alphabet."""

_HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_SENTENCE_END = regex.compile(r"[.!?…。！？]['\"”’」』»)）]{0,2}\s*$")
_QUOTED = regex.compile(r"\s*[“\"„«「『>]")
_WORD = regex.compile(r"\p{L}+")
_WITHOUT_STOPS = ("Thai", "Laoo", "Khmr", "Mymr")
"""Scripts whose sentences end with a space."""
_LEAST_WITHOUT_STOP = 40
_GARBLED = regex.compile(r"[\u0080-\u009f¡-©«-¹»-¿×÷]")
_MOST_GARBLED = 0.05


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """What is known of a page as a whole."""

    home: str
    """The language of nearly all its kept text; `und` where there is none, and on a bilingual page."""
    side: Variant | None
    """The variant of its Chinese paragraphs."""


def page_language(doc: Document, hosts: Sequence[Host], *, leaks: bool = False) -> PageLanguage:
    """Return what `doc` is written in; `hosts` are its segments' own languages, in order.

    A page that `leaks` may hold twice as much in other languages.
    """
    # Counting looks at identity first, and a page's hosts are few: ordinary pages end here.
    if hosts and hosts.count(hosts[0]) == len(hosts) and any(segment.keep for segment in doc.segments):
        only = hosts[0].language
        return PageLanguage("und" if only == "zxx" else only, SIDES.get(only))
    pairs = zip(doc.segments, hosts, strict=True)
    # A stretch of text without a label is as good a witness as the body for what the page is written in.
    witnesses = [(segment, host) for segment, host in pairs if segment.keep or segment.label == "other"]
    return PageLanguage(_home(witnesses, 2 * _MOST_FOREIGN if leaks else _MOST_FOREIGN), _side(witnesses))


def page_variant(doc: Document) -> Variant | None:
    """Return the variant that all of a page's Chinese is in, for runs that do not tell theirs."""
    return variant("".join(segment.text for segment in doc.segments if not segment.text.isascii()))


def site_script(doc: Document) -> str:
    """Return the script that most of a page's furniture is in; `Zyyy` where it is its body's own, or Latin."""
    scripts = (segment.script for segment in doc.segments if not segment.keep and segment.script != NO_LETTERS)
    # A run's letters are Han, in whichever way its page writes Chinese.
    lines = Counter("Hani" if script in SIDES.values() else script for script in scripts)
    if not lines:
        return NO_LETTERS
    most, number = max(sorted(lines.items()), key=lambda item: item[1])
    is_told = number >= _LEAST_LINES and 2 * number > lines.total() and most != script_of(doc.language, NO_LETTERS)
    return most if is_told and most != "Latn" else NO_LETTERS


def is_left_whole(doc: Document, ordinal: int, hosts: Sequence[Host], home: str) -> bool:
    """Return whether a kept segment is a paragraph left in another language than the page's, `home`.

    It stands alone among paragraphs of the page's language. Two in a row are somebody's comment or a second
    edition of the text; one between labels and links is a blurb or a review.
    """
    segment, host = doc.segments[ordinal], hosts[ordinal]
    if not segment.keep or "und" in (home, host.language) or host.language == "zxx" or host.language == home:
        return False
    if (
        primary(host.language) == primary(home)
        or {host.language, primary(home)} == _CHINESE
        or not is_prose(segment)
        or segment.language_score < _LEAST_SCORE
    ):
        return False
    if has_own_words(segment.text, home, host.language) or is_garbled(segment.text):
        return False
    beside = [at for at in (ordinal - 1, ordinal + 1) if 0 <= at < len(hosts)]
    if any(hosts[at].language == host.language and doc.segments[at].keep for at in beside):
        return False
    return any(doc.segments[at].keep and hosts[at].language == home and is_prose(doc.segments[at]) for at in beside)


def is_prose(segment: Segment) -> bool:
    """Return whether a segment is running text: no heading, name, label or quotation."""
    if segment.label == "heading" or is_quoted(segment.text):
        return False
    if segment.script in _WITHOUT_STOPS:
        return len(segment.text) >= _LEAST_WITHOUT_STOP
    if not _SENTENCE_END.search(segment.text[-8:]):
        return False
    return len(_HAN.findall(segment.text)) >= _LEAST_HAN or len(_WORD.findall(segment.text)) >= _LEAST_WORDS


def is_quoted(text: str) -> bool:
    """Return whether a paragraph begins as a quotation."""
    return _QUOTED.match(text) is not None


def is_garbled(text: str) -> bool:
    """Return whether a paragraph holds too many marks of a wrong encoding for a language.

    >>> is_garbled("Ð³Ñ€Ð°Ð½"), is_garbled("где граница?")
    (True, False)
    """
    return len(_GARBLED.findall(text)) > _MOST_GARBLED * len(text)


def has_own_words(text: str, home: str, guest: str) -> bool:
    """Return whether a paragraph holds too many everyday words of the page's language, `home`, for `guest`'s."""
    words = [word.casefold() for word in WORD.findall(text)]
    own = everyday(primary(home)).own
    most = max(sum(word in own for word in words), everyday(primary(guest)).languages(words)[primary(home)])
    return bool(own_words(primary(home))) and most > _MOST_OWN * max(len(words), len(_HAN.findall(text)) / _HAN_A_WORD)


def _home(witnesses: Sequence[tuple[Segment, Host]], most: float) -> str:
    letters: Counter[str] = Counter()
    segments: Counter[str] = Counter()
    for segment, host in witnesses:
        if host.language not in ("und", "zxx"):
            letters[host.language] += len(segment.text) * (_HAN_WEIGHT if host.script in DENSE else 1)
            segments[primary(host.language)] += segment.label != "heading"
    if not letters:
        return "und"
    home = max(sorted(letters.items()), key=lambda item: item[1])[0]
    foreign = sum(number for language, number in letters.items() if primary(language) != primary(home))
    others = segments.total() - segments[primary(home)]
    is_bilingual = foreign > most * letters.total() and others >= max(2, most * segments.total())
    return "und" if is_bilingual or 2 * foreign > letters.total() else home


def _side(witnesses: Sequence[tuple[Segment, Host]]) -> Variant | None:
    letters: Counter[Variant] = Counter()
    for segment, host in witnesses:
        if host.language in SIDES:
            letters[SIDES[host.language]] += len(segment.text)
    return max(sorted(letters), key=letters.__getitem__, default=None)
