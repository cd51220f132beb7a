"""Where in a line of a page a name may stand: between marks, days, words for `by` and words for a role."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.lines.glue_borders import borders
from pipeline.lines.stamps import SEPARATORS, find_dates, labels_of
from pipeline.metadata.signatures import MAX_AUTHORS, is_full_name, words_of
from pipeline.metadata.statements import BETWEEN

MAX_WORDS = 4
"""Words of a name."""
MOST_WORDS = 14
"""Words of what stands between two marks; a sentence has more, of which the ends are read."""
HAN_LETTERS = (2, 3, 4)
"""Letters of a name in Han."""

LABELS = ("label of author", "label of stamp", "label", "by")
"""Kinds of words that are no part of a name."""

_MARK = regex.compile(
    r"[|｜丨•／/;；:：()（）\[\]【】「」\"“”„«»<>＜＞《》★@…]|\s[-–—∙·]+\s?|[-–—]\s|——+"
    r"|(?<=\p{Ll}\p{L})[.!?](?=\s\S)|[。！？]|(?<!\p{L})\d[\d.:,/-]*"
)
_EDGES = {
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys("()（）[]【】", "bracket"),
    **dict.fromkeys("|｜丨•／/·∙", "bar"),
    **dict.fromkeys("-–—", "dash"),
    **dict.fromkeys(".。!?！？…;；", "stop"),
    **dict.fromkeys('"“”„«»「」《》', "quote"),
    **dict.fromkeys("0123456789", "digit"),
}
_COMMA = regex.compile("[,，、&]")
_WORD = regex.compile(r"[^\s,，、&]+")
_CASELESS = regex.compile(r"\p{Lo}")
_HAN = regex.compile(r"[\p{Han}·・]+")
_INNER = ("capital", "part")
"""Kinds of words beside which a name goes on."""
_STRONG = ("day", "by", "colon")


class Span(NamedTuple):
    """What may be a name, and what stands before and behind it."""

    name: str
    before: str
    behind: str
    part: int
    """Which part of the line it is in, from 0 on, and how many there are."""
    parts: int


class _Part(NamedTuple):
    text: str
    before: str
    behind: str


def spans_in(line: str) -> Iterator[Span]:
    """Yield what may be a name in `line`, in which words are parted by single blanks.

    >>> sorted({span.name for span in spans_in("By Jane Doe, Skarvik | 12 May 2026")})[:2]
    ['Jane Doe', 'Jane Doe, Skarvik']
    """
    parts = list(_parts(line))
    for number, part in enumerate(parts):
        if part.before == "stop" or part.behind == "colon":
            continue
        for name, before, behind in _in_part(part):
            yield Span(_trimmed(name), before, behind, number, len(parts))


def _trimmed(name: str) -> str:
    name = name.strip(SEPARATORS + "'’`*#")
    return name[:-1] if name.endswith(".") and len(name.rpartition(" ")[2]) > max(HAN_LETTERS) else name


def _parts(line: str) -> Iterator[_Part]:
    cuts = [(m.start(), m.end(), _EDGES.get(m.group().strip()[:1], "other")) for m in _MARK.finditer(line)]
    cuts += [(day.start, day.end, "day") for day in find_dates(line)]
    cuts += [(border, border, "glue") for border in borders(line)]
    if by := words_of("by").match(line):
        cuts.append((0, by.end(), "by"))
    at, before = 0, "none"
    for start, end, edge in (*sorted(cuts), (len(line), len(line), "none")):
        if start >= at:
            if text := line[at:start].strip(SEPARATORS + "'’`"):
                yield _Part(text, before, edge)
                before = edge
            elif before in ("none", "other", "glue") or edge in _STRONG:
                before = edge
        if end > at:
            at = end
            before = edge if edge in _STRONG else before


def _in_part(part: _Part) -> Iterator[tuple[str, str, str]]:
    words = list(_WORD.finditer(part.text))
    if len(words) > MOST_WORDS:
        words = words[:MAX_WORDS] + words[-MAX_WORDS:]
    kinds = [kind_of(word.group().strip(".") or ".") for word in words]
    commas = [i for i, (a, b) in enumerate(pairwise(words), 1) if _COMMA.search(part.text, a.end(), b.start())]
    starts, ends = _starts(part, kinds, commas), _ends(part, kinds, commas)
    for first, before in starts.items():
        for last, behind in ends.items():
            if 0 < last - first <= MAX_WORDS and not any(first < comma < last for comma in commas):
                yield part.text[words[first].start() : words[last - 1].end()], before, behind
    if commas or len(words) > 2:
        yield from ((name, part.before, part.behind) for name in _several(part.text))
    for i, word in enumerate(words):
        if len(word.group()) >= max(HAN_LETTERS) and (run := _HAN.match(word.group())):
            yield from _in_han(run.group(), starts.get(i, "caseless"), ends.get(i + 1, "caseless"))


def _starts(part: _Part, kinds: list[str], commas: list[int]) -> Mapping[int, str]:
    """Return at which words a name may begin, with what stands before them."""
    found = {0: part.before}
    for i, (before, kind) in enumerate(pairwise(kinds), 1):
        if i in commas:
            found[i] = "comma"
        elif before in (*LABELS, "role") or (before != kind and kind not in ("small", "part") and before not in _INNER):
            found[i] = before
    if _are_caseless(kinds):
        found = {**{i: "caseless" for i in (len(kinds) - 2, len(kinds) - 3) if i > 0}, **found}
    return found


def _ends(part: _Part, kinds: list[str], commas: list[int]) -> Mapping[int, str]:
    """Return at which words no name goes on, with what stands there."""
    found = {len(kinds): part.behind}
    for i, (kind, behind) in enumerate(pairwise(kinds), 1):
        if i in commas:
            found[i] = "comma"
        elif behind in (*LABELS, "role") or (behind != kind and behind not in _INNER):
            found[i] = behind
    if _are_caseless(kinds):
        found = {**{i: "caseless" for i in (2, 3) if i < len(kinds)}, **found}
    return found


def _are_caseless(kinds: list[str]) -> bool:
    return len(kinds) > 2 and all(kind in ("caseless", "role", *LABELS) for kind in kinds)


def _several(text: str) -> Iterator[str]:
    """Yield `text` and its list of names, and the full names that begin it.

    >>> list(_several("Jane Doe and Li Lei, Skarvik"))
    ['Jane Doe and Li Lei, Skarvik', 'Jane Doe, Li Lei, Skarvik', 'Jane Doe, Li Lei']
    """
    if "," in text:
        yield text
    names = [name.strip() for name in words_of("and").split(text)]
    if 1 < len(names) <= MAX_AUTHORS and all(names):
        yield BETWEEN.join(names)
    full = next((i for i, x in enumerate(names) if not is_full_name(x) or words_of("place").search(x)), len(names))
    if 1 < full < len(names):
        yield BETWEEN.join(names[:full])


def _in_han(run: str, before: str, behind: str) -> Iterator[tuple[str, str, str]]:
    """Yield the names with which a run of Han without blanks may begin or end, where the rest of it is a role."""
    for letters in HAN_LETTERS:
        if len(run) > letters:
            if is_role(run[letters:]):
                yield run[:letters], before, "role"
            if is_role(run[:-letters]):
                yield run[-letters:], "role", behind


@lru_cache(maxsize=16_384)
def is_role(text: str) -> bool:
    """Whether `text` says what somebody does at a paper, or is a label.

    >>> is_role("Journalist"), is_role("Haugvik")
    (True, False)
    """
    return bool(labels_of(text)) or words_of("role").search(text) is not None


@lru_cache(maxsize=16_384)
def kind_of(word: str) -> str:
    """Return what a word is to one who looks for names.

    >>> [kind_of(word) for word in ("By", "Jane", "bin", "Columnist", "wrote")]
    ['by', 'capital', 'part', 'label of author', 'small']
    """
    if words_of("by").sub("", f"{word} X") == "X":
        return "by"
    rules = [rule for rule, _ in labels_of(word)]
    if stamped := next((rule for rule in rules if rule.field == "byline"), None):
        return "label of author" if stamped.opens == "author" else "label of stamp"
    if words_of("role").search(word):
        return "role"
    if rules:
        return "label"
    if word[0].isupper() or word[0].istitle():
        return "capital"
    if word[0].islower():
        return "part" if words_of("particle").fullmatch(word) else "small"
    if word[0].isdigit():
        return "digit"
    return "caseless" if _CASELESS.match(word) else "mark"
