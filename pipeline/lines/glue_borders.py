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
# What two characters it takes at least, as most lines have nowhere; `re` takes half the time of `regex` to see that.
_ASCII_BORDER = re.compile(r"[a-z)][A-Z]")
_MAY_BE_BORDER = re.compile(
    r"[A-Za-z)\u00aa\u00b5\u00ba\u00c0-\u1fff\u2071-\U0010ffff]"
    r"(?:(?<![A-Z])[A-Z\u00c0-\u00de]|[\u0100-\u1fff\u2071-\U0010ffff]|(?<=[\u0400-\U0010ffff])[a-z\u00aa-\u00ff])"
)


def may_have_border(text: str) -> bool:
    """Return whether `text` may have any of `borders`; far cheaper to tell than which."""
    return (_ASCII_BORDER if text.isascii() else _MAY_BE_BORDER).search(text) is not None


def borders(text: str) -> list[int]:
    """Return the offsets in `text` between two characters that may belong to different things.

    >>> borders("moreRelated articles"), borders("Reuters路透社"), borders("by Jane Doe")
    ([4], [7], [])
    """
    return [match.end() for match in _BORDER.finditer(text)] if may_have_border(text) else []
