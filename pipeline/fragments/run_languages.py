"""Which language the runs of a page are in where their letters do not tell: the one that its other runs tell.

A page has its leftovers from one source. `мороз` may be Russian or Bulgarian, `優勝` Japanese or Chinese; beside
`первый` and `たすき` they are hardly anything else.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from pipeline.fragments.foreign import run_language
from pipeline.languages.chinese import Variant
from pipeline.languages.japanese import is_japanese, strangers
from pipeline.rules import PatternRule, load_rules

_LEAST_SHARE = 0.8
"""Share of the runs of a script whose language is known that one language needs."""
_LEAST_KANA = 2
"""Runs with kana, or letters that only Japanese has, beside which a Han run may be Japanese."""
_MOST_HAN = 4
"""Han runs for each of those."""
_LEAST_READ = 5
"""Letters in all the runs of a script that are read for frequent words and endings."""
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitRule(PatternRule):
    """Frequent words and endings of `language`, looked for where no letter tells it from others of its `script`."""

    language: str
    script: str


@dataclass(frozen=True, slots=True)
class RunLanguages:
    """What the runs of one page say of each other."""

    chinese: Variant | None
    """The variant of the page's Chinese."""
    by_script: Mapping[str, str]
    """The language of a script's runs, where they agree."""
    in_japanese: bool
    """Whether Han that Japanese and Chinese both write is Japanese."""

    def of(self, text: str, script: str) -> str:
        """Return the language (BCP 47) of a run; `und` where nothing tells."""
        language = run_language(text, script, self.chinese)
        if script == "Hani":
            return "ja" if self.in_japanese and _may_be_japanese(text) else language
        return self.by_script.get(script, "und") if language == "und" else language


def run_languages(found: Sequence[tuple[str, str]], chinese: Variant | None) -> RunLanguages:
    """Return what the runs of a page, each with its script (ISO 15924), say of each other.

    >>> known = run_languages([("уборка", "Cyrl"), ("сугробы", "Cyrl"), ("первый", "Cyrl")], None)
    >>> known.of("мороз", "Cyrl")
    'ru'
    """
    by_script = {}
    for script in sorted({script for _, script in found} - {"Hani"}):
        texts = [text for text, other in found if other == script]
        if language := _agreed(texts, script):
            by_script[script] = language
    han = [text for text, script in found if script == "Hani"]
    kana = sum(_KANA.search(text) is not None or is_japanese(text) for text, _ in found)
    agree = kana >= max(_LEAST_KANA, len(han) / _MOST_HAN) and all(_may_be_japanese(text) for text in han)
    return RunLanguages(chinese, by_script, agree)


def _agreed(texts: Sequence[str], script: str) -> str:
    """Return the language of most of `texts` that tell theirs; else what their frequent words and endings say."""
    told = Counter(language for text in texts if (language := run_language(text, script, None)) != "und")
    for language, number in told.most_common(1):
        return language if number >= _LEAST_SHARE * told.total() else ""
    whole = " ".join(texts)
    if sum(map(str.isalpha, whole)) < _LEAST_READ:
        return ""
    rules = (rule for rule in load_rules("run_habits", HabitRule) if rule.script == script)
    votes = sorted(((len(rule.pattern.findall(whole)), rule.language) for rule in rules), reverse=True)
    most, language = votes[0] if votes else (0, "")
    return language if most and all(number < most for number, _ in votes[1:]) else ""


def _may_be_japanese(text: str) -> bool:
    """Return whether modern Japanese writes all letters of `text`: 優勝, 区間賞, not 说 or 說."""
    return not strangers().search(text)
