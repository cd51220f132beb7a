"""The tables that are served, opened anew when another run has taken their place."""

import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError
from pipeline.io.folder import RUN, read_run
from pipeline.report.database import Database
from pipeline.report.glance import Glance, glance
from pipeline.report.sample import Pick, worst

MEMORY = "1GiB"


class Opened:
    """One run: its tables, and what there is to say of it as a whole, found out when it is first asked for."""

    def __init__(self, out: Path) -> None:
        self.run: dict[str, Any] = read_run(out)
        self.tables = Database(out, MEMORY)

    @cached_property
    def seen(self) -> Glance:
        """The run at a glance."""
        return glance(self.tables)

    @cached_property
    def worst(self) -> list[Pick]:
        """The documents to begin with."""
        return worst(self.tables)


@dataclass(slots=True)
class _State:
    stamp: tuple[int, int] | None = None
    opened: Opened | None = None


class Dataset:
    """The run in a folder, whichever it is now; may be asked by several threads."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._state = _State()
        self.current()

    def current(self) -> Opened:
        """Return the run that is there now; raises OutputError where there is none."""
        with self._lock:
            try:
                stat = (self._out / RUN).stat()
            except OSError as error:
                raise OutputError(f"{self._out} is not the output of a run (no {RUN})") from error
            stamp = stat.st_mtime_ns, stat.st_ino
            if self._state.opened is None or self._state.stamp != stamp:
                # The old one is closed when the last request that uses it is done.
                self._state = _State(stamp, Opened(self._out))
            assert self._state.opened is not None
            return self._state.opened
