"""A whole run at a glance: counts over the tables, from which every picture of the report is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.report.database import Database, Row

DOUBTFUL = 0.65
"""A label with a lower score is one to look at; the rules' own scores fall into two groups around it."""

TOP_RULES = 14
TOP_EDITS = 8
TOP_CLUSTERS = 6
TOP_ERRORS = 10
EXAMPLES = 4
CONTEXT = 50
"""Code points that are shown on either side of a fragment."""
EXCERPT = 140
"""Code points of a text that is shown as an example."""

ASIDE = "set aside"
"""Where the text of segments goes that are not kept."""

_FATES = """
    SELECT id, CASE WHEN status = 'clean' THEN split_part(language, '-', 1) ELSE status END AS fate FROM documents
"""

_CUBE = f"""
    SELECT s.label, s.language, s.rule, CASE WHEN s.keep THEN coalesce(d.fate, 'empty') ELSE '{ASIDE}' END AS fate,
        count(*) AS n, sum(s."end" - s.start)::BIGINT AS chars,
        count(*) FILTER (s.score < {DOUBTFUL}) AS n_low,
        coalesce(sum(s."end" - s.start) FILTER (s.score < {DOUBTFUL}), 0)::BIGINT AS chars_low,
        sum(round(s.score * 100))::BIGINT AS scores, sum(round(s.language_score * 100))::BIGINT AS language_scores
    FROM segments s LEFT JOIN ({_FATES}) d USING (id)
    GROUP BY ALL
"""  # Sums of whole numbers: those of fractions would depend on the order in which threads add them up.

_FRAGMENTS = """
    SELECT kind, count(*) AS n, CASE
        WHEN applied THEN 'repaired'
        WHEN proposal IS NOT NULL THEN 'with a proposed repair'
        WHEN kind IN ('name', 'term') THEN 'left as they are'
        ELSE 'without a repair' END AS outcome
    FROM fragments GROUP BY ALL ORDER BY kind, outcome
"""


