"""Put a reviewer's repairs before all others."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.correction import REPAIR, Correction, corrections_of
from pipeline.document import Candidate, Document, Fragment
from pipeline.settings import FragmentPolicy


def correct_repairs(doc: Document, *, corrections: Sequence[Correction], policy: FragmentPolicy) -> Document:
    """Return `doc` with the repairs that `corrections`, sorted, state as first candidates, unless it only reports."""
    mine = (each for each in corrections_of(corrections, doc.id) if each.what == "repair")
    repairs = {(each.start, each.end): each.value for each in mine if each.fits(doc.raw)}
    if not repairs or policy == "report":
        return doc
    return replace(doc, fragments=tuple(_corrected(f, repairs.get((f.start, f.end))) for f in doc.fragments))


def _corrected(fragment: Fragment, repair: str | None) -> Fragment:
    if repair is None:
        return fragment
    others = (candidate for candidate in fragment.candidates if candidate.text != repair)
    return replace(fragment, candidates=(Candidate(repair, REPAIR, 1.0), *others))
