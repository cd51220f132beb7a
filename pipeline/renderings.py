"""What a leftover word could be in the language around it: candidates, the surest source first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.document import Candidate, Fragment, GlossPair
from pipeline.lexicon import LexiconEntry
from pipeline.rules import Rule

GLOSS, DOCUMENT, LEXICON = "repair/gloss", "repair/document", "repair/lexicon"
GLOSSARY, COMPOSED, NUMBER = "repair/glossary", "repair/composed", "repair/number"

_SURE_GLOSS = 0.97
_SURE_DOCUMENT = 0.95
_SURE_LEXICON = 0.8
_GLOSSARY = 0.6
_WEAK = 0.45
"""One other document, a short form, or sources that disagree: good enough to suggest, not to apply."""
_COMPOSED = 0.4
_COMPOSED_OF_TWO = 0.35
_LESS_EACH = 0.05
"""How much less sure every further rendering of one source is."""
_LEAST_DOCUMENTS = 2
_MOST_COMPOSED = 8
"""Code points of a run that is taken apart: a longer one is a clause."""
SUFFIXES = "suffix"


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryRule(Rule):
    """A group of terms of one topic with their English renderings, best first.

    In the group `suffix` an empty first rendering means that English leaves the word out.
    """

    topic: str
    language: str
    terms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where renderings come from, by term: the document's own glosses, other documents', the glossary."""

    document: Mapping[str, tuple[Candidate, ...]]
    lexicon: Mapping[str, tuple[Candidate, ...]]
    glossary: Mapping[str, tuple[str, ...]]
    suffixes: Mapping[str, tuple[str, ...]]

    def whole(self, term: str) -> tuple[Candidate, ...]:
        """Return the renderings of a term as a whole, best first."""
        words = enumerate(self.glossary.get(term, ()))
        listed = (Candidate(word, GLOSSARY, round(_GLOSSARY - _LESS_EACH * i, 2)) for i, word in words)
        return _distinct((*self.document.get(term, ()), *self.lexicon.get(term, ()), *listed))


def sources_for(
    language: str,
    glosses: Sequence[GlossPair],
    lexicon: Iterable[LexiconEntry],
    glossary: Iterable[GlossaryRule],
) -> Sources:
    """Return the sources that hold renderings in `language` (BCP 47 primary tag)."""
    rows = [rule for rule in glossary if rule.language == language]
    return Sources(
        document=_from_document(pair for pair in glosses if pair.translation_language == language),
        lexicon=_from_lexicon(entry for entry in lexicon if entry.translation_language == language),
        glossary=_terms(rule for rule in rows if rule.topic != SUFFIXES),
        suffixes=_terms(rule for rule in rows if rule.topic == SUFFIXES),
    )


def candidates(fragment: Fragment, sources: Sources) -> tuple[Candidate, ...]:
    """Return the renderings of a fragment, best first; empty where nothing is known of it.

    The gloss beside it comes first; what others say of the word stays in as alternatives.
    """
    beside = (Candidate(fragment.gloss, GLOSS, _beside(fragment.gloss)),) if fragment.gloss else ()
    whole = sources.whole(fragment.text)
    found = _distinct((*beside, *whole, *(() if whole or beside else _composed(fragment.text, sources))))
    return tuple(sorted(found, key=lambda candidate: -candidate.confidence))


def _terms(rules: Iterable[GlossaryRule]) -> dict[str, tuple[str, ...]]:
    return {term: words for rule in rules for term, words in rule.terms.items()}


def _beside(gloss: str) -> float:
    # A short form may be all the reader needs, or a ticker that says nothing.
    return _WEAK if gloss.isupper() else _SURE_GLOSS


def _from_document(pairs: Iterable[GlossPair]) -> dict[str, tuple[Candidate, ...]]:
    spelled: dict[str, Counter[str]] = {}
    for pair in pairs:
        if pair.origin == "gloss":
            spelled.setdefault(pair.term, Counter())[pair.translation] += 1
    found = {}
    for term, counts in spelled.items():
        one = len({words.casefold() for words in counts}) == 1
        sure = _SURE_DOCUMENT if one else _WEAK
        best = sorted(counts, key=lambda words: (-counts[words], words))
        found[term] = _distinct(Candidate(words, DOCUMENT, sure) for words in best)
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
                _SURE_LEXICON if agreed and entry.n_documents >= _LEAST_DOCUMENTS else _WEAK,
            )
            for entry in group
        )
    return found


def _composed(term: str, sources: Sources) -> Iterator[Candidate]:
    """Yield renderings of a term made of two: two known words, or one and a noun that English leaves out."""
    if len(term) > _MOST_COMPOSED:
        return
    for cut in range(len(term) - 1, 0, -1):
        first, last = sources.whole(term[:cut]), term[cut:]
        known = sources.suffixes.get(last) or tuple(candidate.text for candidate in sources.whole(last)[:1])
        if not first or not known:
            continue
        for word in known:
            sure = _COMPOSED_OF_TWO if word else _COMPOSED
            yield Candidate(f"{first[0].text} {word}".rstrip(), COMPOSED, sure)
        return


def _distinct(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return `found` without renderings that stood before, whatever their case."""
    seen: dict[str, Candidate] = {}
    for candidate in found:
        seen.setdefault(candidate.text.casefold(), candidate)
    return tuple(seen.values())
