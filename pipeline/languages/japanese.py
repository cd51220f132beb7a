"""Han writing: what only Japanese writes that way, and what Japanese cannot have written.

The national character sets know: what JIS has and neither GB 2312 nor Big5 is Japanese (経, 鉄, 込); what
simplified Chinese writes and JIS lacks is a stranger in Japanese text (户, 习, 简).
"""

import re
from collections.abc import Iterator
from functools import cache

import regex

from pipeline.languages.chinese import reformed_in_japan
from pipeline.languages.script import Run
from pipeline.rules import PatternRule, load_rules

_FIRST, _AFTER = 0x3400, 0xA000
_LEVEL_TWO = b"\x98\x9f"
"""Where the second level of JIS X 0208 begins in Shift-JIS."""
_HAN_RUN = regex.compile(r"\p{Han}+")


def is_japanese(text: str) -> bool:
    """Return whether Han letters tell that `text` is Japanese; False where it may be Chinese as well.

    >>> [is_japanese(text) for text in ("経済", "株式会社", "三体", "经济")]
    [True, True, False, False]
    """
    if not _only_japanese().isdisjoint(text):
        return True
    return any(rule.pattern.search(text) for rule in _words("ja"))


def is_simplified(text: str) -> bool:
    """Return whether simplified Chinese has all letters of `text`.

    >>> is_simplified("科学"), is_simplified("科擧")
    (True, False)
    """
    return all(letter < "㐀" or letter >= "ꀀ" or letter in _simplified() for letter in text)


def may_hold_chinese(text: str) -> bool:
    """Return, at a glance, whether a Japanese `text` may hold Chinese words."""
    return bool(_not_in_japanese().search(text)) or any(rule.pattern.search(text) for rule in _words("zh"))


def chinese_runs(text: str) -> Iterator[Run]:
    """Yield the Han runs of a Japanese `text` that are Chinese by their letters, or words of Chinese only.

    >>> text = "登録した用户の七割"
    >>> [text[run.start:run.end] for run in chinese_runs(text)]
    ['用户']
    """
    if not may_hold_chinese(text):
        return
    for found in _HAN_RUN.finditer(text):
        word = found.group()
        if _not_in_japanese().search(word) or any(rule.pattern.fullmatch(word) for rule in _words("zh")):
            yield Run(found.start(), found.end(), "Hani")


@cache
def strangers() -> re.Pattern[str]:
    """Return a pattern of the Han letters that Chinese, simplified or traditional, writes and modern Japanese does not.

    >>> strangers().findall("这她說語国")
    ['这', '她', '說']
    """
    letters = "".join(sorted((_han_in("gb2312") | _han_in("big5")) - _common_japanese()))
    pairs = zip(letters, reformed_in_japan(letters), strict=True)
    japanese = _han_in("shift_jis")
    return re.compile(f"[{''.join(old for old, new in pairs if old != new or old not in japanese)}]")


@cache
def uncommon() -> re.Pattern[str]:
    """Return a pattern of the letters of simplified Chinese that Japanese hardly ever writes.

    >>> uncommon().findall("儿童半价")
    ['儿', '价']
    """
    return re.compile(f"[{''.join(sorted(_han_in('gb2312') - _common_japanese()))}]")


def _words(language: str) -> Iterator[PatternRule]:
    return (rule for rule in load_rules("han_words", PatternRule) if rule.id.startswith(f"han_words/{language}"))


@cache
def _only_japanese() -> frozenset[str]:
    # The second level of JIS holds rare and old forms, which Korean and traditional Chinese have as well.
    return _common_japanese() - _han_in("gb2312") - _han_in("big5")


@cache
def _not_in_japanese() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_han_in('gb2312') - _han_in('shift_jis')))}]")


@cache
def _simplified() -> frozenset[str]:
    return _han_in("gb2312")


def _common_japanese() -> frozenset[str]:
    """Return the common letters of Japanese: JIS level one."""
    return frozenset(letter for letter in _han_in("shift_jis") if letter.encode("shift_jis") < _LEVEL_TWO)


def _han_in(encoding: str) -> frozenset[str]:
    """Return the Han letters that a national character set has."""
    letters = "".join(map(chr, range(_FIRST, _AFTER)))
    return frozenset(letters.encode(encoding, "ignore").decode(encoding))
