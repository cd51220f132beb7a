"""Names by which languages call themselves in menus: words of those languages, and where one ends in a glued line."""

import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from pipeline.borders.label_rows import row_languages
from pipeline.fragments.foreign import ScriptRule
from pipeline.lines.full_stops import FULL_STOPS
from pipeline.lines.glue_borders import borders
from pipeline.lines.stamps import SEPARATORS
from pipeline.rules import Rule, load_rules

MAX_LINE = 160
"""Code points of a menu that ends with a switcher."""

MIN_GLUED_ENTRIES = 4
"""Borders in a line without blanks from which it is a menu."""

MIN_ENTRIES = 3
"""Words with a capital before a name in another script, from which they are a menu."""

_SENTENCE = regex.compile(rf"[{FULL_STOPS}!?！？؟,，、;；]")
_CODE = (
    "(?:AR|BG|BN|CA|CN|CS|CZ|DA|DE|DK|EL|EN|ES|ET|FA|FI|FR|GR|HE|HI|HK|HR|HU|ID|IT|JA|JP|KO|KR|LT|LV|MS|MY|NL|NO"
    "|PL|PT|RO|RU|SE|SK|SL|SR|SV|TC|TH|TR|TW|UA|UK|UR|VI|VN|ZH"
    "|ENG|ESP|FRA|GER|ITA|POR|RUS|UKR|РУС|УКР|АНГ)"
)
_CODES = re.compile(rf"{_CODE}(?:[\s|/·•]+{_CODE}){{0,11}}")
_GLUED_CODES = re.compile(rf"(?:{_CODE}[\s|/·•]*){{1,12}}")


_CODE_BEFORE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,4})?\s[-–:]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageName(Rule):
    """The `names` of `language` in its own words."""

    language: str
    names: tuple[str, ...]


def own_name(text: str) -> str | None:
    """Return the language that `text` is the own name of, None where it is no such name.

    >>> own_name("English"), own_name("русский"), own_name("ja - 日本語"), own_name("Englisch")
    ('en', 'ru', 'ja', None)
    """
    return _folded().get(_CODE_BEFORE.sub("", text.strip(SEPARATORS)).casefold())


def is_code(text: str, *, glued: bool = False) -> bool:
    """Return whether `text` is codes of languages in a switcher, which are words of none of them.

    Without a blank between them they are other abbreviations as soon, unless they are `glued` to a switcher or in
    two scripts.

    >>> is_code("EN"), is_code("IT EN"), is_code("ROTC"), is_code("УКРENG"), is_code("ITEN", glued=True)
    (True, True, False, True, True)
    """
    return (_GLUED_CODES if glued or borders(text) else _CODES).fullmatch(text.strip(SEPARATORS)) is not None


def switcher_borders(line: str) -> list[int]:
    """Return the offsets in `line` at which the entries of a language switcher begin, and at which it ends.

    A switcher has two names, or one behind a menu in another script or beside codes.

    >>> switcher_borders("Sprache: Deutsch中文"), switcher_borders("English Türkçe"), switcher_borders("EN中文")
    ([9, 16], [8], [2])
    >>> switcher_borders("日本語繁體中文"), switcher_borders("Θάλασσα Λιμάνια Πλοία 中文版")
    ([3], [22])
    >>> switcher_borders("Learn English and Français"), switcher_borders("English Heritage")
    ([], [])
    """
    if len(line) > MAX_LINE or _SENTENCE.search(line):
        return []
    matches = list(_pattern().finditer(line))
    # Where one name ends and the next begins there is a border, if both are written in Han.
    touching = {first.end() for first, second in pairwise(matches) if first.end() == second.start()}
    found = [match for match in matches if _is_apart(line, *match.span(), touching)]
    if not found:
        return []
    start, end = found[0].start(), found[-1].end()
    if any(line[first.end() : second.start()].strip(SEPARATORS) for first, second in pairwise(found)):
        return []
    head, tail = line[:start].strip(SEPARATORS), line[end:].strip(SEPARATORS)
    several = len({_names()[match.group()] for match in found}) > 1
    if not (_may_be_menu(head, tail) if several else _ends_menu(head, tail, found[0].group())):
        return []
    return sorted({*(match.start() for match in found), end} - {0, len(line)})


def _may_be_menu(head: str, tail: str) -> bool:
    """Whether entries of a menu may stand around several names: none is a sentence, none goes on behind them alone."""
    small = any(word[0].islower() for part in (head, tail) for word in part.split()[1:])
    return not small and (not tail or len(head.split()) > 1)


def _ends_menu(head: str, tail: str, name: str) -> bool:
    if tail or not head:
        return False
    if is_code(head, glued=True):
        return True
    words = head.split()
    capitals = len(words) >= MIN_ENTRIES and all(word[0].isupper() for word in words)
    is_menu = row_languages(head) is not None or (" " not in head and len(borders(head)) >= MIN_GLUED_ENTRIES)
    return (is_menu or capitals) and _script(head[-1]) != _script(name[0])


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _is_apart(line: str, start: int, end: int, touching: Set[int]) -> bool:
    """Whether a name is no part of a longer word."""
    inside = set(borders(line[max(0, start - 1) : end + 1]))
    before = start == 0 or not _is_letter(line[start - 1]) or 1 in inside or line[:start].isupper() or start in touching
    shift = start - max(0, start - 1)
    return before and (
        end == len(line) or not _is_letter(line[end]) or end - start + shift in inside or end in touching
    )


def _is_letter(char: str) -> bool:
    return regex.match(r"[\p{L}\p{M}]", char) is not None


@cache
def _names() -> Mapping[str, str]:
    rows = {name: rule.language for rule in load_rules("scripts", ScriptRule) for name in rule.autonyms}
    return rows | {name: rule.language for rule in load_rules("language_names", LanguageName) for name in rule.names}


@cache
def _folded() -> Mapping[str, str]:
    return {name.casefold(): language for name, language in _names().items()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_names(), key=lambda name: (-len(name), name)))))
