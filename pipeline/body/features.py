"""What is counted of every line of a page, for the model that tells the body from its furniture.

Everything rests on characters and their order, not on words of a language; the one exception are the chrome labels
in 20 languages that it has learnt with. All lines of a page are counted at once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.body.chrome_words import CLASSES, chrome_words
from pipeline.body.line_arrays import BUCKETS, Lines, bucket, read_lines
from pipeline.body.line_forms import line_forms
from pipeline.lines.char_classes import WIDE, CharClass
from pipeline.lines.stretch_numbers import Ints

C = CharClass
Column = NDArray[Any]
"""A value a line."""
Matrix = NDArray[np.float32]
"""A row a line, a column a feature."""

LONG = 100
"""Columns from which a line tells the topic of its page."""
CONTENT = 4
"""Letters from which a word of a spaced script does."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines and what several features are made from."""

    lines: Lines
    counts: Matrix
    """Characters of each `CharClass`."""
    length: Ints
    wide: Column
    width: Column
    """Columns: two for a wide character."""
    word_kinds: NDArray[np.uint8]
    """`CharClass` of each word's first character."""
    word_lengths: Ints
    words: Column
    """Words of each line in a spaced script."""
    word_counts: Column
    """Words, two wide characters counting as one."""
    told: Ints
    """Numbers, in their buckets, of the words that tell what a page is about."""
    told_lines: Ints
    """The line of each of them."""

    def per_line(self, chosen: NDArray[np.bool_]) -> Column:
        """Return how many of the `chosen` words each line has."""
        return np.bincount(self.lines.word_lines[chosen], minlength=self.lines.count)

    def having(self, chosen: NDArray[np.bool_]) -> Column:
        """Return how many of the `chosen` characters each line has."""
        return np.bincount(self.lines.line_of[chosen], minlength=self.lines.count)


def read_page(text: str) -> Page:
    """Return the page whose lines `text` holds, parted by newlines and none of them blank."""
    lines = read_lines(text)
    cells = np.bincount(lines.line_of * len(C) + lines.kinds, minlength=lines.count * len(C))
    counts = cells.reshape(lines.count, len(C)).astype(np.float32)
    counts[:, C.NEWLINE] = 0
    length = lines.ends - lines.starts
    wide = counts[:, list(WIDE)].sum(axis=1)
    words = np.bincount(lines.word_lines, minlength=lines.count)
    word_lengths = lines.word_ends - lines.word_starts
    long = word_lengths >= CONTENT
    return Page(
        lines, counts, length, wide, length + wide,
        lines.kinds[lines.word_starts], word_lengths, words, words + wide / 2,
        bucket(np.concatenate((lines.word_numbers[long], lines.pair_numbers))),
        np.concatenate((lines.word_lines[long], lines.line_of[lines.pairs])),
    )  # fmt: skip


def line_features(page: Page) -> dict[str, Column]:
    """Return what is counted of each line, by name."""
    return {name: column for group in GROUPS.values() for name, column in group(page).items()}


def _size(page: Page) -> dict[str, Column]:
    steps = {f"width_{least}": page.width >= least for least in (40, 80, 160, 320)}
    return {
        "width": np.log1p(page.width),
        "words": np.log1p(page.word_counts),
        "width_share": np.minimum(page.width, 400) / 400,
        **steps,
    }


def _letters(page: Page) -> dict[str, Column]:
    n = page.counts
    written = np.maximum(page.length - n[:, C.SPACE], 1)
    cased = n[:, C.UPPER] + n[:, C.LOWER]
    letters = cased + n[:, C.CASELESS] + page.wide + n[:, C.MARK]
    return {
        "upper": n[:, C.UPPER] / np.maximum(cased, 1),
        "cased": cased / written,
        "wide": page.wide / written,
        "caseless": n[:, C.CASELESS] / written,
        "digits": n[:, C.DIGIT] / written,
        "signs": (written - letters - n[:, C.DIGIT]) / written,
        "spaces": n[:, C.SPACE] / np.maximum(page.length, 1),
    }


