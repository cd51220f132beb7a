"""The forms in which one meaning of a word can stand in a slot: `to plunge` is `plunged` after `it`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import regex

from pipeline.rules import Rule, load_rules
from pipeline.words.counted_nouns import Countable, is_counted, is_event, unknown
from pipeline.words.english import Form, derived, inflect, is_plural, is_verb, parts, singular
from pipeline.words.senses import Sense
from pipeline.words.slot import Slot
from pipeline.words.splice import article

_ATTRIBUTIVE = 0.8
"""How well a noun serves before another noun, seen against an adjective."""
_PARTICIPLE = 0.6
"""How well a participle serves as an adjective, or a gerund as a noun."""
_DERIVED = 0.85
_DERIVED_BESIDE_NOUN = 0.65
_WITHOUT_ARTICLE = 0.5
"""How well the singular of what can be counted serves where no article stands: hand out mask."""
_PERHAPS_COUNTED = 0.7
_PLACED = 0.95
_GOING = 0.93
"""How well a verb that has its object serves after `is`, seen against a quality: useless, or existing in name only."""
_SAID_TO_BE = 0.6
"""How well a thing serves where a quality is asked for: it is a bargain."""
_NOT_ONE = 0.8
"""How well a plural serves where one thing is meant."""
_NOT_COUNTED = 0.2
"""How well a singular serves after `three`."""
_SAME_WORD = 0.7
"""How well a noun serves as the verb that is spelled like it."""
_QUALITIES = ("al", "ar", "ic", "ive", "ous", "able", "ible", "ary", "ent", "ant", "ed", "ing")
"""Endings of words that are adjectives first, even where they can be nouns: a universal, an economic."""
_RARE_NOUN = 0.7
_LIGHT = ("make", "take", "have", "give", "do", "get", "hold")
"""Verbs that only carry the noun after them: to make progress is progress."""
_SECOND_VERBS = ("do", "cut", "raise", "let", "make", "break", "end", "fall", "start", "drop", "stop", "run", "lose")
"""Verbs after `and` that are nouns too, and yet hardly ever the second object of the first verb."""
_PREPOSITIONS = (
    "in", "on", "at", "by", "with", "without", "for", "from", "over", "under", "to", "as", "of", "out", "after",
    "before", "during", "within", "beyond", "among", "between", "against",
)  # fmt: skip

_PARTICLES = (
    "up", "down", "off", "away", "back", "forward", "aside", "together", "apart", "through", "around", "about",
)  # fmt: skip
_NOT_PASSIVE = 0.4
"""How well a participle that has an object serves after `is`."""
_AGAIN = regex.compile(r"(\p{Ll}+) (?:by|upon|after|to|on|for|in) \1")
"""A noun said twice says how: layer by layer."""
_NO_PLURAL = ("each other", "one another")
_STATED = 0.4
"""How well a whole statement serves, whatever the slot: no word of it changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntransitiveRule(Rule):
    """Verbs that have no object: see rules/intransitive.toml."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A rendering of a sense as a part of speech, how well that fits the slot (0 to 1), the sense's place."""

    text: str
    fit: float
    order: int


def wordings(sense: Sense, slot: Slot, countable: Countable = unknown) -> tuple[Wording, ...]:
    """Return the forms of `sense` with their fit, best first; what fits not at all is there too, at 0."""
    return _best(sense.order, chain(_forms(sense, slot, countable), _derived_nouns(sense, slot)))


def inflections(sense: Sense, slot: Slot, countable: Countable = unknown) -> tuple[Wording, ...]:
    """Return what `wordings` does without nouns derived from other words: deliverance from `deliver`."""
    return _best(sense.order, _forms(sense, slot, countable))


def _best(order: int, found: Iterable[tuple[str, float]]) -> tuple[Wording, ...]:
    best: dict[str, Wording] = {}
    for text, fit in found:
        wording = Wording(text, round(fit, 2), order)
        if text not in best or best[text].fit < wording.fit:
            best[text] = wording
    return tuple(sorted(best.values(), key=lambda wording: (-wording.fit, wording.text)))


def _forms(sense: Sense, slot: Slot, countable: Countable) -> Iterator[tuple[str, float]]:
    if sense.is_statement:
        return iter([(sense.text, _STATED)])
    return _verb(sense.text, slot) if sense.is_verb else _other(sense.text, slot, countable)


