"""A run in the terminal: the list of its documents, and a document paragraph by paragraph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_
from pathlib import Path

import pyarrow.dataset as ds
from rich.console import Console
from rich.text import Text

from pipeline.errors import InputError
from pipeline.lookup import Aligned, Row, rows
from pipeline.pieces import clip, trace
from pipeline.replay import read_ledger
from pipeline.report.paragraph import compared, marked, print_paragraph, told
from pipeline.report.screen import print_line
from pipeline.report.visible import columns, shown_or_dash, visible

LIST_COLUMNS = ("id", "language", "status", "n_kept", "n_segments", "n_fragments", "title")

LISTED_AT_ONCE = 1000
"""Documents whose columns are aligned with each other: a list of any length begins at once."""

MAX_SUGGESTIONS = 10


@dataclass(frozen=True, slots=True)
class Filter:
    """Which paragraphs to show; None shows all. A language stands for its scripts and regions too."""

    language: str | None = None
    label: str | None = None
    fragments: bool = False
    """Only paragraphs with a fragment, and below each all that is known of its fragments."""
    diff: bool = False
    """Only paragraphs that the clean text has otherwise or not at all, as the difference."""

    def __bool__(self) -> bool:
        return self != Filter()

    def expression(self) -> ds.Expression | None:
        """Return the filter for the table `segments/`."""
        parts: list[ds.Expression] = []
        if self.label is not None:
            parts.append(ds.field("label") == self.label)
        if self.language is not None:
            exact = ds.field("language") == self.language
            parts.append(exact | _starts_with("language", f"{self.language}-"))
        return reduce(and_, parts) if parts else None


def _starts_with(column: str, prefix: str) -> ds.Expression:
    import pyarrow.compute as pc

    return pc.starts_with(ds.field(column), pattern=prefix)


def find_document(out: Path, wanted: str) -> str:
    """Return the id in `out` that is `wanted`, or the only one that starts with it or else holds it.

    Raises InputError where there is none or more than one.
    """
    ids = [row["id"] for name in ("documents", "rejects") for row in rows(out, name, columns=("id",))]
    for fits in (wanted.__eq__, lambda id: id.startswith(wanted), lambda id: wanted in id):
        found = sorted(set(filter(fits, ids)))
        if len(found) == 1:
            return str(found[0])
        if found:
            some = ", ".join(found[:MAX_SUGGESTIONS]) + (", …" if len(found) > MAX_SUGGESTIONS else "")
            raise InputError(f"{wanted!r} fits {len(found)} documents: {some}")
    raise InputError(f"no document {wanted!r} among the {len(ids)} in {out}")


def print_list(screen: Console, out: Path) -> None:
    """Print a line for every document of the run in `out`, then one for every reject."""
    print_line(screen, Text("id, language, status, segments kept / all, fragments, title", "dim"))
    documents = rows(out, "documents", columns=LIST_COLUMNS)
    while batch := list(islice(documents, LISTED_AT_ONCE)):
        for line in columns([_document_cells(row) for row in batch], right=frozenset({3, 4})):
            print_line(screen, line, clip=True)
    for row in rows(out, "rejects"):
        print_line(screen, _reject_line(row), clip=True)


def _document_cells(row: Row) -> list[Text]:
    clean = row["status"] == "clean"
    return [
        Text(visible(row["id"]), "bold" if clean else ""),
        Text(shown_or_dash(row["language"]), "cyan"),
        Text(shown_or_dash(row["status"]), "green" if clean else "yellow"),
        Text(f"{row['n_kept']}/{row['n_segments']}"),
        Text(str(row["n_fragments"])),
        Text(shown_or_dash(row["title"])),
    ]


def _reject_line(row: Row) -> Text:
    line = Text().append(visible(row["id"]), "bold").append("  rejected  ", "red")
    return line.append(visible(f"{row['stage']}: {row['error']}: {row['message']}"))


def print_paragraphs(screen: Console, out: Path, id: str | None, shown: Filter) -> int:
    """Print the paragraphs that fit `shown`, of document `id` or of every document that has some.

    Returns how many there are.
    """
    ids = None if id is None else {id}
    for row in rows(out, "rejects", ids=ids) if ids else ():
        print_line(screen, _reject_line(row))
    segments = Aligned(rows(out, "segments", ids=ids, where=shown.expression()))
    fragments = Aligned(rows(out, "fragments", ids=ids))
    ledger = Aligned(rows(out, "ledger", ids=ids) if shown.diff else ())
    number = 0
    for document in rows(out, "documents", ids=ids):
        name = document["id"]
        found = list(_found(document, segments.take(name), fragments.take(name), ledger.take(name), shown))
        if id is None and not found:
            continue
        for line in _heading(document):
            print_line(screen, line)
        for segment, text in found:
            print_paragraph(screen, segment, text)
        if id is None:
            print_line(screen, "")
        number += len(found)
    for table in (segments, fragments, ledger):
        table.finish()
    return number


def _found(
    document: Row, segments: Sequence[Row], fragments: Sequence[Row], ledger: Sequence[Row], shown: Filter
) -> Iterator[tuple[Row, Text]]:
    """Yield the segments of a document that fit `shown`, each with its text as it is to be printed."""
    within: dict[int, list[Row]] = defaultdict(list)
    for row in fragments:
        within[row["segment"]].append(row)
    pieces = trace(_source(segments, document["n_chars"]), read_ledger(ledger)) if shown.diff else []
    for row in segments:
        known = within[row["segment"]]
        if shown.fragments and not known:
            continue
        text = compared(row, list(clip(pieces, row["start"], row["end"]))) if shown.diff else marked(row, known)
        if text is not None:
            more = map(told, known) if shown.fragments else ()
            yield row, Text("\n").join([text, *more])


def _source(segments: Iterable[Row], length: int) -> str:
    """Return the source as far as `segments` hold it, with spaces for the rest."""
    parts: list[str] = []
    done = 0
    for row in segments:
        start = max(done, row["start"])
        parts += [" " * (start - done), row["raw"][start - row["start"] :]]
        done = max(done, row["end"])
    return "".join([*parts, " " * (length - done)])


def _heading(row: Row) -> Iterator[Text]:
    title = Text().append(visible(row["id"]), "bold reverse").append("  ")
    title.append(shown_or_dash(row["language"]), "cyan").append(f"  {shown_or_dash(row['status'])}  ", "green")
    counts = f"{row['n_kept']} of {row['n_segments']} segments kept, {row['n_fragments']} fragments"
    yield title.append(counts, "dim")
    for name in ("title", "publisher", "author", "published", "updated", "duplicate_of"):
        if row[name] is not None:
            style = "bold" if name == "title" else ""
            yield Text().append(f"  {name}: ", "dim").append(visible(str(row[name])), style)
    if row["chrome_languages"]:
        yield (Text().append("  chrome also in: ", "dim").append(visible(", ".join(row["chrome_languages"])), "cyan"))
    yield Text()
