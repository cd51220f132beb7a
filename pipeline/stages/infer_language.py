"""Give a language to segments too short to tell theirs, where what they belong to tells it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import regex

from pipeline.document import SITE_LABELS, Document, Segment
from pipeline.script import count_letters
from pipeline.shape import width

PLACE = 0.5
"""Score of a language that only the place on the page tells."""

MIN_FURNITURE = 3
"""Segments of furniture with a language of their own that make it the site's."""

MIN_SHARE = 0.6
"""Share of the furniture that must agree."""

_NONE = ("und", "zxx")
_WORD = regex.compile(r"\p{Ll}{4}|\p{Lo}{2}")


def infer_language(doc: Document) -> Document:
    """Return `doc` with kept segments of unknown language in the article's, and menus and fields in the site's.

    Both only where the script agrees, and with a low score; what holds no letters stays without.
    """
    article = _main([s for s in doc.segments if s.keep])
    site = _site(doc.segments)
    segments = []
    for segment in doc.segments:
        told = article if segment.keep else site if site and _speaks_for_site(segment, site[0]) else None
        if told is not None and segment.language == "und" and _has_script(segment, told[1]) and not _is_read(segment):
            segment = segment._replace(language=told[0], language_score=PLACE, runner_up="", runner_up_score=0.0)
        segments.append(segment)
    return replace(doc, segments=tuple(segments))


def _speaks_for_site(segment: Segment, site: str) -> bool:
    """Whether the words of a segment are the site's own: a menu, a field with a label of its language, a stamp."""
    fields = (cue.language.split("|") for cue in segment.cues if cue.table == "field")
    stamp = any(cue.table == "dates" and cue.whole for cue in segment.cues)
    return segment.label in SITE_LABELS or stamp or any(site in languages for languages in fields)


def _has_script(segment: Segment, script: str) -> bool:
    """Whether a segment is in `script`; names in Latin letters may outweigh its words in another one."""
    return segment.script == script or (segment.script == "Latn" and count_letters(segment.text)[script] > 0)


def _is_read(segment: Segment) -> bool:
    """Whether a rule has read all of the segment and found no language in it: a ticker, a row of networks.

    A word beside a date in numbers is a label that no table knows.
    """
    read = [cue for cue in segment.cues if cue.whole and cue.language == "und"]
    labelled = all(cue.table == "dates" for cue in read) and _WORD.search(segment.text)
    return bool(read) and not labelled


def _main(segments: Iterable[Segment]) -> tuple[str, str] | None:
    """Return language and script of most of the text of `segments`."""
    weight: Counter[tuple[str, str]] = Counter()
    for segment in segments:
        if segment.language not in _NONE:
            weight[segment.language, segment.script] += width(segment.text)
    return weight.most_common(1)[0][0] if weight else None


def _site(segments: Iterable[Segment]) -> tuple[str, str] | None:
    """Return language and script of the site's furniture, None where too little of it agrees."""
    count = Counter((s.language, s.script) for s in segments if s.label in SITE_LABELS and s.language not in _NONE)
    if count.total() < MIN_FURNITURE:
        return None
    first, times = count.most_common(1)[0]
    return first if times >= MIN_SHARE * count.total() else None
