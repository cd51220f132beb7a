"""The language of one line: script rules first, then two detectors, from the cheapest question to the dearest.

Lingua is good on short text, but what it costs grows with the number of languages it may choose from, and with few
to choose from it answers all the same, for Swahili as for a ticker. eldc costs next to nothing and knows when it is
at a loss. So eldc is asked first. Where it is sure, its answer stands if the line's everyday words say the same or the
line is long or plain enough, or else if lingua, asked about eldc's choice and the like of it, agrees. Where it is not,
what the page is in may tell. Only what is left is put to lingua with all languages, and believed where eldc could not
have known better.

The figures below were chosen on UDHR articles, Django's messages and web lines; `benchmarks.languages` measures them.
"""

from functools import lru_cache

from pipeline.languages.everyday import own_words, speakers
from pipeline.languages.guess import NOTHING, Guess
from pipeline.languages.language_tag import primary
from pipeline.languages.line_words import small_words
from pipeline.languages.lingua_answer import among, lingua_answer, written_in
from pipeline.languages.marked_languages import marked_language
from pipeline.languages.script_language import AS_SOON_A_NAME, Undecided, by_script
from pipeline.languages.second_opinion import Opinion, is_known, is_unsure, kin, second_opinion
from pipeline.settings import Effort

_LEAST_LETTERS = 12
"""With fewer, any detector guesses: `Há 12m` is Irish to one, and sure of it."""
_PLAIN_SHARE = 0.2
"""Least share of the words that are everyday words of the language: about half of what running text has."""
_PLAIN_WORDS = 2
_FEW_WORDS = 3
"""With so few words, one everyday word is enough."""

_SEVERAL = 100
"""With so many, a line may be several sentences."""
_SHORT = 20
"""Letters below which eldc alone is wrong too often where it is sure: in 1 answer of 5, with them in 1 of 50."""
_CLEAR_LEAD = 0.2
"""Score by which its first language may be ahead of the next: then it is wrong in 1 of 300 of these answers too."""
_LONG = 40
"""With so many letters, eldc would be sure of a language that it knows."""

# Least scores of lingua: what it says of a language's sisters and on short lines is worth less.
_LEAST_AGREED = 0.5
_LEAST_KIN = 0.7
_LEAST_OPEN = 0.7
_LEAST_OPEN_SHORT = 0.8
_LEAST_AMONG_SEEN = 0.5
_HIGH = 0.9

# The share of right answers, by what an answer rests on.
_PLAIN_SCORE = 0.99
_AGREED_SCORE = 0.98
_ELDC_SCORE = 0.97
_UNSURE_SCORE = 0.9
_MAX_SEEN_SCORE = 0.7
_UNSURE_SEEN_SCORE = 0.6


def detect(text: str, languages: tuple[str, ...], seen: tuple[str, ...] = (), effort: Effort = "balanced") -> Guess:
    """Return the language of `text`, `und` where evidence is thin, `zxx` where it holds no words at all.

    `languages` (primary tags) are those to expect: they save time, others are found too. `seen` are those
    that other texts of its page are in for certain: they may decide on what is too short to speak for itself,
    with a score of at most 0.7. Of a text without end only the first 10,000 code points are read.

    >>> detect("这个国家", ()), detect("https://example.org/", ()).language, detect("BTC", ()).language
    (Guess(language='zh-Hans', score=1.0, runner_up='', runner_up_score=0.0), 'zxx', 'und')
    """
    line = by_script(text)
    if isinstance(line, Guess):
        return line
    guess = by_words(line, languages, effort)
    if guess == NOTHING and seen:
        guess = by_page(line, seen, effort)
    return by_all(line, seen, effort) if guess == NOTHING and effort != "fast" else guess


def by_words(line: Undecided, languages: tuple[str, ...], effort: Effort = "balanced") -> Guess:
    """Return what the words of `line` plainly tell by themselves; `languages` are those to expect."""
    if line.letters < _LEAST_LETTERS:
        return NOTHING
    if line.names == AS_SOON_A_NAME:
        return NOTHING
    opinion = second_opinion(line.words)
    if line.names and not opinion.reliable:
        return NOTHING
    if marked := marked_language(line.words, line.script, opinion):
        return Guess(marked, _UNSURE_SCORE)
    if not opinion.reliable and line.letters >= _LONG:
        # A list of names hides the few words between them.
        line = line._replace(words=small_words(line.words))
        opinion = second_opinion(line.words)
    return _by_opinion(line, opinion, languages, effort) if opinion.reliable else NOTHING


def by_page(line: Undecided, seen: tuple[str, ...], effort: Effort = "balanced") -> Guess:
    """Return which of the languages `seen` on its page `line` is in, if nothing speaks against it."""
    if " " not in line.words:
        return NOTHING
    main = _main(seen, line.script)
    if main and _speaker(line.words) == main:
        return Guess(main, _MAX_SEEN_SCORE)
    opinion = second_opinion(line.words)
    candidates = among(seen, line.script)
    if not set(candidates) & {opinion.first, *kin(opinion.first)}:
        return NOTHING
    if not opinion.reliable and line.names:
        return NOTHING  # eldc is next to never sure of a name
    most = _MAX_SEEN_SCORE if opinion.reliable else _UNSURE_SEEN_SCORE
    if effort == "fast" or (effort == "balanced" and opinion.first == main):
        return Guess(opinion.first, most) if opinion.first in candidates else NOTHING
    answer = lingua_answer(line.words, among((opinion.first, *opinion.others, *candidates), line.script))
    if answer.language not in candidates or answer.score < _LEAST_AMONG_SEEN:
        return NOTHING
    return answer._replace(score=most)


