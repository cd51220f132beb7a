"""Words that say what stands beside them: after a coach comes a person, after a brand a firm, after a phrase its words.

What a table of a few thousand words knows holds in sentences that nobody has seen, where a pattern for each sentence
does not.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from pipeline.rules import load_rules
from pipeline.slot import WordClassRule


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
