"""Runs of letters that are not written in their host's script, and the language such a run is in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.fragments.far_east_runs import chinese_in_japanese, japanese_in_chinese
from pipeline.fragments.joined_runs import joined
from pipeline.languages.chinese import variant
from pipeline.languages.japanese import is_japanese, is_simplified
from pipeline.languages.language_tag import primary
from pipeline.languages.script import NO_LETTERS, Run, runs
from pipeline.rules import PatternRule, load_rules

_SCRIPTS_OF = {"Hani": ("Hani",), "Jpan": ("Hani", "Jpan"), "Kore": ("Kore",)}
"""Which runs are a host's own writing, where that is more than the script itself; Latin is so everywhere."""

_MOST_READ = 400
"""Code points of a run that are read for its language."""

_PLAIN = (
    "\x00-\u036f\u1dc0-\u1eff\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ua700-\ua7ff\ufb00-\ufb06"
    "\ufe00-\ufe6f\uff01-\uff64\ufff0-\uffff\U0001f000-\U0001faff\U000e0000-\U000e0fff"
)
"""Ranges without letters of other scripts than Latin."""
_OWN = {
    "Latn": "",
    "Hani": "\u2e80-\u2fff\u3005-\u3007\u3021-\u302f\u3038-\u303f\u30fb\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "Cyrl": "\u0400-\u052f",
    "Kore": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff",
    "Jpan": "\u2e80-\u312f\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff65-\uff9f\U00020000-\U0003ffff",
}
"""Ranges of a host's own letters, where they are known."""
_MISREAD = re.compile("[\u0080-\u009fÂÃÐÑ]")
"""What UTF-8 read as Latin-1 leaves of a letter, where a run in another script hangs on it."""
_LATIN_RIGHT = regex.compile(r"\p{Latin}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRule(PatternRule):
    """A language and its script: `pattern` finds letters or words that tell it from others of the script.

    `autonyms` are the names by which language switchers call it.
    """

    language: str
    script: str
    autonyms: tuple[str, ...]


def script_of(language: str, fallback: str) -> str:
    """Return the script (ISO 15924) that `language` is written in, `fallback` where it is not known.

    >>> script_of("zh-Hant", "Latn"), script_of("it", "Zyyy"), script_of("und", "Cyrl")
    ('Hani', 'Latn', 'Cyrl')
    """
    if language in ("und", "zxx"):
        return fallback
    return _script_of(language)


def may_hold_guests(text: str, host: str) -> bool:
    """Return, at a glance, whether `text` may hold letters that are foreign in `host` (ISO 15924).

    This is what ordinary text pays for: one look at each letter, in a table.

    >>> may_hold_guests("café, 10 €", "Latn"), may_hold_guests("в доме", "Latn"), may_hold_guests("BTC 涨了。", "Hani")
    (False, True, False)
    """
    if host == "Latn" and text.isascii():
        return False
    letters = _strangers(host)
    return letters is None or letters.search(text) is not None


def foreign_runs(text: str, host: str) -> Iterator[Run]:
    """Yield the runs of `text` in another script than `host`, whole phrases and clauses of one script as one run.

    Latin letters are ordinary writing everywhere.

    >>> text = "the 约翰·史密斯 and близкий друг"
    >>> [text[run.start:run.end] for run in foreign_runs(text, "Latn")]
    ['约翰·史密斯', 'близкий друг']
    """
    if host in (NO_LETTERS, "Zzzz"):
        return
    chinese = list(chinese_in_japanese(text)) if host == "Jpan" else []
    others: list[Run] = []
    if may_hold_guests(text, host):
        own = (*_SCRIPTS_OF.get(host, (host,)), "Latn")
        listed = runs(text, skip=host)
        others = [
            run for run in (japanese_in_chinese(text, listed) if host == "Hani" else listed) if run.script not in own
        ]
    if chinese or others:
        yield from joined(text, sorted([*chinese, *others], key=lambda run: run.start), autonyms())


def run_language(text: str, script: str, chinese: str | None) -> str:
    """Return the language of a run, `und` where its letters do not tell; `chinese` is its document's variant.

    >>> run_language("安", "Hani", None), run_language("安", "Hani", "Hans")
    ('zh', 'zh-Hans')
    >>> run_language("ещё", "Cyrl", None), run_language("дом", "Cyrl", None)
    ('ru', 'und')
    """
    named = (rule.language for rule in load_rules("scripts", ScriptRule) if text in rule.autonyms)
    if language := next(named, ""):
        return language
    if script == "Hani":
        if is_japanese(text):
            return "ja"
        decided = variant(text) or chinese or ("Hant" if not is_simplified(text) else None)
        return f"zh-{decided}" if decided else "zh"
    rules = (rule for rule in load_rules("scripts", ScriptRule) if rule.script == script)
    return next((rule.language for rule in rules if rule.pattern.search(text, 0, _MOST_READ)), "und")


@cache
def autonyms() -> frozenset[str]:
    """Return the names that languages call themselves by in menus, where those are not in Latin letters."""
    return frozenset(name for rule in load_rules("scripts", ScriptRule) for name in rule.autonyms)


def is_mojibake(text: str, start: int, end: int) -> bool:
    """Return whether a run is text read in the wrong encoding: a lone Han letter in a word, or the rest of a word.

    GBK takes `ö` and the ASCII letter after it for one rare character; real Chinese words rarely have their
    second byte in ASCII and never read as letters of the word around them.

    >>> text = "Umgew鰄ung"
    >>> is_mojibake(text, 5, 6), is_mojibake("area赢 we", 4, 5)
    (True, False)
    """
    if _MISREAD.match(text, max(0, start - 1)) or _MISREAD.match(text, end):
        return True
    if end - start != 1:
        return False
    left = text[start - 1] if start else " "
    if not (left.isalpha() or _LATIN_RIGHT.match(text, end)):
        return False
    try:
        pair = text[start].encode("gbk").decode("latin-1")
    except UnicodeEncodeError:
        return False
    if len(pair) != 2 or not pair.isalpha() or not pair[1].islower():
        return False
    if not pair[1].isascii():
        # Two accented letters in a row (größer) are rare, so both sides have to show the word.
        return pair[0].islower() and left.islower() and text[end : end + 1].islower()
    return pair[0].islower() if left.isalpha() else True


@cache
def _strangers(host: str) -> re.Pattern[str] | None:
    return re.compile(f"[^{_PLAIN}{_OWN[host]}]") if host in _OWN else None


@cache
def _script_of(language: str) -> str:
    return _scripts().get(primary(language), "Latn")


@cache
def _scripts() -> dict[str, str]:
    return {primary(rule.language): rule.script for rule in load_rules("scripts", ScriptRule)}
