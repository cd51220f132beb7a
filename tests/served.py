"""The server on a free port of this machine, for as long as a test needs it."""

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from pipeline.serve.app import create_app


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Served:
    port: int
    corrections: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode("utf-8")
        connection.close()
        return Answer(answer.status, found, text)

    def token(self) -> str:
        return re.findall(r'name="token" value="([^"]+)"', self.ask("/paragraphs").text)[0]

    def correct(self, form: Mapping[str, object], **headers: str) -> Answer:
        sent = {"Origin": self.origin, "Content_Type": "application/x-www-form-urlencoded"} | headers
        return self.ask("/corrections", "POST", urlencode(form), **sent)


@contextmanager
def serving(out: Path, corrections: Path | None = None) -> Iterator[Served]:
    path = corrections or out / "corrections.jsonl"
    app = create_app(out, path, ("127.0.0.1", "localhost"))
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    try:
        yield Served(listening.getsockname()[1], path)
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
