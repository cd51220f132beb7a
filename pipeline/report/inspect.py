"""A run in the terminal: the list of its documents, and a document paragraph by paragraph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, islice
from operator import and_, itemgetter
from pathlib import Path

import pyarrow.dataset as ds
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.document import why_held
from pipeline.errors import InputError
from pipeline.lookup import Row, rows
from pipeline.report.screen import print_line
from pipeline.report.visible import columns, visible, visible_lines

KIND_STYLES = {
    "residue": "bold white on red",
    "glossed": "black on yellow",
    "name": "black on cyan",
    "term": "black on green",
}

LIST_COLUMNS = ("id", "language", "status", "n_kept", "n_segments", "n_fragments", "title")

LISTED_AT_ONCE = 1000
"""Documents whose columns are aligned with each other: a list of any length begins at once."""

MAX_SUGGESTIONS = 10

WRAPPED_CODE_POINTS = 20_000
"""A longer paragraph is not set in a column: that costs more than reading it is worth."""

LEAST_WIDTH = 72
"""On a narrower terminal the tag stands above its paragraph and not beside it."""

TAG_WIDTH = 39


@dataclass(frozen=True, slots=True)
class Filter:
    """Which paragraphs to show; None shows all. A language stands for its scripts and regions too."""

    language: str | None = None
    label: str | None = None

    def __bool__(self) -> bool:
        return self.language is not None or self.label is not None

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
        Text(_shown(row["language"]), "cyan"),
        Text(_shown(row["status"]), "green" if clean else "yellow"),
        Text(f"{row['n_kept']}/{row['n_segments']}"),
        Text(str(row["n_fragments"])),
        Text(_shown(row["title"])),
    ]


def _reject_line(row: Row) -> Text:
    line = Text().append(visible(row["id"]), "bold").append("  rejected  ", "red")
    return line.append(visible(f"{row['stage']}: {row['error']}: {row['message']}"))


def print_paragraphs(screen: Console, out: Path, id: str | None, shown: Filter) -> int:
    """Print the paragraphs that fit `shown`, of document `id` or of every document that has some.

    Returns how many there are.
    """
    where = shown.expression()
    if id is not None:
        # Also where there is no segment: the document may be a reject.
        return _print_document(screen, out, id, rows(out, "segments", ids={id}, where=where))
    number = 0
    for name, segments in groupby(rows(out, "segments", where=where), key=itemgetter("id")):
        number += _print_document(screen, out, name, segments)
        print_line(screen, "")
    return number


def _print_document(screen: Console, out: Path, id: str, segments: Iterable[Row]) -> int:
    for row in rows(out, "documents", ids={id}):
        for line in _heading(row):
            print_line(screen, line)
    for row in rows(out, "rejects", ids={id}):
        print_line(screen, _reject_line(row))
    fragments: dict[int, list[Row]] = defaultdict(list)
    for row in rows(out, "fragments", ids={id}):
        fragments[row["segment"]].append(row)
    number = 0
    for number, segment in enumerate(segments, 1):  # noqa: B007 (it is the result)
        print_paragraph(screen, segment, fragments[segment["segment"]])
    return number


def _heading(row: Row) -> Iterator[Text]:
    title = Text().append(visible(row["id"]), "bold reverse").append("  ")
    title.append(_shown(row["language"]), "cyan").append(f"  {_shown(row['status'])}  ", "green")
    counts = f"{row['n_kept']} of {row['n_segments']} segments kept, {row['n_fragments']} fragments"
    yield title.append(counts, "dim")
    for name in ("title", "publisher", "author", "published", "updated", "duplicate_of"):
        if row[name] is not None:
            style = "bold" if name == "title" else ""
            yield Text().append(f"  {name}: ", "dim").append(visible(str(row[name])), style)
    if row["chrome_languages"]:
        yield (Text().append("  chrome also in: ", "dim").append(visible(", ".join(row["chrome_languages"])), "cyan"))
    yield Text()


def print_paragraph(screen: Console, segment: Row, fragments: Sequence[Row]) -> None:
    """Print one row of `segments/` with its tag before it and its `fragments` marked."""
    tag, text = _tag(segment), _body(segment, fragments)
    if not screen.is_terminal:
        print_line(screen, _hanging(tag, text))
    elif screen.width < LEAST_WIDTH or len(text) > WRAPPED_CODE_POINTS:
        print_line(screen, tag)
        print_line(screen, text)
    else:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=TAG_WIDTH, no_wrap=True, overflow="crop")
        grid.add_column(overflow="fold")
        grid.add_row(tag, text)
        screen.print(grid)


def _tag(segment: Row) -> Text:
    """Return `+` for what is kept, `-` for what was held back, then language and label, each with its score."""
    held = why_held(segment["rule"]) is not None
    tag = Text("- ", "bold red") if held else Text("+ " if segment["keep"] else "  ", "bold green")
    tag.append(f"{_shown(segment['language']):8} ", "bold cyan" if segment["keep"] else "cyan")
    tag.append(f"{_score(segment['language_score'])} ", "dim")
    tag.append(f"{_shown(segment['label']):15} ", "bold magenta" if segment["keep"] else "magenta")
    return tag.append(f"{_score(segment['score'])} ", "dim")


def _score(value: float | None) -> str:
    return "   -" if value is None else f"{value:.2f}"


def _shown(value: str | None) -> str:
    return "-" if value is None else visible(value)


def _hanging(tag: Text, text: Text) -> Text:
    """Return `text` after `tag`, its further lines indented as far, so that each line of output tells."""
    indent = "\n" + " " * len(tag)
    return Text.assemble(tag, *_joined(text.split("\n", allow_blank=True), indent))


def _joined(lines: Iterable[Text], between: str) -> Iterator[Text]:
    for number, line in enumerate(lines):
        if number:
            yield Text(between)
        yield line


def _body(segment: Row, fragments: Sequence[Row]) -> Text:
    """Return the segment's raw text, what its offsets count, with notes behind fragments and what was held back."""
    raw, origin = segment["raw"], segment["start"]
    text = Text(style="" if segment["keep"] else "dim")
    done = 0
    for fragment in sorted(fragments, key=itemgetter("start", "end")):
        start, end = fragment["start"] - origin, fragment["end"] - origin
        if not done <= start < end <= len(raw):
            continue  # one that lies in another is told by the outer one
        text.append(visible_lines(raw[done:start]))
        text.append(visible_lines(raw[start:end]), KIND_STYLES.get(fragment["kind"], "reverse"))
        text.append(_note(fragment), "italic")
        done = end
    text.append(visible_lines(raw[done:]))
    why = why_held(segment["rule"])
    return text.append(visible(f"⟨held back: {why}⟩"), "bold italic") if why else text


def _note(fragment: Row) -> str:
    """Return what is known of a fragment, as it stands behind it.

    The number stands behind what it is about: the proposal, or without one the kind.
    """
    gloss, proposal, sure = fragment["gloss"], fragment["proposal"], fragment["confidence"]
    number = None if sure is None else f"{sure:.2f}"
    parts = [fragment["language"], fragment["kind"], None if proposal else number]
    if gloss and not (fragment["applied"] and gloss == proposal):
        parts.append(f"= {gloss}")
    if proposal and (fragment["applied"] or gloss != proposal):
        parts.append(f"{'replaced by' if fragment['applied'] else 'perhaps'} {proposal}")
    if proposal:
        parts.append(number)
    return visible(f"⟨{' '.join(filter(None, parts))}⟩")