def _words(page: Page) -> dict[str, Column]:
    lines, kind, length = page.lines, page.word_kinds, page.word_lengths
    second = lines.kinds[np.minimum(lines.word_starts + 1, len(lines.kinds) - 1)]
    all_words = np.maximum(page.words, 1)
    capital = page.per_line(kind == C.UPPER)
    few_digits = page.per_line((kind == C.DIGIT) & (length <= 2))
    years = page.per_line((kind == C.DIGIT) & (length == 4))
    n = page.counts
    named = (capital == page.words) & (page.words >= 2) & (page.words <= 4)
    return {
        "capital": capital / all_words,
        "all_capital": page.per_line((kind == C.UPPER) & (second == C.UPPER) & (length > 1)) / all_words,
        "long_lower": page.per_line((kind == C.LOWER) & (length > 3)) / all_words,
        "short_words": page.per_line((kind != C.DIGIT) & (length <= 3)) / all_words,
        "number_words": page.per_line(kind == C.DIGIT) / all_words,
        "years": np.minimum(years, 3) / 3,
        "word_length": np.log1p(np.bincount(lines.word_lines, weights=length, minlength=lines.count) / all_words),
        "like_date": (years > 0) & (few_digits > 0) & (page.word_counts <= 14),
        "like_name": named & (n[:, C.DIGIT] == 0) & (n[:, C.COMMA] == 0),
    }


def _signs(page: Page) -> dict[str, Column]:
    n, lines = page.counts, page.lines
    logs = {
        "stops": n[:, C.STOP] + n[:, C.ASKS], "commas": n[:, C.COMMA], "quotes": n[:, C.QUOTE],
        "brackets": n[:, C.BRACKET], "dashes": n[:, C.DASH], "parters": n[:, C.PARTER], "currency": n[:, C.CURRENCY],
        "symbols": n[:, C.SYMBOL], "code": n[:, C.CODE], "apostrophes": n[:, C.APOSTROPHE], "beyond": n[:, C.BEYOND],
    }  # fmt: skip
    following = np.append(lines.kinds[1:], np.uint8(C.NEWLINE))
    colon = lines.kinds == C.COLON
    sentences = _sentences(page, following)
    return {
        **{name: np.log1p(count) for name, count in logs.items()},
        "comma_share": n[:, C.COMMA] / np.maximum(page.word_counts, 1),
        "asks": n[:, C.ASKS] > 0,
        "colon": n[:, C.COLON] > 0,
        "parted": n[:, C.PARTER] > 0,
        "address": page.having(colon & (following == C.PARTER)) > 0,
        "clock": page.having(colon & (following == C.DIGIT)) > 0,
        "at": page.having(lines.codes == ord("@")) > 0,
        "sentences": np.log1p(sentences),
        "sentence_share": sentences / np.maximum(page.word_counts, 6) * 6,
    }


def _sentences(page: Page, following: NDArray[np.uint8]) -> Column:
    """Return how many sentences end inside each line: at a stop before a space, or at a wide one."""
    lines = page.lines
    stops = (lines.kinds == C.STOP) | (lines.kinds == C.ASKS)
    return page.having(stops & ((following == C.SPACE) | (lines.codes > 0x2000)))


def _ends(page: Page) -> dict[str, Column]:
    lines, kinds = page.lines, page.lines.kinds
    first, second = _kind_at(page, lines.starts), _kind_at(page, lines.starts + 1)
    last, before = _kind_at(page, lines.ends - 1), _kind_at(page, lines.ends - 2)
    stopped = (last == C.STOP) | (last == C.ASKS)
    closed = (last == C.QUOTE) | (last == C.BRACKET) | (last == C.APOSTROPHE)
    ends = stopped | (closed & ((before == C.STOP) | (before == C.ASKS)))
    three = lines.codes[np.maximum(lines.ends - 1, 0)] == ord("…")
    listed = ((first == C.DASH) | (first == C.PARTER)) & (second == C.SPACE)
    head = _kind_at(page, lines.starts + np.where(listed, 2, 0)) if len(kinds) else first
    opening = {f"opens_{kind.name.lower()}": head == kind for kind in _OPENING}
    return {
        "ends": ends,
        "trails_off": three | ((last == C.STOP) & (before == C.STOP)),
        "ends_colon": last == C.COLON,
        "ends_comma": last == C.COMMA,
        "ends_digit": last == C.DIGIT,
        "ends_closed": closed,
        "ends_asks": last == C.ASKS,
        "listed": listed,
        **opening,
        "opens_sign": ~_WRITTEN[head],
        "ends_long": ends & (page.width >= 60),
    }


_WRITTEN = np.zeros(len(C), dtype=bool)
"""Whether a character of each class is part of a word or a number."""
_WRITTEN[[C.UPPER, C.LOWER, C.DIGIT, C.CASELESS, *WIDE]] = True

