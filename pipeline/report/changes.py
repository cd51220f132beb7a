"""What differs between a paragraph as it was read and as it stands in the clean text."""

import difflib
import re
from collections.abc import Iterator

Span = tuple[int, int]

MAX_TOKENS = 4_000
"""Of longer texts only the part between their first and their last difference is told: comparing costs too much."""

_TOKEN = re.compile(r"[^\W\u3400-\u9fff]+|\s+|.", re.DOTALL)
"""A word, a space, or a single sign or Han character."""


def differences(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """Return the spans of `old` that are not in `new`, and those of `new` that are not in `old`.

    >>> differences("a **bold** word", "a bold word")
    ([(2, 4), (8, 10)], [])
    """
    if old == new:
        return [], []
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > MAX_TOKENS:
        return _between_equal_ends(old, new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        list(_spans(before, [(code[1], code[2]) for code in codes])),
        list(_spans(after, [(code[3], code[4]) for code in codes])),
    )


def _spans(tokens: list[str], ranges: list[Span]) -> Iterator[Span]:
    ends = [0]
    for token in tokens:
        ends.append(ends[-1] + len(token))
    yield from ((ends[first], ends[last]) for first, last in ranges if first < last)


def _between_equal_ends(old: str, new: str) -> tuple[list[Span], list[Span]]:
    shortest = min(len(old), len(new))
    head = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    tail = next((i for i in range(shortest - head) if old[-1 - i] != new[-1 - i]), shortest - head)
    spans = ((head, len(old) - tail), (head, len(new) - tail))
    first, second = ([span] if span[0] < span[1] else [] for span in spans)
    return first, second
