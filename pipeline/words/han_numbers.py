"""Numbers written in Chinese letters, and as English prose says them: 三十多 is more than thirty."""

from dataclasses import dataclass

import regex

_DIGITS = {letter: i for i, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1_000}
_BIG = {"万": 10**4, "亿": 10**8}
_POWERS = {
    "十": "dozens", "百": "hundreds", "千": "thousands", "万": "tens of thousands", "十万": "hundreds of thousands",
    "百万": "millions", "千万": "tens of millions", "亿": "hundreds of millions", "十亿": "billions",
    "百亿": "tens of billions", "千亿": "hundreds of billions", "万亿": "trillions",
}  # fmt: skip
_SEVERAL = regex.compile(r"(?:好?几|数|上|成)(十亿|百亿|千亿|万亿|十万|百万|千万|[十百千万亿])")
_MORE = regex.compile(r"(.*[十百千万亿])[多余几]([万亿]?)")
_ABOUT = regex.compile(r"(.*[十百千万亿])来([万亿]?)")
_TWO = regex.compile(r"([一二两三四五六七八])([二两三四五六七八九])([十百千万]?)")
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS_WORDS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1_000, "thousand"), (100, "hundred"))
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
             "twelve": "twelfth"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in words; `value` is None where it is only about so many."""

    words: str
    value: int | None = None
    takes_of: bool = False
    """Whether `of` stands between it and what is counted: dozens of shops."""


def numeral(text: str) -> Numeral | None:
    """Return what `text`, in simplified letters, says as a number; None where it is none.

    >>> [numeral(text).words for text in ("四", "二十五", "两三", "十几", "数百亿", "三十多", "一万两千")]
    ['four', 'twenty-five', 'two or three', 'a dozen or so', 'tens of billions', 'more than thirty', '12,000']
    """
    if text in ("几", "好几", "数"):
        return Numeral("several")
    if text == "十几":
        return Numeral("a dozen or so")
    if several := _SEVERAL.fullmatch(text):
        return Numeral(_POWERS[several[1]], takes_of=True)
    for pattern, words in ((_MORE, "more than"), (_ABOUT, "about")):
        if (match := pattern.fullmatch(text)) and (number := value(match[1] + match[2])):
            return Numeral(f"{words} {spelled(number)}")
    if two := _TWO.fullmatch(text):
        return _either(*two.groups())
    number = value(text)
    return Numeral(spelled(number), number) if number is not None else None


def _either(first: str, second: str, power: str) -> Numeral | None:
    """Return two digits side by side as what they mean: two or three; 三五 leaves more open."""
    one, two = _DIGITS[first], _DIGITS[second]
    if two != one + 1 and (one, two) != (3, 5):
        return None
    joint = "or" if two == one + 1 else "to"
    if power == "十":
        return Numeral(f"{spelled(10 * one)} {joint} {spelled(10 * two)}")
    scale = {"": "", "百": " hundred", "千": " thousand"}.get(power)
    return Numeral(f"{_WORDS[one]} {joint} {_WORDS[two]}{scale}") if scale is not None else None


def value(text: str) -> int | None:
    """Return the number that `text` spells out, None where it spells none.

    >>> [value(text) for text in ("两百五", "三千零六", "十二亿", "二〇", "年")]
    [250, 3006, 1200000000, None, None]
    """
    total, section, digit, last = 0, 0, None, 1
    for letter in text:
        if letter in _DIGITS:
            if digit:
                return None
            digit, last = _DIGITS[letter], 1 if _DIGITS[letter] == 0 else last
        elif letter in _TENS:
            section, digit, last = section + (1 if digit is None else digit) * _TENS[letter], None, _TENS[letter]
        elif letter in _BIG and (section or digit or total):
            total, section, digit, last = (total + section + (digit or 0)) * _BIG[letter], 0, None, _BIG[letter]
        else:
            return None
    # Two hundred five is two hundred and fifty, unless a zero stands between.
    return total + section + (digit or 0) * (last // 10 or 1) if text else None


def spelled(number: int) -> str:
    """Return `number` in words where English prose spells it, else in digits.

    >>> [spelled(number) for number in (7, 40, 300, 5_000, 2_000_000, 1_250, 1_500_000)]
    ['seven', 'forty', 'three hundred', 'five thousand', 'two million', '1,250', '1.5 million']
    """
    if number < 20:
        return _WORDS[number]
    if number < 100:
        return _TENS_WORDS[number // 10] + (f"-{_WORDS[number % 10]}" if number % 10 else "")
    for power, name in _SCALES:
        if number >= power:
            whole, rest = divmod(number, power)
            if not rest and (whole <= 10 or (whole < 100 and not whole % 10)):
                return f"{spelled(whole)} {name}"
            if power >= 10**6:
                return f"{number / power:.6g} {name}"
            break
    return f"{number:,}"


def ordinal(number: int) -> str:
    """Return the ordinal of `number`.

    >>> [ordinal(number) for number in (1, 4, 12, 20, 21, 150)]
    ['first', 'fourth', 'twelfth', 'twentieth', 'twenty-first', '150th']
    """
    words = spelled(number)
    head, dash, last = words.rpartition("-")
    if not last.isalpha():
        return f"{number}th"
    if last in _ORDINALS:
        return head + dash + _ORDINALS[last]
    return f"{head}{dash}{last[:-1]}ieth" if last.endswith("y") else f"{head}{dash}{last}th"
