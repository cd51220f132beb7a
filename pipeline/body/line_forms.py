"""The form of a line as a number: which kinds of characters follow each other at its start, however many of each."""

import numpy as np
from numpy.typing import NDArray

from pipeline.body.line_arrays import Lines
from pipeline.lines.char_classes import CharClass
from pipeline.lines.stretch_numbers import mixed

C = CharClass

RUNS = 12
"""Runs of one kind, from the start of a line, that make up its form."""

_MERGED = {C.KANA: C.HAN, C.ASKS: C.STOP, C.COLON: C.COMMA, C.CODE: C.PARTER, C.MARK: C.CASELESS, C.SYMBOL: C.PARTER}
"""Kinds that a form does not tell apart."""


def _merged() -> NDArray[np.uint64]:
    kinds = np.arange(len(C), dtype=np.uint64)
    for kind, other in _MERGED.items():
        kinds[kind] = other
    return kinds + np.uint64(1)


_KINDS = _merged()


def line_forms(lines: Lines) -> NDArray[np.uint64]:
    r"""Return the number of each line's form, 0 for an empty line.

    >>> from pipeline.body.line_arrays import read_lines
    >>> forms = line_forms(read_lines("3 days ago\n12 hours past\nYesterday"))
    >>> bool(forms[0] == forms[1]), bool(forms[1] == forms[2])
    (True, False)
    """
    kinds = _KINDS[lines.kinds]
    changes = np.append(True, (kinds[1:] != kinds[:-1]) | (lines.line_of[1:] != lines.line_of[:-1]))[: len(kinds)]
    runs = np.flatnonzero(changes & (lines.kinds != C.NEWLINE))
    of = lines.line_of[runs]
    per_line = np.bincount(of, minlength=lines.count)
    order = np.arange(len(runs)) - (np.cumsum(per_line) - per_line)[of]
    chosen = order < RUNS
    forms = np.zeros(lines.count, dtype=np.uint64)
    # Each kind at each place has its number; sums of such numbers differ where a kind or a place does.
    parts = mixed(kinds[runs[chosen]] * np.uint64(RUNS) + order[chosen].astype(np.uint64))
    np.add.at(forms, of[chosen], parts)
    return forms
