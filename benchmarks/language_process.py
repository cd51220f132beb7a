"""Start a process for one detector, and put questions to it; the other end of `benchmarks.language_worker`."""

import json
import pickle
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from benchmarks.language_systems import Answer, System
from benchmarks.language_worker import DOCUMENTS, MEMORY, TEXTS, Reply
from benchmarks.record import ROOT


class WorkerError(Exception):
    """A detector's process ended before it had answered."""


@dataclass(frozen=True, slots=True)
class Start:
    """What it takes from the start of the interpreter to the first tag: seconds, and MB held then."""

    wall: float
    processor: float
    memory: Mapping[str, float]


class Worker:
    """A detector in a process of its own; to be used in a `with` statement, which ends it."""

    def __init__(self, system: System) -> None:
        command = [sys.executable, "-m", "benchmarks.language_worker", json.dumps(asdict(system))]
        began = time.monotonic()
        self._name = system.name
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        told = self._receive()
        self.start = Start(told["at"] - began, told["processor"], told["memory"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()  # closes its input, which ends it

    def tag(self, texts: Sequence[str]) -> tuple[Sequence[Answer], float]:
        """Return an answer to each of `texts`, and the processor time in seconds."""
        answers, seconds = self._ask(TEXTS, texts)
        return answers, seconds

    def tag_documents(self, documents: Sequence[Any]) -> tuple[Sequence[Answer], float]:
        """Return what the product's stage says of each segment of `documents`, and its processor time in seconds."""
        answers, seconds = self._ask(DOCUMENTS, documents)
        return answers, seconds

    def memory(self) -> Mapping[str, float]:
        """Return what the process holds now, in MB."""
        held: Mapping[str, float] = self._ask(MEMORY, ())[0]
        return held

    def _ask(self, request: str, material: Sequence[Any]) -> Reply:
        assert self._process.stdin is not None
        pickle.dump((request, material), self._process.stdin)
        self._process.stdin.flush()
        reply: Reply = self._receive()
        return reply

    def _receive(self) -> Any:
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)
        except EOFError:
            raise WorkerError(f"{self._name} ended with status {self._process.wait()}") from None
