"""Lines of furniture that lost all their breaks: where each thing on them ends and the next begins."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.borders.label_starts import label_at
from pipeline.lines.screen import may_match
from pipeline.lines.shape import width
from pipeline.lines.stamps import age_at_end, find_dates, label_before, labels_of

MIN_PIECES = 4
MIN_TOLD = 2
"""Pieces of such a line, and those of them that are a label or hold a stamp; a name with a capital is neither."""

MAX_PIECE = 90
SHORT_SHARE = 0.8
"""Columns of a title, and the share of the line that is no longer: a paragraph that lost its blanks has sentences."""

_BORDER = regex.compile(
    r"[\p{Ll}\p{N}.!?…)\]}\"”’](?=\p{Lu}\p{L})"  # a capital right behind the end of something
    r"|\p{Ll}{3}(?=\d)"
    r"|[^\P{L}\p{Latin}]\s(?=\p{Lu}\p{Latin}+\s\p{Latin}+\s\p{Latin}+)"  # a title in Latin behind another script
    r"|\p{Latin}{3}(?=\p{Han}{4})|\p{Han}{2}(?=\p{Lu}\p{Ll}{3})"  # a title in Han among them
)
# What each of them begins with: RE2 sees in a tenth of the time that a line, like most, has none.
_BEGINNING = (
    r"[\p{Ll}\p{N}.!?…)\]}\"”’]\p{Lu}\p{L}"
    r"|\p{Ll}{3}\p{Nd}"
    r"|[^\P{L}\p{Latin}][\s\p{Z}\x1c-\x1f\x85]\p{Lu}\p{Latin}"
)
_TOKEN = regex.compile(r"\S+")
_NAME = regex.compile(r"(?:\p{Lu}\p{Ll}{1,5}|\p{Ll})\p{Lu}\p{L}{1,3}\W*")
"""A name that holds a capital: WhatsApp, OpenAI."""
_NETWORKS = (
    ("Whats", "App"), ("You", "Tube"), ("Linked", "In"), ("Tik", "Tok"), ("We", "Chat"), ("Snap", "Chat"),
    ("Kakao", "Talk"), ("Kakao", "Story"),
)  # fmt: skip
"""Names of networks that pages are shared with, in two at their capital: their buttons are glued to others."""
_HANDLE = regex.compile(r"[\p{L}\d]*[_\d][\w]*")


def shattered(line: str) -> list[int]:
    """Return the offsets in `line` at which something new begins; none unless it is furniture without breaks.

    >>> line = "Povezane vijestiNovi trajektLučki listprije 2 sataCijena gorivaHinaprije 5 sati"
    >>> [line[i:j] for i, j in pairwise([0, *shattered(line), len(line)])]
    ['Povezane vijesti', 'Novi trajekt', 'Lučki list', 'prije 2 sata', 'Cijena goriva', 'Hina', 'prije 5 sati']
    >>> shattered("OpenAI and DeepSeek talk on WhatsApp"), shattered("HomeNewsMarketsSport")
    ([], [])
    """
    if " " not in line or not may_match(_BEGINNING, line):
        return []
    found = [match.end() for match in _BORDER.finditer(line) if not _is_in_name(line, match.end())]
    if len(found) + 1 < MIN_PIECES:
        return []
    names = [token.span() for token in _TOKEN.finditer(line) if _NAME.fullmatch(token.group())]
    cuts = [at for at in found if at < len(line) and not any(i < at < j for i, j in names) and not _is_field(line, at)]
    pieces = [line[i:j].strip() for i, j in pairwise([0, *cuts, len(line)])]
    if len(pieces) < MIN_PIECES or not _is_short(pieces) or sum(map(_is_told, pieces)) < MIN_TOLD:
        return []
    more = (
        start + cut
        for (start, end) in pairwise([0, *cuts, len(line)])
        for cut in (
            _behind_label(line[start:end]),
            _before_label(line[start:end]),
            _before_age(line[start:end], pieces),
        )
        if cut
    )
    return sorted({*cuts, *more})


def _is_in_name(line: str, at: int) -> bool:
    return any(line.startswith(behind, at) and line.endswith(before, 0, at) for before, behind in _NETWORKS)


def _is_field(line: str, at: int) -> bool:
    """Whether a date or count begins at `at` right behind its label (`Publicado em2026-05-29`)."""
    return line[at].isdigit() and (label_before(line, at) or label_before(line, at, dated=False)) is not None


def _is_told(piece: str) -> bool:
    """Whether `piece` is a label, or ends in an age, or holds a date."""
    return bool(
        labels_of(piece)
        or labels_of(regex.split("[:：]", piece, maxsplit=1)[0])
        or age_at_end(piece)
        or find_dates(piece)
    )


def _is_short(pieces: Sequence[str]) -> bool:
    columns = list(map(width, pieces))
    return sum(n for n in columns if n <= MAX_PIECE) >= SHORT_SHARE * sum(columns)


def _behind_label(piece: str) -> int:
    """Return where a handle in small letters begins right behind a label (`Komentaribarba_luka`), else 0."""
    end = label_at(piece, 0) or 0
    return end if _HANDLE.match(piece, end) and piece[end].islower() else 0


def _before_label(piece: str) -> int:
    """Return where the name of a box begins behind topics that only blanks part from it, else 0."""
    words = [match.start() for match in _TOKEN.finditer(piece)]
    return next((at for at in words[1:] if any(rule.opens for rule, _ in labels_of(piece[at:]))), 0)


def _before_age(piece: str, pieces: Sequence[str]) -> int:
    """Return where an age in words begins behind a source (`Hinajučer`) that one of `pieces` names too, else 0."""
    ages = ((other, age_at_end(other)) for other in pieces)
    heads = (other[: age.start].strip() for other, age in ages if age is not None and age.start)
    for head in heads:
        age = age_at_end(piece[len(head) :]) if head and piece.startswith(head) else None
        if age is not None and age.start == 0:
            return len(head)
    return 0
