"""Which script the letters of a text are in, as ISO 15924 codes, and the runs of one script with offsets.

Chinese and Japanese need a word: Han and kana without a gap are one run, `Jpan` where it holds kana and
`Hani` where it does not. Hangul is `Kore`. `Hans` and `Hant` are no scripts to Unicode: `pipeline.languages.chinese`
tells them apart.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

NO_LETTERS = "Zyyy"
UNKNOWN = "Zzzz"
DENSE = ("Hani", "Jpan", "Kore")
"""Scripts of which a letter says as much as several of an alphabet."""
_LETTERS = {"Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang",)}

# The scripts of living languages with text on the web; a letter of any other script is `Zzzz`.
_SCRIPTS = (
    "Latn", "Cyrl", "Grek", "Arab", "Hebr", "Armn", "Geor", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml",
    "Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Hani", "Hira", "Kana", "Hang",
    "Bopo", "Ethi", "Mong", "Thaa", "Syrc", "Tfng", "Cher", "Cans", "Nkoo", "Vaii", "Olck", "Java", "Yiii",
    "Adlm", "Mtei", "Cakm", "Copt",
)  # fmt: skip
_BY_SCRIPT = {
    "Jpan": "ja", "Kore": "ko", "Bopo": "zh", "Grek": "el", "Hebr": "he", "Armn": "hy", "Geor": "ka",
    "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn",
    "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Khmr": "km", "Mymr": "my", "Tibt": "bo",
    "Ethi": "am", "Mong": "mn-Mong", "Thaa": "dv", "Cher": "chr", "Nkoo": "nqo", "Olck": "sat", "Vaii": "vai",
    "Yiii": "ii", "Mtei": "mni-Mtei",
}  # fmt: skip
"""Scripts that one language uses, or that one uses so much that the others are lost in it."""
_MARKED = (
    ("Hebr", "yi", regex.compile(r"[\u05F0-\u05F2]|[\u05D9\u05D0]\u05B7")),
    ("Beng", "as", regex.compile(r"[\u09F0\u09F1]")),
    ("Ethi", "ti", regex.compile(r"[\u1250-\u125F]")),
)
"""Letters that only the smaller language of such a script has."""

_WORDY = 0.3
"""Least share of Han and kana (or Hangul) among letters that makes a text Chinese, Japanese or Korean.

One Han letter does the work of two or three Latin ones, so half would be too much: Chinese about firms and
their tickers would count as Latin.
"""
_LEAST_KANA = 0.05
"""Least share of kana in Han and kana that makes Japanese: a title quoted in a Chinese text must not."""

# Marks never begin a run; letters of no script of their own (a long-vowel sign, a modifier letter) join the
# run they follow. Joiners hold Persian, Hindi and Sinhala words together.
_JOINERS = "\u00ad\u200c\u200d"
_TAIL = rf"\p{{M}}[\p{{L}}&&[\p{{sc=Zyyy}}\p{{sc=Zinh}}]]{_JOINERS}"
_CJK = frozenset(("Hani", "Hira", "Kana"))
_ASCII_RUN = re.compile(r"[A-Za-z]+")
_ASCII_OTHER = bytes(code for code in range(128) if not chr(code).isalpha())
_ASCII = re.compile(r"[\x00-\x7f]+")
_COMMON_HAN = re.compile("[\u4e00-\u9fff]+")
"""Letters that are counted all at once: with what is above, almost all there are."""
_ONLY_LATIN = {"Latn"}
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]")
_KANA = regex.compile(r"[\p{sc=Hira}\p{sc=Kana}]")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one script without a gap, `start` to `end`, with the marks and joiners inside them."""

    start: int
    end: int
    script: str


def runs(text: str, *, skip: str = "") -> Iterator[Run]:
    """Yield the maximal runs of letters of one script, in order; those of the script `skip` are passed over.

    Anything but a letter ends a run: spaces, digits, punctuation. Passing over the host's own script is what
    makes the search for leftovers cheap.

    >>> [(text[r.start:r.end], r.script) for text in ["the 闭环 loop"] for r in runs(text, skip="Latn")]
    [('闭环', 'Hani')]
    """
    if text.isascii():
        if skip != "Latn":
            for found in _ASCII_RUN.finditer(text):
                yield Run(found.start(), found.end(), "Latn")
        return
    first = _NOT_ASCII if skip == "Latn" else _scripted_letter()
    head = first.search(text)
    while head:
        start = head.start()
        name = _script_of(text[start])
        if not name or name == skip == "Latn":
            end = start + 1
        else:
            body = _run_of(name).match(text, start)
            end = body.end() if body else start + 1
            run = _run(text, start, end, name)
            if run.script != skip:
                yield run
        head = first.search(text, end)


