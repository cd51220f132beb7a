"""Where a text quotes: the stretches between quotation marks and title marks."""

from collections.abc import Sequence

import regex

_MOST_QUOTED = 600
_PAIRS = (
    ("“", "”"), ("„", "“”"), ("«", "»"), ("‹", "›"), ("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"), ('"', '"'),
    ("*", "*"), ("_", "_"),
)  # fmt: skip
_QUOTED = regex.compile(
    "|".join(
        rf"(?<![\p{{L}}\p{{N}}]){regex.escape(left)}(?=\S)[^{regex.escape(left + right)}\n]{{2,{_MOST_QUOTED}}}"
        rf"[{regex.escape(right)}]"
        if left == right
        else rf"{left}[^{left}{right}\n]{{1,{_MOST_QUOTED}}}[{right}]"
        for left, right in _PAIRS
    )
)


def quotations(text: str) -> Sequence[tuple[int, int]]:
    """Return start and end of what `text` sets in quotes, title marks or a writer's stars; the marks are in.

    >>> [("He said: “Go home.” Then"[start:end]) for start, end in quotations("He said: “Go home.” Then")]
    ['“Go home.”']
    """
    return [found.span() for found in _QUOTED.finditer(text)]


def is_within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether `start` to `end` lies in one of `spans`."""
    return any(left <= start and end <= right for left, right in spans)
