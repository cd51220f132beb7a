"""Gold annotations: what a person says a document holds, read from `NAME.gold.json` and its neighbours."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.errors import InputError

SUFFIX = ".gold.json"


@dataclass(frozen=True, slots=True)
class Block:
    """An annotated span of the source; `labels` and `languages` are all that count as right, best first."""

    start: int
    end: int
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    """Empty where the annotator saw no language, or `und` alone; `labels` only where nobody was asked for one."""
    keep: bool
    uncertain: bool
    """Whether keeping and dropping it are both right."""


@dataclass(frozen=True, slots=True)
class GoldFragment:
    """An annotated run in another language; those that are not `core` are neither asked for nor a fault."""

    start: int
    end: int
    text: str
    kind: str
    core: bool
    gloss: str | None
    suggestion: str | None
    alternatives: tuple[str, ...]

    @property
    def renderings(self) -> tuple[str, ...]:
        """Every accepted translation, best first."""
        return tuple(text for text in (self.suggestion, *self.alternatives) if text)


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated document: its source text and all that is known of it."""

    name: str
    raw: str
    stated: Mapping[str, str | None]
    """Language and metadata of the document, as the page states them."""
    blocks: tuple[Block, ...]
    fragments: tuple[GoldFragment, ...]
    lexicon: tuple[tuple[str, str], ...]
    """Pairs of a term and its translation that stand side by side in the text."""
    clean: str | None
    """The ideal body with leftovers untouched, without outer space; None where there is none."""
    repaired: str | None
    """The ideal body with leftovers repaired."""
    asked: frozenset[tuple[int, int]] | None = None
    """The only spans that the annotator has looked at; None where it was the whole page."""
    document: str = ""
    """Its id, if it is another than that of a file called `name`."""

    @property
    def id(self) -> str:
        """The id that a run gives this document."""
        return self.document or f"{self.name}.txt"


def load_gold(folder: Path, sources: Path | None = None) -> tuple[Gold, ...]:
    """Return the annotations in `folder`, sorted by name.

    Their sources are looked for in `sources`, else beside the gold and in the folders `seeds` and
    `sources` one and two levels up. Raises InputError where there is no gold, where a source is missing
    or is not the text that was annotated, and where an annotation cannot be read.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise InputError(f"no gold annotations (*{SUFFIX}) in {folder}")
    places = [sources] if sources else list(_places(folder))
    return tuple(_load(path, places) for path in paths)


def _places(folder: Path) -> Iterator[Path]:
    yield folder
    for parent in folder.resolve().parents[:2]:
        yield parent / "seeds"
        yield parent / "sources"


def _load(path: Path, places: Sequence[Path]) -> Gold:
    name = path.name.removesuffix(SUFFIX)
    source = next((place / f"{name}.txt" for place in places if (place / f"{name}.txt").is_file()), None)
    if source is None:
        looked = ", ".join(str(place) for place in places)
        raise InputError(f"no source for {path.name}: no {name}.txt in {looked}")
    try:
        data = json.loads(path.read_bytes())
        raw = _decoded(source, data.get("sha256"))
        clean = source.with_name(f"{name}.clean.txt")
        blocks = tuple(_block(row) for row in data["blocks"])
        if any(not 0 <= block.start <= block.end <= len(raw) for block in blocks):
            raise ValueError("a block lies outside the source")
        return Gold(
            name=name,
            raw=raw,
            stated=data["document"],
            blocks=blocks,
            fragments=tuple(_fragment(row) for row in data["fragments"]),
            lexicon=tuple((row["term"], row["translation"]) for row in data.get("lexicon", ())),
            clean=_ideal(clean if clean.is_file() else path.with_name(f"{name}.clean.txt")),
            repaired=_ideal(path.with_name(f"{name}.repaired.txt")),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: not a gold annotation ({type(error).__name__}: {error})") from error


def _decoded(source: Path, digest: str | None) -> str:
    content = source.read_bytes()
    if digest and sha256(content).hexdigest() != digest:
        # Its offsets would point at other words: every figure would be wrong without a sign of it.
        raise InputError(f"{source} is not the text that was annotated (its SHA-256 differs)")
    return content.decode("utf-8")


def _ideal(path: Path) -> str | None:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


def _block(row: Mapping[str, Any]) -> Block:
    language: str = row.get("language") or "und"
    return Block(
        start=int(row["start"]),
        end=int(row["end"]),
        labels=(row["label"], *row.get("alt_labels", ())),
        languages=() if language == "und" else (language, *row.get("alt_languages", ())),
        keep=bool(row["keep"]),
        uncertain=bool(row.get("keep_uncertain")),
    )


def _fragment(row: Mapping[str, Any]) -> GoldFragment:
    return GoldFragment(
        start=int(row["start"]),
        end=int(row["end"]),
        text=row["text"],
        kind=row["kind"],
        core=row.get("tier", "core") == "core",
        gloss=row.get("gloss") or None,
        suggestion=row.get("suggested_english") or None,
        alternatives=tuple(row.get("alternatives", ())),
    )
