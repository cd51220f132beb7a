"""Which documents of a run are shown: all of a small one; of a large one the worst, random ones, the rejected."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.report.database import Database, Row
from pipeline.report.glance import DOUBTFUL

EACH = 20
"""Documents that are shown as the worst, and as random ones; and rejects."""

SMALL = 2 * EACH
"""A run of so many documents is shown whole."""

LEFTOVER_WEIGHT = 40
"""A leftover in the clean text counts as so many doubtful code points."""

# What is called worst is said on the page in the same words: change both.
_DOUBTS = f"""
    SELECT d.id, coalesce(s.doubtful, 0) AS doubtful, coalesce(s.chars, 0) AS chars,
        coalesce(c.n_residue, 0) AS leftovers, d.status = 'empty' AND d.n_chars >= 500 AS no_body
    FROM documents d
    LEFT JOIN (
        SELECT id, sum("end" - start)::BIGINT AS chars,
            coalesce(sum("end" - start) FILTER (score < {DOUBTFUL} OR (keep AND language = 'und')), 0)::BIGINT
            AS doubtful
        FROM segments GROUP BY id
    ) s USING (id)
    LEFT JOIN (SELECT id, n_residue FROM corpus) c USING (id)
"""

_WORST = f"""
    SELECT * FROM ({_DOUBTS}) WHERE no_body OR doubtful > 0 OR leftovers > 0
    ORDER BY no_body DESC, (doubtful + {LEFTOVER_WEIGHT} * leftovers) / (chars + 200.0) DESC, id LIMIT {EACH}
"""

# A digest orders documents as if by chance, yet alike on every machine and in every version.
_RANDOM = f"SELECT id FROM documents ORDER BY md5(id), id LIMIT {2 * EACH}"


@dataclass(frozen=True, slots=True)
class Pick:
    """A document to be shown, and why: `all`, `worst` or `random`; `doubts` says what is wrong with it."""

    id: str
    why: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The documents to be shown, and rejects, of so many."""

    picks: tuple[Pick, ...]
    rejects: tuple[Row, ...]
    n_documents: int
    n_rejects: int

    @property
    def whole(self) -> bool:
        """Whether nothing was left out."""
        return len(self.picks) == self.n_documents


def sample(tables: Database) -> Sample:
    """Return what is shown of the run in `tables`, the same on every call."""
    n_documents = tables.one("SELECT count(*) AS n FROM documents")["n"]
    n_rejects = tables.one("SELECT count(*) AS n FROM rejects")["n"]
    rejects = tables.rows(f"SELECT id, source, stage, error, message FROM rejects LIMIT {EACH}")
    picks = _all(tables) if n_documents <= SMALL else _some(tables)
    return Sample(tuple(picks), tuple(rejects), n_documents, n_rejects)


def worst(tables: Database) -> list[Pick]:
    """Return the documents with most to doubt, the worst first."""
    return [Pick(row["id"], "worst", _told(row)) for row in tables.rows(_WORST)]


def _all(tables: Database) -> Iterator[Pick]:
    doubts = {row["id"]: _told(row) for row in tables.rows(_DOUBTS)}
    for row in tables.rows("SELECT id FROM documents ORDER BY id"):
        yield Pick(row["id"], "all", doubts.get(row["id"], ()))


def _some(tables: Database) -> Iterator[Pick]:
    first = worst(tables)
    yield from first
    shown = {pick.id for pick in first}
    others = [row["id"] for row in tables.rows(_RANDOM) if row["id"] not in shown]
    yield from (Pick(id, "random") for id in others[:EACH])


def _told(row: Row) -> tuple[str, ...]:
    told = []
    if row["no_body"]:
        told.append("no body found")
    if row["chars"] and (share := row["doubtful"] / row["chars"]) >= 0.005:
        told.append(f"{share:.0%} doubtful" if share >= 0.01 else "under 1% doubtful")
    if row["leftovers"]:
        told.append("1 leftover" if row["leftovers"] == 1 else f"{row['leftovers']:,} leftovers")
    return tuple(told)
