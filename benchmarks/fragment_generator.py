"""Made-up pages: fragments of every type at known offsets in text that is otherwise clean.

Each fragment has a paragraph to itself, so that a report of something that is not there can be laid at the door of the
type beside it; in the plain paragraphs between them (`carrier`) nothing is right to report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random

from benchmarks.fragment_insertions import Bodies, Deck, Insertion, draw_insertions, types
from benchmarks.fragment_markup import MarkedFragment
from benchmarks.fragment_material import carriers

CARRIER = "carrier"

_MOST_ON_A_PAGE = 5
_PLAIN = 3
"""Paragraphs of a page without an insertion."""
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Region:
    """A paragraph of a page: what it was made to show, and the fragments in it; all offsets are the page's."""

    type: str
    start: int
    end: int
    gold: tuple[MarkedFragment, ...]


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page that is nothing but its regions, with blank lines between them."""

    id: str
    host: str
    text: str
    regions: tuple[Region, ...]


def generate(*, seed: int, each: int, bodies: Bodies = ()) -> tuple[MadePage, ...]:
    """Return pages with `each` insertions of every type; with `bodies`, English pages are made of those.

    Every paragraph of `bodies` needs a border of two words to put something at; ValueError otherwise.
    """
    random = Random(seed)
    deck = Deck(random)
    found = [insertion for type in types() for insertion in draw_insertions(type, each, deck, bodies)]
    random.shuffle(found)
    found.sort(key=lambda insertion: insertion.host)
    shares = (
        share
        for _, group in groupby(found, key=lambda insertion: insertion.host)
        for share in _shares(list(group), random)
    )
    return tuple(_page(f"made-{number:04}", share, deck, bodies) for number, share in enumerate(shares, 1))


def _shares(found: Sequence[Insertion], random: Random) -> Iterator[Sequence[Insertion]]:
    """Yield what goes on a page together: one leftover by itself is another task than five on a leaky page."""
    at = 0
    while at < len(found):
        number = random.randint(1, _MOST_ON_A_PAGE)
        yield found[at : at + number]
        at += number


def _page(id: str, share: Sequence[Insertion], deck: Deck, bodies: Bodies) -> MadePage:
    host = share[0].host
    carrier = carriers()[host]
    plain = _plain(host, len(share) + _PLAIN, deck, bodies)
    body = [
        _placed(insertion, carrier.joint, sentences, deck.random)
        for insertion, sentences in zip(share, plain, strict=False)
    ]
    body += [Insertion(CARRIER, host, "paragraph", carrier.joint.join(some), ()) for some in plain[len(share) :]]
    deck.random.shuffle(body)
    # Menus stand above the article, its title between them and the text.
    body.sort(key=lambda insertion: insertion.place != "line")
    lines = sum(insertion.place == "line" for insertion in body)
    body.insert(lines, Insertion(CARRIER, host, "paragraph", carrier.title, ()))
    regions, at = list[Region](), 0
    for part in body:
        gold = tuple(replace(one, start=one.start + at, end=one.end + at) for one in part.gold)
        regions.append(Region(part.type, at, at + len(part.text), gold))
        at += len(part.text) + len(_GAP)
    return MadePage(id, host, _GAP.join(part.text for part in body), tuple(regions))


def _plain(host: str, number: int, deck: Deck, bodies: Bodies) -> Sequence[Sequence[str]]:
    """Return `number` paragraphs, each as its sentences, or as one piece where they come from `bodies`."""
    if host == "en" and bodies:
        chosen = deck.draw("bodies", range(len(bodies)))
        return [[deck.draw(f"body {chosen}", bodies[chosen])] for _ in range(number)]
    return [deck.draw(host, carriers()[host].paragraphs) for _ in range(number)]


def _placed(insertion: Insertion, joint: str, sentences: Sequence[str], random: Random) -> Insertion:
    """Return `insertion` as a paragraph: between the sentences of one, or as it is."""
    if insertion.place != "sentence":
        return insertion
    cut = random.randint(0, len(sentences))
    before = "".join(f"{sentence}{joint}" for sentence in sentences[:cut])
    after = "".join(f"{joint}{sentence}" for sentence in sentences[cut:])
    gold = tuple(replace(one, start=one.start + len(before), end=one.end + len(before)) for one in insertion.gold)
    return replace(insertion, text=f"{before}{insertion.text}{after}", gold=gold)
