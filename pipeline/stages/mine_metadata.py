"""Read what the furniture says of its article: title, publisher, author, dates, first channel."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from pipeline.document import Document, Metadata, Segment
from pipeline.lines.screen import Screen
from pipeline.lines.shape import shape, width
from pipeline.metadata.author_model import choose_author, without_by
from pipeline.metadata.first_line import title_in_first_line
from pipeline.metadata.publisher_candidates import Told
from pipeline.metadata.publisher_furniture import read_furniture
from pipeline.metadata.publisher_model import choose_publisher
from pipeline.metadata.rights_holder import writer_of_newsletter
from pipeline.metadata.signatures import (
    PARTS,
    Signature,
    could_name,
    read_signatures,
    signs_in_one_word,
    words_of,
)
from pipeline.metadata.site_name import cut_title, told_by_site
from pipeline.metadata.stated_author import stated_author
from pipeline.metadata.stated_days import (
    EDITED,
    changed_day_without_year,
    edited_day,
    is_changed_the_same_day,
    published_day,
    updated_day,
)
from pipeline.metadata.statements import BETWEEN, with_statements
from pipeline.page.article import is_name, language_of_most
from pipeline.rules import ScreenedRule, load_rules

_RULES = {"title/best": 0, "title/repeated": 1}
"""The titles of the rules, the best first."""
SURE = 0.8
"""Score from which a title is one for sure: that of the rules, or of one that the model of labels is sure of."""
NEAR = 5
"""Segments below a title that belong to it where something above it is taken for the article."""
FAR = 30
"""Segments above an article of which menus are most, where its title stands above them."""
MAX_READ = 2000
"""Code points of a paragraph that are read."""

MAX_DATELINE = 80
"""Code points at the beginning of an article in which place, day and reporter stand."""

_BETWEEN_REPORTERS = regex.compile(r"[、·,\s]\s?")
_MINED = ("attribution", "byline", "author_bio")


def mine_metadata(doc: Document) -> Document:
    """Return `doc` with its metadata and the language of its kept text; None where the page is silent."""
    segments = doc.segments
    if not doc.kept:
        return doc  # dates and names on a page without an article belong to other articles
    furnished = language_of_most(s for s in segments if not s.keep and s.label != "title")
    site = language_of_most(doc.kept) if furnished == "und" else furnished
    bylines, near = _bylines(segments)
    told = _told(segments, bylines, near)
    furniture = read_furniture(segments)
    publisher = choose_publisher(told, furniture)
    # A paragraph may quote a page with its stamp, and a label knows more only where both are the page's own.
    published = published_day(near, site) or published_day(bylines, site)
    metadata = Metadata(
        title=told.title,
        publisher=publisher,
        author=without_by(
            choose_author(told, furniture, publisher, doc.page_type) or _named_in_article(segments), site
        ),
        published=published,
        updated=edited_day(segments, site)
        or updated_day(bylines, site)
        or changed_day_without_year(near, published)
        or (published if is_changed_the_same_day(near) else None),
        channel=told.mined.get("channel"),
    )
    return replace(doc, metadata=with_statements(metadata, doc.markup), language=_language(doc.kept))


def told_of(segments: Sequence[Segment]) -> Told:
    """Return what a page tells of its publisher, its title and who signed it."""
    return _told(segments, *_bylines(segments))


def _told(segments: Sequence[Segment], bylines: Sequence[Segment], near: Sequence[Segment]) -> Told:
    site = told_by_site(segments)
    title, behind = _title(segments, site)
    menu = [s for s in bylines if s not in near and signs_in_one_word(s)]
    mined = dict(reversed(list(_attributed(s for s in segments if s not in menu))))
    names = read_signatures(bylines)
    # A page may say who wrote it where it says where it has it from.
    signed = [*(s for s in bylines if s not in menu), *_of(segments, "attribution")]
    author = stated_author(signed, site) or mined.get("author") or _writer(segments, names)
    return Told(segments, names, site, author, title, behind, mined)


def _title(segments: Sequence[Segment], told: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the title, and the name of the site that stands behind a bar on the same line.

    An entry of a list is that of a menu. Where neither a rule nor the model is sure, the line that browsers show is
    better than a guess.
    """
    titles = [s for s in segments if s.label == "title" and shape(s.text) != "bullet"]
    sure = min(filter(_is_sure, titles), key=lambda s: _RULES.get(s.rule, len(_RULES)), default=None)
    if sure is None and (shown := title_in_first_line(segments)):
        return cut_title(shown, told)[0], None
    best = sure or next(iter(titles), None)
    return cut_title(" ".join(best.text.split()), told) if best else (None, None)


