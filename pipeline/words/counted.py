"""Quantities that are left over whole, number and measure word: 四年 is four years, 两三头 is two or three."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from pipeline.languages.chinese import to_hans
from pipeline.rules import load_rules
from pipeline.words.han_numbers import Numeral, numeral, ordinal, spelled, value
from pipeline.words.number_units import UnitRule
from pipeline.words.slot import classes

_NUMBER = "零〇一二两三四五六七八九十百千万亿"
_QUANTITY = regex.compile(rf"(第)?((?:好几|[几数上半{_NUMBER}])[几多余来半{_NUMBER}]*)(.*)")
_FRACTION = regex.compile(rf"([{_NUMBER}]+)分之([{_NUMBER}]+)")
_PARTS = {2: "half", 3: "third", 4: "quarter"}
_REST = regex.compile(r"(多|余)?(半)?(.*)")
_ONES = {"次": ("once", "twice"), "回": ("once", "twice"), "遍": ("once", "twice"), "趟": ("once", "twice")}
_OF_TIME = ("the past", "the next")
_ONE_OF_A_ROW = ("first", "last", "same", "these", "those")
_BEFORE_NOUN = regex.compile(r"(?:DET|THIS|ITS) _ (?:WORD|PLURAL|NAME|ING)\b")
_NOUN_FOLLOWS = regex.compile(r"_ (?:WORD|PLURAL|NAME|ING|ED|QUALITY|LY)\b")
_PLACED = regex.compile(r"(?:IN|OF|BY|DET|TO) _")
_AS_FOLLOWS = regex.compile(r"\s?(?:as|the|that|what|its|their|his|her|our|this)\b")
_MOST_LETTERS = 14


@dataclass(frozen=True, slots=True)
class _Unit:
    role: str
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands around a quantity, as far as its wording depends on it."""

    before_noun: bool
    noun_follows: bool
    is_placed: bool
    compares: bool


def counted(term: str, text: str, start: int, end: int) -> str | None:
    """Return a quantity in words as English says it at `start` to `end` of `text`; None where `term` is none.

    >>> counted("六年前", "It was built六年前.", 12, 15)
    'six years ago'
    >>> counted("四年", "a四年 wait", 1, 3)
    'four-year'
    """
    term = to_hans(term)
    if not 1 < len(term) <= _MOST_LETTERS:
        return None
    around = classes(text, start, end)
    place = _Place(
        before_noun=bool(_BEFORE_NOUN.search(around)),
        noun_follows=bool(_NOUN_FOLLOWS.search(around)),
        is_placed=bool(_PLACED.search(around)),
        compares=bool(_AS_FOLLOWS.match(text, end)),
    )
    return next((words for words in _readings(term, place)), None)


def _readings(term: str, place: _Place) -> Iterator[str]:
    leads = _values("lead")
    for length in range(min(len(term) - 1, 3), -1, -1):
        lead = term[:length]
        if length and lead not in leads and not _is_full(lead):
            continue
        # Only a bare quantity is one word with the noun after it: a four-year wait.
        within = replace(place, before_noun=False) if length else place
        for words, unit in _plain(term[length:], within):
            if led := _led(lead, words, unit, place):
                yield led


def _is_full(lead: str) -> bool:
    return lead in ("整整", "足足", "整")


def _led(lead: str, words: str, unit: _Unit | None, place: _Place) -> str | None:
    """Return a quantity behind what leads it: nearly four years, the past four years; None where both do not go."""
    said = _values("lead").get(lead, "")
    if _is_full(lead):
        if unit is None or not unit.one or " " not in words:
            return None
        one = words.removeprefix("one ")
        return f"a full {one}" if one != words else f"{words.partition(' ')[0]} full {words.partition(' ')[2]}"
    if unit and unit.role == "time" and lead in ("近", "这"):
        said = "the past"
    if said in _OF_TIME:
        if not unit or unit.role != "time":
            return None
        said = said if place.is_placed else f"over {said}"
        return f"{said} {words.removeprefix('one ')}"
    if said in _ONE_OF_A_ROW:
        article = "" if place.is_placed or said in ("these", "those") else "the "
        return f"{article}{said} {words}"
    return f"{said} {words}" if said else words


