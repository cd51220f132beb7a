"""What a person reads goes through their pager; what goes into a pipe or a file does not."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from pipeline.report.screen import Screen, open_screen

DEFAULT = "less"

LESS = "FRX"
"""Unless `LESS` is set: leave at once what fits the screen, pass colours on, leave the text standing."""


def pager_command(environment: Mapping[str, str]) -> list[str]:
    """Return the pager's program and arguments, none if there is to be no paging.

    >>> pager_command({"PAGER": "less -S", "TERM": "xterm"}), pager_command({"PAGER": "cat", "TERM": "xterm"})
    (['less', '-S'], [])
    """
    if environment.get("TERM", "dumb") == "dumb":
        return []
    try:
        command = shlex.split(environment.get("PAGER", DEFAULT))
    except ValueError:  # an unclosed quote
        return []
    return [] if command == ["cat"] else command


@contextmanager
def open_paged_screen() -> Iterator[Screen]:
    """Give a screen on standard output: behind a pager where that is a terminal.

    The pager is `$PAGER`, without it `less`; `PAGER=cat` is none. A pager that cannot be started is none either.
    Leaving waits until its reader has done.
    """
    pager = _started(pager_command(os.environ)) if sys.stdout.isatty() else None
    if pager is None:
        yield open_screen()
        return
    assert pager.stdin is not None
    try:
        yield open_screen(pager=pager.stdin)
    finally:
        _finish(pager)


def _started(command: list[str]) -> "subprocess.Popen[str] | None":
    if not command:
        return None
    sys.stdout.flush()
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            env={"LESS": LESS, **os.environ},
            encoding=sys.stdout.encoding,
            errors="backslashreplace",
        )
    except OSError:
        return None


def _finish(pager: "subprocess.Popen[str]") -> None:
    assert pager.stdin is not None
    with suppress(BrokenPipeError):  # its reader has seen enough
        pager.stdin.close()
    while pager.returncode is None:
        with suppress(KeyboardInterrupt):  # meant for the pager, which stops searching at it and goes on
            pager.wait()
