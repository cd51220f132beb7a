"""Paragraphs that are half in the script of their page and half in another, as where a sentence stayed untranslated.

Letters alone give such a paragraph to the script with more of them. Its page tells better.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.languages.detector import detect
from pipeline.languages.guess import Guess
from pipeline.languages.language_tag import primary
from pipeline.languages.script import DENSE, letters_of, runs

_WEIGHTS = {"Hani": 3, "Hira": 3, "Kana": 3, "Hang": 3}
"""A letter of Han, kana or Hangul says as much as three of an alphabet."""
_CJK = {"Hani", "Jpan"}
"""Chinese and Japanese are told apart by other means: `pipeline.languages.han_marks`."""
_SURE = 0.8
_LEAST_OF_PAGE = 0.6
"""Share of a page's text in a language that makes it the page's."""
_LEAST_OF_LINE = 1 / 3
"""Share of a paragraph in the page's script that keeps it the page's."""
_LEAST_WEIGHT = 24
"""Eight Han or twenty-four Latin letters: more than a name or a term."""
_SCORE = 0.7


class Line(NamedTuple):
    """A segment's text with what is thought of it: `letters` by script, `script` the ISO 15924 code for them."""

    text: str
    guess: Guess
    letters: Counter[str]
    script: str
    is_free: bool
    """Whether no cue has decided its language."""


def settle_scripts(lines: Sequence[Line]) -> list[Line]:
    """Return `lines`, those in two scripts in the language of their page where enough of them is in its script.

    >>> chinese = Line("山脊上有一座小茶屋", Guess("zh-Hans", 1.0), Counter(Hani=90), "Hani", True)
    >>> text = "山脊上有一座小茶屋，The path climbs through cedar forest"
    >>> english = Line(text, Guess("en", 0.9), Counter(Hani=9, Latn=36), "Latn", True)
    >>> [(line.guess.language, line.script) for line in settle_scripts([chinese, english])]
    [('zh-Hans', 'Hani'), ('zh-Hans', 'Hani')]
    """
    home = _home(lines) if any(len(line.letters) > 1 for line in lines) else None
    if home is None:
        return list(lines)
    language, script = home
    return [
        line._replace(guess=Guess(language, _SCORE), script=script) if _is_at_home(line, language, script) else line
        for line in lines
    ]


def _home(lines: Sequence[Line]) -> tuple[str, str] | None:
    """Return language and script of most of the page's text, None for a page of several languages."""
    amount: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.guess.score >= _SURE and line.guess.is_language:
            # Chinese with Japanese words in it is counted as Japanese script.
            script = "Hani" if line.guess.language.startswith("zh") else line.script
            amount[line.guess.language, script] += _weight(line.letters)
    if not amount:
        return None
    (language, script), most = max(sorted(amount.items()), key=lambda item: item[1])
    return (language, script) if most >= _LEAST_OF_PAGE * amount.total() else None


def _is_at_home(line: Line, language: str, script: str) -> bool:
    if not line.is_free or line.script == script or len(line.letters) < 2 or {line.script, script} == _CJK:
        return False
    own = _weight({name: line.letters[name] for name in letters_of(script)})
    if own < _LEAST_WEIGHT or own < _LEAST_OF_LINE * _weight(line.letters):
        return False
    return script in DENSE or _read_alone(line.text, language, script) == language


def _read_alone(text: str, language: str, script: str) -> str:
    """Return the language of the words of `text` that are in `script`."""
    words = " ".join(text[run.start : run.end] for run in runs(text) if run.script == script)
    return detect(words, (primary(language),), (language,)).language


def _weight(letters: Mapping[str, int]) -> int:
    return sum(number * _WEIGHTS.get(name, 1) for name, number in letters.items())
