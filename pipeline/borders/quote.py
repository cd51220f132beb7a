"""Where names, figures and changes begin in a ticker on one line: a name is in a language, a figure in none."""

import regex

MAX_LINE = 200
"""Code points of a ticker on one line."""

MIN_QUOTES = 2

_QUOTE = regex.compile(
    r"(?P<name>[\p{Lu}\p{Lo}\p{Sc}][\p{L}\p{M}&./’'-]{0,20}(?:(?<=/)\p{Sc})?"
    r"(?: [\p{L}\p{M}][\p{L}\p{M}&./’'-]{0,20}| \d{2,3}(?=\s)){0,2}?)"
    r"\s?(?P<value>\p{Sc}?\d[\d.,]*+(?:\s?%(?!\s?\d))?)"
    r"(?:\s?(?P<change>[+−–▲▼△▽-]\s?\d[\d.,]*+(?:\s?%)?|%\s?[+−–-]?\d[\d.,]*+))?"
    r"\s*+(?=[\p{Lu}\p{Lo}\p{Sc}]|$)"
)
_MOVES = regex.compile(r"[▲▼△▽]|[+−–-]\s?\d[\d.,]*\s?%|%\s?[+−–-]?\d")


def quote_borders(line: str) -> list[int]:
    """Return the offsets of what a ticker is made of, none where `line` is no ticker of several quotes.

    A figure is apart from its name where it is glued to it, and so is a change from its figure.

    >>> line = "DOLAR39,21%0,12 ALTIN4.228,61"
    >>> [line[i:j] for i, j in zip([0, *quote_borders(line)], [*quote_borders(line), len(line)])]
    ['DOLAR', '39,21', '%0,12 ', 'ALTIN', '4.228,61']
    >>> quote_borders("Sensex 84,210.15 ▲ 0.41% Nifty 25,733.60 ▲ 0.38%")
    [25]
    >>> quote_borders("Prices rose by 3% in 2024"), quote_borders("Lions 24 Tigers 17")
    ([], [])
    """
    if len(line) > MAX_LINE or not _MOVES.search(line):
        return []
    quotes: list[regex.Match[str]] = []
    end = 0
    while end < len(line) and (quote := _QUOTE.match(line, end)):
        quotes.append(quote)
        end = quote.end()
    if end < len(line) or len(quotes) < MIN_QUOTES:
        return []
    parts = (quote.start(part) for quote in quotes for part in ("value", "change") if quote[part])
    return sorted({*(quote.start() for quote in quotes), *(at for at in parts if not line[at - 1].isspace())} - {0})
