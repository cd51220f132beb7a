"""Give the sentences of kept paragraphs their own language where it is not their paragraph's."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.document import Document, Segment, SentenceTag
from pipeline.edit import to_exact_source
from pipeline.languages.detector import by_page, by_words
from pipeline.languages.guess import NOTHING, Guess
from pipeline.languages.language_tag import primary
from pipeline.languages.script_language import by_script
from pipeline.lines.sentences import sentences
from pipeline.settings import Effort

_LEAST_LETTERS = 20
"""With fewer a sentence in the paragraph's own script is as soon a name or a title."""
_LEAST_SCORE = 0.9


def tag_sentences(doc: Document, *, languages: tuple[str, ...], effort: Effort = "balanced") -> Document:
    """Return `doc` with the sentences on every kept segment that are in another language than it.

    Needs the segments' labels and languages, and texts that no repair has changed yet. Offsets are the source's.
    """
    found = [
        (ordinal, segment.at + start, segment.at + end, guess)
        for ordinal, segment in enumerate(doc.segments)
        if segment.keep
        for start, end, guess in _strangers(segment, languages, effort)
    ]
    places = to_exact_source(doc.ledger, ((start, end) for _, start, end, _ in found))
    tags: dict[int, list[SentenceTag]] = {}
    for (ordinal, _, _, guess), (start, end) in zip(found, places, strict=True):
        tags.setdefault(ordinal, []).append(SentenceTag(start, end, guess.language, guess.score))
    segments = (
        segment._replace(sentences=tuple(tags.get(ordinal, ()))) if segment.keep else segment
        for ordinal, segment in enumerate(doc.segments)
    )
    return replace(doc, segments=tuple(segments))


def _strangers(segment: Segment, languages: tuple[str, ...], effort: Effort) -> Iterator[tuple[int, int, Guess]]:
    """Yield start, end (in the segment's text) and language of each sentence that is not in the segment's."""
    spans = list(sentences(segment.text))
    if len(spans) < 2:
        return
    for start, end in spans:
        guess = _guess(segment.text[start:end], segment, languages, effort)
        if guess.is_language and guess.score >= _LEAST_SCORE and not _is_same(guess.language, segment.language):
            yield start, end, guess


def _guess(text: str, segment: Segment, languages: tuple[str, ...], effort: Effort) -> Guess:
    line = by_script(text)
    if isinstance(line, Guess):
        return line
    if line.letters < _LEAST_LETTERS:
        return NOTHING
    own = by_page(line, (segment.language,), effort)
    return own if own.language == segment.language and own != NOTHING else by_words(line, languages, effort)


def _is_same(language: str, other: str) -> bool:
    """Return whether two tags do not contradict each other: Chinese of no certain variant is either."""
    return language == other or (primary(language) == primary(other) and primary(language) in (language, other))
