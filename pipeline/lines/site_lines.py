"""Lines that many pages of one site have: how a line is known again, and where one stands in a page.

Such lines are the site's template, whatever language it is in (as in CCNet, which drops repeated lines of a crawl
shard; here a site's own pages are asked, so that a quotation two papers share is none).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lines.char_classes import BEYOND, tables
from pipeline.lines.stretch_numbers import stretch_numbers

LEAST_COLUMNS = 16
"""Of letters and digits, a wide one being two: shorter lines are headings that the articles of a site share."""
LEAST_PAGES = 5
LEAST_SHARE = 2
"""One in so many pages of its site has a line of its template; fewer may be parts of a series."""

AT_ONCE = 2**18
"""Characters that are read at once; their arrays take some fifty times as many bytes."""

Keys = NDArray[np.int64]

Templates = Mapping[int, Keys]
"""The keys of the lines that many pages of a site have, by the site's."""
NO_TEMPLATES: Templates = {}
NO_LINES: Keys = np.empty(0, dtype=np.int64)


def line_keys(text: str) -> Keys:
    r"""Return the keys of the long lines of `text`, each once; lines with the same letters share one, digits alike.

    >>> len(line_keys("Sign up for our newsletter\nSIGN UP for our  newsletter!\nShare")), len(line_keys(""))
    (1, 0)
    """
    lines = _read(text)
    return np.unique(lines.keys[lines.are_long])


def stand_on(text: str, spans: Sequence[tuple[int, int]], repeated: Keys) -> list[bool]:
    r"""Return of each of `spans`, offsets in `text`, whether all lines that it is on are among the `repeated` keys.

    >>> text = "It rained.\nSign up for our newsletter"
    >>> stand_on(text, [(0, 10), (11, 37)], line_keys(text))
    [False, True]
    """
    if not spans:
        return []
    lines = _read(text)
    others = np.append(0, np.cumsum(~(np.isin(lines.keys, repeated) & lines.are_long)))
    starts, ends = np.array(spans).T
    first = np.searchsorted(lines.starts, starts, side="right") - 1
    last = np.searchsorted(lines.starts, np.maximum(starts, ends - 1), side="right")
    found: list[bool] = (others[last] == others[first]).tolist()
    return found


def page_key(keys: Keys) -> bytes:
    """Return what is equal for pages with the same lines: one page at several addresses counts once."""
    return hashlib.blake2b(keys.tobytes(), digest_size=8).digest()


def site_key(site: str) -> int:
    """Return a hash of the host `site` (64 bits, signed)."""
    return int.from_bytes(hashlib.blake2b(site.encode(), digest_size=8).digest(), "little", signed=True)


class _Lines(NamedTuple):
    """Arrays by line: where it begins, its key, and whether it is long enough to count."""

    starts: Keys
    keys: Keys
    are_long: NDArray[np.bool_]


def _read(text: str) -> _Lines:
    parts = [_read_part(text[start:stop], start) for start, stop in _parts(text)]
    starts, keys, are_long = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return _Lines(starts, keys, are_long)


def _read_part(text: str, start: int) -> _Lines:
    # As `read_lines`, which takes twice the time, for words that nobody asks for here.
    table = tables()
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), BEYOND)
    in_word = table.in_word[codes]
    breaks = np.flatnonzero(codes == ord("\n"))
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(codes))
    letters, wide = (np.append(0, np.cumsum(each, dtype=np.int64)) for each in (in_word, table.wide[codes]))
    columns = letters[ends] - letters[starts] + wide[ends] - wide[starts]
    keys = stretch_numbers(table.number[codes[in_word]])(letters[starts], letters[ends]).view(np.int64)
    return _Lines(starts + start, keys, columns >= LEAST_COLUMNS)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of parts of `text` that are whole lines; one that is too long is cut."""
    start = 0
    while len(text) - start > AT_ONCE:
        newline = text.rfind("\n", start, start + AT_ONCE)
        stop = newline if newline >= 0 else start + AT_ONCE
        yield start, stop
        start = stop + (newline >= 0)
    yield start, len(text)
