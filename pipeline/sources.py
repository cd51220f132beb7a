"""The documents that a run has read, found again by what its tables say of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.io.location import is_url
from pipeline.io.read import id_root
from pipeline.io.record import Input, Options, Record
from pipeline.io.units import is_container, read_all

_MOST_TURNS = 10
"""Times that a container is read from its start again, since a record is not where it was."""


@dataclass(slots=True)
class Sources:
    """Reads documents in the order in which they were read by the run."""

    below: Path | None
    working_directory: Path
    roots: tuple[Path, ...]
    options: Options
    _open: tuple[str, Iterator[Record]] | None = None
    _turns: dict[str, int] = field(default_factory=dict)

    def read(self, row: dict[str, Any]) -> Record:
        """Return the record that a row of `documents/` was made from; raises InputError."""
        id, source = str(row["id"]), str(row["source"])
        found = self._in_container(id, source) if is_container(source) else self._in_file(id, source)
        if found.content is None:
            raise InputError(found.why)
        return found

    def _in_file(self, id: str, source: str) -> Record:
        return next(read_all(self._input(id, source), self.options))

    def _in_container(self, id: str, source: str) -> Record:
        while self._turns.get(source, 0) < _MOST_TURNS:
            if self._open is None or self._open[0] != source:
                self._turns[source] = self._turns.get(source, 0) + 1
                self._open = (source, read_all(self._input(Path(source).name, source), self.options))
            for record in self._open[1]:
                if record.id == id:
                    return record
            self._open = None
        raise InputError("there is no such record in it (any more)")

    def _input(self, id: str, source: str) -> Input:
        if is_url(source):
            return Input(id, source, Path(), source)
        places = list(self._places(Path(source), id))
        return Input(id, source, next((place for place in places if place.is_file()), places[0]))

    def _places(self, recorded: Path, id: str) -> Iterator[Path]:
        """Yield where a source may be, the likeliest place first."""
        if self.below is None:
            yield self.working_directory / recorded
            yield from (root / id for root in self.roots)
        else:
            yield self.below / id
            # An absolute path leads away from the folder that the user pointed at.
            if not recorded.is_absolute():
                yield self.below / recorded


def open_sources(out: Path, account: dict[str, Any], below: Path | None) -> Sources:
    """Return the sources of the run in `out`, whose run.json is `account`: where they were or, if given, `below`."""
    # A path in run.json counts from OUT, as it lies there now.
    inputs = account["inputs"]
    start = out.resolve() / inputs["working_directory"]
    roots = tuple(id_root(start / given) for given in inputs["given"] if not is_url(given))
    options = Options(inputs.get("text_column"), account["settings"]["max_document_bytes"])
    return Sources(below, start, roots, options)
