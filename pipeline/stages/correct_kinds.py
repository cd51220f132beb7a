"""Put a reviewer's word on what a fragment is in the place of what was found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from pipeline.correction import KIND, NO_FRAGMENT, Correction, corrections_of
from pipeline.document import Document, Fragment, Kind


def correct_kinds(doc: Document, *, corrections: Sequence[Correction]) -> Document:
    """Return `doc` with the kinds that `corrections`, sorted, state for its fragments; what is none is left out."""
    mine = (each for each in corrections_of(corrections, doc.id) if each.what == "kind")
    kinds = {(each.start, each.end): each.value for each in mine if each.fits(doc.raw)}
    return replace(doc, fragments=tuple(_corrected(doc.fragments, kinds))) if kinds else doc


def _corrected(fragments: Sequence[Fragment], kinds: Mapping[tuple[int, int], str]) -> Iterator[Fragment]:
    for fragment in fragments:
        kind = kinds.get((fragment.start, fragment.end))
        if kind is None:
            yield fragment
        elif kind != NO_FRAGMENT:
            yield replace(fragment, kind=cast(Kind, kind), source=f"{fragment.source}+{KIND}", confidence=1.0)
