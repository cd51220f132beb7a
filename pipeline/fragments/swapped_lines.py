"""Sentences whose words a dictionary swapped one by one, as far as it knew them: they are to be seen as a whole.

`The comparison和other其他Parks的deer`: what was swapped are words of grammar too, which no translator leaves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.lines.sentences import sentences
from pipeline.rules import Rule, load_rules

_LEAST_SWAPPED = 3
"""Words of grammar among those of the other language; a page that leaks may hold one by chance."""
_LEAST_GLUED = 3
"""Runs with a letter of the host right before or after them."""
_RUN = regex.compile(r"\p{Han}+")
_LATIN = regex.compile(r"\p{Latin}")
_EDGE = regex.compile(r"[\p{L}\p{N}](?:.*[\p{L}\p{N}])?", regex.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwappedRule(Rule):
    """The words of grammar of `language`."""

    language: str
    words: tuple[str, ...]


def swapped_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text`, in Latin letters, whose words were swapped; without the mark that ends them.

    >>> text = "It rained. The comparison和other其他Parks的deer is new。"
    >>> [text[start:end] for start, end in swapped_sentences(text)]
    ['The comparison和other其他Parks的deer is new']
    """
    if len(_RUN.findall(text)) < _LEAST_SWAPPED:
        return
    for start, end in sentences(text):
        found = list(_RUN.finditer(text, start, end))
        glued = sum(_is_glued(text, *run.span()) for run in found)
        if glued >= _LEAST_GLUED and sum(map(_is_grammar, found)) >= _LEAST_SWAPPED:
            edges = _EDGE.search(text, start, end)
            yield edges.span() if edges else (start, end)


def _is_glued(text: str, start: int, end: int) -> bool:
    return bool((start and _LATIN.match(text, start - 1)) or _LATIN.match(text, end))


def _is_grammar(run: regex.Match[str]) -> bool:
    """Return whether a run is a word of grammar, or a particle with one word after it: 的变化."""
    word = run.group()
    return word in _words() or (word[0] == "的" and len(word) <= 3)


@cache
def _words() -> frozenset[str]:
    return frozenset(word for rule in load_rules("swapped_lines", SwappedRule) for word in rule.words)
