"""Headings of one article are alike: where most of its questions head sections, so does the next one."""

from collections.abc import Sequence
from typing import Literal

from pipeline.document import Segment
from pipeline.lines.shape import asks, shape

Form = Literal["ordinal", "question"]


def alike_headings(before: Sequence[Segment], after: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments `after` a model has judged them, with headings of `before` that it took from their like.

    Those are questions, or numbered lines, of which it leaves at least half what they were.
    """
    told = [_form(segment) if segment.label == "heading" else None for segment in before]
    back: set[Form] = set()
    for form in ("ordinal", "question"):
        lines = [segment.label == "heading" for segment, own in zip(after, told, strict=True) if own == form]
        if len(lines) > 1 and 2 * sum(lines) >= len(lines):
            back.add(form)
    # A question that stands outside the article is the site's: an offer, a poll.
    return tuple(
        old if form in back and (new.keep or form == "ordinal") else new
        for old, new, form in zip(before, after, told, strict=True)
    )


def _form(segment: Segment) -> Form | None:
    """Return in which form `segment` could be one of several headings."""
    if shape(segment.text) == "ordinal":
        return "ordinal"
    return "question" if asks(segment.text) else None
