"""Short lines in a language that no other line of their page is in, where the word is one of the page's as well.

`Documentation` is French to a detector that hears it alone. Asked to choose between that and what the page is in,
lingua is at a loss, as it is not for `Datenschutz`.
"""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.languages.language_tag import primary
from pipeline.languages.line_words import words_of
from pipeline.languages.lingua_answer import among, lingua_answer

_SHORT = 40
"""Code points of a line that may be a word or two."""
_LONE = 2
"""Different lines in a language that may all be mistaken."""
_LEAST = 0.75
"""Lingua's score for a language that is not the page's, if it is to stand."""
_SCORE = 0.6


def settle_lone(segments: Sequence[Segment]) -> list[Segment]:
    """Return `segments`, short ones alone in their language in the page's where they may be that as well."""
    lines: dict[str, set[str]] = {}
    long: set[str] = set()
    for segment in segments:
        lines.setdefault(segment.language, set()).add(segment.text)
        if len(segment.text) >= _SHORT:
            long.add(segment.language)
    spoken = {language for language, texts in lines.items() if len(texts) > _LONE} - {"und", "zxx"}
    lone = {language for language in lines if language not in (*spoken, *long, "und", "zxx")}
    if not lone or not spoken:
        return list(segments)
    return [_settled(segment, tuple(sorted(spoken))) if segment.language in lone else segment for segment in segments]


def _settled(segment: Segment, spoken: tuple[str, ...]) -> Segment:
    language, rivals = primary(segment.language), among(spoken, segment.script)
    if not rivals or language not in among((language,), segment.script):
        return segment
    words = words_of(segment.text)
    answer = lingua_answer(words, among((language, *rivals), segment.script))
    # A table that knows the word in one language alone may lack it in others.
    known = any(cue.whole and cue.language != "und" for cue in segment.cues)
    if answer.language == language and (known or answer.score >= _LEAST):
        return segment
    told = answer.runner_up if answer.language == language else answer.language
    if told == "en" and not words.isascii():
        return segment  # English has no marks on its letters
    return segment.tagged(told, _SCORE, segment.script)
