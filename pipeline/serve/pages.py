"""The server's pages, filled in."""

from typing import Any
from urllib.parse import urlencode

from pipeline.correction import KINDS, NO_FRAGMENT, digest
from pipeline.document import LABELS
from pipeline.report.concerns import concerns
from pipeline.report.flow import draw_flow
from pipeline.report.html import environment
from pipeline.report.page import figures, headline, lede, stated
from pipeline.report.paragraphs import Paragraph, read_paragraphs
from pipeline.serve.dataset import Opened
from pipeline.serve.filters import PER_PAGE, Filter, Found, find_documents, find_segments
from pipeline.serve.review import Review, pending

KEYS = {"b": "body", "h": "heading", "l": "list_item", "c": "caption", "n": "nav", "a": "ad", "r": "related_title",
        "d": "discussion", "o": "other"}  # fmt: skip
"""Letters that give the paragraph with the focus a label."""


class Pages:
    """Renders pages on a run called `name`; `token` goes into their forms."""

    def __init__(self, name: str, review: Review, token: str) -> None:
        self._name = name
        self._review = review
        self._token = token

    def overview(self, opened: Opened) -> str:
        """Return the page on the run as a whole."""
        seen = opened.seen
        return self._render(
            "serve_overview.html", headline=headline(seen), lede=lede(seen, opened.run), figures=figures(seen),
            seen=seen, drawing=draw_flow(seen.flow), concerns=list(concerns(seen)), worst=opened.worst,
        )  # fmt: skip

    def paragraphs(self, opened: Opened, wanted: Filter) -> str:
        """Return a page of paragraphs of all documents."""
        found = find_segments(opened.tables, wanted)
        here = f"/paragraphs?{wanted.query}"
        return self._render("serve_paragraphs.html", **self._listing(opened, wanted, found, here))

    def documents(self, opened: Opened, wanted: Filter) -> str:
        """Return a page of the list of documents."""
        found = find_documents(opened.tables, wanted)
        rejects = []
        if not wanted.status and not wanted.language and wanted.page == 1:
            sql = "SELECT id, stage, error, message FROM rejects WHERE contains(lower(id), ?) LIMIT ?"
            rejects = opened.tables.rows(sql, [wanted.text.lower(), PER_PAGE])
        return self._render(
            "serve_documents.html", rows=found.rows, rejects=rejects,
            **self._paging(wanted, found), **self._choices(opened),
        )  # fmt: skip

    def document(self, opened: Opened, id: str, wanted: Filter) -> str | None:
        """Return a page of one document, None where there is none."""
        rows = opened.tables.rows("SELECT * FROM documents WHERE id = ? LIMIT 1", [id])
        rejects = opened.tables.rows("SELECT * FROM rejects WHERE id = ? LIMIT 5", [id])
        if not rows and not rejects:
            return None
        found = find_segments(opened.tables, wanted, id)
        here = "/document?" + urlencode({"id": id}) + (f"&{wanted.query}" if wanted.query else "")
        return self._render(
            "serve_document.html", id=id, row=rows[0] if rows else None, rejects=rejects,
            stated=list(stated(rows[0])) if rows else [], **self._listing(opened, wanted, found, here),
        )  # fmt: skip

    def paragraph(self, p: Paragraph, back: str) -> str:
        """Return one paragraph by itself."""
        return self._render("serve_part.html", shown=self._shown(p), here=back)

    def message(self, what: str) -> str:
        """Return a page that says nothing but `what`."""
        return self._render("serve_message.html", what=what)

    def _listing(self, opened: Opened, wanted: Filter, found: Found, here: str) -> dict[str, Any]:
        shown = [self._shown(p) for p in read_paragraphs(opened.tables, found.rows)]
        return {"paragraphs": shown, "here": here} | self._paging(wanted, found) | self._choices(opened)

    def _shown(self, p: Paragraph) -> dict[str, Any]:
        items = self._review.items(p)
        return {"p": p, "items": items, "pending": pending(items), "sha256": digest(p.row["raw"])}

    def _paging(self, wanted: Filter, found: Found) -> dict[str, Any]:
        return {"wanted": wanted, "found": found, "first": (wanted.page - 1) * PER_PAGE + 1}

    def _choices(self, opened: Opened) -> dict[str, Any]:
        seen = opened.seen
        return {
            "languages": sorted(share.name for share in seen.languages),
            "labels": sorted(share.name for share in seen.labels),
            "kinds": sorted(seen.outcomes),
            "statuses": sorted(seen.documents),
        }

    def _render(self, template: str, **values: Any) -> str:
        return environment().get_template(template).render(
            name=self._name, token=self._token, n_corrections=len(self._review), corrections=self._review.path.name,
            all_labels=sorted(LABELS), all_kinds=(*KINDS, NO_FRAGMENT), keys=KEYS, **values,
        )  # fmt: skip
