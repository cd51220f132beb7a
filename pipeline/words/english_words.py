"""English words that a translator left in Chinese sentences: 情况已经 significantly 改善.

Writers of Chinese mix in English of their own: words of their trade, of songs and shops. So a page is asked as a whole:
a word of grammar is nobody's loan; any other word counts only beside a few of its like, on a page that is not full
of English, and that shows no code. Fewer do where the furniture speaks another language: who put a foreign article
into it had it translated. On a page that leaks, words of a trade are left over too; those of everyday life are not.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import regex

from pipeline.lines.quotations import quotations
from pipeline.rules import Rule, load_rules
from pipeline.words.word_formation import is_compound, is_known_word
from pipeline.words.word_vectors import shipped_vocabulary

_RUN = regex.compile(
    r"(?<![\p{Latin}\p{M}\p{N}_.@#/\\$%&+=<>`'’*~^|:-])(?<!\p{Latin}[ ])[a-z]++(?:[ '’-][a-z]++)*+"
    r"(?![\p{L}--\p{Han}]|[\p{M}\p{N}_.@#/\\$%&+=<>`'’*~^|{-]|\((?!\p{Han})|[ ][\p{Latin}\p{N}])",
    regex.V1,
)
"""Words in small letters between letters and marks of Chinese; a capital or a figure beside them is a name's."""
_MAY_BEGIN = regex.compile(r"[a-z](?<![^\s⺀-\U0003ffff“”‘’(),;!?][a-z])")
"""A small letter that no other one stands before: found in a fiftieth of the time, and on few pages."""
_BESIDE = regex.compile(r"[\p{Han}，。、；：！？“”‘’（）(),;!?]")
_CODE = regex.compile(
    r"`|\w\(\)|\p{Ll}_\p{Ll}|\p{Ll}\p{Lu}\p{Ll}|(?<!\S)--?\p{Ll}|[{}<>=]{2}|://"
    r"|\.(?:py|js|ts|sh|md|json|ya?ml|cpp|java|go)\b"
)
_HAN = regex.compile(r"\p{Han}")
_CLAUSE_MARKS = "，。；：！？"
_BRACKETED = regex.compile(r"[(（][^()（）\n]{0,90}[)）]")
_GLOSS = regex.compile(r"[ ]?[(（](\p{Han}{2,12})[)）]")
_MARKS = " “\"'‘「『"
_LEAST_LETTERS = 4
_MOST_WORDS = 4
_MOST_BEFORE = 6
"""Code points before a word that say that it is spoken of."""
_MOST_BESIDE_CITED = 5
"""Han letters beside English ones in a quotation that is a title or a word that is spoken of; more are speech."""
_LEAST_TOGETHER = 3
"""Different words that make a page of leftovers where none of them is grammar."""
_LEAST_BESIDE_SURE = 2
_LEAST_TRANSLATED = 2
"""The same on a page that is a translation by the look of its furniture."""
_MOST_LOANS = 2
"""Words that writers borrow, or speak of, beside which a lone word of grammar is left over still."""
_MOST_OFTEN = 2
"""How often a leftover stands on a page; what stands there more often is what the page is about."""
_LEAST_HAN_EACH, _LEAST_HAN_TRANSLATED = 30, 15
"""Han letters for each English word; with fewer, the writer mixes both languages. Translators do not."""
_MOST_CODE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishWordRule(Rule):
    """Words by `role`: see rules/english_words.toml."""

    role: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftWord:
    """Words left in a paragraph, by the paragraph's ordinal and their offsets in it."""

    ordinal: int
    start: int
    end: int
    gloss: tuple[int, int] | None
    """Where their translation stands, in a bracket right after them."""


@dataclass(frozen=True, slots=True)
class _Run:
    place: LeftWord
    text: str
    sure: bool
    is_loan: bool
    """Whether writers of its trade borrow it, or it may be a brand: left over on a page that leaks elsewhere."""


