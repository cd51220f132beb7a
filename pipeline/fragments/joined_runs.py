"""Runs that belong together: a name with a dot in it, a phrase, a clause that goes on over its own punctuation.

A list of words is no clause, so what stands between two runs only joins them where they make a clause together.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex

from pipeline.languages.script import Run

_CJK = ("Hani", "Jpan")
_CJK_JOINT = regex.compile(r"[·・•、]")
_JOINT = regex.compile(r" |[-'’]")

_MOST_BETWEEN = 40
_CJK_MARK = regex.compile(r"\s?(?:[”’」』）]?[，；：、。！？…—]{1,2}|[，；：、。！？…—]{1,2}[“‘「『（]?)\s?")
_CJK_COMMA = regex.compile(r", ?")
_CJK_DIGITS = regex.compile(r"\s?\d(?:[.,]?\d)*+\s?[%％]?\s?")
_CJK_QUOTE = regex.compile(r"[“”‘’「」『』《》（）()]")
_CJK_LATIN = regex.compile(r"[A-Za-z][\w.+&-]{0,15}| [A-Z0-9][\w.+&-]{0,15} ")
_CJK_MIXED = regex.compile(r"(?:[，；：、“”]|\d(?:[.,]?\d)*+[%％]?+|[A-Za-z][\w.+&-]{0,15}+| (?=[A-Z\d])){1,6}+")
"""Names, figures and marks in a row, glued to the run on their left."""
_MARK = regex.compile(r"[,;:،؛]? ?[–—-]? ?|[.!?…؟۔] | ?\d[\d.,]*%? ?")

_LEAST_CLAUSE = 6
"""Han and kana that make a clause where Chinese punctuation joins them."""
_LEAST_WITH_LATIN = 8
_LEAST_WITH_COMMA = 14
"""A comma of the host's parts names in a list as well."""
_LEAST_WORDS = 5
_PAIRS = tuple(zip("“‘「『《（(", "”’」』》）)", strict=True))
_LETTER = regex.compile(r"\p{Latin}")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’-]*")


def joined(text: str, runs: Iterable[Run], whole: frozenset[str]) -> Iterator[Run]:
    """Yield `runs` with those that belong together made one; words in `whole` join no other.

    >>> from pipeline.languages.script import runs
    >>> text = "See 约翰·史密斯: 请先填写查询条件，再提交信息 at once"
    >>> [text[run.start:run.end] for run in joined(text, runs(text, skip="Latn"), frozenset())]
    ['约翰·史密斯', '请先填写查询条件，再提交信息']
    """
    group: list[Run] = []
    for run in _phrases(text, runs, whole):
        if group and not _may_go_on(text, group[-1], run, whole):
            yield from _clauses(text, group)
            group = []
        group.append(run)
    yield from _clauses(text, group)


def _phrases(text: str, runs: Iterable[Run], whole: frozenset[str]) -> Iterator[Run]:
    pending: Run | None = None
    for run in runs:
        if pending and _is_phrase(text, pending, run, whole):
            pending = _together([pending, run])
            continue
        if pending:
            yield pending
        pending = run
    if pending:
        yield pending


def _is_phrase(text: str, left: Run, right: Run, whole: frozenset[str]) -> bool:
    between = text[left.end : right.start]
    if left.script in _CJK and right.script in _CJK:
        return not between or _CJK_JOINT.fullmatch(between) is not None
    if left.script != right.script or _JOINT.fullmatch(between) is None:
        return False
    return not any(run.end - run.start <= 16 and text[run.start : run.end] in whole for run in (left, right))


def _may_go_on(text: str, left: Run, right: Run, whole: frozenset[str]) -> bool:
    if right.start - left.end > _MOST_BETWEEN or text[right.start : right.end] in whole:
        return False
    between = text[left.end : right.start]
    if left.script in _CJK and right.script in _CJK:
        joints = (_CJK_MARK, _CJK_COMMA, _CJK_DIGITS, _CJK_QUOTE, _CJK_LATIN, _CJK_MIXED)
        return any(joint.fullmatch(between) for joint in joints)
    return left.script == right.script and _MARK.fullmatch(between) is not None


def _clauses(text: str, group: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs of `group` as one where they make a clause, else as far as marks alone join them."""
    if len(group) < 2 or _is_clause(text, group):
        if group:
            yield _together(group)
        return
    part: list[Run] = [group[0]]
    for left, right in pairwise(group):
        if not _CJK_MARK.fullmatch(text, left.end, right.start):
            yield from _part(text, part)
            part = []
        part.append(right)
    yield from _part(text, part)


def _part(text: str, part: Sequence[Run]) -> Iterator[Run]:
    if len(part) > 1 and _is_clause(text, part):
        yield _together(part)
    else:
        yield from part


def _is_clause(text: str, group: Sequence[Run]) -> bool:
    if group[0].script not in _CJK:
        return _is_sentence(text[group[0].start : group[-1].end])
    letters = sum(run.end - run.start for run in group)
    spans = [(left.end, right.start) for left, right in pairwise(group)]
    if any(_LETTER.search(text, *span) for span in spans):
        least = _LEAST_WITH_LATIN
    elif any(_CJK_COMMA.fullmatch(text, *span) for span in spans):
        least = _LEAST_WITH_COMMA
    else:
        least = _LEAST_CLAUSE
    # A digit with one letter beside it is an amount: 6.8亿.
    short = min(group[0].end - group[0].start, group[-1].end - group[-1].start) < 2
    return letters >= least and not short and _is_balanced(text[group[0].start : group[-1].end])


def _is_sentence(text: str) -> bool:
    """Return whether a phrase in another script than Han is long enough for a sentence, and no list of names."""
    words = _WORD.findall(text)
    capital = sum(word[0].isupper() for word in words)
    return len(words) >= _LEAST_WORDS and 2 * capital <= len(words)


def _is_balanced(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in _PAIRS)


def _together(group: Sequence[Run]) -> Run:
    scripts = {run.script for run in group}
    return Run(group[0].start, group[-1].end, "Jpan" if "Jpan" in scripts else group[0].script)
