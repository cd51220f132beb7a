"""What kind of character each code point is, as arrays over a whole text: what line features are counted from."""

import unicodedata
from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lines.full_stops import FULL_STOPS
from pipeline.lines.stretch_numbers import mixed

BEYOND = 0x10000
"""Stands for every code point above the first 65,536: emoji, and Han too rare to matter here."""


class CharClass(IntEnum):
    """Kinds that are told apart; which sign is meant in which script does not matter, what it does for a line does."""

    OTHER = 0
    UPPER = 1
    LOWER = 2
    CASELESS = 3
    """A letter of a script without case: Arabic, Hebrew, the scripts of India, Thai."""
    HAN = 4
    KANA = 5
    HANGUL = 6
    DIGIT = 7
    SPACE = 8
    STOP = 9
    ASKS = 10
    """A question or exclamation mark."""
    COMMA = 11
    COLON = 12
    QUOTE = 13
    BRACKET = 14
    DASH = 15
    PARTER = 16
    """What menus, breadcrumbs and bullets are set with: bars, slashes, arrows, dots."""
    CURRENCY = 17
    SYMBOL = 18
    APOSTROPHE = 19
    CODE = 20
    MARK = 21
    """A combining mark, part of a letter."""
    BEYOND = 22
    NEWLINE = 23


C = CharClass

_SIGNS = {
    C.NEWLINE: "\n",
    C.STOP: FULL_STOPS + "؟…",
    C.ASKS: "!?！？¿¡",
    C.COMMA: ",;，、；،؛､",
    C.COLON: ":：",
    C.APOSTROPHE: "'’ʼ",
    C.QUOTE: '"“”„«»‘「」『』《》‹›〝〟',
    C.BRACKET: "()[]（）【】〔〕［］",
    C.DASH: "-–—―‐‑−",
    C.PARTER: "|/•▪►▶→>·・｜／‣◦",
    C.CURRENCY: "$",
    C.CODE: "{}<=_\\`~^*#+&@%",
}
"""Signs told by name; earlier rows win."""

_BLOCKS = (
    (C.HAN, ((0x3005, 0x3005), (0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))),
    (C.KANA, ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))),
    (C.HANGUL, ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
)
"""Ranges of code points, both ends included."""

_CATEGORIES = {
    "Sc": C.CURRENCY, "Lu": C.UPPER, "Lt": C.UPPER, "Ll": C.LOWER, "Lo": C.CASELESS, "Lm": C.CASELESS,
    "Mn": C.MARK, "Mc": C.MARK, "Me": C.MARK, "Nd": C.DIGIT, "Nl": C.DIGIT, "No": C.DIGIT,
    "Zs": C.SPACE, "Zl": C.SPACE, "Zp": C.SPACE, "Sm": C.SYMBOL, "So": C.SYMBOL, "Sk": C.SYMBOL,
}  # fmt: skip
"""Unicode general categories."""

WIDE = (C.HAN, C.KANA, C.HANGUL)
"""Characters two columns wide, written without spaces (Hangul has them, and few)."""

_IN_WORDS = (C.UPPER, C.LOWER, C.CASELESS, *WIDE, C.DIGIT, C.MARK, C.APOSTROPHE)


class Tables(NamedTuple):
    """Arrays by code point, the last row being for all beyond `BEYOND`."""

    kind: NDArray[np.uint8]
    """`CharClass`."""
    in_word: NDArray[np.bool_]
    wide: NDArray[np.bool_]
    number: NDArray[np.uint64]
    """A large odd number, the same for both cases of a letter and for all digits."""


@cache
def tables() -> Tables:
    """Return the tables, made once."""
    kind = np.full(BEYOND + 1, C.OTHER, dtype=np.uint8)
    for code in range(BEYOND):
        kind[code] = _CATEGORIES.get(unicodedata.category(chr(code)), C.OTHER)
    for block, ranges in _BLOCKS:
        for first, last in ranges:
            kind[first : last + 1] = block
    kind[ord("\t")] = C.SPACE
    for sign_kind, signs in reversed(_SIGNS.items()):
        kind[[ord(sign) for sign in signs]] = sign_kind
    kind[BEYOND] = C.BEYOND
    return Tables(kind, np.isin(kind, _IN_WORDS), np.isin(kind, WIDE), _numbers(kind))


def _numbers(kind: NDArray[np.uint8]) -> NDArray[np.uint64]:
    folded = np.arange(BEYOND + 1, dtype=np.uint64)
    for code in np.flatnonzero(kind == C.UPPER):
        low = chr(code).lower()
        folded[code] = ord(low) if len(low) == 1 else code
    folded[kind == C.DIGIT] = ord("0")
    return mixed(folded + np.uint64(1)) | np.uint64(1)
