"""Sentences that a page sets large between its paragraphs: they stand in one of these as well."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

import regex

from pipeline.document import Segment
from pipeline.lines.full_stops import FULL_STOPS
from pipeline.lines.shape import ends_sentence, shape, width

MIN_QUOTED, MIN_BARE = 20, 45
"""Columns of such a sentence, in quotation marks and without."""

MAX_QUOTE = 400

NEAR = 40
"""Segments on either side among which the paragraph stands: a page sets its sentence large beside it."""

OPENING = 24
"""Code points by which the same sentence is first looked for: marks may differ further on."""

MORE = 1.2
"""How much longer the paragraph is that holds it; one that only repeats it may be the same one twice."""

_OPEN = "\"“”„«»‘’'「『‹›"
_QUOTED = regex.compile(rf"^[{_OPEN}].*[{_OPEN}」』](?P<who>\s?[—–-]\s?[^.!?。]{{2,60}})?$")
_ENDED = regex.compile(rf"[{FULL_STOPS}!?…！？،؟][{_OPEN}』」]$")
_NO_LETTER = regex.compile(r"[^\p{L}\p{N}]+")
_SENTENCE = regex.compile(rf"(?<=[{FULL_STOPS}!?…]['\"”’»]?)\s+|(?<=[。！？])")


def pull_quotes(segments: Sequence[Segment]) -> frozenset[int]:
    """Return the places in `segments`, an article's, of the sentences that another, longer paragraph holds.

    What a paragraph says of the speaker in between does not matter: its sentences are looked for one by one.
    """
    # A line that stands there more than once is a template's, and so is what holds it.
    again = Counter(segment.text for segment in segments)
    likely = [i for i, segment in enumerate(segments) if again[segment.text] == 1 and _could_be_one(segment)]
    text = "\n".join(segment.text for segment in segments)
    starts = list(accumulate((len(segment.text) + 1 for segment in segments), initial=0))
    repeated = [i for i in likely if _begins_elsewhere(text, starts, i)]
    if not repeated:
        return frozenset()
    # A paragraph that is a turn of a conversation begins with a dash.
    bare = [_letters(s.text) if shape(s.text) in ("prose", "bullet") and not s.rule else "" for s in segments]
    return frozenset(i for i in repeated if _stands_in(_said(segments[i].text), i, bare))


def _begins_elsewhere(text: str, starts: Sequence[int], i: int) -> bool:
    """Whether the first letters of segment `i` of `text` stand near it once more, which few lines' do."""
    segment = text[starts[i] : starts[i + 1] - 1]
    opening = segment.lstrip(_OPEN + " \u00a0")[:OPENING]
    low, high = starts[max(0, i - NEAR)], starts[min(len(starts) - 1, i + NEAR + 1)]
    return text.find(opening, low, starts[i]) >= 0 or text.find(opening, starts[i + 1], high) >= 0


def _could_be_one(segment: Segment) -> bool:
    text = segment.text
    if segment.rule or width(text) > MAX_QUOTE or shape(text) not in ("prose", "title"):
        return False
    # The name of a work stands in quotation marks too, and a question may be a heading that its answer repeats.
    quoted = _QUOTED.match(text) is not None
    if shape(text) == "title":
        return quoted and _ENDED.search(_said(text)) is not None
    return width(text) >= MIN_QUOTED if quoted else width(text) >= MIN_BARE and ends_sentence(text)


def _said(text: str) -> str:
    """Return `text` without the name that may stand behind a quotation."""
    quoted = _QUOTED.match(text)
    return text[: quoted.start("who")] if quoted and quoted["who"] else text


def _stands_in(text: str, i: int, paragraphs: Sequence[str]) -> bool:
    sentences = [letters for sentence in _SENTENCE.split(text) if (letters := _letters(sentence))]
    if len(set(sentences)) < len(sentences):
        return False  # who sets a sentence large does so once
    least = MORE * sum(map(len, sentences))
    first = max(0, i - NEAR)
    return any(
        k != i and len(paragraph) >= least and all(sentence in paragraph for sentence in sentences)
        for k, paragraph in enumerate(paragraphs[first : i + NEAR + 1], start=first)
    )


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())
