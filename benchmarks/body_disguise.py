"""Pages in languages that nobody speaks: the letters exchanged, the lines and their order kept.

A model that learned from English pages alone would lean on English words, on capitals and on spaces. Of a page in
disguise it can only learn structure; in the disguise of Chinese or Japanese not even words stand apart.
"""

from collections.abc import Callable
from hashlib import md5
from random import Random

import regex

Disguise = Callable[[str], str]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_CYRILLIC, _DEVANAGARI = range(0x430, 0x450), range(0x915, 0x939)
_KANA, _HAN = 0x3042, 0x4E00

_TOKEN = regex.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_SIGN = regex.compile(r"([,.?!:;()])(?=\s|$|[^\x00-\x7f])")
_NEEDLESS_SPACE = regex.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f]|\d)|(?<=\d) +(?=[^\x00-\x7f])")
_WIDE_SIGNS = dict(zip(",.?!:;()", "，。？！：；（）", strict=True))


def any_disguise(random: Random) -> Disguise:
    """Return one of the kinds below, with its own letters."""
    kinds = (latin, latin, cyrillic, devanagari, chinese, chinese)
    return random.choice(kinds)(random)


def latin(random: Random) -> Disguise:
    """Return what exchanges vowels with vowels and consonants with consonants."""
    return _exchanged(_VOWELS + _CONSONANTS, _shuffled(_VOWELS, random) + _shuffled(_CONSONANTS, random))


def cyrillic(random: Random) -> Disguise:
    """Return what puts a Cyrillic letter for each, in the same case."""
    return _exchanged(_LETTERS, _shuffled("".join(map(chr, _CYRILLIC)), random)[: len(_LETTERS)])


def devanagari(random: Random) -> Disguise:
    """Return what puts a letter without case for each."""
    return _exchanged(_LETTERS, _shuffled("".join(map(chr, _DEVANAGARI)), random)[: len(_LETTERS)])


def chinese(random: Random) -> Disguise:
    """Return what puts a Han character, or kana among them, for every two or three letters, and drops the spaces.

    >>> chinese(Random(1))("- No rain.").startswith("- ")
    True
    """
    salt, with_kana = str(random.random()), random.random() < 0.4
    signs = _WIDE_SIGNS | ({",": "、"} if with_kana else {})
    known: dict[str, str] = {}

    def word(match: regex.Match[str]) -> str:
        key = match[0].lower()
        if key not in known:
            known[key] = _wide_word(key, md5((salt + key).encode()).digest(), with_kana)
        return known[key]

    def line(text: str) -> str:
        bullet = "- " if text.startswith("- ") else ""
        text = _TOKEN.sub(word, text[len(bullet) :])
        text = _SIGN.sub(lambda match: signs[match[1]], text)
        return bullet + (_NEEDLESS_SPACE.sub("", text).strip() or "一")

    return lambda text: "\n".join(map(line, text.split("\n")))


def _wide_word(word: str, digest: bytes, with_kana: bool) -> str:
    if len(word) <= 2 and digest[9] % 2 == 0:
        return ""
    count = max(1, min(8, (len(word) + 2) // (2 if with_kana else 3)))
    return "".join(
        chr(_KANA + digest[i] % 80)
        if with_kana and (i % 3 or len(word) < 4)
        else chr(_HAN + (digest[i] * 40 + digest[15 - i]) % 6000)
        for i in range(count)
    )


def _exchanged(letters: str, others: str) -> Disguise:
    table = str.maketrans(letters + letters.upper(), others + others.upper())
    return lambda text: text.translate(table)


def _shuffled(letters: str, random: Random) -> str:
    return "".join(random.sample(letters, len(letters)))
