"""The language in which a site speaks around its article."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.document import Segment
from pipeline.languages.language_tag import primary
from pipeline.languages.sister_languages import sisters
from pipeline.lines.shape import shape
from pipeline.page.article import SURE_LANGUAGE, language_of_most

MIN_SITE_LINES = 5
"""Lines by which the language of a site is known."""


def site_language(segments: Sequence[Segment], article: str) -> str:
    """Return the primary language in which the site speaks around an `article` in another one, `und` if it does not.

    Not English or Chinese: a paragraph in them may be one that nobody translated; and no sister of the article's
    language, which lines of it are taken for.
    """
    spoken = _spoken(segments)
    for language in ("en", "zh", article, *sisters(article)):
        del spoken[language]
    language, lines = max(spoken.items(), key=lambda item: item[1], default=("und", 0))
    return language if lines >= MIN_SITE_LINES else "und"


def is_abroad(segments: Sequence[Segment]) -> bool:
    """Whether the site around what is kept of `segments` speaks another language: more of its lines than any."""
    article = language_of_most(s for s in segments if s.keep and shape(s.text) == "prose")
    spoken = _spoken(s for s in segments if not s.keep)
    language, lines = max(spoken.items(), key=lambda item: item[1], default=(article, 0))
    other = language != article and language not in sisters(article)
    return other and "und" not in (article, language) and lines >= MIN_SITE_LINES


def _spoken(segments: Iterable[Segment]) -> Counter[str]:
    """Return the lines that are surely in each primary language."""
    languages = (primary(s.language) for s in segments if s.language_score >= SURE_LANGUAGE)
    return Counter(language for language in languages if language not in ("und", "zxx"))
