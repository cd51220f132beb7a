"""What the pipeline knows of words beyond the page before it, and in which order it is believed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.document import Candidate, GlossPair
from pipeline.glossary import GlossaryEntry
from pipeline.languages.language_tag import primary
from pipeline.words.dictionary import Dictionary
from pipeline.words.lexicon import LexiconEntry
from pipeline.words.ranking import Encoder
from pipeline.words.starter import Starter, StarterRule, starter_for

DOCUMENT, LEXICON = "repair/document", "repair/lexicon"
WEAK = 0.45
"""One other document, a short form, or sources that disagree: good enough to suggest, not to apply."""

_SURE_DOCUMENT = 0.95
_SURE_LEXICON = 0.8
_MOST_AGAIN = 4
"""Words of a gloss that serves in another place too; a longer one explains, and once is enough."""
_LEAST_DOCUMENTS = 2


def _none() -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowledge:
    """All that renderings come from, but for the page itself. Two are equal only if they are one object.

    Glossary, dictionary and encoder are large, and most pages need none of them: they are opened when asked for.
    """

    user: tuple[GlossaryEntry, ...] = ()
    lexicon: tuple[LexiconEntry, ...] = ()
    starter: Callable[[], Iterable[StarterRule]] = tuple
    dictionary: Callable[[], Dictionary | None] = _none
    encoder: Callable[[], Encoder | None] = _none
    _sorted: dict[str, "Sources"] = field(default_factory=dict, init=False, repr=False)
    """By language, once asked for: the lexicon is too long to be read again for every page."""

    def into(self, language: str) -> "Sources":
        """Return the renderings into `language` (BCP 47 primary tag), those of no page among them."""
        if language not in self._sorted:
            self._sorted[language] = _beyond_the_page(language, self)
        return self._sorted[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The renderings into one language, by term; a page's own glosses among them."""

    user: Mapping[str, tuple[GlossaryEntry, ...]]
    document: Mapping[str, tuple[Candidate, ...]]
    lexicon: Mapping[str, tuple[Candidate, ...]]
    starter: Starter
    dictionary: Callable[[], Dictionary | None]
    """Answers None for a language that the dictionary does not translate into."""
    encoder: Callable[[], Encoder | None]

    def known(self, term: str) -> tuple[Candidate, ...]:
        """Return what the page and the corpus say of a term as a whole, best first."""
        return distinct((*self.document.get(term, ()), *self.lexicon.get(term, ())))


def sources_for(language: str, glosses: Sequence[GlossPair], knowledge: Knowledge) -> Sources:
    """Return the sources that hold renderings in `language` (BCP 47 primary tag)."""
    document = _from_document(pair for pair in glosses if pair.translation_language == language)
    return replace(knowledge.into(language), document=document)


def _beyond_the_page(language: str, knowledge: Knowledge) -> Sources:
    user: dict[str, tuple[GlossaryEntry, ...]] = {}
    for entry in knowledge.user:
        if primary(entry.host) == language:
            user[entry.term] = (*user.get(entry.term, ()), entry)
    return Sources(
        user=user,
        document={},
        lexicon=_from_lexicon(entry for entry in knowledge.lexicon if entry.translation_language == language),
        starter=starter_for(language, knowledge.starter()),
        dictionary=knowledge.dictionary if language == "en" else _none,
        encoder=knowledge.encoder,
    )


def distinct(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return `found` without renderings that stood before, whatever their case."""
    seen: dict[str, Candidate] = {}
    for candidate in found:
        seen.setdefault(candidate.text.casefold(), candidate)
    return tuple(seen.values())


def _from_document(pairs: Iterable[GlossPair]) -> dict[str, tuple[Candidate, ...]]:
    spelled: dict[str, Counter[str]] = {}
    for pair in pairs:
        if pair.origin == "gloss":
            spelled.setdefault(pair.term, Counter())[pair.translation] += 1
    found = {}
    for term, counts in spelled.items():
        one = len({words.casefold() for words in counts}) == 1
        best = sorted(counts, key=lambda words: (-counts[words], words))
        sure = _SURE_DOCUMENT if one and len(best[0].split()) <= _MOST_AGAIN else WEAK
        found[term] = distinct(Candidate(words, DOCUMENT, sure) for words in best)
    return found


def _from_lexicon(entries: Iterable[LexiconEntry]) -> dict[str, tuple[Candidate, ...]]:
    by_term: dict[str, list[LexiconEntry]] = {}
    for entry in entries:
        if entry.origin == "gloss":
            by_term.setdefault(entry.term, []).append(entry)
    found = {}
    for term, group in by_term.items():
        group.sort(key=lambda entry: (-entry.n_documents, -entry.n_occurrences, entry.translation))
        agreed = len({entry.translation.casefold() for entry in group}) == 1
        found[term] = tuple(
            Candidate(
                entry.translation,
                LEXICON,
                _SURE_LEXICON if agreed and entry.n_documents >= _LEAST_DOCUMENTS else WEAK,
            )
            for entry in group
        )
    return found