@dataclass(frozen=True, slots=True)
class Share:
    """Counts of the segments that have one value in common; `low` counts those with a doubtful label."""

    name: str
    segments: int
    chars: int
    kept: int
    """Code points in segments that are kept."""
    low: int
    score: float
    language_score: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that gave labels, and segments it gave them to."""

    name: str
    labels: tuple[str, ...]
    share: Share
    examples: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """What there is to say of a run as a whole; lists come with the most frequent first.

    `flow` are the code points that went from a label to a fate: the corpus `en` or `zh`, `set aside`, or the
    status of a document that is in neither corpus. `outcomes` are counts by kind of fragment.
    """

    documents: dict[str, int]
    corpora: dict[str, int]
    chars: int
    kept: int
    segments: int
    flow: dict[tuple[str, str], int]
    labels: tuple[Share, ...]
    languages: tuple[Share, ...]
    rules: tuple[Rule, ...]
    n_rules: int
    outcomes: dict[str, dict[str, int]]
    examples: dict[str, tuple[Row, ...]]
    edits: tuple[Row, ...]
    clusters: tuple[Row, ...]
    errors: tuple[Row, ...]
    n_rejects: int
    residue: Row
    undecided: int
    """Kept code points without a language."""
    low: int
    """Kept code points with a doubtful label."""


def glance(tables: Database) -> Glance:
    """Return what there is to say of the run in `tables`."""
    cube = tables.rows(_CUBE)
    kept = [cell for cell in cube if cell["fate"] != ASIDE]
    flow: dict[tuple[str, str], int] = {}
    for cell in cube:
        key = cell["label"], cell["fate"]
        flow[key] = flow.get(key, 0) + cell["chars"]
    rules = _shares(cube, "rule")
    outcomes: dict[str, dict[str, int]] = {}
    for row in tables.rows(_FRAGMENTS):
        outcomes.setdefault(row["kind"], {})[row["outcome"]] = row["n"]
    errors = tables.rows("SELECT stage, error, count(*) AS n, min(message) AS message, min(id) AS id FROM rejects"
                         " GROUP BY stage, error ORDER BY n DESC, stage, error")  # fmt: skip
    return Glance(
        documents=_counts(tables, "status", "documents"),
        corpora=_counts(tables, "split_part(language, '-', 1)", "corpus"),
        chars=sum(cell["chars"] for cell in cube),
        kept=sum(cell["chars"] for cell in kept),
        segments=sum(cell["n"] for cell in cube),
        flow=dict(sorted(flow.items())),
        labels=_shares(cube, "label"),
        languages=_shares(cube, "language"),
        rules=tuple(_rule(tables, share, cube) for share in rules[:TOP_RULES]),
        n_rules=len(rules),
        outcomes=outcomes,
        examples={kind: _fragment_examples(tables, kind) for kind in outcomes},
        edits=_edits(tables),
        clusters=_clusters(tables),
        errors=tuple(errors[:TOP_ERRORS]),
        n_rejects=sum(row["n"] for row in errors),
        residue=tables.one("SELECT coalesce(sum(n_residue), 0)::BIGINT AS left_in, count(*) FILTER (n_residue > 0)"
                           " AS documents FROM corpus"),
        undecided=sum(cell["chars"] for cell in kept if cell["language"] == "und"),
        low=sum(cell["chars_low"] for cell in kept),
    )  # fmt: skip


def _counts(tables: Database, what: str, table: str) -> dict[str, int]:
    rows = tables.rows(f"SELECT {what} AS name, count(*) AS n FROM {table} GROUP BY name ORDER BY n DESC, name")
    return {row["name"]: row["n"] for row in rows}


def _shares(cube: Iterable[Row], by: str) -> tuple[Share, ...]:
    """Return the cells of `cube` added up by one of their keys, the one with the most text first."""
    groups: dict[str, list[Row]] = {}
    for cell in cube:
        groups.setdefault(cell[by], []).append(cell)
    shares = (_share(name, cells) for name, cells in groups.items())
    return tuple(sorted(shares, key=lambda share: (-share.chars, -share.segments, share.name)))


def _share(name: str, cells: list[Row]) -> Share:
    def total(what: str) -> Any:
        return sum(cell[what] or 0 for cell in cells)

    number = total("n")
    return Share(
        name=name,
        segments=number,
        chars=total("chars"),
        kept=sum(cell["chars"] for cell in cells if cell["fate"] != ASIDE),
        low=total("n_low"),
        score=total("scores") / number / 100,
        language_score=total("language_scores") / number / 100,
    )


def _rule(tables: Database, share: Share, cube: Iterable[Row]) -> Rule:
    labels = _shares([cell for cell in cube if cell["rule"] == share.name], "label")
    examples = tables.rows(
        f"SELECT id, segment, label, language, left(raw, {EXCERPT}) AS text FROM segments WHERE rule = ? LIMIT 2",
        [share.name],
    )
    return Rule(share.name, tuple(each.name for each in labels), share, tuple(examples))


def _fragment_examples(tables: Database, kind: str) -> tuple[Row, ...]:
    """Return different fragments of `kind` with the text around them, those of which most is known first."""
    # Only so many are looked at: to sort all would be to read all.
    found = tables.rows(
        f"""
        SELECT f.*, s.raw, s.start AS origin FROM (
            SELECT DISTINCT ON (text) id, segment, start, "end", text, kind, gloss, proposal, applied, confidence
            FROM (SELECT * FROM fragments WHERE kind = ? AND length(text) <= 60 LIMIT 200)
            ORDER BY text, applied DESC, proposal IS NULL, confidence DESC, id, start
        ) f JOIN segments s ON s.id = f.id AND s.segment = f.segment
        ORDER BY f.applied DESC, f.proposal IS NULL, f.confidence DESC, f.id, f.start LIMIT {EXAMPLES}
        """,
        [kind],
    )
    return tuple(row | _context(row["raw"], row["start"] - row["origin"], row["end"] - row["origin"]) for row in found)


def _context(raw: str, start: int, end: int) -> dict[str, str]:
    """Return what stands before and after a span, cut where a word ends."""
    before, after = raw[max(0, start - CONTEXT) : start], raw[end : end + CONTEXT]
    if start > CONTEXT:
        before = "… " + (before.partition(" ")[2] or before)
    if end + CONTEXT < len(raw):
        after = (after.rpartition(" ")[0] or after) + " …"
    return {"before": before, "after": after}


def _edits(tables: Database) -> tuple[Row, ...]:
    return tuple(tables.rows(
        f"""
        SELECT rule, count(*) AS n, left(min(old || chr(31) || new), {EXCERPT}) AS example
        FROM ledger GROUP BY rule ORDER BY n DESC, rule LIMIT {TOP_EDITS}
        """
    ))  # fmt: skip


def _clusters(tables: Database) -> tuple[Row, ...]:
    return tuple(tables.rows(
        f"""
        SELECT c.id, c.n, d.title, c.others FROM (
            SELECT duplicate_of AS id, count(*) AS n, list_slice(list(id ORDER BY id), 1, 3) AS others
            FROM documents WHERE status = 'duplicate' GROUP BY duplicate_of ORDER BY n DESC, id LIMIT {TOP_CLUSTERS}
        ) c LEFT JOIN documents d USING (id) ORDER BY c.n DESC, c.id
        """
    ))  # fmt: skip
