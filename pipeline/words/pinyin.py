"""Hanyu Pinyin: whether a few letters are how Chinese words are said, not what they mean."""

import unicodedata
from functools import cache

import regex

_INITIALS = ("b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s")
_FINALS = {
    "bpm": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "dt": "a e ai ei ao ou an en ang eng ong i ie iao iu ian ing u uo ui uan un",
    "nl": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü üe v",
    "gkh": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "jqx": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zcs": "a e ai ei ao ou an en ang eng ong i u uo ui uan un",
    "r": "e ao ou an en ang eng ong i u uo ui uan un",
    "": "a o e ai ei ao ou an en ang eng er "
    "yi ya ye yao you yan yin yang ying yong yo yu yue yuan yun wu wa wo wai wei wan wen wang weng",
}
"""Finals by the letters of the initials that take them; zh, ch, sh go with z, c, s, and take uai, uang, ua too."""
_BETWEEN = regex.compile(r"[ '’-]+")
_TONES = "\u0300\u0301\u0304\u030c"


def is_reading(text: str, letters: int) -> bool:
    """Return whether `text` is the reading of that many Han letters, with at least one tone mark.

    >>> is_reading("piányi", 2), is_reading("qualità", 3), is_reading("dì zū", 2), is_reading("shop", 1)
    (True, False, True, False)
    """
    folded = unicodedata.normalize("NFD", text.casefold())
    if not any(tone in folded for tone in _TONES):
        return False
    return is_spelling("".join(letter for letter in folded if letter not in _TONES), letters)


def is_spelling(text: str, letters: int) -> bool:
    """Return whether `text`, in small letters and without tones, spells the sound of that many Han letters.

    >>> is_spelling("guanxi", 2), is_spelling("flywheel", 2)
    (True, False)
    """
    plain = unicodedata.normalize("NFC", text)
    parts = [part for part in _BETWEEN.split(plain) if part]
    if not parts or not all(_syllables().fullmatch(part) for part in parts):
        return False
    return sum(_fewest(part) for part in parts) <= letters <= sum(map(_most, parts))


def _fewest(part: str) -> int:
    """Return the number of syllables of a word, each taken as long as it gets."""
    number, at = 0, 0
    while at < len(part):
        found = _syllable().match(part, at)
        at = found.end() if found else at + 1
        number += 1
    return number


def _most(part: str) -> int:
    return max(_fewest(part), len(regex.findall(r"[aeiouü]+", part)) + part.count("'"))


@cache
def _listed() -> str:
    syllables = set(_FINALS[""].split())
    for initials, finals in _FINALS.items():
        heads = [head for head in _INITIALS if head[0] in initials]
        syllables |= {head + final for head in heads for final in finals.split()}
    syllables |= {head + final for head in ("zh", "ch", "sh", "g", "k", "h") for final in ("ua", "uai", "uang")}
    return "|".join(sorted(syllables, key=lambda syllable: (-len(syllable), syllable)))


@cache
def _syllable() -> regex.Pattern[str]:
    return regex.compile(f"(?:{_listed()})r?(?![aeiouü])")


@cache
def _syllables() -> regex.Pattern[str]:
    return regex.compile(f"(?:(?:{_listed()})r?+){{1,8}}")
