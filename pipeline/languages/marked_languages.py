"""Languages that the detectors do not know or confuse with a sister, told by letters and words that only they have."""

from dataclasses import dataclass
from functools import cache

from pipeline.languages.second_opinion import Opinion
from pipeline.rules import PatternRule, load_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRule(PatternRule):
    """What gives `language` away among those written in `script` (ISO 15924), `least` times.

    It is looked for where eldc says one of `taken_for`, anywhere if that is empty.
    """

    language: str
    script: str
    taken_for: tuple[str, ...]
    least: int

    def count(self, words: str) -> int:
        """Return the number of marks in `words`, 0 for fewer than it takes."""
        found = len(self.pattern.findall(words))
        return found if found >= self.least else 0


def marked_language(words: str, script: str, opinion: Opinion) -> str | None:
    """Return the language that `words` in `script` bear the marks of; of several, the one with most, or none.

    >>> from pipeline.languages.second_opinion import second_opinion
    >>> words = "O comité publicará as súas conclusións"
    >>> marked_language(words, "Latn", second_opinion(words))
    'gl'
    """
    most, told = 0, None
    for rule in _rules(script, opinion.first):
        count = rule.count(words)
        if count >= most:
            most, told = count, rule.language if count > most else None
    return told


@cache
def _rules(script: str, taken_for: str) -> tuple[MarkRule, ...]:
    """Return the rows for `script` that are looked for where eldc says `taken_for`."""
    rules = (rule for rule in load_rules("language_marks", MarkRule) if rule.script == script)
    return tuple(rule for rule in rules if not rule.taken_for or taken_for in rule.taken_for)


@cache
def taken_for(language: str) -> frozenset[str]:
    """Return the languages that `language` (BCP 47 primary tag) is taken for where its marks are missing.

    >>> sorted(taken_for("gl")), sorted(taken_for("en"))
    (['es', 'pt'], [])
    """
    rules = (rule for rule in load_rules("language_marks", MarkRule) if rule.language == language)
    return frozenset(tag for rule in rules for tag in rule.taken_for) - {language}


@cache
def taken_as(language: str) -> frozenset[str]:
    """Return the languages that are taken for `language` (BCP 47 primary tag) where their marks are missing.

    >>> sorted(taken_as("es"))
    ['ast', 'gl']
    """
    rules = load_rules("language_marks", MarkRule)
    return frozenset(rule.language for rule in rules if language in rule.taken_for) - {language}
