"""How the fragments that a run reports agree with those that are there: spans, kinds, languages and repairs.

- precision, recall, f1: exact spans of every kind, marks at their ends aside
- touched: fragments that some report at least overlaps, for what a wrong border costs
- kind_accuracy, language_accuracy: of exact spans; languages by their primary tag
- residue_*: exact spans that are residue on both sides
- proposed: residues and glossed words with known renderings that got a proposal
- repaired: those whose proposal is right and sure enough to be applied
- repair: first candidates that are accepted renderings; once all of them, once those sure enough

Of a word in brackets after its translation a repair takes the brackets away, and nothing else: it is right if an
accepted rendering ends before them. A proposal for what is no fragment, or must not be changed, is a wrong one; one
for a leftover whose renderings nobody wrote down is not counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import regex

from benchmarks.fragment_markup import MarkedFragment, read_pages
from pipeline.document import Candidate, Fragment
from pipeline.evaluation.score import ACTING, Overlap, Share, fold, primary
from pipeline.plan import DEFAULT, clean
from pipeline.repairs.renderings import is_glossed_before

Shares = Mapping[str, Share]

_SOURCE = regex.compile(r"[^/@]*(?:/[^/@]*)?")
_EDGES = regex.compile(r"^[^\p{L}\p{M}\p{N}]*(.*?)[^\p{L}\p{M}\p{N}]*$", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class Matches:
    """The fragments of one text: those found where they are, those missed, and reports of something else."""

    pairs: tuple[tuple[MarkedFragment, Fragment], ...]
    missed: tuple[MarkedFragment, ...]
    extra: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that can be added up; `proposals` and `sure` are by the source of the first candidate."""

    pages: int = 0
    spans: Overlap = field(default_factory=Overlap)
    touched: Share = field(default_factory=Share)
    kinds: Share = field(default_factory=Share)
    languages: Share = field(default_factory=Share)
    residues: Overlap = field(default_factory=Overlap)
    proposed: Share = field(default_factory=Share)
    repaired: Share = field(default_factory=Share)
    proposals: Shares = field(default_factory=dict)
    sure: Shares = field(default_factory=dict)

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.pages + other.pages,
            self.spans + other.spans,
            self.touched + other.touched,
            self.kinds + other.kinds,
            self.languages + other.languages,
            self.residues + other.residues,
            self.proposed + other.proposed,
            self.repaired + other.repaired,
            _added(self.proposals, other.proposals),
            _added(self.sure, other.sure),
        )


def match(gold: Iterable[MarkedFragment], found: Iterable[Fragment]) -> Matches:
    """Return which of `found` are which of `gold`; spans are exact once marks at their ends are taken off."""
    wanted = list(gold)
    reports = {_span(fragment.start, fragment.text): fragment for fragment in found}
    spans = [_span(one.start, one.text) for one in wanted]
    return Matches(
        tuple((one, reports[span]) for one, span in zip(wanted, spans, strict=True) if span in reports),
        tuple(one for one, span in zip(wanted, spans, strict=True) if span not in reports),
        tuple(fragment for span, fragment in reports.items() if span not in spans),
    )


def _span(start: int, text: str) -> tuple[int, int]:
    found = _EDGES.match(text)
    left, right = found.span(1) if found else (0, len(text))
    return start + left, start + right


