"""What a run did, in numbers: for the terminal and for run.json."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.document import why_held
from pipeline.io.write import FOLDERS
from pipeline.tables import Reject

OUTCOMES = ("applied in kept text", "applied elsewhere", "proposed", "no proposal", "left as they are")
"""What can become of a fragment; the last is for kinds that are never repaired."""

CHARACTER = "code points that are not space"

_NEVER_REPAIRED = frozenset({"name", "term"})


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of a run; counts are sorted by name.

    `characters` counts code points that are not space: those in segments that are `kept` and those in the
    others, `removed`; both together, which is the whole `source` by law; and, of every edit, the longer side
    (`changed`). `outcomes` says of the fragments of each kind what became of them, one of `OUTCOMES`.
    `held` are the paragraphs that a strict run kept out of the clean text, by reason; None where it was not strict.
    `example` is the id of a document worth looking at.
    """

    out: Path
    documents: Mapping[str, int]
    labels: Mapping[str, int]
    languages: Mapping[str, int]
    kinds: Mapping[str, int]
    outcomes: Mapping[str, Mapping[str, int]]
    rules: Mapping[str, int]
    edits: Mapping[str, int]
    characters: Mapping[str, int]
    rows: Mapping[str, int]
    rejects: tuple[Reject, ...]
    ignored: int
    seconds: float
    held: Mapping[str, int] | None = None
    example: str | None = None
    resumed: int = 0
    """Documents whose work was there already, from a run that was broken off."""

    @property
    def exit_status(self) -> int:
        """0 if every input went through, 3 if there are rejects."""
        return 3 if self.rejects else 0

    def counts(self) -> dict[str, Any]:
        """Return the counts as plain data."""
        return {
            "documents": dict(self.documents),
            "segments_by_label": dict(self.labels),
            "segments_by_language": dict(self.languages),
            "segments_by_rule": dict(self.rules),
            "segments_held_back": dict(self.held or {}),
            "fragments_by_kind": dict(self.kinds),
            "fragments_by_outcome": {kind: dict(counts) for kind, counts in self.outcomes.items()},
            "edits_by_rule": dict(self.edits),
            "characters": {"unit": CHARACTER, **self.characters},
            "rows": dict(self.rows),
        }


@dataclass(slots=True)
class Tally:
    """Counts that grow batch by batch."""

    documents: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(FOLDERS, 0)))
    examples: dict[bool, str] = field(default_factory=dict)
    """The first clean document, and the first that is not."""

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """Count the rows of `tables`, by folder name; what becomes of documents is not known before all are read."""
        for folder, table in tables.items():
            self.rows[folder] += table.num_rows
        self._add_segments(tables["segments"])
        self._add_fragments(tables["fragments"], tables["segments"])
        self._add_edits(tables["ledger"])

    def as_counts(self) -> dict[str, Any]:
        """Return what `add` has counted as plain data, for `merge`."""
        outcomes = [[*key, number] for key, number in self.outcomes.items()]
        return {name: dict(getattr(self, name)) for name in _ADDED} | {"outcomes": outcomes}

    def merge(self, counts: Mapping[str, Any]) -> None:
        """Add what `as_counts` returned for other tables."""
        for name in _ADDED:
            getattr(self, name).update(counts[name])
        self.outcomes.update({(kind, outcome): number for kind, outcome, number in counts["outcomes"]})

    def summary(
        self, out: Path, rejects: tuple[Reject, ...], ignored: int, seconds: float, *, strict: bool, resumed: int = 0
    ) -> Summary:
        """Return the counts so far, with what only the run knows."""
        return Summary(
            out=out,
            documents=_sorted(self.documents),
            labels=_sorted(self.labels),
            languages=_sorted(self.languages),
            kinds=_sorted(self.kinds),
            outcomes={
                kind: {outcome: n for outcome in OUTCOMES if (n := self.outcomes[kind, outcome])}
                for kind in sorted(self.kinds)
            },
            rules=_sorted(self.rules),
            edits=_sorted(self.edits),
            characters={
                "source": self.characters["kept"] + self.characters["removed"],
                **{name: self.characters[name] for name in ("kept", "removed", "changed")},
            },
            rows=dict(self.rows),
            rejects=rejects,
            ignored=ignored,
            seconds=seconds,
            held=_sorted(self.held) if strict else None,
            example=self.examples.get(True, self.examples.get(False)),
            resumed=resumed,
        )

    def add_documents(self, documents: pa.Table) -> None:
        """Count what became of the rows of `documents/`, duplicates told."""
        for id, state in zip(documents["id"].to_pylist(), documents["status"].to_pylist(), strict=True):
            self.documents[state] += 1
            self.examples.setdefault(state == "clean", id)

    def _add_segments(self, segments: pa.Table) -> None:
        self.labels.update(segments["label"].to_pylist())
        self.languages.update(segments["language"].to_pylist())
        rules = segments["rule"].to_pylist()
        self.rules.update(rules)
        self.held.update(filter(None, map(why_held, rules)))
        for keep, raw in zip(segments["keep"].to_pylist(), segments["raw"].to_pylist(), strict=True):
            self.characters["kept" if keep else "removed"] += _solid(raw)

    def _add_fragments(self, fragments: pa.Table, segments: pa.Table) -> None:
        kept = {
            (row["id"], row["segment"]) for row in segments.select(["id", "segment", "keep"]).to_pylist() if row["keep"]
        }
        for row in fragments.select(["id", "segment", "kind", "applied", "proposal"]).to_pylist():
            self.kinds[row["kind"]] += 1
            self.outcomes[row["kind"], _outcome(row, (row["id"], row["segment"]) in kept)] += 1

    def _add_edits(self, ledger: pa.Table) -> None:
        self.edits.update(ledger["rule"].to_pylist())
        pairs = zip(ledger["old"].to_pylist(), ledger["new"].to_pylist(), strict=True)
        self.characters["changed"] += sum(max(_solid(old), _solid(new)) for old, new in pairs)


_ADDED = ("labels", "languages", "kinds", "rules", "held", "edits", "characters", "rows")


def _outcome(fragment: Mapping[str, Any], kept: bool) -> str:
    """Return which of `OUTCOMES` a row of `fragments/` met, given whether its segment is kept."""
    in_kept, elsewhere, proposed, bare, left = OUTCOMES
    if fragment["applied"]:
        return in_kept if kept else elsewhere
    if fragment["proposal"] is not None:
        return proposed
    return left if fragment["kind"] in _NEVER_REPAIRED else bare


def _solid(text: str) -> int:
    return sum(map(len, text.split()))


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))