@dataclass(frozen=True, slots=True)
class _Found:
    runs: list[_Run]
    loans: Counter[str]
    """How often each word stands there that writers borrow."""
    strange: Counter[str]
    """The same of words that are in no list: names, and what is too rare for a list."""
    cited: Counter[str]
    """The same of words that are spoken of."""
    glossed: list[LeftWord]
    """Words of English with a translation beside them."""


def may_hold_english(text: str) -> bool:
    """Return, at a glance, whether a Chinese `text` may hold words that `english_words` would yield.

    >>> may_hold_english("情况已经 significantly 改善"), may_hold_english("用 APP 下单")
    (True, False)
    """
    return _MAY_BEGIN.search(text) is not None and any(map(_is_beside_han, _RUN.finditer(text)))


def english_words(paragraphs: Sequence[tuple[int, str]], *, is_translated: bool = False) -> Iterator[LeftWord]:
    """Yield the English words left in the Chinese `paragraphs` of a page, given with their ordinals.

    `is_translated` says that the page is a translation by the look of what stands around the paragraphs.

    >>> [text[w.start : w.end] for text in ["情况已经 significantly 改善。"] for w in english_words([(0, text)])]
    ['significantly']
    """
    if sum(len(_CODE.findall(text)) for _, text in paragraphs) > _MOST_CODE:
        return
    found = _found(paragraphs)
    left = [run.place for run in _left(found, paragraphs, is_translated=is_translated)]
    # A writer's own loans have no translation beside them but where they are new.
    yield from dict.fromkeys([*left, *found.glossed] if is_translated else left)


def _left(found: _Found, paragraphs: Iterable[tuple[int, str]], *, is_translated: bool) -> Iterator[_Run]:
    """Yield the runs that all that was found on a page says are left over."""
    own = [run for run in found.runs if not run.is_loan]
    if not own:
        return
    others = found.loans + found.strange + found.cited
    han = sum(len(_HAN.findall(text)) for _, text in paragraphs)
    least_han = _LEAST_HAN_TRANSLATED if is_translated else _LEAST_HAN_EACH
    if least_han * (len(own) + sum(others.values())) > han and len(own) + len(others) > 1:
        return
    often = Counter(run.text for run in found.runs)
    own = [run for run in own if run.sure or often[run.text] <= _MOST_OFTEN]
    is_left = _is_leaky(own, found, is_translated=is_translated)
    for run in found.runs if is_left else own:
        if run.is_loan and often[run.text] > _MOST_OFTEN:
            continue
        is_sure = run.sure and len(others) <= _MOST_LOANS
        if is_left or is_sure or (run.place.gloss and not run.text.isalpha()):
            yield run


def _is_leaky(own: Iterable[_Run], found: _Found, *, is_translated: bool) -> bool:
    """Return whether a page holds so many words that nobody borrows that they are left over, and no way of writing."""
    words, sure = {run.text for run in own}, {run.text for run in own if run.sure}
    least = _LEAST_BESIDE_SURE if sure else _LEAST_TRANSLATED if is_translated else _LEAST_TOGETHER
    if is_translated:
        return len(words) >= max(least, len(found.loans) + 1, len(found.cited))
    return len(words) >= max(least, len(found.loans | found.strange | found.cited) + 1)


def _found(paragraphs: Iterable[tuple[int, str]]) -> _Found:
    found = _Found([], Counter(), Counter(), Counter(), [])
    for ordinal, text in paragraphs:
        matches = [match for match in _RUN.finditer(text) if _is_beside_han(match)]
        starts, farthest = _set_apart(text) if matches else ([], [])
        for match in matches:
            words = match.group()
            is_own, told = _is_english(words), bool(_told(words))
            if not is_own:
                (found.loans if told else found.strange)[words] += 1
            gloss = _GLOSS.match(text, match.end())
            opened = bisect(starts, match.start())
            is_apart = bool(opened) and farthest[opened - 1] >= match.end()
            place = LeftWord(ordinal, *match.span(), gloss.span(1) if gloss else None)
            if gloss and told and not is_apart and words not in _listed("usual"):
                found.glossed.append(place)
            if not is_own and not _is_of_a_trade(words) and not is_compound(words):
                continue
            if is_apart or (not gloss and _is_cited(text, *match.span())):
                if is_own:
                    found.cited[words] += 1
                continue
            found.runs.append(_Run(place, words, _is_sure(words), not is_own))
    return found


