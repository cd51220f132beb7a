"""`clean-corpus serve`: the whole dataset in the browser, and corrections."""

import ipaddress
import socket
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.arguments import OutFolder
from pipeline.cli.status import explained
from pipeline.errors import SettingsError

PORT = 8765
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

CorrectionsFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Where corrections are kept, if not in OUT/corrections.jsonl.")
]
Host = Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on; other than loopback: see below.")]
Port = Annotated[int, typer.Option(metavar="N", help="Port to listen on; 0 for any that is free.")]
AllowHost = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="A name by which browsers may ask for us, beside localhost.")
]


def serve(
    out: OutFolder,
    corrections: CorrectionsFile = None,
    host: Host = LOOPBACK[0],
    port: Port = PORT,
    allow_host: AllowHost = None,
) -> None:
    """Show a run in the browser, and take corrections; Ctrl-C ends it.

    Overview, filters and search over all paragraphs, and every document beside its clean text. A label, a language,
    the kind of a leftover or its repair can be corrected with a click or a key. Corrections are kept in a file of
    JSON lines; `run --corrections` keeps to them, `eval` scores a run against them. The tables are only read.

    It listens on this machine only. With another --host, whoever reaches it may read and correct: there is no
    login. It then answers to the names given with --allow-host and to no other.

    \b
    Examples:
      clean-corpus serve out
      clean-corpus serve out --port 9000 --corrections review/mine.jsonl
      clean-corpus serve out --host 0.0.0.0 --allow-host corpus.lan

    \b
    Exit status: 0; 1 if OUT cannot be read; 2 if the address or corrections cannot be used, or the extra is missing.
    """
    with explained():
        try:
            import uvicorn

            from pipeline.serve.app import create_app
        except ModuleNotFoundError as error:
            raise SettingsError(f"serve needs {error.name}: pip install 'clean-corpus[serve]'") from error
        names = (*(allow_host or ()), *LOOPBACK)
        if not is_loopback(host) and not allow_host:
            raise SettingsError(f"--host {host}: say with --allow-host by which name browsers ask for it")
        app = create_app(out, corrections or out / "corrections.jsonl", names)
        listening = _listen(host, port)
        print(f"http://{_told(host)}:{listening.getsockname()[1]}/  (Ctrl-C ends it)", flush=True)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
        uvicorn.Server(config).run(sockets=[listening])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "corpus.lan")]
    [True, True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _told(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise SettingsError(f"cannot listen on {host}, port {port}: {error}") from error
