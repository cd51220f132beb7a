"""Text of documents on a terminal: everything that would act on the terminal made visible instead.

Documents are hostile: an escape sequence can recolour, retitle or rewrite the reader's screen, and an
override of the writing direction can make a line read as another one.
"""

from collections.abc import Iterator

import regex
from rich.cells import cell_len
from rich.text import Text

# The joiners are kept: Persian, Hindi and emoji are misread without them. So are the Arabic signs that
# stand around a number, which are format characters and visible.
_ACTING = regex.compile(
    r"[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\u200C\u200D\u0600-\u0605\u06DD\u070F\u08E2]]", regex.VERSION1
)

_ACTING_OR_PILED = regex.compile(rf"(?:(?!\n){_ACTING.pattern})+|(?<=\p{{M}}{{8}})(?P<piled>\p{{M}}+)", regex.VERSION1)

_PICTURES = {**{code: chr(0x2400 + code) for code in range(0x20)}, 0x7F: "\N{SYMBOL FOR DELETE}"}
"""The signs that Unicode has for the control characters of ASCII."""


def visible(text: str) -> str:
    r"""Return `text` on one line, with control, format and line characters and lone surrogates spelled out.

    >>> visible("a\x1b[2Jb\u202ec\nd")
    'a␛[2Jb<U+202E>c␊d'
    """
    spelled: str = _ACTING.sub(lambda match: _spelled(ord(match[0])), text)
    return spelled


def runs(text: str) -> Iterator[tuple[str, bool]]:
    r"""Yield `text` in runs, each with whether it spells out characters that would act; line feeds stay.

    Of more than eight marks upon one letter, which cover the lines around it, the others are only counted.

    >>> list(runs("a\u202e\x00\nb"))
    [('a', False), ('<U+202E>␀', True), ('\nb', False)]
    """
    done = 0
    for match in _ACTING_OR_PILED.finditer(text):
        if match.start() > done:
            yield text[done : match.start()], False
        piled = match["piled"]
        yield (f"<{len(piled):,} more marks>" if piled else "".join(_spelled(ord(c)) for c in match[0])), True
        done = match.end()
    if done < len(text):
        yield text[done:], False


def visible_lines(text: str) -> str:
    r"""Return `text` as `visible` does, but with its line feeds.

    >>> visible_lines("a\r\nb")
    'a␍\nb'
    """
    return "\n".join(map(visible, text.split("\n")))


def shown_or_dash(value: str | None) -> str:
    """Return `value` as `visible` does, or a dash where there is none."""
    return "-" if value is None else visible(value)


def _spelled(code: int) -> str:
    return _PICTURES.get(code, f"<U+{code:04X}>")


def columns(rows: list[list[Text]], *, right: frozenset[int] = frozenset(), gap: int = 2) -> list[Text]:
    """Return `rows`, cells of equal number, as lines with their columns aligned by width on screen.

    Columns in `right` are aligned to the right; nothing is padded at the end of a line.
    """
    widths = [max(cell_len(row[i].plain) for row in rows) for i in range(len(rows[0]))] if rows else []
    return [_line(row, widths, right, gap) for row in rows]


def _line(row: list[Text], widths: list[int], right: frozenset[int], gap: int) -> Text:
    line = Text()
    for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
        padding = " " * (width - cell_len(cell.plain))
        cells = (padding, cell) if i in right else (cell, padding)
        line.append_text(Text.assemble(*cells))
        line.append(" " * gap)
    line.rstrip()
    return line
