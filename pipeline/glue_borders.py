"""Where one thing ends and the next begins without a space: a capital after a small letter, a change of script."""

import re

import regex

_OTHERS = (
    r"\p{Hangul}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{Thai}\p{Devanagari}\p{Bengali}\p{Tamil}\p{Telugu}\p{Georgian}"
    r"\p{Armenian}"
)
_BORDER = regex.compile(
    # Fiona McRae is one name.
    r"[\p{Ll})](?<!(?<!\p{L})Ma?c)(?=\p{Lu})"
    rf"|\p{{Latin}}(?=[\p{{Han}}{_OTHERS}])"
    rf"|\p{{Han}}(?=[\p{{Latin}}{_OTHERS}])"
    rf"|[{_OTHERS}](?=[\p{{Latin}}\p{{Han}}])"
)
# All that a line in ASCII alone, as most are, can have of it; `re` takes half the time of `regex` to see that.
_ASCII_BORDER = re.compile(r"[a-z)][A-Z]")


def may_have_border(text: str) -> bool:
    """Return whether `text` may have any of `borders`; far cheaper to tell than which."""
    return not text.isascii() or _ASCII_BORDER.search(text) is not None


def borders(text: str) -> list[int]:
    """Return the offsets in `text` between two characters that may belong to different things.

    >>> borders("moreRelated articles"), borders("Reuters路透社"), borders("by Jane Doe")
    ([4], [7], [])
    """
    return [match.end() for match in _BORDER.finditer(text)] if may_have_border(text) else []
