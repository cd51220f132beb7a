"""Who may ask: nobody under another name, and for changes only our own pages."""

import hmac
import secrets
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_FORM = 64 * 2**10
"""Bytes of a form."""

_HEADERS = {
    # Our own style and script, our own forms; no frame around us, nothing from anywhere else.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: a form would then come from the origin `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class SafeHeaders:
    """Adds the headers that keep a page to itself to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Token:
    """A secret that our own pages know, and that other sites' pages cannot read."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(32)

    def refusal(self, request: Request, form: Mapping[str, str]) -> str | None:
        """Return why `request` may change nothing, None if it may."""
        if not is_own(request.headers, f"{request.url.scheme}://{request.headers.get('host', '')}"):
            return "this form was sent by another site"
        if not hmac.compare_digest(form.get("token", "").encode(), self.value.encode()):
            return "this page was loaded before the server was started: load it again"
        return None


def is_own(headers: Headers | Mapping[str, str], origin: str) -> bool:
    """Whether the browser says that a request comes from a page of `origin`.

    >>> is_own({"origin": "http://127.0.0.1:8765"}, "http://127.0.0.1:8765")
    True
    >>> is_own({"origin": "https://evil.example"}, "http://127.0.0.1:8765"), is_own({}, "http://127.0.0.1:8765")
    (False, False)
    """
    site = headers.get("sec-fetch-site", "same-origin")
    return headers.get("origin") == origin and site == "same-origin"
