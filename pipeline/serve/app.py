"""The web application: pages over the tables of one OUT, and the one address that takes corrections."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.errors import OutputError, SettingsError
from pipeline.report.html import asset
from pipeline.report.paragraphs import Paragraph, read_paragraphs
from pipeline.serve.dataset import Dataset
from pipeline.serve.filters import Filter
from pipeline.serve.guard import MAX_FORM, SafeHeaders, Token
from pipeline.serve.pages import Pages
from pipeline.serve.review import Review, check_form

_ASSETS = {
    "look.css": "text/css", "serve.css": "text/css", "serve.js": "text/javascript", "icon.svg": "image/svg+xml",
}  # fmt: skip


def create_app(out: Path, corrections: Path, hosts: Sequence[str]) -> Starlette:
    """Return the application for the run in `out`, which answers to the names `hosts` only.

    Raises OutputError where `out` is not the output of a run, SettingsError where `corrections` cannot be read.
    """
    site = _Site(out, corrections)
    routes = [
        Route("/", site.overview),
        Route("/paragraphs", site.paragraphs),
        Route("/documents", site.documents),
        Route("/document", site.document),
        Route("/corrections", site.correct, methods=["POST"]),
        Route("/assets/{name}", _asset),
    ]
    middleware = [
        Middleware(SafeHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
    ]
    handlers: dict[Any, Any] = {
        HTTPException: site.refuse,
        OutputError: lambda _, error: site.tell(503, str(error)),
    }
    return Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)


class _Site:
    """The pages and what they need. Ordinary methods run in threads: queries block."""

    def __init__(self, out: Path, corrections: Path) -> None:
        self._dataset = Dataset(out)
        self._review = Review(corrections)
        self._token = Token()
        self._pages = Pages(out.resolve().name, self._review, self._token.value)

    def overview(self, _: Request) -> Response:
        return HTMLResponse(self._pages.overview(self._dataset.current()))

    def paragraphs(self, request: Request) -> Response:
        return HTMLResponse(self._pages.paragraphs(self._dataset.current(), Filter.parse(request.query_params)))

    def documents(self, request: Request) -> Response:
        return HTMLResponse(self._pages.documents(self._dataset.current(), Filter.parse(request.query_params)))

    def document(self, request: Request) -> Response:
        id = request.query_params.get("id", "")
        page = self._pages.document(self._dataset.current(), id, Filter.parse(request.query_params))
        if page is None:
            raise HTTPException(404, "There is no such document.")
        return HTMLResponse(page)

    async def correct(self, request: Request) -> Response:
        form = await _form(request)
        if refusal := self._token.refusal(request, form):
            raise HTTPException(403, refusal)
        return await run_in_threadpool(self._correct, request, form)

    def _correct(self, request: Request, form: dict[str, str]) -> Response:
        p = self._paragraph(form)
        try:
            check_form(form, p.row)
            self._review.correct(p, form)
        except SettingsError as error:
            raise HTTPException(409, str(error)) from error
        if "x-part" in request.headers:  # our script, which puts it in place of the old one
            return HTMLResponse(self._pages.paragraph(p, form.get("back", "")))
        return RedirectResponse(_back(form.get("back", ""), p), status_code=303)

    def _paragraph(self, form: dict[str, str]) -> Paragraph:
        tables = self._dataset.current().tables
        segment = form.get("segment", "")
        found = []
        if segment.isascii() and segment.isdigit() and len(segment) < 10:
            values = [form.get("document", ""), int(segment)]
            found = read_paragraphs(tables, tables.rows("SELECT * FROM segments WHERE id = ? AND segment = ?", values))
        if not found:
            raise HTTPException(404, "There is no such paragraph.")
        return found[0]

    def refuse(self, _: Request, error: HTTPException) -> Response:
        return self.tell(error.status_code, error.detail)

    def tell(self, status: int, what: str) -> Response:
        return HTMLResponse(self._pages.message(what), status_code=status)


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form; raises HTTPException where it is too long or no form."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise HTTPException(415, "This is no form.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_FORM:
            raise HTTPException(413, "This form is too long.")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=500))
    except ValueError as error:
        raise HTTPException(400, "This is no form.") from error


def _back(page: str, p: Paragraph) -> str:
    """Return where to go after a correction: a page of ours, at the paragraph."""
    path = page if page.startswith("/") and not page.startswith(("//", "/\\")) else f"/document?id={quote(p.row['id'])}"
    return f"{path}#p{p.row['segment']}"


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _ASSETS:
        raise HTTPException(404, "There is no such file.")
    return Response(str(asset(name)), media_type=_ASSETS[name])
