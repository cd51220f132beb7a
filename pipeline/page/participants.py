"""Who takes part in a conversation, listed before it begins: their names open the turns below."""

from collections import Counter
from collections.abc import Sequence

import regex

from pipeline.document import Segment
from pipeline.lines.shape import shape, width

MIN_LISTED = 2
"""Lines that such a list has."""

MIN_TURNS = 2
"""Turns of a person who takes part."""

MAX_LINE = 160
"""Columns of a name with what its bearer does."""

_TURN = regex.compile(r"(\p{L}[\p{L}\p{M}.'’-]*(?:[ ·・]\p{L}[\p{L}\p{M}.'’-]*){0,3})\s?[:：]\s?\S")
_NAMED = regex.compile(r"(\p{L}[\p{L}\p{M}.'’·・ -]{0,50}?)\s*(?:[,，、(（|｜—–]|\s-\s|$)")
_SPACES = regex.compile(r"[\s·・]+")


def participants(segments: Sequence[Segment]) -> frozenset[int]:
    """Return the places in `segments`, an article's, of lines that name its speakers above their first turn."""
    turns = [_TURN.match(s.text) if not s.rule else None for s in segments]
    spoken = Counter(turn[1] for turn in turns if turn)
    speakers = [frozenset(_SPACES.split(name)) for name, times in spoken.items() if times >= MIN_TURNS]
    if len(speakers) < MIN_LISTED:
        return frozenset()
    first = next(i for i, turn in enumerate(turns) if turn and spoken[turn[1]] >= MIN_TURNS)
    named = {i for i in range(first) if _is_named(segments[i], speakers)}
    return frozenset(i for i in named if i - 1 in named or i + 1 in named)


def _is_named(segment: Segment, speakers: Sequence[frozenset[str]]) -> bool:
    """Whether a short line begins with the name of a speaker; the turns may call them by a part of it."""
    if segment.rule or width(segment.text) > MAX_LINE or shape(segment.text) not in ("title", "prose"):
        return False
    name = _NAMED.match(segment.text)
    return name is not None and any(speaker <= frozenset(_SPACES.split(name[1])) for speaker in speakers)
