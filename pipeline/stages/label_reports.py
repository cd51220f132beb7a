"""Label the times of a live report's parts, which are neither bylines nor the stamps of cards, and their headings."""

from dataclasses import replace

from pipeline.document import Document
from pipeline.page.live_reports import report_heading, report_times
from pipeline.page.zone_openers import TIME_OF_REPORT

SURE = 0.95
"""Several of them, each above its text."""


def label_reports(doc: Document) -> Document:
    """Return `doc` with times and headings of a live report labelled; the text below is left to the next stages."""
    segments = list(doc.segments)
    for i in report_times(doc.segments):
        heading = report_heading(doc.segments, i)
        if heading is not None and (heading == i or not segments[heading].rule):
            segments[heading] = segments[heading].labelled("heading", "reports/heading", SURE)
        if heading != i:
            segments[i] = segments[i].labelled("marker", TIME_OF_REPORT, SURE)
    return replace(doc, segments=tuple(segments))
