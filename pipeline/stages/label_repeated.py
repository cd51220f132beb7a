"""Take paragraphs of the site's template out of the body: what stands on many of its pages is no page's article."""

from dataclasses import replace

from pipeline.document import Document
from pipeline.lines.shape import shape
from pipeline.lines.site_lines import Keys, stand_on

REPEATED = 0.9
"""Share of such paragraphs, by characters, that are no body by the gold of `benchmarks.site_lines`."""

MOST = 0.5
"""Share of the body; where more of it stands on other pages, these are versions of one article."""


def label_repeated(doc: Document, *, repeated: Keys) -> Document:
    """Return `doc` with label other for paragraphs of the body whose lines have `repeated` keys; see `line_keys`.

    Headings, list items and rows stay: the articles of a site share those, or differ from each other by a number in
    them. Nothing changes where more than half of the body would go.
    """
    if not len(repeated):
        return doc
    segments = list(doc.segments)
    prose = [i for i, segment in enumerate(segments) if segment.keep and shape(segment.text) == "prose"]
    known = stand_on(doc.text, [(segments[i].at, segments[i].until) for i in prose], repeated)
    shared = [i for i, is_known in zip(prose, known, strict=True) if is_known]
    if sum(len(segments[i].text) for i in shared) > MOST * sum(len(segment.text) for segment in doc.kept):
        return doc
    for i in shared:
        segments[i] = segments[i].labelled("other", "site/repeated", REPEATED)._replace(level=0)
    return replace(doc, segments=tuple(segments))
