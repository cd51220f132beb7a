"""Whether the furniture around an article speaks another language than the article, as it does around a translation."""

from collections.abc import Sequence

from pipeline.document import Segment
from pipeline.languages.language_tag import primary

_LEAST_LETTERS = 20
"""Code points of an English title or sentence; buttons of a theme are shorter, and are English anywhere."""
_LEAST_TEXTS = 5
_LANGUAGELESS = ("und", "zxx")


def is_furnished_abroad(segments: Sequence[Segment], language: str) -> bool:
    """Return whether what is no article on a page is for the most part text in others than `language` (primary tag)."""
    furniture = [s for s in segments if not s.keep and s.language not in _LANGUAGELESS]
    told = [primary(s.language) for s in furniture if len(s.text.strip()) >= _LEAST_LETTERS or s.language != "en"]
    return len(told) - told.count(language) >= max(_LEAST_TEXTS, 2 * told.count(language))