_OPENING = (C.UPPER, C.LOWER, C.DIGIT, C.QUOTE, C.BRACKET, C.SYMBOL, C.CODE, C.DASH)


def _kind_at(page: Page, at: Ints) -> NDArray[np.uint8]:
    """Return the class of the character at a place in each line, NEWLINE where the line is too short."""
    lines = page.lines
    inside = (at >= lines.starts) & (at < lines.ends)
    kinds = lines.kinds[np.clip(at, 0, max(len(lines.kinds) - 1, 0))] if len(lines.kinds) else np.zeros(1, np.uint8)
    return np.where(inside, kinds, np.uint8(C.NEWLINE))


def _chrome(page: Page) -> dict[str, Column]:
    known = chrome_words()
    of_line, of_word = known.of_lines(page.lines.numbers), known.of_words(page.lines.word_numbers)
    columns: dict[str, Column] = {}
    for bit, name in enumerate(CLASSES):
        hits = page.per_line((of_word & (1 << bit)) > 0)
        columns[f"chrome_line_{name}"] = (of_line & (1 << bit)) > 0
        columns[f"chrome_words_{name}"] = np.minimum(hits, 3) / 3
        columns[f"chrome_share_{name}"] = hits / np.maximum(page.words, 1)
    return columns


def _repeats(page: Page) -> dict[str, Column]:
    _, first, which, times = np.unique(page.lines.numbers, return_index=True, return_inverse=True, return_counts=True)
    again = first[which] < np.arange(page.lines.count)
    return {"times": np.log(times[which]), "repeated": times[which] > 1, "again": again}


def _topic(page: Page) -> dict[str, Column]:
    """How much a line's words are those of the first line (often the title) and of the page's long lines."""
    count = page.lines.count
    words, of = page.told, page.told_lines
    each = np.maximum(np.bincount(of, minlength=count), 1)
    titled = np.zeros(BUCKETS, dtype=bool)
    titled[words[of == 0]] = True
    shared = np.bincount(of[titled[words]], minlength=count)
    in_long = page.width[of] >= LONG
    others = np.bincount(words[in_long], minlength=BUCKETS)[words] - in_long
    alone = np.bincount(words, minlength=BUCKETS)[words] == 1
    return {
        "title_share": shared / each,
        "title_cover": np.minimum(1, shared / max(1, int(np.count_nonzero(titled)))),
        "topic": np.bincount(of, weights=np.minimum(2, others), minlength=count) / each / 2,
        "words_once": np.bincount(of[alone], minlength=count) / each,
    }


REACH = 8
"""Lines to either side in which cards of a list repeat their form."""


def _rhythm(page: Page) -> dict[str, Column]:
    """How much a line looks like those near it: cards and lists repeat their forms and their words."""
    lines = page.lines
    forms = line_forms(lines)
    first, last = np.zeros(lines.count, dtype=np.uint64), np.zeros(lines.count, dtype=np.uint64)
    first[lines.word_lines[::-1]] = lines.word_numbers[::-1]
    last[lines.word_lines] = lines.word_numbers
    _, which, times = np.unique(forms, return_inverse=True, return_counts=True)
    form, opening, closing = np.stack(list(_alike(np.stack((forms, first, last)))), axis=1)
    return {
        "form_times": np.log(times[which]),
        **{f"form_{k}": form[k - 1] for k in (1, 2, 3)},
        "form_near": form.sum(axis=0) / REACH,
        "first_word_seen": opening.any(axis=0),
        "first_word_near": opening.sum(axis=0) / REACH,
        "last_word_near": closing.sum(axis=0) / REACH,
    }


def _alike(numbers: NDArray[np.uint64]) -> Iterator[NDArray[np.bool_]]:
    """Yield for 1 to `REACH` whether the line so far above or below has the same number, 0 being none; a row a kind."""
    for k in range(1, REACH + 1):
        alike = np.zeros(numbers.shape, dtype=bool)
        if k < numbers.shape[1]:
            same = (numbers[:, k:] == numbers[:, :-k]) & (numbers[:, k:] != 0)
            alike[:, k:] |= same
            alike[:, :-k] |= same
        yield alike


GROUPS: Mapping[str, Callable[[Page], dict[str, Column]]] = {
    "size": _size, "letters": _letters, "words": _words, "signs": _signs, "ends": _ends, "chrome labels": _chrome,
    "repeats": _repeats, "topic": _topic, "rhythm": _rhythm,
}  # fmt: skip
"""What is counted of lines, by what it is about, in the order in which the model knows it."""