def count_letters(text: str) -> Counter[str]:
    """Return the number of letters by script; Han, hiragana and katakana (`Hani`, `Hira`, `Kana`) apart.

    Marks, digits and letters of no script of their own do not count.

    >>> sorted(count_letters("BTC 比特币 3の").items())
    [('Hani', 3), ('Hira', 1), ('Latn', 3)]
    """
    letters: Counter[str] = Counter()
    if number := len(text.encode("ascii", "ignore").translate(None, _ASCII_OTHER)):
        letters["Latn"] = number
    if text.isascii():
        return letters
    beyond_ascii = _ASCII.sub("", text)
    rest = _COMMON_HAN.sub("", beyond_ascii)
    if number := len(beyond_ascii) - len(rest):
        letters["Hani"] = number
    for letter, number in Counter(rest).items():
        if name := _script_of(letter):
            letters[name] += number
    return letters


def letters_of(script: str) -> tuple[str, ...]:
    """Return the names by which `count_letters` counts what is written in `script`.

    >>> letters_of("Jpan"), letters_of("Hani")
    (('Hani', 'Hira', 'Kana'), ('Hani',))
    """
    return _LETTERS.get(script, (script,))


def main_script(letters: Mapping[str, int]) -> str:
    """Return the script of a text with these `letters` (see `count_letters`): `Zyyy` where there are none.

    >>> main_script({"Hani": 6, "Latn": 9}), main_script({"Hani": 2, "Hira": 4}), main_script({})
    ('Hani', 'Jpan', 'Zyyy')
    """
    if letters.keys() == _ONLY_LATIN and letters["Latn"]:
        return "Latn"  # most lines by far
    total = sum(letters.values())
    if not total:
        return NO_LETTERS
    hangul = letters.get("Hang", 0)
    kana = letters.get("Hira", 0) + letters.get("Kana", 0)
    cjk = letters.get("Hani", 0) + kana
    if hangul >= cjk and hangul >= _WORDY * total:
        return "Kore"
    if cjk >= _WORDY * total:
        return "Jpan" if kana >= _LEAST_KANA * cjk else "Hani"
    # Sorted, so that a tie does not hang on which letter came first.
    most = max(sorted(letters.items()), key=lambda item: item[1])[0]
    return {"Hang": "Kore", "Hira": "Jpan", "Kana": "Jpan"}.get(most, most)


def script(text: str) -> str:
    """Return the ISO 15924 code of the script that `text` is in; `Zyyy` where it holds no letter.

    >>> script("Привет, Bob"), script("第3章"), script("2026-05-29")
    ('Cyrl', 'Hani', 'Zyyy')
    """
    return main_script(count_letters(text))


def only_language(script: str, text: str) -> str | None:
    """Return the language (BCP 47) that `script` alone tells, None where several share it.

    The letters of `text` matter where a smaller language has some of its own. Chinese is not told: that takes
    its variant.

    >>> only_language("Thai", ""), only_language("Beng", "ৰাস্তা"), only_language("Cyrl", "")
    ('th', 'as', None)
    """
    for written, language, pattern in _MARKED:
        if written == script and pattern.search(text):
            return language
    return _BY_SCRIPT.get(script)


def _run(text: str, start: int, end: int, name: str) -> Run:
    while text[end - 1] in _JOINERS:
        end -= 1
    if name in _CJK:
        return Run(start, end, "Jpan" if _KANA.search(text, start, end) else "Hani")
    return Run(start, end, "Kore" if name == "Hang" else name)


@lru_cache(maxsize=32768)
def _script_of(letter: str) -> str:
    """Return the script of one letter; empty for anything else and for letters of no script of their own."""
    found = _classifier().match(letter)
    return (found.lastgroup or "") if found else ""


@cache
def _classifier() -> regex.Pattern[str]:
    named = "|".join(f"(?P<{name}>{_letters(name)})" for name in _SCRIPTS)
    return regex.compile(rf"{named}|(?P<{UNKNOWN}>{_scripted()})", regex.V1)


@cache
def _scripted_letter() -> regex.Pattern[str]:
    return regex.compile(_scripted(), regex.V1)


@cache
def _run_of(name: str) -> regex.Pattern[str]:
    names = _CJK if name in _CJK else (name,)
    letters = _unknown() if name == UNKNOWN else "".join(sorted(map(_letters, names)))
    return regex.compile(f"[{letters}{_TAIL}]++", regex.V1)


def _letters(name: str) -> str:
    # Han numerals and radicals are no letters to Unicode, but 〇 is one to whoever writes 二〇二六.
    return r"\p{sc=Hani}" if name == "Hani" else rf"[\p{{L}}&&\p{{sc={name}}}]"


def _scripted() -> str:
    return r"[[\p{L}\p{sc=Hani}]--[\p{sc=Zyyy}\p{sc=Zinh}]]"


def _unknown() -> str:
    return f"[{_scripted()}--[{''.join(map(_letters, _SCRIPTS))}]]"
