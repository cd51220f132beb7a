"""One detector in a process of its own, so that what it holds and how long it takes to start are its own.

`python -m benchmarks.language_worker SYSTEM`, SYSTEM being JSON, reads pickled requests from its standard input and
writes pickled replies to its standard output; `benchmarks.language_process` is the other end.
"""

import json
import os
import pickle
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.language_systems import Answer, System, tagger

PROBE = "The train to the coast leaves at noon, and nobody knows when it will be back."
TEXTS, DOCUMENTS, MEMORY = "texts", "documents", "memory"

_ROLLUP = Path("/proc/self/smaps_rollup")
_FIELDS = {
    "anonymous": ("Anonymous",),
    "private": ("Private_Clean", "Private_Dirty"),
    "resident": ("Rss",),
}

Reply = tuple[Any, float]
"""An answer, and the processor time it took in seconds."""


def memory() -> Mapping[str, float]:
    """Return what this process holds, in MB of a million bytes; nothing where the system does not tell.

    anonymous: its own pages, whoever else runs; private: these and the pages of files that at the moment nobody else
    has mapped; resident: all that is in memory.
    """
    if not _ROLLUP.exists():
        return {}
    told = dict(line.split()[:2] for line in _ROLLUP.read_text(encoding="ascii").splitlines()[1:])
    return {
        name: round(sum(int(told[f"{field}:"]) for field in fields) * 1024 / 1e6, 1)
        for name, fields in _FIELDS.items()
    }  # fmt: skip


def timed(work: Callable[[], Any]) -> Reply:
    """Return what `work` returns, and its processor time."""
    before = time.process_time()
    result = work()
    return result, time.process_time() - before


class Desk:
    """Answers requests with one detector."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._tag = tagger(system)
        self._stage: Callable[..., Any] | None = None

    def first_tag(self) -> Mapping[str, Any]:
        """Tag one sentence; return when that was, and how much processor time the process had taken by then."""
        self._tag(PROBE)
        return {"at": time.monotonic(), "processor": time.process_time(), "memory": memory()}

    def answer(self, request: str, material: Sequence[Any]) -> Reply:
        """Return what is asked for, and the processor time it took."""
        if request == TEXTS:
            return timed(lambda: self.texts(material))
        if request == DOCUMENTS:
            return timed(lambda: self.documents(material))
        return memory(), 0.0

    def texts(self, texts: Sequence[str]) -> Sequence[Answer]:
        """Return the detector's answer to each of `texts`."""
        return [self._tag(text) for text in texts]

    def documents(self, documents: Sequence[Any]) -> Sequence[Answer]:
        """Return what the stage of the product says of each segment of `documents`."""
        if self._stage is None:
            self._stage = import_module("pipeline.stages.tag_language").tag_language
        options = {"languages": self._system.languages, "effort": self._system.effort}
        tagged = [self._stage(document, **options) for document in documents]
        return [(segment.language, segment.language_score) for document in tagged for segment in document.segments]


def serve(desk: Desk, requests: BinaryIO, replies: BinaryIO) -> None:
    """Reply to every request until there are no more."""

    def send(reply: Any) -> None:
        pickle.dump(reply, replies)
        replies.flush()

    send(desk.first_tag())
    while True:
        try:
            request, material = pickle.load(requests)
        except EOFError:  # the other end is done
            return
        send(desk.answer(request, material))


def main() -> None:
    """Serve the system named on the command line."""
    # What a detector prints must not get between the replies.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    options = json.loads(sys.argv[1])
    desk = Desk(System(**options | {"languages": tuple(options["languages"])}))
    serve(desk, sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
