"""The slot a leftover stands in: which part of speech the English words beside it ask for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.rules import PatternRule, Rule, load_rules
from pipeline.words.tense import is_present

_BESIDE = 3
"""Words and marks on either side that are looked at."""
_MOST_BESIDE = 60
_TOKEN = regex.compile(r"[\p{L}\p{M}]++(?:['’-][\p{L}\p{M}]++)*+|\p{N}[\p{N}.,]*+|[^\s\p{L}\p{M}\p{N}\"“”'‘’«»„`*]")
_CONTRACTED = (("'ll", "MODAL"), ("'re", "ARE"), ("'ve", "HAVE"))
_POSSESSIVE = "'s"
_WITH_IS = frozenset(("it", "that", "there", "he", "she", "what", "who", "where", "how", "here", "this", "which", "so"))
"""Words that `'s` makes no possessives of."""
_BARE = regex.compile(
    r"(?:^\||\b(?:AND|COMMA|MARK|OF|IN|BY|TO|AS|OBJECT|ING|ED|ACTS|BE|ARE|NOT|MODAL|DO|PARTICLE|NOT PLURAL))"
    r"(?: WORD)? _"
)
"""A border of a noun phrase, and at most an adjective between it and the leftover."""
_ONE = regex.compile(
    r"(?i)(?<![\p{L}'’-])(?:an?|one|each|every|another)(?! (?:few|dozen|hundred|thousand|million|lot|number|of)\b)"
    r"(?: [\p{Ll}-]++)?[ “\"'‘]*$"
)
_KIND = regex.compile(
    r"(?i)(?<!\p{L})(?:kind|sort|type|form|style|brand|breed|version|rate|art|question|matter) of[ “\"'‘]*$"
)
"""What makes a singular of the thing after it: the kind of upset that."""
_SEVERAL = regex.compile(
    r"(?i)(?:\b(?:i|we|you|they|people|many|several|most|some|few|both|these|those|all|children|women|men)"
    r"|(?<!\p{L})(?!this\b|its\b|his\b|is\b|us\b|was\b|as\b)\p{Ll}+(?<!s|u|i)s|\bof (?:them|us|you|these|those))"
    r"(?: (?:who|which|that))?(?: (?:also|still|often|now|already|always|never|just|only|even|then|\p{Ll}+ly))?"
    r"[ “\"'‘]*$"
)
"""A subject that is several: its verb in the present is the bare one."""
_THAT = regex.compile(r"\s?that\b")
"""Behind a leftover it opens a clause, and hardly ever points at a noun: to draw on stocks that."""
_NOUN_FOLLOWS = regex.compile(r"_ (?:WORD|PLURAL|NAME)\b")
_BESIDE_NOUN = 0.25
"""What words before say of a noun counts for less where the noun comes only after: there are (other) ways."""
_LESS_PAST = 0.6
_NAMED = regex.compile(
    r"(?i)(?<!\p{L})(?:is|was|be|been|being|becom(?:es?|ing)|became|remain(?:s|ed)?|means?|meant|as|dubbed|named|called|"
    r"(?:calls?|called|calling|dub|dubs|dubbed) (?:it|this|that|him|her|the \p{Ll}+)|"
    r"(?:polite|other|another|nice|new|local|chinese) (?:word|name|term) for|"
    r"(?:amount|boil|come)(?:s|ed)?(?: down)? to|there (?:is|was)|turn(?:s|ed|ing)? into|end(?:s|ed) (?:as|in|up as))"
    r"(?: (?:only|just|simply|merely|really|now|still|also|often|usually|always|actually|in fact|at best|nothing but|"
    r"nothing more than|no more than|little more than|more like))? ?[“\"'‘]*$"
)
_GOES_ON = regex.compile(r"_ (?:WORD|PLURAL|NAME|ING|ED|DET|ITS|THIS|THESE|SOME|NUMBER|QUALITY|BE|ARE|HAD|HAVE)\b")
_FORMS = (("ly", "LY"), ("ing", "ING"), ("ed", "ED"), ("ss", "WORD"), ("us", "WORD"), ("is", "WORD"), ("s", "PLURAL"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordClassRule(Rule):
    """Words that ask for the same of their neighbours; the class goes by the row's id, in capitals."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRule(PatternRule):
    """What the classes of the words around a leftover (`DET _ WORD`), or the words before it, say for each part.

    Parts: noun, plural, verb (base form), past, present (third person), gerund, participle, modifier (before a noun),
    predicate (after `is`), adverb, quantifier.
    """

    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Slot:
    """How well each part fits, 0 to 1, the best one at 1; empty where the neighbours say nothing."""

    fits: Mapping[str, float]
    is_bare: bool = False
    """Whether no article, possessive or number stands before it: what can be counted has to be a plural then."""

    is_named: bool = False
    """Whether something is said to be it, or is called it: what can be counted takes an article then."""

    is_several: bool = False
    """Whether a subject that is several stands before it."""

    is_one: bool = False
    """Whether a, an, one, each or another stands before it: a plural does not fit then."""

    def fit(self, part: str) -> float:
        """Return how well `part` fits, 0 to 1."""
        return self.fits.get(part, 0.0)

    @property
    def best(self) -> str:
        """The part that fits best; a noun where nothing is known, as most leftovers are."""
        return max(self.fits, key=lambda part: self.fits[part], default="noun")


