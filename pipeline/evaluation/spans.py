"""How the fragments of a run agree with the gold: spans, kinds, glosses and repairs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.evaluation.gold import Gold, GoldFragment
from pipeline.evaluation.score import ACTING, Miss, Overlap, Row, Share, fold, tidy

Span = tuple[int, int]
Wanted = Mapping[Span, GoldFragment]


@dataclass(frozen=True, slots=True)
class FragmentScore:
    """How the fragments fared; spans have to be exact."""

    spans: Overlap
    acting: Overlap
    """Spans of kinds that a repair may change, on both sides."""
    kinds: Share
    glosses: Share
    repairs: Share
    false_residues: int
    misses: tuple[Miss, ...]


def score_fragments(gold: Gold, rows: Iterable[Row]) -> FragmentScore:
    """Return how `rows` of the table `fragments/` agree with the core fragments of `gold`.

    What touches an optional gold fragment, and is no core one, counts for neither side.
    """
    wanted = {(f.start, f.end): f for f in gold.fragments if f.core}
    got = dict(_counted(gold, {(row["start"], row["end"]): row for row in rows}, wanted))
    found = {span: (f, got[span]) for span, f in wanted.items() if span in got}
    acting_found = [f["kind"] in ACTING for g, f in found.values() if g.kind in ACTING]
    false_residues = list(_false_residues(gold, wanted, got))
    repairs = list(_repairs(gold, wanted, got))
    return FragmentScore(
        spans=Overlap(len(found), len(got), len(wanted)),
        acting=Overlap(
            sum(acting_found),
            sum(f["kind"] in ACTING for f in got.values()),
            sum(g.kind in ACTING for g in wanted.values()),
        ),
        kinds=Share(sum(g.kind == f["kind"] for g, f in found.values()), len(found)),
        glosses=_share(tidy(f["gloss"]) == tidy(g.gloss) for g, f in found.values() if g.gloss),
        repairs=_share(right for right, _ in repairs),
        false_residues=len(false_residues),
        misses=(
            *false_residues,
            *_span_misses(gold, wanted, got),
            *(miss for right, miss in repairs if not right),
        ),
    )


def _share(hits: Iterable[bool]) -> Share:
    outcomes = list(hits)
    return Share(sum(outcomes), len(outcomes))


def _counted(gold: Gold, got: Mapping[Span, Row], wanted: Wanted) -> Iterator[tuple[Span, Row]]:
    optional = [f for f in gold.fragments if not f.core]
    for (start, end), row in got.items():
        if gold.asked is not None and (start, end) not in gold.asked:
            continue
        if (start, end) in wanted or not any(f.start < end and start < f.end for f in optional):
            yield (start, end), row


def _false_residues(gold: Gold, wanted: Wanted, got: Mapping[Span, Row]) -> Iterator[Miss]:
    """Yield what the run would act on and must not."""
    for span, row in got.items():
        known = wanted.get(span)
        if row["kind"] in ACTING and (known is None or known.kind not in ACTING):
            truth = known.kind if known else None
            yield _miss(gold, f"false residue {span} {row['text']!r} {row['kind']} gold {truth}")


def _span_misses(gold: Gold, wanted: Wanted, got: Mapping[Span, Row]) -> Iterator[Miss]:
    for span, row in got.items():
        if span not in wanted and row["kind"] not in ACTING:
            yield _miss(gold, f"extra {span} {row['text']!r} {row['kind']}")
    for span, known in wanted.items():
        if span not in got:
            yield _miss(gold, f"missed {span} {known.text!r} {known.kind}")
        elif got[span]["kind"] != known.kind:
            yield _miss(gold, f"kind {span} {known.text!r} {known.kind} got {got[span]['kind']}")


def _repairs(gold: Gold, wanted: Wanted, got: Mapping[Span, Row]) -> Iterator[tuple[bool, Miss]]:
    """Yield whether each residue with a known rendering has one of them for its proposal."""
    for span, known in wanted.items():
        if known.kind == "residue" and known.suggestion:
            proposal = fold(got.get(span, {}).get("proposal"))
            accepted = sorted({fold(text) for text in (known.suggestion, *known.alternatives)})
            what = f"{known.text!r} proposal {proposal!r} gold {accepted}"
            yield proposal in accepted, Miss("repair", gold.name, what)


def _miss(gold: Gold, what: str) -> Miss:
    return Miss("fragment", gold.name, what)
