"""The lexicon: gloss pairs harvested from many documents, merged."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

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


def merge_glosses(harvest: Iterable[tuple[str, GlossPair]]) -> tuple[LexiconEntry, ...]:
    """Return the entries of `harvest` (pairs of a document id and a gloss), sorted whatever its order.

    Translations that differ in case only are one entry, spelled as most occurrences are. The same place
    counted twice counts once.

    >>> pair = GlossPair("熊市", "zh-Hans", "bear market", "en", 7, "gloss")
    >>> [(e.translation, e.n_documents, e.n_occurrences) for e in merge_glosses([("b", pair), ("a", pair)])]
    [('bear market', 2, 2)]
    """
    groups: defaultdict[tuple[str, str, str, str], set[tuple[str, GlossPair]]] = defaultdict(set)
    for document, pair in harvest:
        key = (pair.term, pair.translation.casefold(), pair.term_language, pair.translation_language)
        groups[key].add((document, pair))
    return tuple(_entry(sorted(groups[key], key=_place)) for key in sorted(groups))


def _place(item: tuple[str, GlossPair]) -> tuple[str, int, str, str]:
    document, pair = item
    return document, pair.start, pair.translation, pair.origin


def _entry(found: list[tuple[str, GlossPair]]) -> LexiconEntry:
    places = sorted({(document, pair.start) for document, pair in found})
    pair = found[0][1]
    return LexiconEntry(
        term=pair.term,
        term_language=pair.term_language,
        translation=_most_frequent(pair.translation for _, pair in found),
        translation_language=pair.translation_language,
        n_documents=len({document for document, _ in places}),
        n_occurrences=len(places),
        examples=tuple(places[:_MOST_EXAMPLES]),
        origin=_most_frequent(pair.origin for _, pair in found),
    )


def _most_frequent(values: Iterable[str]) -> str:
    # A tie goes to the greatest: for spellings that is the lower-case one, for origins the full gloss.
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], value))
