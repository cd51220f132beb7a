"""Lines of furniture that lost all their breaks: where each thing on them ends and the next begins."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.shape import width
from pipeline.stamps import age_at_end, find_dates, label_at, labels_of

MIN_PIECES = 4
MIN_TOLD = 2
"""Pieces of such a line, and those of them that are a label or hold a stamp: a name with a capital inside is neither."""

MAX_PIECE = 90
SHORT_SHARE = 0.8
"""Columns of a title, and the share of the line that is no longer: a paragraph that lost its blanks has sentences."""

_BORDER = regex.compile(
    r"[\p{Ll}\p{N}.!?…)\]}\"”’](?=\p{Lu}\p{L})"  # a capital right behind the end of something
    r"|\p{Ll}{3}(?=\d)"
    r"|[^\P{L}\p{Latin}]\s(?=\p{Lu}\p{Latin}+\s\p{Latin}+\s\p{Latin}+)"  # a title in Latin script behind a menu in another
)
_TOKEN = regex.compile(r"\S+")
_NAME = regex.compile(r"(?:\p{Lu}\p{Ll}{1,5}|\p{Ll})\p{Lu}\p{L}{1,3}\W*")
"""A name that holds a capital: WhatsApp, OpenAI."""
_HANDLE = regex.compile(r"[\p{L}\d]*[_\d][\w]*")


def shattered(line: str) -> list[int]:
    """Return the offsets in `line` at which something new begins; none unless it is furniture without breaks.

    >>> line = "Povezane vijestiNovi trajekt kasniLučki listprije 2 sataCijena goriva palaHinaprije 5 sati"
    >>> [line[i:j] for i, j in pairwise([0, *shattered(line), len(line)])]
    ['Povezane vijesti', 'Novi trajekt kasni', 'Lučki listprije 2 sata', 'Cijena goriva pala', 'Hinaprije 5 sati']
    >>> shattered("OpenAI and DeepSeek talk on WhatsApp"), shattered("HomeNewsMarketsSport")
    ([], [])
    """
    if " " not in line:
        return []
    names = [token.span() for token in _TOKEN.finditer(line) if _NAME.fullmatch(token.group())]
    found = [match.end() for match in _BORDER.finditer(line)]
    cuts = [at for at in found if 0 < at < len(line) and not any(i < at < j for i, j in names)]
    pieces = [line[i:j].strip() for i, j in pairwise([0, *cuts, len(line)])]
    if len(pieces) < MIN_PIECES or sum(map(_is_told, pieces)) < MIN_TOLD or not _is_short(pieces):
        return []
    return sorted({*cuts, *_behind_label(line, [0, *cuts])})


def _is_told(piece: str) -> bool:
    """Whether `piece` is a label, or ends in an age, or holds a date."""
    return bool(labels_of(piece) or labels_of(regex.split("[:：]", piece, maxsplit=1)[0]) or age_at_end(piece) or find_dates(piece))


def _is_short(pieces: Sequence[str]) -> bool:
    columns = list(map(width, pieces))
    return sum(n for n in columns if n <= MAX_PIECE) >= SHORT_SHARE * sum(columns)


def _behind_label(line: str, starts: Sequence[int]) -> list[int]:
    """Return where handles in small letters begin, right behind a label (`Komentaribarba_luka`)."""
    ends = ((label_at(line, start), start) for start in starts)
    return [end for end, _ in ends if end is not None and _HANDLE.match(line, end) and line[end].islower()]