def _plain(term: str, place: _Place) -> Iterator[tuple[str, _Unit | None]]:
    """Yield what a quantity without a lead says, with its unit."""
    if fraction := _FRACTION.fullmatch(term):
        if words := _share(*fraction.groups()):
            yield words, None
        return
    match = _QUANTITY.fullmatch(term)
    if not match:
        return
    for cut in range(len(match[2]), 0, -1):
        number, rest = match[2][:cut], match[2][cut:] + match[3]
        if match[1]:
            yield from _in_a_row(number, rest, place)
        else:
            yield from _amounts(number, rest, place)


def _share(whole: str, part: str) -> str | None:
    below, above = (100 if whole == "百" else value(whole)), value(part)
    if not below or above is None:
        return None
    if below == 100:
        return f"{above} percent"
    name = _PARTS.get(below) or ordinal(below)
    if above == 1:
        return "half" if below == 2 else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return f"{spelled(above)} {name}s"


def _in_a_row(number: str, rest: str, place: _Place) -> Iterator[tuple[str, _Unit | None]]:
    count, unit = value(number), _units().get(rest)
    article = "" if place.is_placed or place.before_noun else "the "
    if count and rest in _ONES:
        yield f"{article}{ordinal(count)} time", None
    elif count and unit:
        yield f"{article}{ordinal(count)} {unit.one}".rstrip(), unit


def _amounts(number: str, rest: str, place: _Place) -> Iterator[tuple[str, _Unit | None]]:
    for length in range(len(rest), -1, -1):
        after = _REST.fullmatch(rest[length:])
        tail = _values("tail").get(after[3], "") if after and after[3] else "_"
        if not after or not tail:
            continue
        is_bare = length == len(rest)
        found = _quantity(number, rest[:length], place if is_bare else replace(place, before_noun=False))
        if found is None or (after[2] and not (found[1] and found[1].one)):
            continue
        words, unit = found
        if after[2]:
            words = _and_a_half(words)
        if after[1]:
            words = f"more than {words}"
        yield tail.replace("_", words), unit


def _and_a_half(words: str) -> str:
    head, _, last = words.rpartition(" ")
    return f"a {last} and a half" if head == "one" else f"{head} and a half {last}"


def _quantity(number: str, rest: str, place: _Place) -> tuple[str, _Unit | None] | None:
    unit = _units().get(rest)
    if number == "半":
        return (f"half a {unit.one}", unit) if unit and unit.one and unit.role == "time" else None
    said = numeral(number)
    if said is None:
        return None
    if rest in _ONES:
        few = dict(enumerate(_ONES[rest], 1))
        return few.get(said.value or 0, f"{said.words} times"), None
    if rest == "成":
        return _tenths(number, said)
    if rest == "倍":
        return _times(said, place), None
    if rest == "岁":
        return (f"{said.words}-year-old" if place.before_noun else f"{said.words} years old"), None
    return (_with_unit(said, unit, place), unit) if unit else None


def _tenths(number: str, said: Numeral) -> tuple[str, None] | None:
    if said.value and said.value < 10:
        return f"{10 * said.value} percent", None
    if said.value is None and len(number) == 2 and (first := value(number[0])) and (last := value(number[1])):
        return f"{10 * first} to {10 * last} percent", None
    return None


def _times(said: Numeral, place: _Place) -> str:
    if said.value == 2:
        return "twice" if place.compares else "double"
    return f"{said.words} times"


def _with_unit(said: Numeral, unit: _Unit, place: _Place) -> str:
    if unit.role == "people" and place.noun_follows:
        unit = _Unit("count", "", "")
    if not unit.many:
        return f"{said.words} of" if said.takes_of and place.noun_follows else said.words
    if place.before_noun and said.value and unit.role in ("time", "measure"):
        return f"{said.words}-{unit.one}"
    joint = " of " if said.takes_of else " "
    return f"{said.words}{joint}{unit.one if said.value == 1 else unit.many}"


@cache
def _units() -> dict[str, _Unit]:
    found = {}
    for rule in load_rules("measures", UnitRule):
        if rule.role in ("time", "measure", "people", "count"):
            for term, words in rule.values.items():
                one, _, many = words.partition("/")
                found[term] = _Unit(rule.role, one, many or (f"{one}s" if one and rule.role != "people" else one))
    return found


@cache
def _values(role: str) -> dict[str, str]:
    return dict(next(rule.values for rule in load_rules("measures", UnitRule) if rule.role == role))
