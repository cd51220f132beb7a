"""What a line looks like, whatever its language: prose, a title, a list item, or a scrap."""

import unicodedata
from functools import lru_cache
from typing import Literal

import regex

from pipeline.lines.full_stops import FULL_STOPS, OTHER_STOPS

Shape = Literal["prose", "title", "bullet", "ordinal", "scrap"]

MIN_PROSE = 25
"""Columns from which a line with a full stop is a paragraph rather than a fragment of furniture."""

MIN_WIDE_PROSE = 14
"""The same for text in wide characters, which say more in less."""

LONG_PROSE = 160
"""Columns from which a line is a paragraph whatever it ends with (it may have been cut off)."""

_HAN_NUMBER = "(?:[一二三四五六七八九十]{1,3}|[壹貳贰參叁肆伍陸陆柒捌玖拾])"

BULLET = regex.compile(
    r"^([•·▪▫‣◦●○■□◆◇►▸➢➤✓✔❖*+‧∙・−–—-])[ \t\u00a0\u3000]+(?=\S)"
    r"|^([•▪‣◦●■◆►▸➤])(?=\S)"
    r"|^([・·])(?=[\p{Han}\p{Hiragana}\p{Katakana}])"
)
ORDINAL = regex.compile(
    r"^(?:[(（]?(\d{1,3})[.)）．]|[(（](\d{1,3}|[a-z])[)）]|(\d{1,3})、)[ \t\u00a0\u3000]*(?=[^\d\s])"
    r"|^(\d{1,2})[ \u00a0][-–—][ \u00a0](?=\p{L})"
    r"|^[a-h][.)][ \t\u00a0]+(?=\S)"
    r"|^[①-⑳][ \t\u3000]*(?=\S)"
    rf"|^(?:{_HAN_NUMBER}[、．.]|[(（]{_HAN_NUMBER}[)）])\s*(?=\S)"
)
_MAY_BE_WIDE = regex.compile(r"[\u1100-\U0010FFFF]")
_REMEMBERED = 4096
"""Lines: those of a page, which is asked about them more than once."""
# Magazines set a sign behind the last sentence of all.
_STOP = regex.compile(
    rf"(?:[{FULL_STOPS}؟…:：;；])(?:[ \u00a0\u202f]?[\"'”’“»«」』)）\]】*_]){{0,3}}(?:\s?[■□◆◇♦●◼◾▪∎⬛])?$"
)
# A question that someone in the sentence asks: the sentence is over, and it is no title.
_QUOTED = regex.compile(r"\S.{20,}[\"“「‘'«].*[?？!！][\"”’」』»]$")
_ASKS = regex.compile(r"[?？!！]+(?:[ \u00a0\u202f]?[\"'”’“»«」』)）\]】*_]){0,3}$")
_QUESTION = regex.compile(r"[?？؟](?:[ \u00a0\u202f]?[\"'”’“»«」』)）\]】*_]){0,3}$")
_LETTER = regex.compile(r"\p{L}")
_SAYS = regex.compile(r"[\p{L}\p{N}\p{So}\p{Sc}]")
# Thai and Lao have full stops behind abbreviations alone.
_INNER_STOP = regex.compile(
    r"\.(?<=[\p{L}\d)”\"]{2}\.)(?<![\p{Thai}\p{Lao}]\.)[\"”’]?\s+[\"“‘(（]?[\p{Lu}\p{Lo}\d]|。[\"”’」』]?(?=.)"
    rf"|[{OTHER_STOPS}]\s"
)


@lru_cache(maxsize=_REMEMBERED)
def width(text: str) -> int:
    """Return the columns that `text` takes: two for a wide character (Han, kana, Hangul), one for others.

    Only the first 2,000 code points count: more makes no difference to any rule.

    >>> width("ab"), width("汉字")
    (2, 4)
    """
    head = text[:2000]
    if head.isascii():
        return len(head)
    return len(head) + sum(unicodedata.east_asian_width(c) in "WF" for c in _MAY_BE_WIDE.findall(head))


@lru_cache(maxsize=_REMEMBERED)
def shape(text: str) -> Shape:
    """Return what `text`, a stripped line, looks like.

    >>> shape("It rained all day, and nobody came."), shape("Will It Rain?"), shape("• Rain"), shape("* * *")
    ('prose', 'title', 'bullet', 'scrap')
    """
    if BULLET.match(text):
        return "bullet" if _SAYS.search(text) else "scrap"  # * * *
    if ORDINAL.match(text):
        return "ordinal"
    if not _LETTER.search(text):
        return "scrap"
    columns = width(text)
    least = MIN_PROSE if columns < 1.5 * len(text) else MIN_WIDE_PROSE
    if columns >= LONG_PROSE or (columns >= least and _STOP.search(text[-8:])):
        return "prose"
    if _QUOTED.fullmatch(text):
        return "prose"
    if columns >= 2 * MIN_PROSE and _INNER_STOP.search(text):
        return "prose"
    return "scrap" if columns <= 2 else "title"


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, a question or an exclamation included."""
    if text[-1:].isalnum():
        return False  # most lines of furniture
    return bool(_STOP.search(text[-8:]) or _ASKS.search(text[-8:]))


def asks(text: str) -> bool:
    """Whether `text` ends in a question mark."""
    return bool(_QUESTION.search(text[-8:]))
