"""Whether a line of Han and kana is Chinese with Japanese words in it, or Japanese.

Kana alone do not tell: names, quoted titles and leftovers of a translation stand in Chinese text. Japanese prose
has about as many kana as Han, but a headline has two or three; there the particles tell, or else Chinese words.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import regex

from pipeline.languages.japanese import strangers
from pipeline.rules import PatternRule, load_rules

HanLanguage = Literal["zh", "ja"]
_Marked = Literal["zh", "ja", "yue"]

_PROSE = 0.4
"""Share of kana in Han and kana that Japanese prose reaches, and Chinese with a few Japanese words does not."""
_LEAD = 2
"""Marks of Chinese for each of Japanese that make a line Chinese: kana were put there by somebody."""
_LEAST = 2
"""Marks of Chinese without which a line may be Japanese with an old form in a name (慶應)."""
_LEAST_CANTONESE = 0.06
"""Share of marks in the letters of a text: Cantonese prose has one in eight, Chinese that quotes a speaker fewer."""


def han_language(text: str, letters: Mapping[str, int]) -> HanLanguage | None:
    """Return what `text` of Han and kana is written in, None where it may be either; `letters` are its counts.

    >>> from pipeline.languages.script import count_letters
    >>> lines = ("石階つるつる很危險，我們走了半小時", "首相、来月訪米へ", "鮮の味")
    >>> [han_language(line, count_letters(line)) for line in lines]
    ['zh', 'ja', None]
    """
    kana = letters.get("Hira", 0) + letters.get("Kana", 0)
    han = letters.get("Hani", 0)
    if not kana:
        return None
    if not han:
        return "ja"
    chinese = chinese_marks(text)
    is_prose = kana >= _PROSE * (kana + han)
    if not chinese:
        return "ja" if is_prose or _count(text, "ja") else None
    japanese = _count(text, "ja")
    if chinese >= _LEAD * japanese and not (is_prose and japanese):
        return "zh" if chinese >= _LEAST and not is_prose else None
    return "ja" if is_prose or japanese > chinese else None


def is_cantonese(text: str, letters: int) -> bool:
    """Return whether a text of so many Han letters is written Cantonese, and does not just quote some.

    >>> is_cantonese("佢哋話唔知道呢件事", 9), is_cantonese("他們說不知道這件事", 9)
    (True, False)
    """
    found = _count(text, "yue")
    return found >= _LEAST and found >= _LEAST_CANTONESE * letters


def chinese_marks(text: str) -> int:
    """Return how many words and letters of `text` are Chinese and not Japanese.

    >>> chinese_marks("双减三年，谁在松绑"), chinese_marks("東京都知事選挙")
    (4, 0)
    """
    return len(strangers().findall(text)) + _count(text, "zh")


def _count(text: str, language: _Marked) -> int:
    return sum(1 for _ in _marks(language).finditer(text))


@cache
def _marks(language: _Marked) -> regex.Pattern[str]:
    rows = (rule for rule in load_rules("han_marks", PatternRule) if rule.id.startswith(f"han_marks/{language}-"))
    return regex.compile("|".join(rule.pattern.pattern for rule in rows))
