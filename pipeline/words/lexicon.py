"""The lexicon: gloss pairs harvested from many documents, merged."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.document import GlossPair


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One term with one of its translations, as the table `lexicon/` holds it."""

    term: str
    term_language: str
    translation: str
    translation_language: str
    n_documents: int
    n_occurrences: int
    examples: tuple[tuple[str, int], ...]
    """Up to three places, as (document id, offset of the term in its raw text), in order."""
    origin: str
    """`gloss` for a full translation, `abbreviation` for a short form such as a ticker."""


_MOST_EXAMPLES = 3


Occurrence = tuple[str, GlossPair]
"""The id of a document, and a gloss in it."""

_Key = tuple[str, str, str, str]


def merge_glosses(harvest: Iterable[Occurrence]) -> tuple[LexiconEntry, ...]:
    """Return the entries of `harvest`, sorted whatever its order.

    Translations that differ in case only are one entry, spelled as most occurrences are. The same place
    counted twice counts once.

    >>> pair = GlossPair("熊市", "zh-Hans", "bear market", "en", 7, "gloss")
    >>> [(e.translation, e.n_documents, e.n_occurrences) for e in merge_glosses([("b", pair), ("a", pair)])]
    [('bear market', 2, 2)]
    """
    return tuple(merge_sorted(sorted(harvest, key=gloss_order)))


def merge_sorted(harvest: Iterable[Occurrence]) -> Iterator[LexiconEntry]:
    """Yield what `merge_glosses` returns of a `harvest` that comes in its order: one entry is held at a time."""
    for _, found in groupby(harvest, key=_key):
        yield _entry(distinct for distinct, _ in groupby(found))


def gloss_order(item: Occurrence) -> tuple[_Key, tuple[str, int, str, str]]:
    """Return what a harvest is sorted by: the pair, then the place."""
    document, pair = item
    return _key(item), (document, pair.start, pair.translation, pair.origin)


def _key(item: Occurrence) -> _Key:
    pair = item[1]
    return pair.term, pair.translation.casefold(), pair.term_language, pair.translation_language


def _entry(found: Iterable[Occurrence]) -> LexiconEntry:
    """Return the entry of a pair whose occurrences come in order."""
    spelled, origins = Counter[str](), Counter[str]()
    examples: list[tuple[str, int]] = []
    n_documents = n_occurrences = 0
    last: tuple[str, int] | None = None
    for document, pair in found:
        spelled[pair.translation] += 1
        origins[pair.origin] += 1
        place = (document, pair.start)
        if place != last:
            n_documents += last is None or last[0] != document
            n_occurrences += 1
            if len(examples) < _MOST_EXAMPLES:
                examples.append(place)
        last = place
    return LexiconEntry(
        term=pair.term,
        term_language=pair.term_language,
        translation=_most_frequent(spelled),
        translation_language=pair.translation_language,
        n_documents=n_documents,
        n_occurrences=n_occurrences,
        examples=tuple(examples),
        origin=_most_frequent(origins),
    )


def _most_frequent(counts: Counter[str]) -> str:
    # A tie goes to the greatest: for spellings that is the lower-case one, for origins the full gloss.
    return max(counts, key=lambda value: (counts[value], value))
