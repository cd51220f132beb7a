"""Where the next to speak in an interview begins in a line that lost the break before the answer."""

from collections import Counter
from collections.abc import Sequence

import re2
import regex

MIN_TURNS = 2
"""Lines that begin with a name and a colon, from which it is that of one who speaks."""

MIN_SPEAKERS = 2

_NAME = r"(?:\p{Lu}[\p{L}\p{M}.’'-]*(?: \p{Lu}[\p{L}\p{M}.’'-]*){0,3}|[\p{Han}]{2,4})"
_TURN = regex.compile(rf"({_NAME})[:：]\s?(?=\S.{{5}})")
_GLUED = re2.compile(r"[.!?…。！？][”\"»’]?[\p{Lu}\p{Han}]")


def speaker_lines(lines: Sequence[str]) -> dict[int, list[int]]:
    """Return the borders before names of those who speak, glued to what another one has said.

    >>> turns = ["Ann Lee: Did it rain?Bo Ray: It did, all day.", "Ann Lee: And then?", "Bo Ray: Then it froze.", "x"]
    >>> turns += ["Ann Lee: And now?", "Bo Ray: Now it thaws again."]
    >>> speaker_lines(turns)
    {0: [21]}
    """
    turns = Counter(turn[1] for line in lines if (turn := _TURN.match(line)))
    speakers = {name for name, times in turns.items() if times >= MIN_TURNS}
    if len(speakers) < MIN_SPEAKERS:
        return {}
    return {i: cuts for i, line in enumerate(lines) if _TURN.match(line) and (cuts := _borders(line, speakers))}


def _borders(line: str, speakers: set[str]) -> list[int]:
    starts = (match.end() - 1 for match in _GLUED.finditer(line))
    return [at for at in starts if (turn := _TURN.match(line, at)) and turn[1] in speakers]
