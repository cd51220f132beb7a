"""Read what the furniture says of its article: title, publisher, author, dates, first channel."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from pipeline.article import is_name, main_language
from pipeline.dates import parse_date
from pipeline.document import Cue, Document, Metadata, Segment
from pipeline.rules import PatternRule, load_rules
from pipeline.shape import width
from pipeline.signatures import choose_author, choose_publisher, read_signatures, stated_author
from pipeline.site_name import cut_title, holder_of_rights, name_behind_title, source_of_cards, told_by_site
from pipeline.statements import with_statements

_MINED = ("attribution", "byline", "author_bio")


def mine_metadata(doc: Document) -> Document:
    """Return `doc` with its metadata and the language of its kept text; None where the page is silent."""
    segments = doc.segments
    if not doc.kept:
        return doc  # dates and names on a page without an article belong to other articles
    told = told_by_site(segments)
    title, behind = _title(segments, told)
    mined = dict(reversed(list(_attributed(segments))))
    bylines = [s for s in segments if s.label == "byline"]
    names = read_signatures(bylines)
    stated = stated_author(bylines) or mined.get("author")
    publisher = (
        choose_publisher(names, told, authored=stated is not None)
        or name_behind_title(segments)
        or behind
        or mined.get("publisher")
        or holder_of_rights(segments)
        or source_of_cards(segments)
    )
    metadata = Metadata(
        title=title,
        publisher=publisher,
        author=stated or choose_author(names, publisher) or _author_in_box(segments),
        published=_dated(segments, "published") or _bare_date(bylines),
        updated=_dated(segments, "updated") or _second(bylines),
        channel=mined.get("channel"),
    )
    return replace(doc, metadata=with_statements(metadata, doc.markup), language=_language(doc.kept))


def _title(segments: Sequence[Segment], told: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the title, and the name of the site that stands behind a bar on the same line."""
    titles = sorted((s for s in segments if s.label == "title"), key=lambda s: s.rule != "title/best")
    return cut_title(" ".join(titles[0].text.split()), told) if titles else (None, None)


def _author_in_box(segments: Sequence[Segment]) -> str | None:
    return next((s.text for s in segments if s.label == "author_bio" and not s.cues and is_name(s.text)), None)


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


def _dated(segments: Sequence[Segment], row: str) -> date | None:
    """Return the first date that a `published` or `updated` label of the article's own byline carries."""
    for segment in segments:
        if segment.label == "byline":
            for cue in segment.cues:
                if cue.row == row and (day := _day(cue)):
                    return day
    return None


def _second(bylines: Sequence[Segment]) -> date | None:
    """Return the later of two dates both labelled like a first publication, or both behind unknown labels.

    `Stand` may mean either, and so may a label that no table knows where another one stands right above it.
    """
    cues = (cue for segment in bylines for cue in segment.cues)
    days = {day for cue in cues if cue.row == "published" and (day := _day(cue))}
    labelled = [(s.line, day) for s, value, day in _unlabelled_days(bylines) if not s.text.startswith(value)]
    for (line, first), (below, second) in pairwise(labelled):
        days |= {first, second} if below - line <= 1 and first < second else set()
    return max(days) if len(days) > 1 else None


def _bare_date(bylines: Sequence[Segment]) -> date | None:
    """Return the first date that stands alone, else the first behind a label that no table knows."""
    days = [(segment.text.startswith(value), day) for segment, value, day in _unlabelled_days(bylines)]
    return next((day for _, day in sorted(days, key=lambda item: not item[0])), None)


def _unlabelled_days(bylines: Sequence[Segment]) -> Iterator[tuple[Segment, str, date]]:
    """Yield each segment that is a date without a known label, what it read, and the day."""
    for segment in bylines:
        cue = segment.cue("dates")
        if cue and cue.value and not any(c.row == "updated" for c in segment.cues) and (day := _day(cue)):
            yield segment, cue.value, day


def _day(cue: Cue) -> date | None:
    """Return the day of a segment that is a date from end to end, as its languages write days."""
    if not cue.whole or not cue.value:
        return None
    return parse_date(cue.value, [language for language in cue.language.split("|") if language != "und"])
