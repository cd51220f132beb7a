"""Lines of Han that may be Chinese or Japanese, settled by the page they stand on."""

from collections import Counter
from collections.abc import Sequence

from pipeline.languages.guess import Guess
from pipeline.languages.han_marks import chinese_marks
from pipeline.languages.language_tag import primary
from pipeline.languages.two_scripts import Line

_SCORE = 0.7
_KANA_FREE = 30
"""Han letters in a row without kana that Japanese does not reach: two lines without a verb or a particle."""
_LEAST_MARKS = 2
"""Chinese words or letters in a line without kana that it is not Japanese, on whatever page."""
_LEAST_JAPANESE = 3
"""Lines plainly Japanese that make the furniture of a Chinese article Japanese."""


def settle_han(lines: Sequence[Line]) -> list[Line]:
    """Return `lines`, those that may be Chinese or Japanese in whichever most of the page's Han and kana are.

    A line that a cue decided stays as it is.
    """
    if not any(line.guess.language == "ja" for line in lines):
        return list(lines)
    amount = _amounts(lines)
    if amount["ja"] > amount["zh"]:
        return [_moved(line, "ja") if _may_be_japanese(line) else line for line in lines]
    plain = sum(line.guess.language == "ja" and line.guess.score == 1 for line in lines)
    if amount["ja"] == amount["zh"] or plain >= _LEAST_JAPANESE:
        return list(lines)
    return [_moved(line, "zh") if _may_be_chinese(line) else line for line in lines]


def _amounts(lines: Sequence[Line]) -> Counter[str]:
    """Return the letters of a page by language, without lines of Han that are Chinese only for want of kana."""
    amount: Counter[str] = Counter()
    for line in lines:
        language = primary(line.guess.language)
        if language == "ja" or (language == "zh" and chinese_marks(line.text)):
            amount[language] += line.letters["Hani"] + line.letters["Hira"] + line.letters["Kana"]
    return amount


def _may_be_japanese(line: Line) -> bool:
    """Return whether what came as Chinese is a short line of Han that a Japanese page may hold."""
    if not line.is_free or primary(line.guess.language) != "zh" or line.letters["Hani"] >= _KANA_FREE:
        return False
    return chinese_marks(line.text) < _LEAST_MARKS


def _may_be_chinese(line: Line) -> bool:
    """Return whether what came as Japanese, for its few kana, is a line that a Chinese page may hold."""
    return line.is_free and line.guess.language == "ja" and line.guess.score < 1 and line.letters["Hani"] > 0


def _moved(line: Line, language: str) -> Line:
    return line._replace(guess=Guess(language, _SCORE))
