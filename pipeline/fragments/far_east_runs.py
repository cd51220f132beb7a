"""Where Japanese in a Chinese text ends, and Chinese in a Japanese one: letters that both write do not tell.

A lone Japanese word is its kana. What stands in brackets or quotation marks, and a clause or a sentence with kana
all over it, is Japanese as a whole, the Han in it too. A Chinese clause goes on over its commas to the last part
that holds no kana.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import regex

from pipeline.languages.japanese import chinese_runs, strangers, uncommon
from pipeline.languages.script import Run

_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]{2,}")
_ANY_KANA = re.compile(r"[\u3041-\u30fa\u30fc-\u30ff]")
_ONE_KANA = re.compile(r"[\u3041-\u309f]+|[\u30a1-\u30fa\u30fc-\u30ff]+")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_WORD = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]+(?:\p{Han}{1,2}[\p{Hiragana}\p{Katakana}ー]+)*")
"""Kana with a Han letter or two in the middle of a word: お好み焼き."""
_ENDING = regex.compile(r"\p{Han}{1,3}(?!の)\p{Hiragana}\p{Han}{0,2}")
"""A word with one letter of kana in it, which is not the one that signs in Chinese like to borrow: 木漏れ日."""
_LETTER = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー]")
_HAN = regex.compile(r"\p{Han}+")
_ENCLOSED = re.compile(r"[（(]([^（）()\n]{2,80})[)）]|[「『“《〈]([^「」『』“”《》〈〉\n]{2,80})[」』”》〉]")
_CLAUSE = re.compile(r"[^。！？!?；;：:，,…—“”「」『』《》〈〉（）()\[\]\n]+")
_EDGES = regex.compile(r"[\p{L}\p{N}](?:.*[\p{L}\p{N}ー])?", regex.S)
_CHINESE_WORD = frozenset("和与與跟及或是叫也都的在了")
"""Letters that stand alone between two words in Chinese and do not so in Japanese."""
_LEAST_ENCLOSED = 0.3
_LEAST_CLAUSE = 0.3
"""Share of kana in Han and kana."""

_JAPANESE_NAMES = ("深圳", "深圳市", "深圳証券取引所")
"""Places whose names Japanese writes with a letter that it has for nothing else."""
_SENTENCE = re.compile(r"[^。！？!?；;“”「」『』（）()\n]+")
_PART = re.compile(r"[^，,、]+")
_LEAST_TELLING = 2
"""Letters that Japanese does not write, in a clause that is Chinese beyond them."""
_LEAST_TELLING_LETTERS = 7
"""Han letters in a row of which one such letter is enough."""
_LEAST_FIRST = 5
_LEAST_REST = 5
_LEAST_TOLD = 3
"""Han letters of a clause; of a part that goes with one; of such a part with a letter that Japanese hardly writes."""


def japanese_in_chinese(text: str, found: Iterable[Run]) -> Iterator[Run]:
    """Yield `found`, the runs of a Chinese text, in order, with those that hold kana as far as they are Japanese.

    >>> from pipeline.languages.script import runs
    >>> text = "他说地板つるつる。ただし、席はもうない。歌手（宮城ひかり）来了。"
    >>> [text[run.start:run.end] for run in japanese_in_chinese(text, runs(text, skip="Hani"))]
    ['つるつる', 'ただし、席はもうない', '宮城ひかり']
    """
    wholes: Sequence[Run] | None = None
    at = 0
    for run in found:
        if run.script != "Jpan":
            if run.start >= at:
                yield run
            continue
        wholes = [*_wholes(text)] if wholes is None else wholes
        for part in (*_overlapping(wholes, run), *_words(text, run, wholes)):
            if part.start >= at:
                yield part
                at = part.end


def chinese_in_japanese(text: str) -> Iterator[Run]:
    """Yield the runs of a Japanese `text` that are Chinese, with the parts of a Chinese clause that do not tell.

    >>> text = "社長は言う。孩子们还没有回来，大家都在等待。皆が待つ。"
    >>> [text[run.start:run.end] for run in chinese_in_japanese(text)]
    ['孩子们还没有回来', '大家都在等待']
    """
    found = [run for run in chinese_runs(text) if text[run.start : run.end] not in _JAPANESE_NAMES]
    more = [run for run in _rest_of_clauses(text, found)] if found else []
    known = {run.start for run in found}
    yield from sorted([*found, *(run for run in more if run.start not in known)], key=lambda run: run.start)


def _overlapping(wholes: Sequence[Run], run: Run) -> list[Run]:
    return [whole for whole in wholes if whole.start < run.end and run.start < whole.end]


def _words(text: str, run: Run, wholes: Sequence[Run]) -> Iterator[Run]:
    """Yield the lone words of kana in `run` outside `wholes`."""
    for word in _WORD.finditer(text, run.start, run.end):
        if any(whole.start < word.end() and word.start() < whole.end for whole in wholes):
            continue
        if word.end() - word.start() > 1 and _may_be_japanese(word.group()):
            yield Run(word.start(), word.end(), "Jpan")
        else:
            yield from (Run(*kana.span(), "Jpan") for kana in _KANA.finditer(text, *word.span()))


def _wholes(text: str) -> Iterator[Run]:
    """Yield what is Japanese with its Han, in order: the contents of brackets and quotes, and whole clauses."""
    spans = [found.span(found.lastindex or 0) for found in _ENCLOSED.finditer(text)]
    enclosed = [run for span in spans for run in _enclosed(text, *span)]
    clauses = [run for found in _CLAUSE.finditer(text) for run in _clause(text, *found.span())]
    taken = 0
    for run in sorted([*enclosed, *clauses], key=lambda run: (run.start, -run.end)):
        if run.start >= taken:
            yield run
            taken = run.end


def _enclosed(text: str, start: int, end: int) -> Iterator[Run]:
    inside = text[start:end]
    is_kana = len(_ANY_KANA.findall(inside)) > 1 and _share(inside) >= _LEAST_ENCLOSED
    if (is_kana or _ENDING.fullmatch(inside)) and _may_be_japanese(inside):
        yield from _trimmed(text, start, end)


def _clause(text: str, start: int, end: int) -> Iterator[Run]:
    clause = text[start:end]
    # A lone word is one piece of kana; a clause has particles and endings between its Han.
    if len(_ONE_KANA.findall(clause)) < 2 or not _HIRAGANA.search(clause) or not _HAN.search(clause):
        return
    if _share(clause) >= _LEAST_CLAUSE and _may_be_japanese(clause):
        yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Run]:
    if found := _EDGES.search(text, start, end):
        yield Run(*found.span(), "Jpan")


def _share(text: str) -> float:
    """Return the share of kana in the Han and kana of `text`."""
    letters = len(_LETTER.findall(text))
    return len(_ANY_KANA.findall(text)) / letters if letters else 0.0


def _may_be_japanese(text: str) -> bool:
    """Return whether no Han letter or word in `text` is of Chinese only."""
    if strangers().search(text):
        return False
    return not any(word in _CHINESE_WORD for word in _HAN.findall(text))


def _rest_of_clauses(text: str, found: Sequence[Run]) -> Iterator[Run]:
    for sentence in _SENTENCE.finditer(text):
        inside = [run for run in found if sentence.start() <= run.start < sentence.end()]
        if not any(_is_clause(text, run) for run in inside):
            continue
        group: list[Run] = []
        for part in _PART.finditer(text, *sentence.span()):
            runs = _runs_without_kana(text, *part.span())
            if not runs:
                yield from _group(text, group)
                group = []
            group += runs
        yield from _group(text, group)


def _runs_without_kana(text: str, start: int, end: int) -> list[Run]:
    """Return the Han runs of a part, none where it holds kana or is too short for a clause and does not tell."""
    runs = [Run(*found.span(), "Hani") for found in _HAN.finditer(text, start, end)]
    letters = sum(run.end - run.start for run in runs)
    is_long = letters >= (_LEAST_TOLD if uncommon().search(text, start, end) else _LEAST_REST)
    return runs if is_long and not _ANY_KANA.search(text, start, end) else []


def _group(text: str, group: Sequence[Run]) -> Iterator[Run]:
    if any(_is_clause(text, run) for run in group):
        yield from group


def _is_clause(text: str, run: Run) -> bool:
    letters = run.end - run.start
    telling = len(strangers().findall(text, run.start, run.end))
    least = 1 if letters >= _LEAST_TELLING_LETTERS else _LEAST_TELLING
    return letters >= _LEAST_FIRST and telling >= least
