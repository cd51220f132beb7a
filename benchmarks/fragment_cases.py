"""Cases of a sentence or two whose runs have been judged: `tests/golden_fragments`, each beside its look-alikes."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from benchmarks.record import ROOT
from pipeline.document import Document, Segment
from pipeline.languages.script import script

FOLDER = ROOT / "tests" / "golden_fragments"
FILES = ("kinds.toml", "habits.toml", "told.toml", "classes.toml", "usage.toml", "places.toml")
"""Those that give the kind of each run and nothing else; `cases.toml` gives language and gloss too."""


@dataclass(frozen=True, slots=True)
class Case:
    """A paragraph in `host` with its runs and their kinds, on a page with so many paragraphs of `leaks`."""

    name: str
    host: str
    text: str
    label: str
    runs: tuple[tuple[str, str], ...]
    leaks: int
    needs_dictionary: bool
    is_failing: bool

    def document(self) -> Document:
        """Return the page of the case, as the stages before would leave it; its paragraph is the first segment."""
        return _document((self.text, *[leaks()[self.host]] * self.leaks), self.host, self.label)


def read_cases(files: Sequence[str] = FILES, folder: Path = FOLDER) -> Iterator[Case]:
    """Yield the cases in `files` of `folder`, in order."""
    for name in files:
        for row in tomllib.loads((folder / name).read_text(encoding="utf-8"))["case"]:
            yield Case(
                name=row["name"],
                host=row["host"],
                text=row["text"],
                label=row.get("label", "body"),
                runs=tuple((run, kind) for run, kind, *_ in row["fragments"]),
                leaks=2 if row.get("glues") else 1 if row.get("leaky") else 0,
                needs_dictionary=bool(row.get("dictionary")),
                is_failing="known_fail" in row,
            )


@cache
def leaks() -> Mapping[str, str]:
    """Return a paragraph with leaks for each host."""
    return tomllib.loads((FOLDER / "leaks.toml").read_text(encoding="utf-8"))


def _document(paragraphs: Sequence[str], language: str, first: str) -> Document:
    """Return a page of `paragraphs`, the first of them labelled `first`."""
    segments, at = list[Segment](), 0
    for number, text in enumerate(paragraphs):
        label = "body" if number else first
        segments.append(
            Segment(
                at, at + len(text), at, text, 2 * number + 1,
                label=label, language=language, language_score=0.95, script=script(text),
            )
        )  # fmt: skip
        at += len(text) + 2
    return replace(Document.from_raw("\n\n".join(paragraphs), id="a"), segments=tuple(segments), language=language)