def score(matches: Matches) -> Score:
    """Return the counts of one text."""
    pairs, missed, extra = matches.pairs, matches.missed, matches.extra
    judged = list(_judged(matches))
    known = [(one, fragment) for one, fragment in pairs if _is_known(one)]
    total = len(known) + sum(_is_known(one) for one in missed)
    touched = len(pairs) + sum(any(_overlap(one, fragment) for fragment in extra) for one in missed)
    return Score(
        pages=1,
        spans=Overlap(len(pairs), len(pairs) + len(extra), len(pairs) + len(missed)),
        touched=Share(touched, len(pairs) + len(missed)),
        kinds=Share(sum(one.kind == fragment.kind for one, fragment in pairs), len(pairs)),
        languages=Share(sum(primary(one.language) == primary(f.language) for one, f in pairs), len(pairs)),
        residues=Overlap(
            sum(one.kind == fragment.kind == "residue" for one, fragment in pairs),
            sum(f.kind == "residue" for f in (*(fragment for _, fragment in pairs), *extra)),
            sum(one.kind == "residue" for one in (*(one for one, _ in pairs), *missed)),
        ),
        proposed=Share(sum(bool(fragment.candidates) for _, fragment in known), total),
        repaired=Share(sum(_is_repaired(one, fragment) for one, fragment in known), total),
        proposals=_by_source(judged),
        sure=_by_source((best, right) for best, right in judged if _is_sure(best)),
    )


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of `scores`."""
    return sum(scores, Score())


def _judged(matches: Matches) -> Iterator[tuple[Candidate, bool]]:
    """Yield every first candidate that can be judged, and whether it is right."""
    for one, fragment in matches.pairs:
        if fragment.candidates and (one.kind not in ACTING or one.accepted):
            yield fragment.candidates[0], one.kind in ACTING and _is_accepted(one, fragment)
    unknown = [one for one in matches.missed if one.kind in ACTING and not one.accepted]
    for fragment in matches.extra:
        if fragment.candidates and not any(_overlap(one, fragment) for one in unknown):
            yield fragment.candidates[0], False


def _is_known(one: MarkedFragment) -> bool:
    # The empty rendering says that nothing is to be put in.
    return one.kind in ACTING and any(one.accepted)


def _is_accepted(one: MarkedFragment, fragment: Fragment) -> bool:
    proposal, accepted = fold(fragment.candidates[0].text), {fold(text) for text in one.accepted}
    if proposal in accepted:
        return True
    # Nothing but the bracket goes, so the phrase before it may be taken for longer or shorter than it is.
    return is_glossed_before(fragment) and any(
        proposal.endswith(f" {text}") or text.endswith(f" {proposal}") for text in accepted
    )


def _is_repaired(one: MarkedFragment, fragment: Fragment) -> bool:
    return bool(fragment.candidates) and _is_sure(fragment.candidates[0]) and _is_accepted(one, fragment)


def _is_sure(candidate: Candidate) -> bool:
    return candidate.confidence >= DEFAULT.min_confidence


def _overlap(one: MarkedFragment, fragment: Fragment) -> bool:
    return one.start < fragment.end and fragment.start < one.end


def source_of(candidate: Candidate) -> str:
    """Return what a candidate's figures are counted under: its source up to a second `/` or an `@`.

    >>> source_of(Candidate("gap", "dictionary/some/noun@2023", 0.6))
    'dictionary/some'
    """
    found = _SOURCE.match(candidate.source)
    return found.group() if found else candidate.source


def _by_source(judged: Iterable[tuple[Candidate, bool]]) -> Shares:
    rows = sorted((source_of(best), right) for best, right in judged)
    groups = ((source, [right for _, right in group]) for source, group in groupby(rows, key=lambda row: row[0]))
    return {source: Share(sum(rights), len(rights)) for source, rights in groups}


def _added(one: Shares, other: Shares) -> Shares:
    return {source: one.get(source, Share()) + other.get(source, Share()) for source in sorted({*one, *other})}


def score_folder(folder: Path) -> Score:
    """Return how the annotated pages in `folder` fare, each cleaned by itself; raises as `read_pages` does."""
    return total(score_pages(folder).values())


def score_pages(folder: Path) -> dict[str, Score]:
    """Return the score of every annotated page in `folder`, by name."""
    return {
        page.name: score(match(page.fragments, clean(page.text, id=page.name).fragments)) for page in read_pages(folder)
    }


def figures(counted: Score) -> dict[str, Any]:
    """Return what a score says, ready for JSON; shares are 0 to 1, None of nothing."""
    spans, residues = counted.spans, counted.residues
    return {
        "pages": counted.pages,
        "fragments": spans.gold,
        "reported": spans.predicted,
        **_rates(spans, ""),
        "touched": counted.touched.value,
        "kind_accuracy": counted.kinds.value,
        "language_accuracy": counted.languages.value,
        **_rates(residues, "residue_"),
        "proposed": counted.proposed.value,
        "repaired": counted.repaired.value,
        "repair": _shares(counted.proposals),
        "repair_sure": _shares(counted.sure),
    }


def _rates(spans: Overlap, prefix: str) -> dict[str, float | None]:
    return {
        f"{prefix}precision": Share(spans.hit, spans.predicted).value,
        f"{prefix}recall": Share(spans.hit, spans.gold).value,
        f"{prefix}f1": round(spans.f1, 4) if spans.gold or spans.predicted else None,
    }


def _shares(shares: Shares) -> dict[str, dict[str, Any]]:
    everything = sum(shares.values(), Share())
    rows: Sequence[tuple[str, Share]] = [("all", everything), *shares.items()]
    return {name: {"right": share.hit, "of": share.total, "share": share.value} for name, share in rows}
