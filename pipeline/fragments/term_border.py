"""Where a Chinese term begins that stands right before a bracket with its translation.

Chinese does not part words, so `公司被称为独角兽(Unicorn)` does not say where the term starts. Marks do
where there are any: quotes, punctuation, a Latin word, a digit. Otherwise words that do not begin a noun
(的, 称为, 一家) end what goes before, and the length a rendering usually has decides which of them: 1.5 to
4 characters a content word. What is left is cut down to what the page says again in other surroundings.

Borders are written in simplified letters and looked for in a simplified copy, so they serve both variants.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex

from pipeline.fragments.gloss import CLOSERS, Gloss, content_words
from pipeline.languages.chinese import to_hans
from pipeline.rules import PatternRule, load_rules

_MOST_TERM = 24
_WINDOW = 48

_TAIL = regex.compile(r"[\p{Han}〇·・•]{1,40}$")
_HAS_HAN = regex.compile(r"\p{Han}")
_JOINING = regex.compile(r"[的与及或]")
_FIRM_WORDS = regex.compile(r" and | of |&")  # in no person's name
_SENTENCE = regex.compile(r"[。,，;；!！?？\n]")
_PAIRS = dict(zip("”’」』》〉】»\"'", "“‘「『《〈【«\"'", strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderRule(PatternRule):
    """Words after which a term may begin.

    `strength` is `strong` (verbs, prepositions, measure words), `weak` (的 and its like: may stand inside a
    term), `maybe` (verbs that begin many a compound: what follows must be as long as is usual), `and` (weak,
    and no border at all where the translation says `and` too) or `role` (titles of persons and kinds of
    firms: borders before a name only). `affix` is no border: it finds what makes a new word of the next one.
    """

    strength: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it reads, and the offset of its first character."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Length:
    """How many characters the term may have.

    `least` after a strong border, `least_weak` after a weak one, `usual` where little else speaks for it.
    """

    least: int
    least_weak: int
    usual: int
    most: int


def term_before(text: str, end: int, gloss: Gloss, known: Mapping[str, str], page: str = "") -> Term | None:
    """Return the Chinese term before `end` that `gloss` translates; None where its start would be a guess.

    `known` holds terms glossed elsewhere in the document, with their translations: they too end what goes
    before. `page` is a sample of the document, to see what recurs.

    >>> term_before("公司被称为独角兽(Unicorn)", 8, Gloss("Unicorn", 9, 16, False), {})
    Term(text='独角兽', start=5)
    """
    while end and text[end - 1] == " ":
        end -= 1
    floor = max(0, end - _WINDOW)
    window = text[floor:end]
    if window and window[-1] in CLOSERS:
        term = _quoted(window)
        return Term(term.text, term.start + floor) if term else None
    found = _TAIL.search(window)
    if not found:
        return None
    tail = found.group().lstrip("·・•")
    at = len(window) - len(tail)
    if at and window[at - 1] in "”’」』" and (joined := _joined(window, at, gloss)):
        return Term(joined.text, joined.start + floor)
    length = _length(gloss)
    start = _recurring(tail, _nearest(window[:at], tail, gloss, length), length, page)
    start = _without_known(tail, start, gloss, known)
    if not 2 <= len(tail) - start <= length.most:
        return None
    return Term(tail[start:], floor + at + start)


def _quoted(window: str) -> Term | None:
    opened = window.rfind(_PAIRS.get(window[-1], window[-1]), 0, -1)
    content = window[opened + 1 : -1]
    if opened < 0 or not 1 <= len(content) <= _MOST_TERM or not _HAS_HAN.search(content):
        return None
    return None if _SENTENCE.search(content) else Term(content, opened + 1)


def _joined(window: str, at: int, gloss: Gloss) -> Term | None:
    """Return a quoted modifier and its noun as one term: “高频”交易 (high-frequency trading)."""
    quoted = _quoted(window[:at])
    if quoted is None or len(quoted.text) > 4 or gloss.short or len(content_words(gloss.text)) < 2:
        return None
    return Term(quoted.text + window[at:], quoted.start)


def _length(gloss: Gloss) -> _Length:
    if gloss.short:
        letters = sum(letter.isalnum() for letter in gloss.text)
        return _Length(min(letters, 4), 2, (3 * letters + 1) // 2, 3 * letters + 2)
    words = content_words(gloss.text)
    if len(words) == 1:
        # Long words of English are compounds themselves, and take more letters in Chinese.
        usual = 2 if len(words[0]) <= 8 else 3 if len(words[0]) <= 12 else 4
        return _Length(2, 2, usual, 6 if len(words[0]) <= 12 else 8)
    n = len(words)
    # A hyphen makes one notion of two words.
    notions = len(content_words(gloss.text.replace("-", "")))
    # Names are spelled out in Chinese by their sound, which takes more letters than their meaning.
    most = 4 * n + 2 if gloss.text[0].isupper() else 3 * n + 1
    return _Length(n, (3 * n + 1) // 2, (8 * notions + 4) // 5, most)


def _nearest(before: str, tail: str, gloss: Gloss, length: _Length) -> int:
    """Return the offset in `tail` of the nearest border that leaves a term of the right length, or 0."""
    borders = dict[int, int]()
    for at, least in _borders(before, tail, gloss, length):
        borders[at] = min(least, borders.get(at, least))
    whole = len(tail)
    fitting = (at for at in sorted(borders, reverse=True) if borders[at] <= whole - at <= length.most)
    return next(fitting, 0)


def _recurring(tail: str, at: int, length: _Length, page: str) -> int:
    """Return where the longest part of `tail` from `at` on begins that `page` holds twice; `at` for none.

    A term that is worth a translation comes again, the words before it do not.
    """
    shortest, longest = length.usual, len(tail) - at
    if shortest > longest or not _recurs(tail[-shortest:], page):
        return at
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if _recurs(tail[-middle:], page):
            shortest = middle
        else:
            longest = middle - 1
    start = len(tail) - shortest
    affixes = (rule for rule in load_rules("borders", BorderRule) if rule.strength == "affix")
    return at if any(rule.pattern.search(to_hans(tail[at:start])) for rule in affixes) else start


def _recurs(word: str, page: str) -> bool:
    first = page.find(word)
    return first >= 0 and page.find(word, first + len(word)) >= 0


def _borders(before: str, tail: str, gloss: Gloss, length: _Length) -> Iterator[tuple[int, int]]:
    """Yield offsets in `tail` where a term may begin, with the least length it must have there."""
    yield 0, length.least_weak
    context = _simplified(before[-1:] + tail)
    shift = len(context) - len(tail)
    skipped = {"affix"} if _is_name(gloss) else {"affix", "role"}
    if _FIRM_WORDS.search(gloss.text):
        skipped |= {"and", "role"}
    least = {"strong": length.least, "role": length.least, "maybe": length.usual}
    if not gloss.short and gloss.text[0].islower() and not _FIRM_WORDS.search(gloss.text):
        # Only names and phrases with `of` are likely to hold a 的 of their own.
        least["weak"] = length.least
    if gloss.short:
        # Few letters say little: 目标与关键成果 is OKR as a whole.
        least["and"] = length.usual
    for rule in load_rules("borders", BorderRule):
        if rule.strength in skipped:
            continue
        for found in rule.pattern.finditer(context):
            # No noun begins with a conjunction: such a border lies inside a name.
            if not _JOINING.match(context, max(shift, found.end())):
                yield max(0, found.end() - shift), least.get(rule.strength, length.least_weak)


def _is_name(gloss: Gloss) -> bool:
    return not gloss.short and all(word[0].isupper() for word in content_words(gloss.text))


def _simplified(text: str) -> str:
    simplified = to_hans(text)
    return simplified if len(simplified) == len(text) else text


def _without_known(tail: str, at: int, gloss: Gloss, known: Mapping[str, str]) -> int:
    """Return `at`, or the end of a known term there whose translation is no part of `gloss`.

    A short form says nothing about length, so `known` may cut it at once; a full translation only where the
    term is too long for it.
    """
    length = _length(gloss)
    if not gloss.short and len(tail) - at <= length.most:
        return at
    least = len(gloss.text) if gloss.short else length.least_weak
    words = set(gloss.text.casefold().split())
    for term, translation in sorted(known.items(), key=lambda item: (-len(item[0]), item[0])):
        rest = at + len(term)
        if tail.startswith(term, at) and len(tail) - rest >= max(2, least):
            return at if set(translation.casefold().split()) & words else rest
    return at