def by_all(line: Undecided, seen: tuple[str, ...], effort: Effort = "balanced") -> Guess:
    """Return what lingua says of `line` out of all languages, where eldc could not have known better.

    A short line on a page that has a language `seen` in its script is seldom in a third: only who wants it
    thorough has it looked at.
    """
    is_likely_known = effort != "thorough" and among(seen, line.script)
    if line.letters < (_LONG if is_likely_known else _LEAST_LETTERS) or line.names:
        return NOTHING
    if is_likely_known and len(small_words(line.words)) < _LEAST_LETTERS:
        return NOTHING  # names of persons or wares, which lingua takes for Latin or Swahili
    opinion = second_opinion(line.words)
    if opinion.reliable:
        return NOTHING
    if is_likely_known and _is_hopeless(line, opinion, seen):
        return NOTHING
    answer = lingua_answer(line.words, tuple(written_in(line.script)))
    return answer._replace(score=_UNSURE_SCORE) if _can_stand(answer, line, opinion) else NOTHING


def _is_hopeless(line: Undecided, opinion: Opinion, seen: tuple[str, ...]) -> bool:
    """Return, for a fraction of the price, whether nothing that lingua says out of all languages can stand.

    It takes a language that eldc does not know or thinks of, and with fewer to choose from lingua is no less sure.
    """
    unknown = [language for language in written_in(line.script) if not is_known(language)]
    few = among((*unknown, opinion.first, *opinion.others, *seen), line.script)
    return bool(unknown) and not _can_stand(lingua_answer(line.words, few), line, opinion)


def _can_stand(answer: Guess, line: Undecided, opinion: Opinion) -> bool:
    """Return whether lingua is sure enough of its `answer`, and eldc could not have known better."""
    if answer.score < (_LEAST_OPEN if line.letters >= _SHORT else _LEAST_OPEN_SHORT):
        return False
    if not is_known(answer.language):
        return True
    return answer.language == opinion.first and (line.letters < _LONG or _speaker(line.words) == answer.language)


def _by_opinion(line: Undecided, opinion: Opinion, languages: tuple[str, ...], effort: Effort) -> Guess:
    """Return what eldc, which is sure, is borne out in."""
    if effort == "thorough" or opinion.first not in languages:
        return _agreed(line, opinion, languages, effort)
    speaker = _speaker(line.words)
    if speaker == opinion.first:
        return Guess(speaker, _PLAIN_SCORE)
    is_clear = line.letters >= _SHORT or opinion.lead >= _CLEAR_LEAD
    if is_clear and not speaker and not kin(opinion.first):
        return Guess(opinion.first, _ELDC_SCORE)
    return _agreed(line, opinion, languages, effort)


@lru_cache(maxsize=1024)
def _speaker(words: str) -> str:
    """Return the language whose everyday words, more than any other's, make up a good part of `words`; or none."""
    folded = words.casefold().split()
    heard = speakers(folded)
    number = max(heard.values(), default=0)
    least = max(_PLAIN_SHARE * len(folded), _PLAIN_WORDS if len(folded) > _FEW_WORDS else 1)
    if number < least:
        return ""
    first, *others = (language for language, count in heard.items() if count == number)
    return "" if others else first


def _agreed(line: Undecided, opinion: Opinion, languages: tuple[str, ...], effort: Effort) -> Guess:
    """Return what eldc is sure of, if lingua says so too or knows a sister of it better."""
    family = _family(opinion.first, languages)
    if effort == "fast" and len(family) == 1:
        return Guess(family[0], _ELDC_SCORE)
    rivals = opinion.others or languages
    answer = lingua_answer(line.words, among((*family, *rivals), line.script))
    speaker = _speaker(line.words)
    if answer.language not in family:
        plain = speaker == opinion.first
        return Guess(opinion.first, _UNSURE_SCORE, answer.language, answer.score) if plain else NOTHING
    if line.letters >= _SEVERAL and speaker in opinion.others and own_words(opinion.first):
        return NOTHING  # a sentence of it is in the other
    if len(family) > 1 and (answer.score < _LEAST_KIN or is_unsure(answer.language)):
        return NOTHING
    if answer.score < _LEAST_AGREED:
        return NOTHING
    return answer._replace(score=_AGREED_SCORE if len(family) == 1 or answer.score >= _HIGH else _UNSURE_SCORE)


@lru_cache(maxsize=1024)
def _main(seen: tuple[str, ...], script: str) -> str:
    """Return the first of the languages `seen` that is written in `script`, empty where none is."""
    return next((primary(tag) for tag in seen if primary(tag) in written_in(script)), "")


def _family(first: str, expected: tuple[str, ...]) -> tuple[str, ...]:
    """Return eldc's `first` language and those it takes for it; of these only the expected ones, if any is."""
    family = (first, *kin(first))
    return tuple(language for language in family if language in expected) or family
