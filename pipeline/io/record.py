"""What is read: records, the inputs they are in, and the units of work that inputs are cut into."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Kind = Literal["raw", "text", "html"]

_STEPS = ((8 * 2**20, 2**20), (64 * 2**20, 4 * 2**20), (2**30, 16 * 2**20))
_LARGEST = 64 * 2**20

LOOSE = "files"
"""The format of a unit of files each of which is a document."""


def unit_bytes(start: int) -> int:
    """Return the most that a unit of work holds which begins at byte `start`, a single larger record aside.

    Little work should be enough for several workers, and much work should not make many small files. It depends on
    nothing but the place: what is added at the end leaves the units before it as they are.

    >>> [unit_bytes(place) // 2**20 for place in (0, 8 * 2**20, 64 * 2**20, 2**30)]
    [1, 4, 16, 64]
    """
    return next((size for below, size in _STEPS if start < below), _LARGEST)


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """One file: its id, its path or address as it goes into the tables, and where it lies.

    `url` takes the place of `path` where it is not on the local disk; `size` is in bytes.
    """

    id: str
    source: str
    path: Path = field(compare=False)
    url: str = field(default="", compare=False)
    size: int = field(default=0, compare=False)

    @property
    def place(self) -> str:
        """Where it is opened: a path or a URL."""
        return self.url or str(self.path)


@dataclass(frozen=True, slots=True)
class Options:
    """How containers are read: which column holds the text (None: found by its name), how large a record may be."""

    text_column: str | None = None
    max_bytes: int = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of a container, from `start` to `stop`: bytes of the unpacked stream, bytes of the file, or rows.

    `first` is the ordinal of its first record or line in the file, from 1; `digest` that of its bytes. Where it is
    `packed`, so that `start` counts in what is unpacked, there is no way to it but through all that comes before.
    """

    start: int
    stop: int
    first: int
    n_records: int
    n_bytes: int
    digest: str
    packed: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of the run's own with what one extent holds, from byte `start` of what is packed in it.

    Before it stands what the container begins with, such as the names of its columns.
    """

    path: Path
    start: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of work: some loose files, or an extent of one container, read from its `copy` where there is one."""

    format: str
    files: tuple[Input, ...]
    extent: Extent | None
    digest: str
    n_records: int
    n_bytes: int
    copy: Copy | None = None

    @property
    def name(self) -> str:
        """What it is called in a message."""
        first, last = self.files[0], self.files[-1]
        if self.extent is None:
            return first.id if first is last else f"{first.id} to {last.id}"
        return f"{first.id}#{self.extent.first}"


@dataclass(frozen=True, slots=True)
class Record:
    """One document to be: its ordinal in its file (loose files: in their unit), id, source and content.

    `content` is of the `kind`: raw bytes whose encoding has to be found out, a text in UTF-8, or HTML in UTF-8; None
    where it cannot be read, and `why` says why. `site` is the host it was loaded from, where that is known.
    """

    ordinal: int
    id: str
    source: str
    content: bytes | None
    kind: Kind = "raw"
    why: str = ""
    site: str = ""
