"""Marked sentences drawn from the tables: a fragment of a type, with what its neighbours look like.

Natural positions are the slots of sentences (noun, verb, modifier, adverb), unnatural ones (`residue_border`) any
border of two words. All draws come from one seed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

import regex

from benchmarks.fragment_markup import MarkedFragment, parse_marks
from benchmarks.fragment_material import Frame, Place, Slot, Word, carriers, frames, slots, words

Bodies = Sequence[Sequence[str]]
"""English texts, each as its paragraphs."""

SHAPES = ("left", "both", "spaced", "quoted", "doubled")
"""How a residue stands beside its neighbours."""

BORDER = "residue_border"
OTHER_HOST = "residue_other_host"

_CHINESE = "zh-Hans"
_NOUNS = ("abstract", "thing", "person", "place")
_WORD_BORDER = regex.compile(r"(?<=\p{L}) (?=\p{Ll})")
_COLUMN = regex.compile(r"<(\w+)>")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Insertion:
    """A piece of text with what is foreign in it (offsets into `text`), and where on a page it goes."""

    type: str
    host: str
    place: Place
    text: str
    gold: tuple[MarkedFragment, ...]


class Deck:
    """Draws from lists, each to its end before anything comes again; a list goes by its name."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._piles: dict[str, list[int]] = {}

    def draw(self, name: str, choices: Sequence[T]) -> T:
        """Return one of `choices`; ValueError where there are none."""
        if not choices:
            raise ValueError(f"nothing to draw for {name}")
        pile = self._piles.get(name) or self.random.sample(range(len(choices)), len(choices))
        chosen = choices[pile.pop()]
        self._piles[name] = pile
        return chosen


def types() -> tuple[str, ...]:
    """Return the names of all types, traps last."""
    shapes = (f"residue_{shape}" for shape in SHAPES)
    return (*shapes, BORDER, OTHER_HOST, *dict.fromkeys(frame.type for frame in frames()))


def draw_insertions(type: str, each: int, deck: Deck, bodies: Bodies) -> Iterator[Insertion]:
    """Yield `each` insertions of `type`; those at borders of words in paragraphs of `bodies`."""
    for _ in range(each):
        if type == BORDER:
            yield _at_border(deck, bodies)
        elif type == OTHER_HOST:
            slot = deck.draw(type, [slot for slot in slots() if slot.part == "noun"])
            word = deck.draw("noun", [word for word in words() if any(part in _NOUNS for part in word.renderings)])
            yield _in_slot(type, slot, word, (), shape=deck.draw("shape", ("left", "spaced")))
        elif type.startswith("residue_"):
            word = deck.draw("word", words())
            part = deck.draw(word.text, sorted(word.renderings))
            slot = deck.draw(part, [slot for slot in slots() if slot.part == part])
            yield _in_slot(type, slot, word, word.renderings[part], shape=type.removeprefix("residue_"))
        else:
            frame = deck.draw(type, [frame for frame in frames() if frame.type == type])
            yield _framed(frame, deck.draw(f"{type} {frame.host} {frame.text}", frame.fill))


def _in_slot(type: str, slot: Slot, word: Word, accepted: tuple[str, ...], *, shape: str) -> Insertion:
    fields = "".join(f" {text} |" for text in accepted)
    mark = f"{{{{residue {_CHINESE} {'=' if fields else '|'}{fields} {word.text}}}}}"
    around = {
        "left": f"{mark} ",
        "both": mark,
        "spaced": f" {mark} ",
        "quoted": f" “{mark}” ",
        "doubled": f"{mark} {next(iter(accepted), '')} ",
    }
    text, gold = parse_marks(slot.text.replace(" <slot> ", around[shape]))
    if shape == "doubled":
        # Its translation stands beside it already: nothing is to be put in.
        gold = tuple(replace(one, accepted=("",)) for one in gold)
    return Insertion(type, slot.host, "sentence", text, gold)


def _at_border(deck: Deck, bodies: Bodies) -> Insertion:
    """Return a paragraph with a word at any border of two others, where no rendering could be right."""
    english = carriers()["en"]
    texts = bodies or [[" ".join(paragraph) for paragraph in english.paragraphs]]
    paragraph = deck.random.choice(deck.draw("body", texts))
    word = deck.draw("word", words()).text
    border = deck.random.choice([found.start() for found in _WORD_BORDER.finditer(paragraph)])
    gold = MarkedFragment(border, border + len(word), word, "residue", _CHINESE)
    return Insertion(BORDER, "en", "paragraph", f"{paragraph[:border]}{word}{paragraph[border:]}", (gold,))


def _framed(frame: Frame, row: Mapping[str, str]) -> Insertion:
    text, gold = parse_marks(_COLUMN.sub(lambda column: row[column.group(1)], frame.text))
    return Insertion(frame.type, frame.host, frame.place, text, gold)
