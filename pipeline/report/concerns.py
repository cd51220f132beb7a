"""What deserves a look before a run is trusted, the gravest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.report.glance import DOUBTFUL, Glance
from pipeline.report.html import percent


@dataclass(frozen=True, slots=True)
class Concern:
    """How much there is of something, what it is, and the filter that shows it (`name=value`), if there is one."""

    amount: str
    what: str
    filter: str = ""


def concerns(seen: Glance) -> Iterator[Concern]:
    """Yield what deserves a look in the run that was `seen`."""
    if seen.n_rejects:
        what = _plural(seen.n_rejects, "input", "inputs") + " could not be processed"
        yield Concern(f"{seen.n_rejects:,}", what)
    if empty := seen.documents.get("empty", 0):
        yield Concern(f"{empty:,}", _plural(empty, "document has", "documents have") + " no body", "status=empty")
    if left := seen.residue["left_in"]:
        n = seen.residue["documents"]
        where = f"in {n:,} clean {_plural(n, 'document', 'documents')}"
        yield Concern(f"{left:,}", f"{_plural(left, 'leftover stands', 'leftovers stand')} {where}", "kind=residue")
    if seen.low:
        told = f"of the kept text has a label that scored under {DOUBTFUL}"
        yield Concern(percent(seen.low, seen.kept), told, "doubtful=yes")
    if seen.undecided:
        yield Concern(percent(seen.undecided, seen.kept), "of the kept text has no language", "language=und")
    if other := seen.documents.get("other_language", 0):
        what = _plural(other, "document is", "documents are") + " in neither English nor Chinese"
        yield Concern(f"{other:,}", what, "status=other_language")


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
