"""Whether a run kept to what reviewers said: its tables against the corrections it was given."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.correction import NO_FRAGMENT, Correction, digest
from pipeline.lookup import Row, rows

Place = tuple[str, int, int]


def unheeded(out: Path, corrections: Sequence[Correction]) -> Iterator[tuple[Correction, str]]:
    """Yield the corrections that the run in `out` did not keep to, each with the reason."""
    ids = {each.document for each in corrections}
    documents = {row["id"] for row in rows(out, "documents", ids=ids, columns=("id",))}
    segments = _by_place(out, "segments", ids, ("id", "start", "end", "raw", "label", "language"))
    fragments = _by_place(out, "fragments", ids, ("id", "start", "end", "text", "kind", "proposal"))
    for each in corrections:
        if each.document not in documents:
            yield each, "there is no such document"
        elif why := (_segment if each.what in ("label", "language") else _fragment)(each, segments, fragments):
            yield each, why


def _by_place(out: Path, table: str, ids: set[str], columns: tuple[str, ...]) -> dict[Place, Row]:
    return {(row["id"], row["start"], row["end"]): row for row in rows(out, table, ids=ids, columns=columns)}


def _segment(each: Correction, segments: Mapping[Place, Row], _: Mapping[Place, Row]) -> str | None:
    row = segments.get((each.document, each.start, each.end))
    if row is None:
        return "no segment has these borders"
    if digest(row["raw"]) != each.sha256:
        return "the text there has changed"
    return None if row[each.what] == each.value else f"it is {row[each.what]!r}"


def _fragment(each: Correction, _: Mapping[Place, Row], fragments: Mapping[Place, Row]) -> str | None:
    row = fragments.get((each.document, each.start, each.end))
    if row is None:
        return None if (each.what, each.value) == ("kind", NO_FRAGMENT) else "no fragment has these borders"
    if digest(row["text"]) != each.sha256:
        return "the text there has changed"
    found = row["kind"] if each.what == "kind" else row["proposal"]
    return None if found == each.value else f"it is {found!r}"
