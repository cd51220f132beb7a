"""Runs of letters that are not written in their host's script, and the language such a run is in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.chinese import variant
from pipeline.rules import PatternRule, load_rules
from pipeline.script import NO_LETTERS, Run, runs

_SCRIPTS_OF = {"Hani": ("Hani",), "Jpan": ("Hani", "Jpan"), "Kore": ("Kore",)}
"""Which runs are a host's own writing, where that is more than the script itself; Latin is so everywhere."""

_MOST_READ = 400
"""Code points of a run that are read for its language."""

_CJK = ("Hani", "Jpan")
_CJK_JOINT = regex.compile(r"[·・•、]")
_JOINT = regex.compile(r" |[-'’]")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]{2,}")
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
    return _scripts().get(language.split("-")[0], "Latn")


def foreign_runs(text: str, host: str) -> Iterator[Run]:
    """Yield the runs of `text` in another script than `host`, whole phrases of one script as one run.

    Latin letters are ordinary writing everywhere.

    >>> text = "the 约翰·史密斯 and близкий друг"
    >>> [text[run.start:run.end] for run in foreign_runs(text, "Latn")]
    ['约翰·史密斯', 'близкий друг']
    """
    if host in (NO_LETTERS, "Zzzz") or (host == "Latn" and text.isascii()):
        return
    own = (*_SCRIPTS_OF.get(host, (host,)), "Latn")
    pending: Run | None = None
    for run in _kana_runs(text, runs(text, skip=host)) if host == "Hani" else runs(text, skip=host):
        if run.script in own:
            continue
        if pending and _is_joined(text, pending, run):
            script = "Jpan" if "Jpan" in (pending.script, run.script) else run.script
            pending = Run(pending.start, run.end, script)
            continue
        if pending:
            yield pending
        pending = run
    if pending:
        yield pending


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
        decided = variant(text) or chinese
        return f"zh-{decided}" if decided else "zh"
    rules = (rule for rule in load_rules("scripts", ScriptRule) if rule.script == script)
    return next((rule.language for rule in rules if rule.pattern.search(text, 0, _MOST_READ)), "und")


@cache
def autonyms() -> frozenset[str]:
    """Return the names that languages call themselves by in menus, where those are not in Latin letters."""
    return frozenset(name for rule in load_rules("scripts", ScriptRule) for name in rule.autonyms)


def is_mojibake(text: str, start: int, end: int) -> bool:
    """Return whether a lone Han letter inside a word is an accented letter read in the wrong encoding.

    GBK takes `ö` and the ASCII letter after it for one rare character; real Chinese words rarely have their
    second byte in ASCII and never read as letters of the word around them.

    >>> text = "Umgew鰄ung"
    >>> is_mojibake(text, 5, 6), is_mojibake("area赢 we", 4, 5)
    (True, False)
    """
    if end - start != 1:
        return False
    left = text[start - 1] if start else " "
    if not (left.isalpha() or _LATIN_RIGHT.match(text, end)):
        return False
    try:
        pair = text[start].encode("gbk").decode("latin-1")
    except UnicodeEncodeError:
        return False
    if len(pair) != 2 or not pair.isalpha() or not pair[1].isascii() or not pair[1].islower():
        return False
    return pair[0].islower() if left.isalpha() else True


def _is_joined(text: str, left: Run, right: Run) -> bool:
    between = text[left.end : right.start]
    if left.script in _CJK and right.script in _CJK:
        return not between or _CJK_JOINT.fullmatch(between) is not None
    if left.script != right.script or _JOINT.fullmatch(between) is None:
        return False
    return not (_is_autonym(text, left) or _is_autonym(text, right))


def _is_autonym(text: str, run: Run) -> bool:
    return run.end - run.start <= 16 and text[run.start : run.end] in autonyms()


def _kana_runs(text: str, found: Iterator[Run]) -> Iterator[Run]:
    """Yield `found`, Japanese runs cut down to their kana: in Chinese the Han around them is the host's."""
    for run in found:
        if run.script != "Jpan":
            yield run
            continue
        for kana in _KANA.finditer(text, run.start, run.end):
            yield Run(kana.start(), kana.end(), "Jpan")


@cache
def _scripts() -> dict[str, str]:
    return {rule.language.split("-")[0]: rule.script for rule in load_rules("scripts", ScriptRule)}