def slot(text: str, start: int, end: int, *, for_wording: bool = True) -> Slot:
    """Return the slot that `start` to `end` of `text` stand in.

    Tense, and what only the form of a rendering depends on, is left out unless it is `for_wording`.

    >>> slot("they decided to抄底 the market", 15, 17).best
    'verb'
    >>> slot("a steep回调 in prices", 7, 9).best
    'noun'
    """
    around = classes(text, start, end)
    if for_wording and _THAT.match(text, end):
        around = around.replace("_ THIS", "_ THAT", 1)
    weights: defaultdict[str, float] = defaultdict(float)
    before = text[max(0, start - _MOST_BESIDE) : start]
    for rule in load_rules("slots", SlotRule):
        if rule.pattern.search(around):
            _add(weights, rule.parts)
    is_beside_noun = _NOUN_FOLLOWS.search(around) is not None
    for table in ("slot_phrases", "slot_wordings")[: 2 if for_wording else 1]:
        for rule in load_rules(table, SlotRule):
            if rule.pattern.search(before):
                _add(weights, rule.parts, _BESIDE_NOUN if for_wording and is_beside_noun else 1.0)
    is_several = _SEVERAL.search(before) is not None
    if for_wording and weights["past"] > 0 and is_present(text, start, end):
        # Most of the weight of a past form goes to the form of the present that the subject asks for.
        weights["verb" if is_several else "present"] += weights["past"]
        weights["past"] *= _LESS_PAST
    known = {part: weight for part, weight in weights.items() if weight > 0}
    most = max(known.values(), default=1.0)
    fits = {part: round(weight / most, 2) for part, weight in sorted(known.items())}
    is_one = _ONE.search(text, max(0, start - _MOST_BESIDE), start) is not None
    is_bare = _BARE.search(around) is not None and not _KIND.search(before)
    is_named = _NAMED.search(before) is not None and _GOES_ON.search(around) is None
    return Slot(fits, (is_bare or is_named) and not is_one, is_named and not is_one, is_several, is_one)


def _add(weights: defaultdict[str, float], parts: Mapping[str, float], for_noun: float = 1.0) -> None:
    """Add the weights of a row, those that ask for a noun times `for_noun`."""
    for part, weight in parts.items():
        weights[part] += weight * (for_noun if part in ("noun", "plural") else 1.0)


def classes(text: str, start: int, end: int) -> str:
    """Return the classes of the words beside a place, the place itself as `_`, the sentence's ends as `|`.

    >>> classes("they decided to抄底 the market", 15, 17)
    'PRONOUN ED TO _ DET WORD |'
    """
    left = [_class(token) for token in _TOKEN.findall(text[max(0, start - _MOST_BESIDE) : start])]
    right = [_class(token) for token in _TOKEN.findall(text[end : end + _MOST_BESIDE])]
    before = _until_end(reversed(left)) if left else ["|"]
    after = _until_end(right) if right else ["|"]
    return " ".join((*reversed(before), "_", *after))


def _until_end(found: Iterable[str]) -> list[str]:
    beside: list[str] = []
    for name in found:
        beside.append(name)
        if name == "|" or len(beside) == _BESIDE:
            return beside
    return [*beside, "|"]


def _class(token: str) -> str:
    folded = token.casefold().replace("’", "'")
    if name := _listed().get(folded):
        return name
    for ending, name in _CONTRACTED:
        if folded.endswith(ending):
            return name
    if folded.endswith(_POSSESSIVE):
        return "BE" if folded.removesuffix(_POSSESSIVE) in _WITH_IS else "ITS"
    if token == "1":
        return "THIS"
    if not token[0].isalpha():
        return "NUMBER" if token[0].isdigit() else "MARK"
    if token[0].isupper():
        return "NAME"
    return next((name for ending, name in _FORMS if len(folded) > len(ending) + 1 and folded.endswith(ending)), "WORD")


@cache
def _listed() -> dict[str, str]:
    return dict(_pairs())


def _pairs() -> Iterator[tuple[str, str]]:
    for rule in load_rules("word_classes", WordClassRule):
        name = rule.id.partition("/")[2].upper().replace("END", "|")
        for word in rule.words:
            yield word, name
