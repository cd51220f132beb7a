"""The translation before a bracket that holds the original: `flywheel effect (飞轮)`.

Where such a phrase ends is plain, where it begins is not: an everyday word, a mark, a possessive ends it on its left.
"""

from collections.abc import Sequence

import regex

from pipeline.fragments.gloss import CLOSERS, Bracket, Gloss, content_words, is_everyday, original_in, rules
from pipeline.languages.everyday import own_words
from pipeline.words.pinyin import is_spelling

_PAIRS = {"”": "“„", "’": "‘‚", "“": "„"} | dict(zip("»」』》〉】", "«「『《〈【", strict=True))

_MOST_BEFORE = 90
"""Code points before a bracket that are looked at for what it glosses."""
_MOST_PARTS = 3
"""Words of a Chinese name in Latin letters."""
_MOST_NAME = 6
"""Words of a name."""
_LETTERS_OF_TWO_WORDS = 4
"""Code points of a Chinese word that takes two English words or more."""
_LEAST_LINKED = 2
"""Code points of a word that can be two nouns with a preposition between them."""

_LETTERS_OF_A_WORD = 2
"""Han letters that make a word."""
_LEAST_LONG = 5
"""Han letters of a term that no short word renders."""
_LETTERS_A_HAN = 2
"""Letters of an alphabet that a Han letter of such a term takes at least."""

_HAN = regex.compile(r"\p{Han}")
_HAN_NAME = regex.compile(r"\p{Han}{2,4}")
_ELIDED = regex.compile(r"\p{L}{1,2}['’]\p{Ll}")  # L'éditeur Yuewen: what a name is, before it
_POSSESSIVE = regex.compile(r"['’]s$|s['’]$")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}'’&+]+(?:[-.][\p{L}\p{M}\p{N}]++)*+")


