"""Read what the furniture says of its article: title, publisher, author, dates, first channel."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import regex

from pipeline.article import is_name, main_language
from pipeline.dates import parse_date
from pipeline.document import Cue, Document, Metadata, Segment
from pipeline.rules import PatternRule, load_rules
from pipeline.shape import shape, width
from pipeline.site_name import holder_of_rights, name_behind_title
from pipeline.stamps import SEPARATORS
from pipeline.statements import with_statements

MAX_NAME = 60
"""Columns of a publisher or author; longer lines are sentences."""

_WITH_PAPER = regex.compile(r"\s[-–—|·]\s[^-–—|·]+$")
_AFTER_AUTHOR = regex.compile(r"^[^-–—|·]+\s[-–—|·]\s")
"""What follows an author in `Ines Marsh - Harbour Post`, and what precedes the paper."""

_MINED = ("attribution", "byline", "author_bio")


def mine_metadata(doc: Document) -> Document:
    """Return `doc` with its metadata and the language of its kept text; None where the page is silent."""
    segments = doc.segments
    if not doc.kept:
        return doc  # dates and names on a page without an article belong to other articles
    titles = sorted((s for s in segments if s.label == "title"), key=lambda s: s.rule != "title/best")
    title = titles[0].text if titles else None
    mined = dict(reversed(list(_attributed(segments))))
    bylines = [s for s in segments if s.label == "byline"]
    metadata = Metadata(
        title=" ".join(title.split()) if title else None,
        publisher=_publisher(bylines)
        or name_behind_title(segments)
        or mined.get("publisher")
        or holder_of_rights(segments),
        author=_author(segments, mined),
        published=_dated(segments, "published") or _bare_date(bylines),
        updated=_dated(segments, "updated") or _second(segments),
        channel=mined.get("channel"),
    )
    return replace(doc, metadata=with_statements(metadata, doc.markup), language=_language(doc.kept))


def _language(kept: Sequence[Segment]) -> str:
    """Return the language of most of the kept text, with the variant that most of it has."""
    primary = main_language([s._replace(rule="") for s in kept])
    tags: dict[str, int] = {}
    for segment in kept:
        if segment.language.split("-")[0] == primary:
            tags[segment.language] = tags.get(segment.language, 0) + width(segment.text)
    return max(tags, key=lambda tag: (tags[tag], tag), default="und")


def _attributed(segments: Iterable[Segment]) -> Iterator[tuple[str, str]]:
    """Yield what the attribution rules read, as (field, value), in order of appearance."""
    for segment in segments:
        if segment.label not in _MINED:
            continue
        for rule in load_rules("attribution", PatternRule):
            if match := rule.pattern.search(segment.text[:1000]):
                yield from ((field, value.strip()) for field, value in match.groupdict().items() if value)


def _publisher(bylines: Sequence[Segment]) -> str | None:
    """Return the name that shares its line with a date or an icon, else one that stands beside a stamp."""
    stamped = {s.line for s in bylines if _is_stamp(s)}
    names = [s for s in bylines if not s.cues and _could_name(s.text)]
    together = [s for s in names if s.glued and (s.line in stamped or not is_name(s.text))]
    beside = [s for s in names if not is_name(s.text)]
    chosen = next(iter(together + beside), None)
    return _AFTER_AUTHOR.sub("", chosen.text).strip(SEPARATORS) if chosen else None


def _could_name(text: str) -> bool:
    """Whether `text` could be the name of a site: short, no sentence, no field, more than a bar."""
    return width(text) <= MAX_NAME and shape(text) == "title" and not set("[:：【】") & set(text)


def _is_stamp(segment: Segment) -> bool:
    return segment.cue("ages", "dates", "chrome/published", "chrome/updated") is not None


def _author(segments: Sequence[Segment], mined: dict[str, str]) -> str | None:
    """Return the author: of the byline, of the attribution, of the author box, in this order."""
    for segment in segments:
        if segment.label == "byline":
            cue = next(
                (c for c in segment.cues if c.value and (c.row.startswith("byline-") or c.rule == "field/author")),
                None,
            )
            if cue is not None and cue.value:
                return cue.value.strip(SEPARATORS)
    if "author" in mined:
        return mined["author"]
    said = (_WITH_PAPER.sub("", s.text) for s in segments if s.label in ("author_bio", "byline") and not s.cues)
    return next((text for text in said if is_name(text)), None)


def _dated(segments: Sequence[Segment], row: str) -> date | None:
    """Return the first date that a `published` or `updated` label of the article's own byline carries."""
    for segment in segments:
        if segment.label == "byline":
            for cue in segment.cues:
                if cue.row == row and (day := _day(cue)):
                    return day
    return None


def _second(segments: Sequence[Segment]) -> date | None:
    """Return the later of two dates that are both labelled like a first publication: `Stand` may mean either."""
    cues = (cue for segment in segments if segment.label == "byline" for cue in segment.cues)
    days = sorted({day for cue in cues if cue.row == "published" and (day := _day(cue))})
    return days[-1] if len(days) > 1 else None


def _bare_date(bylines: Sequence[Segment]) -> date | None:
    for segment in bylines:
        cue = segment.cue("dates")
        if cue is not None and not any(c.row == "updated" for c in segment.cues) and (day := _day(cue)):
            return day
    return None


def _day(cue: Cue) -> date | None:
    """Return the day of a segment that is a date from end to end, as its languages write days."""
    if not cue.whole or not cue.value:
        return None
    return parse_date(cue.value, [language for language in cue.language.split("|") if language != "und"])
