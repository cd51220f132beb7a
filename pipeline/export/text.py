"""Plain text for language models: a line a paragraph, a blank line between documents, as in CC-100."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.export.source import table_rows


def lines(out: Path, language: str) -> Iterator[str]:
    """Yield the corpus in `language` as lines.

    Lines within a paragraph, those of a list say, stay lines. Whatever any tool takes for the end of a line is one.
    """
    first = True
    for row in table_rows(out, language, ("text",)):
        found = [line for line in (row["text"] or "").splitlines() if line.strip()]
        if found:
            yield from () if first else ("\n",)
            yield from (f"{line}\n" for line in found)
            first = False
