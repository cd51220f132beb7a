"""Where one thing ends and the next begins without a space: a capital after a small letter, a change of script."""

import regex

_BORDER = regex.compile(
    r"[\p{Ll})](?=\p{Lu})"
    r"|\p{Latin}(?=[\p{Hangul}\p{Han}\p{Cyrillic}\p{Arabic}\p{Thai}\p{Devanagari}])"
    r"|\p{Han}(?=[\p{Latin}\p{Cyrillic}\p{Arabic}\p{Thai}\p{Devanagari}\p{Hangul}])"
    r"|[\p{Hangul}\p{Cyrillic}\p{Arabic}\p{Thai}\p{Devanagari}](?=[\p{Latin}\p{Han}])"
)
# All that a line in ASCII alone can have of it, which is most lines, and far cheaper to look for.
_MAY_HAVE_BORDER = regex.compile(r"[a-z)][A-Z]|[^\x00-\x7F]")


def borders(text: str) -> list[int]:
    """Return the offsets in `text` between two characters that may belong to different things.

    >>> borders("moreRelated articles"), borders("Reuters路透社"), borders("by Jane Doe")
    ([4], [7], [])
    """
    return [match.end() for match in _BORDER.finditer(text)] if _MAY_HAVE_BORDER.search(text) else []
