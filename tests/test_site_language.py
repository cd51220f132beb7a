"""Whose language the site around an article speaks."""

import pytest

from pipeline.document import Segment
from pipeline.languages.site_language import MIN_SITE_LINES, is_abroad


def page(article: str, site: str, lines: int = MIN_SITE_LINES, score: float = 0.9) -> list[Segment]:
    """Return a paragraph in the language `article`, two lines that are in it too, and `lines` in that of the `site`."""
    text = "The river froze in the night, and the ferry stayed where it was until noon."
    body = Segment(0, 9, 0, text, 1, label="body", language=article, language_score=0.99)
    own = body._replace(label="related_title", text="Snow in the hills")
    menu = own._replace(label="nav", language=site, language_score=score)
    return [body, own, own, *[menu] * lines]


@pytest.mark.parametrize(
    ("segments", "abroad"),
    [
        (page("en", "it"), True),
        (page("zh-Hans", "en"), True),
        (page("en", "en"), False),
        (page("zh-Hans", "zh-Hant"), False),
        (page("en", "it", lines=MIN_SITE_LINES - 1), False),
        (page("en", "it", score=0.3), False),
        (page("en", "und"), False),
        ([], False),
    ],
)
def test_a_site_is_abroad_if_most_of_its_lines_are(segments: list[Segment], abroad: bool) -> None:
    assert is_abroad(segments) == abroad