def _verb(text: str, slot: Slot) -> Iterator[tuple[str, float]]:
    head, _, rest = text.partition(" ")
    if head == "be" and rest:
        yield text, slot.fit("verb")
        yield f"is {rest}", slot.fit("present")
        yield f"{'were' if slot.is_several else 'was'} {rest}", slot.fit("past")
        if rest.endswith("ed"):
            yield rest, max(slot.fit("predicate"), slot.fit("participle"))
        yield f"being {rest}", max(slot.fit("gerund"), _PARTICIPLE * slot.fit("noun"))
        yield from _other(rest, slot, unknown)
        return
    # What has its object already is never done to anything: people are (waiting and seeing), not (taken leave).
    is_whole = rest.split(" ")[-1] not in ("", *_PREPOSITIONS, *_PARTICLES)
    is_passive = (is_whole or (not rest and head in _intransitive())) and slot.fit("predicate") > 0
    yield text, slot.fit("verb")
    if past := inflect(head, "VBD"):
        yield past + _tail(rest, "VBD"), slot.fit("past")
    if third := inflect(head, "VBZ"):
        yield third + _tail(rest, "VBZ"), slot.fit("present")
    if gerund := inflect(head, "VBG"):
        going = _GOING * slot.fit("predicate") if is_passive else slot.fit("gerund")
        yield gerund + _tail(rest, "VBG"), max(going, slot.fit("gerund"), _PARTICIPLE * slot.fit("noun"))
        if not rest:
            yield gerund, _PARTICIPLE * slot.fit("modifier")
    if participle := inflect(head, "VBN"):
        fit = slot.fit("participle")
        yield participle + _tail(rest, "VBN"), _NOT_PASSIVE * fit if is_passive else fit
        if not rest and not is_passive:
            yield participle, _PARTICIPLE * max(slot.fit("modifier"), slot.fit("predicate"))
    if head in _LIGHT and rest and "noun" in parts(rest):
        yield rest, slot.fit("noun")


def _tail(rest: str, form: Form) -> str:
    """Return what follows a verb in `form`; a second verb takes the same form: waiting and seeing."""
    before, joint, second = f" {rest}".partition(" and ")
    verb, _, after = second.partition(" ")
    # Behind an object the second word may be one too: to protect land and water.
    is_second = is_verb(verb) and (not before or "noun" not in parts(verb) or verb in _SECOND_VERBS)
    if joint and is_second and (inflected := inflect(verb, form)):
        return f"{before} and {inflected}" + (f" {after}" if after else "")
    return f" {rest}" if rest else ""


def _derived_nouns(sense: Sense, slot: Slot) -> Iterator[tuple[str, float]]:
    word = sense.text.removeprefix("be ") if sense.is_verb else sense.text
    if " " in word:
        return
    if sense.is_verb and word == sense.text:
        for noun in derived(word, "verb", "noun"):
            yield noun, _DERIVED * max(slot.fit("noun"), _ATTRIBUTIVE * slot.fit("modifier"))
    elif "adjective" in (kinds := parts(word.casefold())):
        # What is a noun itself needs no other: the final, not the finality.
        likely = _DERIVED_BESIDE_NOUN if "noun" in kinds else _DERIVED
        for noun in derived(word, "adjective", "noun"):
            yield noun, likely * slot.fit("noun")


def _other(text: str, slot: Slot, countable: Countable) -> Iterator[tuple[str, float]]:
    words = text.split()
    if not words:
        return
    if _AGAIN.fullmatch(text):
        yield text, max(slot.fit("adverb"), _PARTICIPLE * max(slot.fit("noun"), slot.fit("predicate")))
        return
    if words[-1] == "of":
        # No second article: a steady (stream of).
        doubt = _NOT_COUNTED if slot.is_one and words[0] in ("a", "an") else 1.0
        yield text, doubt * max(slot.fit("quantifier"), slot.fit("modifier"))
        return
    if len(words) > 1 and words[0] in _PREPOSITIONS:
        # What is so is also said with a preposition: in a dilemma, on leave.
        yield text, max(slot.fit("adverb"), _PLACED * slot.fit("predicate"))
        return
    if len(words) > 1 and words[0] in ("a", "an", "the"):
        # It brings its own article, which another one drives out.
        said = text if slot.is_bare or not slot.fits else text.partition(" ")[2]
        yield said, max(slot.fit("noun"), _SAID_TO_BE * slot.fit("predicate"))
        return
    kinds = _kinds(words[-1].casefold())
    if "noun" in kinds:
        yield from _noun(text, words, slot, countable)
    if "adjective" in kinds:
        yield from _adjective(text, len(words) == 1, slot)
    if "adverb" in kinds:
        yield text, slot.fit("adverb")
    if kinds == {"verb"}:
        # `related`, `rising`: a participle that stands for a quality.
        yield text, _DERIVED * max(slot.fit("modifier"), slot.fit("predicate"), slot.fit("participle"))


