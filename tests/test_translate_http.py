"""Translators that are services: a real server on this machine, good and bad."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from pipeline.errors import SettingsError, TranslatorError
from pipeline.io.translate_http import MOST_ANSWER_BYTES, MOST_REQUESTS, HttpTranslator
from pipeline.io.translator import open_translator
from pipeline.repairs.translation import Request, ask

LIMIT = 10.0
SHORT = 0.5


class Service(ThreadingHTTPServer):
    """Answers as the path says, and remembers what was sent to which path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.received: list[tuple[str, Any]] = []
        self.closing = threading.Event()

    def url(self, path: str = "/good") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Service
    BODIES: ClassVar[dict[str, bytes]] = {
        "/text": b"<html>\x1b[2J",
        "/latin": b'{"translations": "\xe9"}',
        "/array": b"[]",
        "/deep": b"[" * 200_000,
        "/no-list": b'{"translations": {}}',
        "/no-entries": b'{"translations": [1]}',
        "/unknown": b'{"translations": [{"id": "0", "translation": "x"}]}',
        "/none": b'{"translations": []}',
        "/bad-name": b'{"translations": [], "name": "a b"}',
        "/huge": b'{"translations": []' + b" " * MOST_ANSWER_BYTES + b"}",
    }

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.received.append((self.path, sent))
        path = self.path.partition("?")[0]
        if path in ("/good", "/named", "/renamed"):
            self.reply(200, json.dumps(self.translated(path, sent["requests"])).encode())
        elif path in self.BODIES:
            self.reply(200, self.BODIES[path])
        elif path.startswith("/redirect-"):
            self.reply(int(path.removeprefix("/redirect-")), b"", ("Location", self.server.url()))
        elif path.startswith("/status-"):
            self.reply(int(path.removeprefix("/status-")), b"out of\nmemory")
        elif path == "/hang":
            self.server.closing.wait(LIMIT)
        elif path == "/drip":
            self.drip(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"translations": [' + b" " * 900)
        elif path == "/drip-headers":
            self.drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 900)
        elif path == "/cut":
            self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"transl')
        elif path == "/no-http":
            self.wfile.write(b"220 mail.example.org ESMTP\r\n")

    def do_GET(self) -> None:
        self.server.received.append((self.path, None))
        self.reply(200, b'{"translations": []}')

    def translated(self, path: str, asked: list[dict[str, str]]) -> dict[str, Any]:
        listed = [{"id": each["id"], "translation": each["text"].upper()} for each in reversed(asked)]
        if path == "/good":
            return {"translations": listed}
        listed = [{"id": each["id"], "translation": "way"} for each in asked]
        version = "1" if path == "/named" else str(len(self.server.received))
        return {"translations": listed, "name": "org/model", "version": version}

    def reply(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.server.received.append(("gone", None))

    def drip(self, data: bytes) -> None:
        for i in range(len(data)):
            if self.server.closing.wait(0.05):
                return
            self.wfile.write(data[i : i + 1])

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


def requests(number: int) -> list[Request]:
    return [Request(f"word {i}", "the ", " is", "it", "en") for i in range(number)]


def upper(asked: list[Request]) -> list[str]:
    return [request.text.upper() for request in asked]


def failure(url: str, timeout: float = LIMIT) -> str:
    """Return the message with which a service fails."""
    with pytest.raises(TranslatorError) as caught:
        HttpTranslator(url, timeout).translate(requests(3))
    return str(caught.value)


def test_a_good_service(service: Service) -> None:
    translator = HttpTranslator(service.url(), LIMIT)
    assert translator.translate(requests(3)) == ["WORD 0", "WORD 1", "WORD 2"]
    assert (translator.name, translator.version) == ("127.0.0.1", "unknown")


def test_all_that_is_asked_is_sent(service: Service) -> None:
    asked = Request("闭\u2028环", "l\n", " r\x85", "zh-Hans", "en")
    HttpTranslator(service.url(), LIMIT).translate([asked])
    fields = ("id", "text", "left", "right", "language", "target")
    assert service.received == [("/good", {"requests": [{field: getattr(asked, field) for field in fields}]})]


def test_many_requests_are_sent_in_parts(service: Service) -> None:
    asked = requests(2 * MOST_REQUESTS + 1)
    assert HttpTranslator(service.url(), LIMIT).translate(asked) == upper(asked)
    assert [len(sent["requests"]) for _, sent in service.received] == [MOST_REQUESTS, MOST_REQUESTS, 1]


def test_without_requests_nothing_is_sent(service: Service) -> None:
    assert HttpTranslator(service.url(), LIMIT).translate([]) == []
    assert service.received == []


def test_equal_requests_get_equal_answers(service: Service) -> None:
    asked = requests(2)
    assert HttpTranslator(service.url(), LIMIT).translate([*asked, *asked]) == [*upper(asked), *upper(asked)]


def test_a_service_may_say_what_it_is(service: Service) -> None:
    asked = Request("strada", "the ", " is", "it", "en")
    translator = HttpTranslator(service.url("/named"), LIMIT)
    assert ask(translator, [asked])[asked].source == "translator/org/model@1"
    assert translator.translate([asked]) == ["way"]


def test_a_service_has_to_stay_the_same(service: Service) -> None:
    with pytest.raises(TranslatorError, match="it was org/model 1 before and is org/model 2 now"):
        HttpTranslator(service.url("/renamed"), LIMIT).translate(requests(MOST_REQUESTS + 1))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_refused(service: Service, status: int) -> None:
    path = f"/redirect-{status}"
    assert f"status {status}: it redirects to {service.url()}" in failure(service.url(path))
    assert [path for path, _ in service.received] == [path]


@pytest.mark.parametrize("status", [201, 400, 401, 404, 407, 429, 500, 503])
def test_any_other_status_is_a_failure(service: Service, status: int) -> None:
    assert f"status {status}: out of\\nmemory" in failure(service.url(f"/status-{status}"))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/text", "not JSON: <html>\\x1b[2J"),
        ("/latin", "invalid UTF-8"),
        ("/array", "not a JSON object"),
        ("/deep", "not JSON"),
        ("/no-list", "no list of translations"),
        ("/no-entries", "without id and translation"),
        ("/unknown", "not asked, or twice"),
        ("/none", "left out 3 of 3"),
        ("/bad-name", "short and plain"),
        ("/huge", "more than 4,194,304 bytes"),
        ("/cut", "not JSON"),
        ("/no-http", "BadStatusLine"),
    ],
)
def test_bad_answers(service: Service, path: str, message: str) -> None:
    found = failure(service.url(path))
    assert message in found
    assert len(found) < 500 and found.isprintable()


@pytest.mark.parametrize("path", ["/hang", "/drip", "/drip-headers"])
def test_the_limit_is_for_the_whole_exchange(service: Service, path: str) -> None:
    began = time.monotonic()
    found = failure(service.url(path), SHORT)
    assert "no answer within 0.5 s" in found
    assert time.monotonic() - began < 5


def test_nobody_is_there(service: Service) -> None:
    url = service.url()
    service.closing.set()
    service.shutdown()
    service.server_close()
    assert "refused" in failure(url)


def test_a_name_that_cannot_be_a_host() -> None:
    assert "failed: " in failure("http://a..b/")


def test_proxies_of_the_environment_are_not_used(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert HttpTranslator(service.url(), LIMIT).translate(requests(1)) == ["WORD 0"]


def test_a_key_in_a_url_is_sent_and_not_shown(service: Service) -> None:
    found = failure(service.url("/status-500?key=secret"))
    assert "secret" not in found and "/status-500 failed" in found
    assert service.received[0][0] == "/status-500?key=secret"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://user:secret@127.0.0.1/", "user name or password"),
        ("http://secret@127.0.0.1/", "user name or password"),
        ("http://:secret@127.0.0.1/", "user name or password"),
        ("http://@127.0.0.1/", "user name or password"),
        ("http:///path", "a host"),
        ("http://127.0.0.1:port/", "cannot be read"),
        ("http://127.0.0.1:99999/", "cannot be read"),
        ("http://[::1/", "cannot be read"),
        ("http://127.0.0.1/a b", "plain ASCII"),
        ("http://127.0.0.1/\r\nX-Header: y", "plain ASCII"),
        ("http://例.example/", "plain ASCII"),
        ("file:///etc/hostname", "http://"),
        ("ftp://127.0.0.1/", "http://"),
    ],
)
def test_bad_urls_are_refused(url: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        HttpTranslator(url, LIMIT)
    assert "secret" not in str(caught.value)


def test_the_setting(service: Service) -> None:
    with open_translator(service.url(), allow_network=True) as translator:
        assert translator is not None
        assert translator.translate(requests(1)) == ["WORD 0"]


@pytest.mark.parametrize("scheme", ["http", "https", "HTTP"])
def test_the_network_has_to_be_allowed(scheme: str) -> None:
    with pytest.raises(SettingsError, match="--allow-network"):
        open_translator(f"{scheme}://127.0.0.1/", allow_network=False)


@pytest.mark.parametrize("allowed", [True, False])
def test_credentials_are_refused_first(allowed: bool) -> None:
    for setting in ("https://user:secret@127.0.0.1/", "ftp://user:secret@127.0.0.1/"):
        with pytest.raises(SettingsError) as caught:
            open_translator(setting, allow_network=allowed)
        assert "secret" not in str(caught.value)
