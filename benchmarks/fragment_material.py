"""What fragments are made of and put into: fragment_words, _frames and _carriers (.toml, beside this)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent

Place = Literal["sentence", "paragraph", "line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A Chinese word with its accepted English renderings by part of speech; a noun's part is its class."""

    text: str
    renderings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A sentence of `host` with `<slot>` where a word that is a `part` makes sense."""

    host: str
    part: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A marked sentence, whole but for the columns of its fillings: one row of `fill` at a time."""

    type: str
    host: str
    place: Place
    text: str
    fill: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Plain text: a title, and paragraphs of sentences."""

    language: str
    title: str
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def joint(self) -> str:
        """What stands between two sentences."""
        return "" if self.language.startswith("zh") else " "


def _rows(table: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"fragment_{table}.toml").read_text(encoding="utf-8"))


@cache
def words() -> tuple[Word, ...]:
    """Return the words in file order."""
    return tuple(Word(text=row["text"], renderings=dict(_renderings(row))) for row in _rows("words")["word"])


def _renderings(row: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in ("noun", "verb", "past", "modifier", "adverb"):
        if part in row:
            yield row["class"] if part == "noun" else part, tuple(row[part])


@cache
def slots() -> tuple[Slot, ...]:
    """Return every sentence with a slot, in file order."""
    rows = _rows("frames")["slot"]
    return tuple(Slot(host=row["host"], part=row["part"], text=text) for row in rows for text in row["examples"])


@cache
def frames() -> tuple[Frame, ...]:
    """Return every marked sentence, in file order."""
    tables = _rows("frames")
    return tuple(
        Frame(
            type=row["type"],
            host=row["host"],
            place=row.get("place", "sentence"),
            text=text,
            fill=tuple(tables["fill"][row["fill"]]) if "fill" in row else ({},),
        )
        for row in tables["frame"]
        for text in row["examples"]
    )


@cache
def carriers() -> Mapping[str, Carrier]:
    """Return the built-in carriers by language."""
    rows = _rows("carriers")["carrier"]
    found = (
        Carrier(language=row["language"], title=row["title"], paragraphs=tuple(map(tuple, row["paragraphs"])))
        for row in rows
    )
    return {carrier.language: carrier for carrier in found}
