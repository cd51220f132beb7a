"""The tables of lemminflect, read line by line as words are asked for.

As the dictionaries that it would make of them they weigh 170 MB, in every process that repairs one fragment.
"""

import gzip
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

Entry = dict[str, tuple[str, ...]]
"""What a word has, by part of speech or by form."""


class WordTable:
    """The lines of a table, each of which begins with its word and a comma; `read` makes an entry of one."""

    def __init__(self, lines: list[str], read: Callable[[str], Entry], first: Mapping[str, Entry]) -> None:
        self._lines = sorted(lines, key=_word)
        self._read = read
        self._first = first

    def get(self, word: str, default: Entry) -> Entry:
        """Return the entry of `word`: the one it has in `first`, or else that of all its lines, in their order.

        >>> table = WordTable(["dry,adj", "dry,verb", "wet,adj"], lambda line: {line[4:]: (line[:3],)}, {})
        >>> table.get("dry", {}), table.get("damp", {})
        ({'adj': ('dry',), 'verb': ('dry',)}, {})
        """
        if word in self._first:
            return self._first[word]
        begin, end = (find(self._lines, word, key=_word) for find in (bisect_left, bisect_right))
        found: Entry = {}
        for line in self._lines[begin:end]:
            found |= self._read(line)
        return found or default


def _word(line: str) -> str:
    return line.partition(",")[0]


@cache
def lemminflect() -> Any:
    """Return the package lemminflect, its tables in this form; raises ImportError where it is missing."""
    import lemminflect
    from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec
    from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec
    from lemminflect.core.LexicalUtils import categoryToUPos

    def read_lemmas(line: str) -> Entry:
        _, category, forms = LemmaLUCodec.fromString(line)
        return {categoryToUPos(category): forms}

    def read_forms(line: str) -> Entry:
        forms: Entry = InflectionLUCodec.fromString(line)[2]
        return forms

    lemmas, forms = lemminflect.Lemmatizer(), lemminflect.Inflections()
    # Each makes a dictionary of its table unless it has one already.
    lemmas.lemma_dict = WordTable(_lines(lemmas.lemma_lu_fn), read_lemmas, {})
    forms.infl_dict = WordTable(_lines(forms.infl_lu_fn), read_forms, InflectionLUCodec.updateForAuxMod({}))
    return lemminflect


def _lines(path: str) -> list[str]:
    return gzip.decompress(Path(path).read_bytes()).decode().splitlines()
