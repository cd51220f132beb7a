"""Where one thing ends and the next begins without a space: a capital after a small letter, a change of script."""

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
# All that a line in ASCII alone can have of it, which is most lines, and far cheaper to look for.
_MAY_HAVE_BORDER = regex.compile(r"[a-z)][A-Z]|[^\x00-\x7F]")


def borders(text: str) -> list[int]:
    """Return the offsets in `text` between two characters that may belong to different things.

    >>> borders("moreRelated articles"), borders("Reuters路透社"), borders("by Jane Doe")
    ([4], [7], [])
    """
    return [match.end() for match in _BORDER.finditer(text)] if _MAY_HAVE_BORDER.search(text) else []
