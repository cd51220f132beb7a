"""Words that say what stands beside them: after a coach comes a person, after a brand a firm, after a phrase its words.

What a table of a few thousand words knows holds in sentences that nobody has seen, where a pattern for each sentence
does not.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.rules import load_rules
from pipeline.words.slot import WordClassRule

_LONGEST = 4
"""Letters of the longest words that are looked for where no spaces part them."""


def cut_words(text: str, *, backwards: bool) -> Iterator[str]:
    """Yield the words that a text without spaces is made of: those of the table, else single letters.

    A text before a run is read from its end, `backwards`.

    >>> list(cut_words("他的朋友", backwards=True)), list(cut_words("表示了", backwards=False))
    (['朋友', '的', '他'], ['表示', '了'])
    """
    while text:
        ends = (text[-size:] if backwards else text[:size] for size in range(min(_LONGEST, len(text)), 1, -1))
        word = next((end for end in ends if end in _listed()), text[-1] if backwards else text[0])
        yield word
        text = text[: -len(word)] if backwards else text[len(word) :]


def context_classes(word: str) -> tuple[str, ...]:
    """Return the classes of a word in any case, none for most words.

    >>> context_classes("Coach"), context_classes("фильме"), context_classes("umbrella")
    (('person',), ('work',), ())
    """
    return _listed().get(word.casefold(), ())


@cache
def _listed() -> Mapping[str, tuple[str, ...]]:
    """Return the classes by word; a row's class is its id up to the language that it is for."""
    found = defaultdict[str, list[str]](list)
    for rule in load_rules("context_words", WordClassRule):
        name = rule.id.partition("/")[2].partition("-")[0]
        for word in rule.words:
            if name not in found[word]:
                found[word].append(name)
    return {word: tuple(sorted(names)) for word, names in found.items()}
