"""Whether the furniture around an article speaks another language than the article, as it does around a translation."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.language_tag import primary

_LEAST_LETTERS = 20
"""Code points of a title or a sentence; buttons and headings of a theme are shorter, and speak English anywhere."""
_LEAST_TEXTS = 5
_LANGUAGELESS = ("und", "zxx")


def is_furnished_abroad(segments: Sequence[Segment], language: str) -> bool:
    """Return whether what is no article on a page is for the most part text in others than `language` (primary tag)."""
    furniture = [segment for segment in segments if not segment.keep and len(segment.text.strip()) >= _LEAST_LETTERS]
    told = [primary(segment.language) for segment in furniture if segment.language not in _LANGUAGELESS]
    return len(told) - told.count(language) >= max(_LEAST_TEXTS, 2 * told.count(language))
