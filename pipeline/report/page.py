"""The report: one HTML file that works from disk and loads nothing."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.errors import OutputError
from pipeline.io.folder import read_run
from pipeline.io.write import write_text
from pipeline.report.concerns import concerns
from pipeline.report.database import Database, Row
from pipeline.report.flow import draw_flow
from pipeline.report.glance import Glance, glance
from pipeline.report.html import asset, environment, percent, policy
from pipeline.report.paragraphs import Paragraph, read_paragraphs
from pipeline.report.sample import EACH, LEFTOVER_WEIGHT, Pick, Sample, sample

REPORT = "report.html"

MAX_BYTES = 8 * 2**20
"""Of all documents on the page together."""

MAX_PARAGRAPHS = 300
"""Of one document."""

STATED = ("publisher", "author", "published", "updated", "duplicate_of")


def write_report(out: Path) -> Path:
    """Write the report on the run in `out` beside its tables, and return its path; raises OutputError."""
    path = out / REPORT
    page = render_report(out)
    try:
        write_text(path, page)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    return path


def render_report(out: Path) -> str:
    """Return the report on the run in `out` as HTML; raises OutputError."""
    run = read_run(out)
    with Database(out) as tables:
        seen, chosen = glance(tables), sample(tables)
        documents, shown = _documents(tables, chosen.picks)
    style, script = asset("look.css"), asset("report.js")
    return environment().get_template("report.html").render(
        name=out.resolve().name,
        policy=policy(style, script), style=style, script=script,
        version=run.get("versions", {}).get("clean-corpus", ""),
        headline=headline(seen), lede=lede(seen, run), figures=figures(seen),
        seen=seen, drawing=draw_flow(seen.flow), concerns=list(concerns(seen)),
        chosen=_told_sample(chosen), choices=_choices(shown), documents=Markup("").join(documents),
        left_out=len(chosen.picks) - len(documents), rejects=chosen.rejects, n_rejects=chosen.n_rejects,
    )  # fmt: skip


def headline(seen: Glance) -> str:
    """Return the run in one sentence."""
    n, clean = sum(seen.documents.values()) + seen.n_rejects, sum(seen.corpora.values())
    return f"{n:,} {'page' if n == 1 else 'pages'} in, {clean:,} clean {'document' if clean == 1 else 'documents'} out"


def lede(seen: Glance, run: dict[str, Any]) -> str:
    """Return what kind of run it was, in a few words."""
    settings = run.get("settings", {})
    parts = [f"{seen.segments:,} paragraphs, {seen.chars:,} characters"]
    if "seconds" in run:
        parts.append(f"{run['seconds']:,.0f} seconds")
    if settings:
        parts.append(f"fragments: {settings.get('fragments')}" + (", strict" if settings.get("strict") else ""))
    return " · ".join(parts)


def figures(seen: Glance) -> list[tuple[str, str, str]]:
    """Return the few numbers that matter most: value, what it counts, and what belongs to it."""
    left = seen.residue["left_in"]
    return [
        (f"{seen.corpora.get('en', 0):,}", "English documents", ""),
        (f"{seen.corpora.get('zh', 0):,}", "Chinese documents", ""),
        (percent(seen.kept, seen.chars), "of the text is kept", ""),
        (f"{left:,}", "leftovers in clean text", ""),
        (f"{seen.documents.get('duplicate', 0):,}", "duplicates", ""),
        (f"{seen.n_rejects:,}", "rejected", ""),
    ]


def _told_sample(chosen: Sample) -> str:
    if chosen.whole:
        return "All of them, whole." if chosen.n_documents else "There is none."
    worst = sum(pick.why == "worst" for pick in chosen.picks)
    return (
        f"A sample, the same on every call: {len(chosen.picks)} of {chosen.n_documents:,}. "
        f"The {worst} worst first: without a body, or with the largest share of text that is doubtful, kept without a "
        f"language, or left over (a leftover counts as {LEFTOVER_WEIGHT} characters). Then {EACH} at random."
    )


def _documents(tables: Database, picks: Sequence[Pick]) -> tuple[list[Markup], list[Paragraph]]:
    """Return the picked documents as HTML, as many as fit on the page, and the paragraphs shown."""
    made: list[Markup] = []
    shown: list[Paragraph] = []
    size = 0
    for number, pick in enumerate(picks):
        html, paragraphs = _document(tables, pick, number)
        size += len(html.encode())
        if size > MAX_BYTES and made:
            break
        made.append(html)
        shown += paragraphs
    return made, shown


def _document(tables: Database, pick: Pick, number: int) -> tuple[Markup, list[Paragraph]]:
    row = tables.one("SELECT * FROM documents WHERE id = ? LIMIT 1", [pick.id])
    segments = tables.rows(f"SELECT * FROM segments WHERE id = ? ORDER BY segment LIMIT {MAX_PARAGRAPHS}", [pick.id])
    paragraphs = read_paragraphs(tables, segments)
    html = environment().get_template("document.html").render(
        anchor=f"d{number + 1}", row=row, pick=pick, open=number == 0, paragraphs=paragraphs,
        stated=list(stated(row)), left_out=row["n_segments"] - len(segments),
    )  # fmt: skip
    return Markup(html), paragraphs


def stated(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what a row of `documents/` knows of its page, name and value."""
    for name in STATED:
        if row[name] is not None:
            yield name.replace("_", " "), str(row[name])
    if row["chrome_languages"]:
        yield "chrome also in", ", ".join(row["chrome_languages"])


def _choices(shown: Iterable[Paragraph]) -> dict[str, list[str]]:
    rows = list(shown)
    return {
        "language": sorted({p.row["language"] for p in rows}),
        "label": sorted({p.row["label"] for p in rows}),
        "kind": sorted({kind for p in rows for kind in p.kinds}),
    }