def _is_sure(title: Segment) -> bool:
    return title.label == "title" and title.score >= SURE


def _bylines(segments: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Return the bylines, first those between title and article, then those above the title, then the rest; the first.

    A stamp beside quotations is that of the market.
    """
    market = {s.line for s in segments if s.cue("outside/quotes-row")}
    start = next((i for i, s in enumerate(segments) if s.keep), len(segments))
    # The title may stand above the menu too.
    title = max((i for i, s in enumerate(segments[:start]) if _is_sure(s)), default=0)
    bylines = ((i, s) for i, s in enumerate(segments) if s.label == "byline" and not s.cue(EDITED))
    found = [(i, s) for i, s in bylines if s.line not in market]
    ordered = [s for _, s in sorted(found, key=lambda item: (item[0] > start, item[0] < title))]
    end = start if start > title else title + NEAR
    return ordered, [s for i, s in found if title and max(title, start - FAR) < i < end]


def _of(segments: Sequence[Segment], label: str) -> Iterator[Segment]:
    return (segment for segment in segments if segment.label == label)


def _writer(segments: Sequence[Segment], names: Sequence[Signature]) -> str | None:
    """Return the person who writes the newsletter that the page is of, if that person signs it too."""
    owner = writer_of_newsletter(segments)
    return owner if any(name.text == owner and name.person for name in names) else None


def _named_in_article(segments: Sequence[Segment]) -> str | None:
    """Return who signs in the article: between standfirst and a day or role, in its dateline, or called its author."""
    start = next((i for i, s in enumerate(segments) if s.keep), len(segments))
    for name, *below in zip(*(segments[start + k : start + FAR] for k in range(3)), strict=False):
        signed = PARTS.split(name.text)[0]
        stamped = any(s.label in ("byline", "stats") or words_of("role").search(s.text) for s in below)
        if (
            name.label in ("heading", "caption")
            and stamped
            and " " in signed
            and is_name(signed)
            and could_name(signed)
        ):
            return signed
    opening = next((s.text for s in segments if s.label == "body"), "")
    if dateline := words_of("author-in-dateline").match(opening[:MAX_DATELINE]):
        return BETWEEN.join(_BETWEEN_REPORTERS.split(dateline["author"]))
    found = (words_of("author-in-text").search(s.text[:MAX_READ]) for s in segments if s.keep)
    return next((str(match["author"]) for match in found if match), None)


def _language(kept: Sequence[Segment]) -> str:
    """Return the language of most of the kept text, with the variant that most of it has."""
    primary = language_of_most(kept)
    tags: Counter[str] = Counter()
    for segment in kept:
        if segment.language.split("-")[0] == primary:
            tags[segment.language] += width(segment.text)
    return max(tags, key=lambda tag: (tags[tag], tag), default="und")


def _attributed(segments: Iterable[Segment]) -> Iterator[tuple[str, str]]:
    """Yield what the attribution rules read, as (field, value), in order of appearance."""
    for segment in segments:
        if segment.label not in _MINED:
            continue
        text = segment.text[:1000]
        for _, pattern in _attributions().candidates(text):
            if match := pattern.search(text):
                yield from ((field, value.strip()) for field, value in match.groupdict().items() if value)


@cache
def _attributions() -> Screen[str]:
    return Screen((rule.id, rule.pattern) for rule in load_rules("attribution", ScreenedRule))