def _kinds(word: str) -> frozenset[str]:
    """Return the parts of speech of the last word of a rendering; of a joined one that nobody lists, by its last part.

    Half-dead and cash-strapped are qualities, a follow-up is a thing, and so is what nobody knows.
    """
    if (found := parts(word)) or "-" not in word:
        return found or frozenset({"noun"})
    last = word.rpartition("-")[2]
    kinds = parts(last)
    if last.endswith("ed") and "verb" in kinds:
        return frozenset({"adjective"})
    return frozenset({"adjective", "noun"}) if "adjective" in kinds else frozenset({"noun"})


def _noun(text: str, words: list[str], slot: Slot, countable: Countable) -> Iterator[tuple[str, float]]:
    at = _head(words)
    head = words[at].casefold()
    doubt = _RARE_NOUN if len(words) == 1 and "adjective" in parts(head) and head.endswith(_QUALITIES) else 1.0
    if slot.is_one and slot.best == "noun" and is_plural(head):
        if single := singular(head):
            ones = [*words[:at], single, *words[at + 1 :]]
            yield from _noun(" ".join(ones), ones, slot, countable)
        doubt *= _NOT_COUNTED
    plural = None if text.endswith(_NO_PLURAL) else inflect(words[at], "NNS")
    counted = slot.is_bare and is_counted(head, plural, countable, in_phrase=at > 0)
    alone = {True: _WITHOUT_ARTICLE, None: _PERHAPS_COUNTED, False: 1.0}[counted]
    if slot.fit("plural") == 1.0 and parts(head):
        alone = _NOT_COUNTED
    yield text, doubt * max(alone * slot.fit("noun"), _ATTRIBUTIVE * slot.fit("modifier"))
    is_one = counted is True and _takes_article(head, slot)
    if is_one:
        yield f"{article(text)} {text}", max(slot.fit("noun"), _SAID_TO_BE * slot.fit("predicate"))
    if is_plural(head):
        yield text, max(slot.fit("plural"), slot.fit("noun") if slot.is_bare else 0.0)
    elif plural:
        several = " ".join((*words[:at], plural, *words[at + 1 :]))
        as_noun = slot.fit("noun") if counted else 0.0
        yield several, max(slot.fit("plural"), _NOT_ONE * as_noun if is_one else as_noun)
    if len(words) == 1 and "verb" in parts(words[at]):
        yield from ((form, _SAME_WORD * fit) for form, fit in _verb(words[at], slot) if fit and form != text)
        yield text, _SAME_WORD * slot.fit("verb")


def _takes_article(noun: str, slot: Slot) -> bool:
    """Return whether one of what can be counted is likelier than several.

    A thing that happens is mostly one: to wait for an inspection. So is what something is called or said to be.
    """
    return "noun" in parts(noun) and not is_plural(noun) and (slot.is_named or (slot.is_bare and is_event(noun)))


@cache
def _intransitive() -> frozenset[str]:
    return frozenset(word for rule in load_rules("intransitive", IntransitiveRule) for word in rule.words)


def _head(words: list[str]) -> int:
    """Return which word of a noun phrase takes the plural: the last before a preposition, run in run on a bank."""
    return next((i for i, word in enumerate(words[1:]) if word in _PREPOSITIONS), len(words) - 1)


def _adjective(text: str, is_word: bool, slot: Slot) -> Iterator[tuple[str, float]]:
    yield text, max(slot.fit("modifier"), slot.fit("predicate"))
    if is_word:
        for adverb in derived(text, "adjective", "adverb"):
            yield adverb, slot.fit("adverb")
