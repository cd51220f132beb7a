"""How a line begins and ends, and what figures and capitals it has: what its role shows in, whatever the language."""

import re
from functools import lru_cache
from typing import NamedTuple

import regex

from pipeline.lines.shape import asks, ends_sentence

_REMEMBERED = 4096
"""Lines: menus come again on every page of a site."""
_READ = 200
"""Code points of a line whose figures and words are looked at: in a longer one they tell little of its role."""
_MANY = 8
"""Code points a digit, from which few of them are digits."""

_GOES_ON = regex.compile(r"(?:…|\.\.\.|[→»›▸>])\s*$")
_PICTURE = regex.compile(r"[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001F000-\U0001FAFF]")
"""Arrows, dingbats and emoji."""
_CLOCK = regex.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?")
_COUNT = regex.compile(r"[^\p{L}\d]*\d[\d.,\s]*+[KkMm万萬千만천]?[^\p{L}\d]*")
_MONEY = regex.compile(r"\p{Sc}|\d\s?(?:USD|EUR|元|円|원|руб|kr|zł|Kč|lei|Ft)\b")
_PERCENT = regex.compile(r"\d\s?[%％]")
_UPPER = regex.compile(r"(?<![\p{L}'’])[\p{Lu}\p{Lt}]")
_LOWER = regex.compile(r"(?<![\p{L}'’])\p{Ll}")
_ASCII_UPPER = re.compile(r"(?<![A-Za-z'])[A-Z]")
_ASCII_LOWER = re.compile(r"(?<![A-Za-z'])[a-z]")
"""First letters of words; `re` takes half the time where there are no others than those of ASCII."""

_OPENINGS = {
    sign: name
    for name, signs in {
        "quote": "\"“‘「『«", "bracket": "([（【", "rights": "©℗", "hash": "#", "star": "*†‡", "at": "@",
    }.items()
    for sign in signs
}  # fmt: skip
_ENDINGS = {
    sign: name
    for name, signs in {"colon": ":：", "bracket": ")）]】", "quote": "\"”’」』»"}.items()
    for sign in signs
}  # fmt: skip


class Looks(NamedTuple):
    """What is seen of a line beside its shape and width."""

    ending: str
    opening: str
    figures: str
    capitals: str


@lru_cache(maxsize=_REMEMBERED)
def looks(text: str) -> Looks:
    """Return how `text`, a stripped line, looks.

    >>> looks("Read more →")
    Looks(ending='goes on', opening='upper', figures='none', capitals='first word')
    >>> looks("1,204")
    Looks(ending='digit', opening='digit', figures='count', capitals='none')
    """
    read = text[:_READ]
    return Looks(_ending(text), _opening(text[:1]), _figures(read), _capitals(read))


def _ending(text: str) -> str:
    last = text[-1:]
    if last.isalnum():
        return "digit" if last.isdigit() else "none"
    if asks(text):
        return "question"
    if last in ":：":
        return "colon"
    if _GOES_ON.search(text[-4:]):
        return "goes on"
    if ends_sentence(text):
        return "sentence"
    return _ENDINGS.get(last, "none")


def _opening(first: str) -> str:
    if first in _OPENINGS:
        return _OPENINGS[first]
    if _PICTURE.match(first):
        return "picture"
    if first.isdigit():
        return "digit"
    if first.isalpha():
        return "upper" if first.isupper() else "lower" if first.islower() else "letter"
    return "sign"


def _figures(text: str) -> str:
    digits = sum(map(str.isdigit, text))
    if not digits:
        return "none"
    if _CLOCK.fullmatch(text.strip("()[] ")):
        return "clock"
    if _COUNT.fullmatch(text):
        return "count"
    for name, pattern in (("money", _MONEY), ("percent", _PERCENT), ("holds a clock", _CLOCK)):
        if pattern.search(text):
            return name
    return "few" if digits * _MANY < len(text) else "many"


def _capitals(text: str) -> str:
    """Return which words have a capital, of those in letters that have two cases."""
    first_upper, first_lower = (_ASCII_UPPER, _ASCII_LOWER) if text.isascii() else (_UPPER, _LOWER)
    upper, lower = len(first_upper.findall(text)), len(first_lower.findall(text))
    if not upper:
        return "no word" if lower else "none"
    if text.isupper():
        return "every letter"
    if not lower:
        return "every word" if upper > 1 else "one word"
    return "most words" if upper > lower else "first word" if first_upper.search(text[:2]) else "few words"
