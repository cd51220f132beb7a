"""The translation before a bracket that holds the original: `flywheel effect (飞轮)`.

Where such a phrase ends is plain, where it begins is not: an everyday word, a mark, a possessive ends it on its left.
"""

from collections.abc import Sequence

import regex

from pipeline.gloss import CLOSERS, Bracket, Gloss, is_everyday, original_in, rules

_PAIRS = {"”": "“„", "’": "‘‚", "“": "„"} | dict(zip("»」』》〉】", "«「『《〈【", strict=True))

_MOST_BEFORE = 90
"""Code points before a bracket that are looked at for what it glosses."""
_MOST_NAME = 6
"""Words of a name."""
_LETTERS_OF_TWO_WORDS = 4
"""Code points of a Chinese word that takes two English words or more."""

_ELIDED = regex.compile(r"\p{L}{1,2}['’]\p{Ll}")  # L'éditeur: an article in front of a common noun
_POSSESSIVE = regex.compile(r"['’]s$|s['’]$")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}'’&+]+(?:[-.][\p{L}\p{M}\p{N}]++)*+")


def reversed_gloss(text: str, bracket: Bracket, *, language: str = "und") -> Gloss | None:
    """Return the phrase before a bracket that holds its original; None where its start is not marked.

    `language` is the text's: its everyday words end a phrase; where it is not known, those of any language.

    >>> from pipeline.gloss import brackets
    >>> text = "forms a flywheel effect (飞轮)"
    >>> [gloss.text for bracket in brackets(text) if (gloss := reversed_gloss(text, bracket))]
    ['flywheel effect']
    """
    original = original_in(text, bracket)
    floor = max(0, bracket.start - _MOST_BEFORE)
    before = text[floor : bracket.start].rstrip(" ")
    if original is None or not before:
        return None
    if before[-1] in CLOSERS:
        opened = _opening(before)
        return _cut(before, opened, len(before) - 1, floor) if opened is not None else None
    start = _start(before, original[1] - original[0], _everyday_of(language), cut=floor > 0)
    return _cut(before, start, len(before), floor) if start is not None else None


def is_perhaps_longer(text: str, gloss: Gloss, language: str) -> bool:
    """Return whether the phrase that `gloss` is may begin earlier: deficiency of | yin (阴虚), pieśń ludu | Dong.

    Before a preposition, an article after it allowed, or before a name that stands after a common word.

    >>> text = "a deficiency of yin (阴虚)"
    >>> [is_perhaps_longer(text, Gloss(text[at:19], at, 19, False), "en") for at in (16, 2)]
    [True, False]
    """
    before = list(_TOKEN.finditer(text[max(0, gloss.start - _MOST_BEFORE) : gloss.start]))
    words = [token.group() for token in before[-3:]]
    if len(words) > 2 and is_everyday(words[-1], language) and _is_link(words[-2], language):
        return not is_everyday(words[-3], language)
    if len(words) < 2 or text[gloss.start - 1] != " ":
        return False
    if gloss.text[0].isupper() and words[-1][0].islower():
        return not is_everyday(words[-1], language)
    return _is_link(words[-1], language) and not is_everyday(words[-2], language)


def likely_gloss(text: str, bracket: Bracket, *, language: str = "und") -> Gloss | None:
    """Return the likeliest phrase before a bracket that holds its original, its start marked or not.

    Without a mark it has as many words as the original has letters; None where no word stands before the bracket.

    >>> from pipeline.gloss import brackets
    >>> text = "It uses cleaner harder carbon (硬碳)"
    >>> [gloss.text for bracket in brackets(text) if (gloss := likely_gloss(text, bracket))]
    ['harder carbon']
    """
    if sure := reversed_gloss(text, bracket, language=language):
        return sure
    original = original_in(text, bracket)
    floor = max(0, bracket.start - _MOST_BEFORE)
    before = text[floor : bracket.start].rstrip(" ")
    tokens = list(_TOKEN.finditer(before))
    if original is None or not tokens or tokens[-1].end() != len(before):
        return None
    everyday = _everyday_of(language)
    first = len(tokens) - 1
    while first > max(len(tokens) - (original[1] - original[0]), 0) and not _ends(before, tokens, first, everyday):
        first -= 1
    return (
        None
        if is_everyday(tokens[first].group(), everyday)
        else _cut(before, tokens[first].start(), len(before), floor)
    )


def _everyday_of(language: str) -> str:
    return language if any(rule.language == language for rule in rules("word")) else ""


def _cut(before: str, start: int, end: int, floor: int) -> Gloss | None:
    words = before[start:end]
    # A number is counted by the bracket after it, not translated: 200 (元), 555-0134 (代表).
    return Gloss(words, floor + start, floor + end, False) if any(map(str.isalpha, words)) else None


def _opening(before: str) -> int | None:
    """Return where the text begins that the quote at the end of `before` closes."""
    closer = before[-1]
    at = max(before.rfind(opener, 0, -1) for opener in _PAIRS.get(closer, closer))
    return at + 1 if at >= 0 else None


def _start(before: str, letters: int, everyday: str, *, cut: bool) -> int | None:
    """Return where the noun phrase begins that ends `before`: after a mark or an everyday word."""
    tokens = list(_TOKEN.finditer(before))
    if not tokens or tokens[-1].end() != len(before):
        return None
    first = len(tokens) - 1
    is_name = tokens[first].group()[0].isupper()
    while first and before[tokens[first - 1].end() : tokens[first].start()] in (" ", "-"):
        if (is_name and not tokens[first - 1].group()[0].isupper()) or _ends(before, tokens, first, everyday):
            return tokens[first].start() if is_name else _through_link(before, tokens, first, letters, everyday)
        first -= 1
        if len(tokens) - first > (_MOST_NAME if is_name else max(letters, 1)):
            return None
    # The window's own edge marks nothing.
    if (first == 0 and cut) or is_everyday(tokens[first].group(), everyday):
        return None
    return tokens[first].start()


def _ends(before: str, tokens: Sequence[regex.Match[str]], first: int, everyday: str) -> bool:
    """Return whether what stands before token `first` cannot belong to its phrase."""
    if before[tokens[first - 1].end() : tokens[first].start()] not in (" ", "-"):
        return True
    word = tokens[first - 1].group()
    return bool(is_everyday(word, everyday) or _ELIDED.match(word) or _POSSESSIVE.search(word))


def _through_link(before: str, tokens: Sequence[regex.Match[str]], first: int, letters: int, language: str) -> int:
    """Return where the phrase that begins at token `first` begins, if what it depends on belongs to it.

    A contrato a prazo (期货合约): four letters are two words at least, so one alone is half of them. In Romance
    languages a bare noun after `de` always is half a term: pâte de haricots (豆沙).
    """
    start = tokens[first].start()
    if first < 2:
        return start
    link, governor = tokens[first - 1].group(), tokens[first - 2]
    is_half = any(rule.pattern.fullmatch(link.casefold()) for rule in rules("half"))
    too_few = first == len(tokens) - 1 and letters >= _LETTERS_OF_TWO_WORDS
    beside = before[governor.end() : start] == f" {link} " and _is_link(link, language)
    return governor.start() if beside and (is_half or too_few) and not is_everyday(governor.group()) else start


def _is_link(word: str, language: str) -> bool:
    found = (rule for rule in rules("link") if rule.pattern.fullmatch(word.casefold()))
    return any(not language or rule.language == language for rule in found)
