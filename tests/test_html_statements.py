"""What pages state for programs, and how it becomes metadata."""

import json
from datetime import date

import pytest

from pipeline.document import Metadata
from pipeline.html.page import read_html
from pipeline.html.statements import iso_date
from pipeline.metadata.statements import with_statements

ARTICLE = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "BreadcrumbList", "name": "Path"},
        {
            "@type": ["NewsArticle"],
            "headline": "Rain at last",
            "datePublished": "2026-05-29T23:30:00-05:00",
            "author": [{"@type": "Person", "name": "Ann Lee"}, "Bo &amp; Co", {"url": "https://x.example"}],
            "publisher": {"@type": "Organization", "name": "The Gauge"},
            "articleBody": "It rained all day.",
        },
    ],
}


def metadata(html: str, text: Metadata | None = None) -> Metadata:
    return with_statements(text or Metadata(), read_html(html).markup)


def json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_json_ld_beats_meta_elements_and_both_beat_the_text() -> None:
    html = json_ld(ARTICLE) + (
        '<meta property="og:title" content="Rain | The Gauge"><meta property="og:site_name" content="Gauge">'
        '<meta property="article:modified_time" content="2026-05-30T08:00:00Z">'
        '<link rel="canonical" href="https://gauge.example/rain"><p>text'
    )
    guessed = Metadata(title="Rain at", author="Nobody", channel="Wire")
    found = metadata(html, guessed)
    assert (found.title, found.publisher, found.author) == ("Rain at last", "The Gauge", "Ann Lee, Bo & Co")
    assert (found.published, found.updated) == (date(2026, 5, 29), date(2026, 5, 30))
    assert (found.url, found.channel) == ("https://gauge.example/rain", "Wire")
    assert dict(found.sources) == {
        "title": "json-ld", "publisher": "json-ld", "author": "json-ld", "published": "json-ld",
        "updated": "article:modified_time", "url": "canonical",
    }  # fmt: skip


def test_the_text_is_heard_where_the_page_states_nothing() -> None:
    guessed = Metadata(title="Rain", published=date(2026, 1, 2))
    assert metadata("<p>text", guessed) == guessed
    assert with_statements(guessed, None) is guessed


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 100_000,
        '{"@type": 5}',
        '{"@type": "Article", "headline": {"a": 1}, "author": 3}',
        "null",
        "<!-- -->",
        "",
    ],
)
def test_json_that_is_none_states_nothing(script: str) -> None:
    assert metadata(f'<script type="application/ld+json">{script}</script><p>x') == Metadata()


def test_what_is_wrapped_is_unwrapped() -> None:
    wrapped = f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>"
    assert metadata(f'<script type="application/ld+json">{wrapped}</script>').title == "Rain at last"


def test_what_is_no_name_no_day_and_no_address_is_left_out() -> None:
    html = (
        '<meta property="article:author" content="https://social.example/ann"><meta name="author" content="@ann">'
        '<meta property="article:published_time" content="soon"><meta name="pubdate" content="20260529">'
        '<meta property="og:url" content="/rain"><meta property="og:title" content=" \n ">'
    )
    found = metadata(html)
    assert found == Metadata(published=date(2026, 5, 29), sources=(("published", "pubdate"),))


def test_times_in_the_article() -> None:
    html = '<article><time itemprop=dateModified datetime="2026-06-02">x</time><time datetime="2026-06-01">y</time>'
    found = metadata(html)
    assert (found.published, found.updated) == (date(2026, 6, 1), date(2026, 6, 2))
    assert set(found.sources) == {("published", "time"), ("updated", "time")}


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2026-05-29", "2026-05-29"), ("2026/05/29 10:00", "2026-05-29"), ("2026-13-01", None), ("", None),
     ("2026-05-291", None), ("29 May 2026 10:00:00 +0800", "2026-05-29"), ("0000-01-01", None)],
)  # fmt: skip
def test_days(value: str, expected: str | None) -> None:
    assert iso_date(value) == expected
