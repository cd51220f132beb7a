"""A reviewer's corrections: what a form says against what the run found, kept in a file that only grows."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.correction import Correction, What, digest
from pipeline.errors import SettingsError
from pipeline.io.corrections import Entry, append, read_corrections
from pipeline.report.database import Row
from pipeline.report.paragraphs import Paragraph

Place = tuple[str, int, int, What]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a paragraph that can be corrected: its place, what the run found, and what a reviewer said."""

    what: What
    row: Row
    """Of `segments/` or `fragments/`."""
    found: str | None
    said: str | None

    @property
    def value(self) -> str:
        """What holds from the next run on; nothing where there is no repair."""
        return self.found or "" if self.said is None else self.said

    @property
    def is_pending(self) -> bool:
        """Whether the next run has to change something."""
        return self.said is not None and self.said != self.found

    @property
    def name(self) -> str:
        """What the form calls it."""
        return self.what if "label" in self.row else f"{self.what}-{self.row['start']}-{self.row['end']}"


class Review:
    """The corrections in the file at `path`; may be asked by several threads. Raises SettingsError."""

    def __init__(self, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        known = read_corrections(path) if path.exists() else ()
        self._said: dict[Place, Correction] = {each.place: each for each in known}

    @property
    def path(self) -> Path:
        """Where they are kept."""
        return self._path

    def __len__(self) -> int:
        return len(self._said)

    def items(self, p: Paragraph) -> list[Item]:
        """Return what can be corrected of a paragraph: its label and language, kind and repair of its fragments."""
        items = [self._item("label", p.row, p.row["label"]), self._item("language", p.row, p.row["language"])]
        for row in p.fragments:
            items += [self._item("kind", row, row["kind"]), self._item("repair", row, row["proposal"])]
        return items

    def correct(self, p: Paragraph, form: Mapping[str, str]) -> int:
        """Keep what `form` says otherwise of the paragraph `p`; return how many things that were.

        Raises SettingsError where a value cannot be one, and then keeps nothing; OutputError where the file cannot be
        written.
        """
        with self._lock:
            entries = [
                entry
                for item in self.items(p)
                if (value := form.get(item.name)) is not None
                and (entry := self._entry(item, value.strip())) is not None
            ]
            made = [(entry, entry.correction) for entry in entries]
            if entries:
                append(self._path, entries)
            for entry, correction in made:
                place: Place = (entry.document, entry.start, entry.end, entry.what)
                if correction is None:
                    self._said.pop(place, None)
                else:
                    self._said[place] = correction
        return len(entries)

    def _item(self, what: What, row: Row, found: str | None) -> Item:
        said = self._said.get((row["id"], row["start"], row["end"], what))
        # A text that has changed since is another place.
        holds = said is not None and said.sha256 == digest(_text(row))
        return Item(what, row, found, said.value if said is not None and holds else None)

    def _entry(self, item: Item, value: str) -> Entry | None:
        if value == item.value:
            return None
        row, text = item.row, _text(item.row)
        return Entry(
            document=row["id"],
            start=row["start"],
            end=row["end"],
            what=item.what,
            # What the run found itself needs no correction.
            value=None if value == (item.found or "") else value,
            sha256=digest(text),
            text=text,
            before=_before(item),
            time=self._now(),
        )


def _text(row: Row) -> str:
    return str(row["raw"] if "raw" in row else row["text"])


def _before(item: Item) -> dict[str, Any]:
    """Return what the run had found, and on whose word."""
    row = item.row
    if item.what == "label":
        return {"value": item.found, "rule": row["rule"], "score": _rounded(row["score"])}
    if item.what == "language":
        return {"value": item.found, "rule": "language", "score": _rounded(row["language_score"])}
    told = {"value": item.found, "rule": row["source"], "score": _rounded(row["confidence"])}
    return told if item.what == "kind" else told | {"kind": row["kind"]}


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


def check_form(form: Mapping[str, str], row: Row) -> None:
    """Raise SettingsError unless `form` was made for `row` of `segments/` as it is now."""
    if form.get("sha256") != digest(row["raw"]):
        raise SettingsError("the run has changed since this page was loaded: load it again")


def pending(items: Iterable[Item]) -> Sequence[Item]:
    """Return those of `items` that wait for the next run."""
    return [item for item in items if item.is_pending]
