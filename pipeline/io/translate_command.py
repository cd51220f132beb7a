"""A translator that is a local program: requests on its standard input, answers on its standard output."""

import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pipeline.errors import TranslatorError
from pipeline.io.translate_json import read_introduction, read_object, request_object, spelled, take_answer
from pipeline.repairs.translation import UNKNOWN_VERSION, Request, plain_name

MOST_LINE_BYTES = 2**20
"""A longer line is no answer: one has at most 400 code points."""
_MOST_SAID = 500
"""Code points of its standard error that go into a message: the last ones, which name the cause."""
_MOST_SAID_BYTES = 4 * _MOST_SAID
_CHUNK_BYTES = 2**16
_MOST_CHUNKS = 32
"""Many times what a pipe holds."""
_PARTING_SECONDS = 5.0
"""How long a program may take to end once nothing more is asked; it is killed then."""


class CommandTranslator:
    """Runs `argv` without a shell, for as long as it is open, and asks it in JSON lines.

    A request is a line `{"id", "text", "left", "right", "language", "target"}`, an answer a line
    `{"id", "translation"}` with text or null, in any order. Before its first answer the program may introduce
    itself with a line `{"name", "version"}`; otherwise it is called after its file, in version `unknown`.

    `timeout` is in seconds, for one call of `translate`. A program that fails is ended and not started again.
    """

    def __init__(self, argv: Sequence[str], timeout: float) -> None:
        self.name, self.version = plain_name(Path(argv[0]).name), UNKNOWN_VERSION
        self._timeout = timeout
        self._greeted = False
        self._program: _Program | None = _Program(argv)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._end(0.0 if kind else _PARTING_SECONDS)

    def close(self) -> None:
        """End the program: its input is closed, and it is killed if it then goes on for five seconds."""
        self._end(_PARTING_SECONDS)

    def translate(self, requests: Sequence[Request]) -> list[str | None]:
        """Return an answer to each of `requests`, in order.

        Raises TranslatorError if the program ends, takes too long or writes anything but the answers.
        """
        pending = {request.id: request for request in requests}
        answers: dict[Request, str | None] = {}
        lines = (json.dumps(request_object(request)) + "\n" for request in pending.values())
        data = "".join(lines).encode()
        program = self._program
        if program is None:
            raise TranslatorError(f"the translator {self.name} is closed")
        try:
            program.send(data)
            deadline = time.monotonic() + self._timeout
            while pending:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TranslatorError(f"no answer to {len(pending)} of {len(requests)} within {self._timeout:g} s")
                for line in program.receive(left):
                    self._take(line, pending, answers)
        except TranslatorError as error:
            said = self._end(0.0)
            raise TranslatorError(f"the translator {self.name} failed: {error}{said}") from error
        return [answers[request] for request in requests]

    def _take(self, line: bytes, pending: dict[str, Request], answers: dict[Request, str | None]) -> None:
        entry = read_object(line)
        greets, self._greeted = not self._greeted and "id" not in entry, True
        if greets:
            self.name, self.version = read_introduction(entry)
        else:
            answer = take_answer(entry, pending)
            answers[answer.request] = answer.text

    def _end(self, seconds: float) -> str:
        """End the program within `seconds` and return what it wrote to its standard error, for a message."""
        program, self._program = self._program, None
        return program.end(seconds) if program else ""


class _Program:
    """A running program and its three pipes, none of which is ever waited for alone: that could be for ever."""

    def __init__(self, argv: Sequence[str]) -> None:
        try:
            # A group of its own, so that what it starts itself can be ended with it.
            self._process = subprocess.Popen(
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise TranslatorError(f"cannot start the translator {spelled(argv[0])}: {spelled(str(error))}") from error
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._in, self._out, self._err = (pipe.fileno() for pipe in self._pipes)
        for pipe in self._pipes:
            os.set_blocking(pipe.fileno(), False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._out, selectors.EVENT_READ)
        self._selector.register(self._err, selectors.EVENT_READ)
        self._unsent = memoryview(b"")
        self._rest = b""
        self._said = b""

    def send(self, data: bytes) -> None:
        """Have `data` written, as far as the program reads it, while `receive` is waiting."""
        if data and not self._unsent:
            self._selector.register(self._in, selectors.EVENT_WRITE)
        self._unsent = memoryview(bytes(self._unsent) + data)

    def receive(self, seconds: float) -> list[bytes]:
        """Return the lines that came in, none where nothing moved for `seconds`; raises TranslatorError at the end."""
        lines: list[bytes] = []
        for key, _ in self._selector.select(seconds):
            if key.fd == self._in:
                self._write()
            elif key.fd == self._err:
                self._listen()
            else:
                lines += self._read()
        return lines

    def end(self, seconds: float) -> str:
        """Close the program's input, kill it if it is not gone within `seconds`, and return its last words."""
        self._selector.close()
        self._pipes[0].close()
        self._wait(seconds)
        said = self._last_words()
        for pipe in self._pipes:
            pipe.close()
        return said

    def _write(self) -> None:
        try:
            written = os.write(self._in, self._unsent[:_CHUNK_BYTES])
        except BrokenPipeError:
            # It reads no more. Whether that is a fault shows in its answers.
            written = len(self._unsent)
        self._unsent = self._unsent[written:]
        if not self._unsent:
            self._selector.unregister(self._in)

    def _read(self) -> list[bytes]:
        data = os.read(self._out, _CHUNK_BYTES)
        if not data:
            raise TranslatorError(f"it {self._how_it_ended()} before it had answered")
        *lines, self._rest = (self._rest + data).split(b"\n")
        if max(map(len, (*lines, self._rest))) > MOST_LINE_BYTES:
            raise TranslatorError(f"it wrote a line of more than {MOST_LINE_BYTES:,} bytes")
        return lines

    def _listen(self) -> None:
        data = os.read(self._err, _CHUNK_BYTES)
        if not data:
            self._selector.unregister(self._err)
        self._said = (self._said + data)[-_MOST_SAID_BYTES:]

    def _last_words(self) -> str:
        # It is over, and nobody writes any more; but what it started itself may have left it and go on.
        for _ in range(_MOST_CHUNKS):
            try:
                data = os.read(self._err, _CHUNK_BYTES)
            except BlockingIOError:
                break
            if not data:
                break
            self._said = (self._said + data)[-_MOST_SAID_BYTES:]
        words = self._said.decode(errors="replace").strip()[-_MOST_SAID:]
        return f"; its last words: {spelled(words)}" if words else ""

    def _how_it_ended(self) -> str:
        try:
            return f"ended (exit status {self._process.wait(_PARTING_SECONDS)})"
        except subprocess.TimeoutExpired:
            return "closed its output"

    def _wait(self, seconds: float) -> None:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except PermissionError:
                # So macOS says where the group ended just now; other systems where one of it is another user's.
                self._process.kill()
            self._process.wait()