def reversed_gloss(text: str, bracket: Bracket, *, language: str = "und") -> Gloss | None:
    """Return the phrase before a bracket that holds its original; None where its start is not marked.

    `language` is the text's: its everyday words end a phrase; where it is not known, those of any language.

    >>> from pipeline.fragments.gloss import brackets
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
    start = _spelled(before, text[slice(*original)])
    if start is None:
        start = _start(before, original[1] - original[0], language, cut=floor > 0)
    return _cut(before, start, len(before), floor) if start is not None else None


def is_perhaps_longer(text: str, gloss: Gloss, language: str) -> bool:
    """Return whether the phrase that `gloss` is may begin earlier: deficiency of | yin (阴虚), pieśń ludu | Dong.

    Before a preposition, an article after it allowed, or before a name that stands after a common word.

    >>> text = "a deficiency of yin (阴虚)"
    >>> [is_perhaps_longer(text, Gloss(text[at:19], at, 19, False), "en") for at in (16, 2)]
    [True, False]

    A measure goes with anything, and belongs to nothing: a glass of | tea (茶).
    """
    before = list(_TOKEN.finditer(text[max(0, gloss.start - _MOST_BEFORE) : gloss.start]))
    words = [token.group() for token in before[-3:]]
    if len(words) > 2 and is_everyday(words[-1], language) and _is_link(words[-2], language):
        return _may_govern(words[-3], language)
    if len(words) < 2 or text[gloss.start - 1] != " ":
        return False
    if gloss.text[0].isupper() and words[-1][0].islower():
        return not is_everyday(words[-1], language)
    return _is_link(words[-1], language) and _may_govern(words[-2], language)


def is_too_short(original: str, phrase: str) -> bool:
    """Return whether a phrase in small letters has too few of them to say all that a long Han `original` says.

    >>> is_too_short("高层对低层的补偿款", "lower ones"), is_too_short("护城河", "moat")
    (True, False)
    """
    han = len(_HAN.findall(original))
    return han >= _LEAST_LONG and phrase[:1].islower() and sum(map(str.isalpha, phrase)) < _LETTERS_A_HAN * han


def is_perhaps_half(text: str, gloss: Gloss, original: str, language: str) -> bool:
    """Return whether a preposition and a noun before `gloss` may belong to it: flatbread with | leeks (葱花烙饼).

    Words alone do not tell a verb's preposition: it works with | chopped leeks (切碎韭菜). Two Han letters of the
    `original` are a word; where the phrase has more words than that, it lacks nothing.
    """
    letters = len(_HAN.findall(original))
    if letters <= _LETTERS_OF_A_WORD or _LETTERS_OF_A_WORD * len(content_words(gloss.text)) > letters + 1:
        return False
    floor = max(0, gloss.start - _MOST_BEFORE)
    joints = (rule for rule in rules("joint") if rule.language == language)
    found = (rule.pattern.search(text, floor, gloss.start) for rule in joints)
    return any(match and _may_govern(match.group(1), language) for match in found)


def likely_gloss(text: str, bracket: Bracket, *, language: str = "und") -> Gloss | None:
    """Return the likeliest phrase before a bracket that holds its original, its start marked or not.

    Without a mark it has as many words as the original has letters; None where no word stands before the bracket.

    >>> from pipeline.fragments.gloss import brackets
    >>> text = "It uses cleaner harder carbon (硬碳)"
    >>> [gloss.text for bracket in brackets(text) if (gloss := likely_gloss(text, bracket))]
    ['harder carbon']
    """
    if sure := reversed_gloss(text, bracket, language=language):
        return _with_manner(text, sure, language)
    original = original_in(text, bracket)
    floor = max(0, bracket.start - _MOST_BEFORE)
    before = text[floor : bracket.start].rstrip(" ")
    tokens = list(_TOKEN.finditer(before))
    if original is None or not tokens or tokens[-1].end() != len(before):
        return None
    letters = original[1] - original[0]
    first = _article_before(before, tokens, letters, language)
    if first is None:
        first = len(tokens) - 1
        while first > max(len(tokens) - letters, 0) and not _ends(before, tokens, first, language):
            first -= 1
    if _is_small(tokens[first].group(), language):
        return None
    return _cut(before, tokens[first].start() + _elision(tokens[first].group(), language), len(before), floor)


def _article_before(before: str, tokens: Sequence[regex.Match[str]], letters: int, language: str) -> int | None:
    """Return which token begins the phrase where adjectives follow their noun: up to the article all is one phrase.

    None in other languages, and where no article stands within two words a letter.
    """
    for first in range(len(tokens) - 1, max(len(tokens) - 2 * letters, 1) - 1, -1):
        if before[tokens[first - 1].end() : tokens[first].start()] != " ":
            return None
        if _is_in("article", tokens[first - 1].group(), language):
            return first
        if _is_small(tokens[first - 1].group(), language):
            return None
    return None


def _with_manner(text: str, gloss: Gloss, language: str) -> Gloss:
    """Return `gloss` with the dish that a way of making it belongs to: des | raviolis à la vapeur."""
    floor = max(0, gloss.start - _MOST_BEFORE)
    for rule in rules("manner"):
        found = rule.pattern.search(text, floor, gloss.start) if rule.language == language else None
        if found:
            return Gloss(text[found.start(1) : gloss.end], found.start(1), gloss.end, False)
    return gloss


def _spelled(before: str, original: str) -> int | None:
    """Return where the name begins that ends `before` and spells Han letters: Founder | Luo Qingshan (罗青山).

    None where the words say anything else, or where nothing before them could be taken for a part of the name.
    """
    if not _HAN_NAME.fullmatch(original):
        return None
    tokens = list(_TOKEN.finditer(before))
    words = [token.group() for token in tokens[-_MOST_PARTS - 1 :]]
    for number in range(min(_MOST_PARTS, len(words) - 1), 0, -1):
        name = words[-number:]
        if all(word[0].isupper() for word in words[-number - 1 :]) and is_spelling(
            " ".join(name).casefold(), len(original)
        ):
            return tokens[-number].start() if before.endswith(" ".join(name)) else None
    return None


def _everyday_of(language: str) -> str:
    return language if any(rule.language == language for rule in rules("word")) else ""


def _is_small(word: str, language: str) -> bool:
    """Return whether `word` is an article, a pronoun, an auxiliary or the like: no word of a phrase."""
    return is_everyday(word, _everyday_of(language)) or word.casefold() in own_words(language)


def _is_in(role: str, word: str, language: str) -> bool:
    return any(rule.language == language and rule.pattern.fullmatch(word.casefold()) for rule in rules(role))


def _may_govern(word: str, language: str) -> bool:
    """Return whether the phrase after `word` and a preposition may be the second half of its term."""
    return not is_everyday(word, language) and not _is_in("measure", word, language)


def _elision(word: str, language: str) -> int:
    """Return how many code points of `word` are an article that lost its vowel: l'autoroute, dell'economia."""
    found = (rule.pattern.match(word) for rule in rules("elided") if rule.language == language)
    return next((match.end() for match in found if match), 0)


def _cut(before: str, start: int, end: int, floor: int) -> Gloss | None:
    words = before[start:end]
    # A number is counted by the bracket after it, not translated: 200 (元), 555-0134 (代表).
    return Gloss(words, floor + start, floor + end, False) if any(map(str.isalpha, words)) else None


def _opening(before: str) -> int | None:
    """Return where the text begins that the quote at the end of `before` closes."""
    closer = before[-1]
    at = max(before.rfind(opener, 0, -1) for opener in _PAIRS.get(closer, closer))
    return at + 1 if at >= 0 else None


def _start(before: str, letters: int, language: str, *, cut: bool) -> int | None:
    """Return where the noun phrase begins that ends `before`: after a mark or an everyday word."""
    tokens = list(_TOKEN.finditer(before))
    if not tokens or tokens[-1].end() != len(before):
        return None
    first = len(tokens) - 1
    is_name = tokens[first].group()[0].isupper()
    if not is_name and _is_small(tokens[first].group(), language):
        return None
    if not is_name and (elided := _elision(tokens[first].group(), language)):
        return tokens[first].start() + elided
    while first and before[tokens[first - 1].end() : tokens[first].start()] in (" ", "-"):
        if (is_name and _begins_name(tokens, first)) or _ends(before, tokens, first, language):
            return tokens[first].start() if is_name else _through_link(before, tokens, first, letters, language)
        first -= 1
        if len(tokens) - first > (_MOST_NAME if is_name else max(letters, 1)):
            return None
        if not is_name and (elided := _elision(tokens[first].group(), language)):
            return tokens[first].start() + elided
    # The window's own edge marks nothing.
    if (first == 0 and cut) or _is_small(tokens[first].group(), language):
        return None
    return tokens[first].start()


def _begins_name(tokens: Sequence[regex.Match[str]], first: int) -> bool:
    word = tokens[first - 1].group()
    return not word[0].isupper() or _ELIDED.match(word) is not None or _is_title(word)


def _is_title(word: str) -> bool:
    return any(rule.pattern.fullmatch(word.casefold()) for rule in rules("title"))


def _ends(before: str, tokens: Sequence[regex.Match[str]], first: int, language: str) -> bool:
    """Return whether what stands before token `first` cannot belong to its phrase."""
    if before[tokens[first - 1].end() : tokens[first].start()] not in (" ", "-"):
        return True
    word = tokens[first - 1].group()
    if _POSSESSIVE.search(word):
        return True
    if word.islower() and _is_in("verb", word, language):
        return True
    # He Zhiyuan is no pronoun and a given name.
    is_name = tokens[first].group()[0].isupper()
    return is_everyday(word, _everyday_of(language)) if is_name else _is_small(word, language)


def _through_link(before: str, tokens: Sequence[regex.Match[str]], first: int, letters: int, language: str) -> int:
    """Return where the phrase that begins at token `first` begins, if what it depends on belongs to it.

    A contrato a prazo (期货合约): four letters are two words at least, so one alone is half of them. In Romance
    languages a bare noun after `de` always is half a term: pâte de haricots (豆沙).
    """
    start = tokens[first].start()
    if first < 2 or letters < _LEAST_LINKED:
        return start
    link, governor = tokens[first - 1].group(), tokens[first - 2]
    is_half = any(rule.pattern.fullmatch(link.casefold()) for rule in rules("half"))
    too_few = first == len(tokens) - 1 and letters >= _LETTERS_OF_TWO_WORDS
    beside = before[governor.end() : start] == f" {link} " and _is_link(link, language)
    is_term = beside and (is_half or too_few) and _may_govern(governor.group(), "")
    return governor.start() if is_term and not _is_in("measure", governor.group(), language) else start


def _is_link(word: str, language: str) -> bool:
    found = (rule for rule in rules("link") if rule.pattern.fullmatch(word.casefold()))
    return any(not language or rule.language == language for rule in found)
