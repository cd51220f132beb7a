"""What the sketches of all units have told together, as the second pass reads it from files."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.corpus.site_table import read_templates
from pipeline.io.rows import read_rows
from pipeline.lines.site_lines import NO_TEMPLATES, Templates
from pipeline.repairs.knowledge import Knowledge
from pipeline.schema import LEXICON
from pipeline.settings import Settings
from pipeline.words.lexicon import LexiconEntry


@dataclass(frozen=True, slots=True)
class Gathered:
    """Where it lies: the lexicon, and the lines of the templates of all sites, None where no site is known."""

    lexicon: Path
    sites: Path | None

    def known(self, settings: Settings) -> Knowledge:
        """Return what repairs come from."""
        return _known(settings, self.lexicon)

    def templates(self, sketch: Path) -> Templates:
        """Return the templates of the sites in the unit that `sketch`, a folder, is of."""
        return read_templates(self.sites, sketch) if self.sites else NO_TEMPLATES


@lru_cache(maxsize=1)
def _known(settings: Settings, lexicon: Path) -> Knowledge:
    # With the stages, which only a process that cleans has to load.
    from pipeline.batch import knowledge

    # A lexicon's file has a digest in its name, so the same name says the same.
    rows = read_rows(lexicon, [name for name in LEXICON.names if name != "examples"])
    # Where a pair was seen is of no use to a repair.
    return knowledge(settings, tuple(LexiconEntry(**row, examples=()) for row in rows))
