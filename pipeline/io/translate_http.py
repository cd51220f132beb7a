"""A translator that is a service: requests and answers as JSON, over HTTP."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from http.client import HTTPException
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import SplitResult, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener
from urllib.request import Request as HttpRequest

from pipeline.errors import SettingsError, TranslatorError
from pipeline.io.translate_json import Json, read_introduction, read_object, request_object, shown, take_answer
from pipeline.repairs.translation import UNKNOWN_VERSION, Request, plain_name

MOST_REQUESTS = 64
"""Requests that are sent at once."""
MOST_ANSWER_BYTES = 4 * 2**20


class HttpTranslator:
    """Posts `{"requests": [...]}` to `url` and reads `{"translations": [{"id", "translation"}]}`.

    The service may give its `name` and `version` beside the translations; otherwise it is called after its host, in
    version `unknown`. Nothing but `url` itself is talked to: no proxy of the environment, no redirect.

    `timeout` is in seconds, for one exchange of at most 64 requests, from the name of the host to the last byte.
    Raises SettingsError where `url` is not one of HTTP or holds credentials.
    """

    def __init__(self, url: str, timeout: float) -> None:
        parts = _checked(url)
        self.name, self.version = plain_name(parts.hostname or ""), UNKNOWN_VERSION
        self._url = url
        # What follows in a URL can hold a key.
        self._shown = f"{parts.scheme}://{parts.netloc}{parts.path}"
        self._timeout = timeout
        self._introduced = False
        self._opener = build_opener(ProxyHandler({}), _RefuseRedirects())

    def translate(self, requests: Sequence[Request]) -> list[str | None]:
        """Return an answer to each of `requests`, in order.

        Raises TranslatorError if the service cannot be reached, takes too long or answers anything else.
        """
        answers: list[str | None] = []
        for start in range(0, len(requests), MOST_REQUESTS):
            try:
                answers += self._exchange(requests[start : start + MOST_REQUESTS])
            except TranslatorError as error:
                raise TranslatorError(f"the translator at {self._shown} failed: {error}") from error
        return answers

    def _exchange(self, requests: Sequence[Request]) -> list[str | None]:
        pending = {request.id: request for request in requests}
        body = json.dumps({"requests": [request_object(request) for request in pending.values()]}).encode()
        entry = read_object(_within(self._timeout, lambda: self._post(body)))
        if "name" in entry or "version" in entry:
            self._introduce(entry)
        listed = entry.get("translations")
        if not isinstance(listed, list):
            raise TranslatorError(f"there is no list of translations in its answer: {shown(entry)}")
        answers = {answer.request: answer.text for answer in (take_answer(each, pending) for each in listed)}
        if pending:
            raise TranslatorError(f"it left out {len(pending)} of {len(requests)} requests")
        return [answers[request] for request in requests]

    def _introduce(self, entry: Json) -> None:
        found = read_introduction(entry)
        # Answers of two models under one name could not be told apart any more.
        if self._introduced and found != (self.name, self.version):
            raise TranslatorError(f"it was {self.name} {self.version} before and is {' '.join(found)} now")
        self.name, self.version = found
        self._introduced = True

    def _post(self, body: bytes) -> bytes:
        """Return the body of the answer to `body`; raises TranslatorError unless all went well."""
        try:
            status, location, data = self._send(body)
        # URLError is an OSError, and so is a refused certificate; UnicodeError is how Python refuses the name of a
        # host that cannot be one.
        except (OSError, HTTPException, UnicodeError) as error:
            raise TranslatorError(f"{type(error).__name__}: {shown(error, 200)}") from error
        if 300 <= status < 400 and location is not None:
            raise TranslatorError(f"status {status}: it redirects to {shown(location, 200)}, which is not followed")
        if status != 200:
            raise TranslatorError(f"status {status}: {shown(data, 200)}")
        if len(data) > MOST_ANSWER_BYTES:
            raise TranslatorError(f"it answered more than {MOST_ANSWER_BYTES:,} bytes")
        return data

    def _send(self, body: bytes) -> tuple[int, str | None, bytes]:
        """Return the status of the answer to `body`, where it redirects to, if it does, and its own body."""
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "clean-corpus"}
        message = HttpRequest(self._url, data=body, headers=headers, method="POST")
        try:
            # Longer than anybody waits: this limit only ends the thread that was left behind.
            response = self._opener.open(message, timeout=self._timeout + 1.0)
        except HTTPError as error:
            response = error  # an answer like any other, with a reason in its body
        with response:
            return response.status, response.headers.get("Location"), response.read(MOST_ANSWER_BYTES + 1)


class _RefuseRedirects(HTTPRedirectHandler):
    """The text is meant for the address that the user gave, and for no other that it sends us on to."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Return no new request, which leaves the redirect as an error."""


def _checked(url: str) -> SplitResult:
    """Return the parts of `url`; raises SettingsError, which never quotes what may be a password."""
    if not url.isascii() or not url.isprintable() or " " in url:
        raise SettingsError("translator: a URL has to be plain ASCII without spaces; other letters as %XX or xn--")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise SettingsError(f"translator: the URL cannot be read: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise SettingsError("translator: a URL has to begin with http:// or https:// and a host")
    if "@" in parts.netloc:
        raise SettingsError("translator: a URL must not hold a user name or password")
    return parts


def _within(seconds: float, call: Callable[[], bytes]) -> bytes:
    """Return what `call` returns; raises TranslatorError where that takes longer than `seconds`.

    The time limit of a socket starts anew with each byte, and there is none for looking up a name, so the wait is
    for a thread that may be left behind; it ends with its connection and keeps no program from ending.
    """
    future: Future[bytes] = Future()

    def fulfil() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # whatever it is, it belongs to who waits
            future.set_exception(error)

    Thread(target=fulfil, daemon=True).start()
    try:
        return future.result(seconds)
    except TimeoutError as error:
        raise TranslatorError(f"no answer within {seconds:g} s") from error