def _set_apart(text: str) -> tuple[list[int], list[int]]:
    """Return where brackets and short quotations begin, and how far those up to each reach.

    What is in them is an original, a title or spoken of.
    """
    quoted = (span for span in quotations(text) if len(_HAN.findall(text, *span)) <= _MOST_BESIDE_CITED)
    spans = sorted([*quoted, *(match.span() for match in _BRACKETED.finditer(text))])
    return [start for start, _ in spans], list(accumulate((end for _, end in spans), max))


def _is_beside_han(run: regex.Match[str]) -> bool:
    """Return whether Chinese stands on both sides of a run, a space allowed, and on one a letter or a translation."""
    text = run.string
    before = text[max(0, run.start() - 2) : run.start()].rstrip(" ")[-1:]
    after = text[run.end() : run.end() + 2].lstrip(" ")[:1]
    if not (_BESIDE.match(before) or not before) or not (_BESIDE.match(after) or after in ("", ".")):
        return False
    if _HAN.match(before) or _HAN.match(after) or _GLOSS.match(text, run.end()):
        return True
    # A joint between clauses stands between their marks.
    return before in _CLAUSE_MARKS and after in _CLAUSE_MARKS and bool(before and after) and _is_sure(run.group())


def _is_english(words: str) -> bool:
    """Return whether words are English, and none that writers of Chinese use as they are."""
    if _is_sure(words):
        return True
    told = _told(words)
    borrowed = _listed("loan") | _listed("usual")
    if not told or words in borrowed or words.replace("-", " ") in borrowed:
        return False
    # Words with a preposition between them are a phrase of its own, whatever writers borrow of it: best-in-class.
    is_phrase = 1 < len(told) < len(words.replace("-", " ").split(" "))
    return is_phrase or not all(part in borrowed for part in told)


def _is_of_a_trade(words: str) -> bool:
    """Return whether words are English of somebody's trade, and not of everybody's writing."""
    told = _told(words)
    return bool(told) and words not in _listed("usual") and not any(part in _listed("usual") for part in told)


def _told(words: str) -> Sequence[str]:
    """Return the words of a short phrase but for those that link them; none where one of them is no English."""
    parts = words.replace("-", " ").split(" ")
    told = [part for part in parts if part not in _listed("link")]
    if len(parts) > _MOST_WORDS or not told or sum(map(len, told)) < _LEAST_LETTERS:
        return ()
    listed = _listed("sure") | _listed("loan")
    return told if all(part in listed or is_known_word(part) for part in told) else ()


def _is_sure(words: str) -> bool:
    """Return whether words are grammar, or an adverb made of an adjective that is known."""
    if words in _listed("sure") or words in _listed("phrase"):
        return True
    return len(words) > 6 and words.endswith("ly") and words in shipped_vocabulary() and words not in _listed("loan")


def _is_cited(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _MOST_BEFORE) : start].rstrip(_MARKS)
    after = text[end : end + _MOST_BEFORE].lstrip(" ”\"'’」』")
    return before.endswith(_endings("before")) or after.startswith(_endings("after"))


@cache
def _endings(role: str) -> tuple[str, ...]:
    return tuple(sorted(_listed(role)))


@cache
def _listed(role: str) -> frozenset[str]:
    rules = load_rules("english_words", EnglishWordRule)
    return frozenset(word for rule in rules if rule.role == role for word in rule.words)
