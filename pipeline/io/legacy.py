"""Which legacy encoding reads these bytes as natural text.

Every legacy encoding reads almost any bytes as something. What tells them apart is whether the result
looks like writing: East Asian standards put their ordinary characters into rows of their own, letters
of a Latin code page must belong to one alphabet, and the rest is left to charset-normalizer.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from pipeline.rules import Rule, load_rules

SAMPLE_CODE_POINTS = 100_000
"""How much of a text is judged; what follows is as natural as what came before."""
MIN_NATURAL = 0.8
"""Least share of ordinary characters among the non-ASCII ones of an East Asian or Latin reading."""
MAX_LATIN_DENSITY = 0.25
"""Largest share of non-ASCII bytes in Latin script; Vietnamese and Czech come closest, with 0.2."""

MIN_DENSITY = 0.05
"""Least share of non-ASCII bytes in any other script: a few stray bytes among ASCII are damage, not a language."""

MARKS = frozenset("\u00a0‘’‚“”„†‡•…–—‹›«»€£¥§©®™°·²ªº½¼¾")
"""Signs beyond ASCII that any language in Latin script may use."""
OPENING_MARKS = frozenset("¡¿±")
"""Signs that follow no letter."""
INNER_MARKS = frozenset("‘’·")
"""Signs that may stand between two letters."""

OTHER_SINGLE_BYTE = (
    "cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874",
)  # fmt: skip
"""Cyrillic, Greek, Hebrew, Arabic and Thai."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlphabetRule(Rule):
    """The letters beyond ASCII of one language, lower case, and its code pages, likeliest first."""

    letters: str
    encodings: tuple[str, ...]

    def covers(self, char: str) -> bool:
        """Return whether the language has the letter `char`; true for ''."""
        return all(part in self.letters for part in char.lower())


@dataclass(frozen=True, slots=True)
class Standard:
    """An East Asian character set: where its ordinary characters stand, and codecs that extend it."""

    base: str
    ordinary: Callable[[int, int], bool]
    """Says for the lead and the trail byte in `base` whether the character is an ordinary one."""
    encodings: tuple[str, ...]


def _is_ordinary_shift_jis(lead: int, trail: int) -> bool:
    return 0x81 <= lead <= 0x83 or 0x88 <= lead < 0x98 or (lead == 0x98 and trail <= 0x72)


# Punctuation, full-width forms and kana come first in each standard, then the frequent ideographs
# ("level 1"), then the rare ones. Korean goes first: its syllables stand where GB 2312 has a part of
# its level 1, so that a Korean text looks Chinese, but a Chinese text never looks Korean throughout.
# GB 18030 stands twice: traditional characters are ordinary in it too, but not in its oldest part.
STANDARDS = (
    Standard("euc_kr", lambda lead, _: lead in (0xA1, 0xA3) or 0xB0 <= lead <= 0xC8, ("cp949",)),
    Standard("gb2312", lambda lead, _: lead in (0xA1, 0xA3) or 0xB0 <= lead <= 0xD7, ("gb18030",)),
    Standard("big5", lambda lead, _: 0xA1 <= lead <= 0xC6, ("big5", "cp950", "big5hkscs")),
    Standard("big5", lambda lead, _: 0xA1 <= lead <= 0xC6, ("gb18030",)),
    Standard("cp932", _is_ordinary_shift_jis, ("cp932", "shift_jis", "shift_jis_2004")),
    Standard("euc_jp", lambda lead, _: lead in (0xA1, 0xA3, 0xA4, 0xA5) or 0xB0 <= lead <= 0xCF, ("euc_jp",)),
)


def guess_encodings(data: bytes) -> Iterator[str]:
    """Yield the encodings under which `data` reads as natural text, likeliest first; maybe none."""
    latin, latin_score = _guess_latin(data)
    density = sum(byte >= 0x80 for byte in data[:SAMPLE_CODE_POINTS]) / max(1, len(data[:SAMPLE_CODE_POINTS]))
    if latin_score >= MIN_NATURAL and density <= MAX_LATIN_DENSITY:
        yield latin
        return
    if density < MIN_DENSITY:
        return
    yield from _guess_east_asian(data)
    if best := from_bytes(data, cp_isolation=[*OTHER_SINGLE_BYTE], preemptive_behaviour=False).best():
        yield best.encoding


def read(data: bytes, encoding: str) -> str | None:
    """Return `data` as text, or None unless encoding the text gives `data` again."""
    try:
        text = data.decode(encoding)
        return text if text.encode(encoding) == data else None
    except UnicodeError:
        return None


def _guess_latin(data: bytes) -> tuple[str, float]:
    """Return the Latin code page whose letters fit one alphabet best, and the share that fits."""
    best, best_score = "", 0.0
    letters: dict[str, Counter[str]] = {}
    for alphabet in load_rules("alphabets", AlphabetRule):
        for encoding in alphabet.encodings:
            if encoding not in letters:
                letters[encoding] = _count_in_words(read(data, encoding))
            score = _share(letters[encoding], alphabet.covers)
            if score > best_score:
                best, best_score = encoding, score
    return best, best_score


def _count_in_words(text: str | None) -> Counter[str]:
    """Count what is beyond ASCII in `text`; signs that stand where signs may stand count as ''."""
    counts: Counter[str] = Counter()
    sample = f" {(text or '')[:SAMPLE_CODE_POINTS]} "
    for before, char, after in zip(sample, sample[1:], sample[2:], strict=False):
        if char.isascii():
            continue
        inner = before.isalpha() and after.isalpha()
        is_mark = (char in OPENING_MARKS and not before.isalpha()) or char in (INNER_MARKS if inner else MARKS)
        counts["" if is_mark else char] += 1
    return counts


def _guess_east_asian(data: bytes) -> Iterator[str]:
    scored: list[tuple[float, str]] = []
    for standard in STANDARDS:
        for encoding in standard.encodings:
            if (text := read(data, encoding)) is not None:
                scored.append((_share(_count_beyond_ascii(text), _in_standard(standard)), encoding))
                break
    # A handful of Chinese characters in a Korean text must not tip the scale (see STANDARDS).
    scored.sort(key=lambda pair: -1.0 if pair[1] == "cp949" and pair[0] > 0.9 else -pair[0])
    yield from (encoding for score, encoding in scored if score >= MIN_NATURAL)


def _in_standard(standard: Standard) -> Callable[[str], bool]:
    def is_ordinary(char: str) -> bool:
        try:
            code = char.encode(standard.base)
        except UnicodeEncodeError:
            return False
        return len(code) == 2 and standard.ordinary(code[0], code[1])

    return is_ordinary


def _count_beyond_ascii(text: str | None) -> Counter[str]:
    return Counter(char for char in (text or "")[:SAMPLE_CODE_POINTS] if not char.isascii())


def _share(counts: Counter[str], accepts: Callable[[str], bool]) -> float:
    return sum(n for char, n in counts.items() if accepts(char)) / max(1, counts.total())
