"""What `pipeline.clean` hands to a Python user: one document, named as the tables name it."""

from dataclasses import dataclass
from datetime import date

from pipeline.assemble import assemble, summarize
from pipeline.document import Document, Fragment, GlossPair, Segment
from pipeline.plan import DEFAULT, clean
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned document. Offsets anywhere below it are code points of the text given."""

    document: Document

    @property
    def text(self) -> str:
        """The clean text as in `corpus/`: kept paragraphs, a blank line apart; empty where nothing is kept."""
        return assemble(self.document.segments)[0]

    @property
    def language(self) -> str:
        """The language of the kept text (BCP 47), `und` without one."""
        return self.document.language

    @property
    def title(self) -> str | None:
        """The article's title as its page states it."""
        return self.document.metadata.title

    @property
    def publisher(self) -> str | None:
        """Who published the page."""
        return self.document.metadata.publisher

    @property
    def author(self) -> str | None:
        """Who wrote the article."""
        return self.document.metadata.author

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.document.metadata.published

    @property
    def updated(self) -> date | None:
        """The day of the last change."""
        return self.document.metadata.updated

    @property
    def summary(self) -> str | None:
        """The page's own abstract."""
        return summarize(self.document.segments)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments, kept or not, in order."""
        return self.document.segments

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """The runs of text in another language than their host."""
        return self.document.fragments

    @property
    def glosses(self) -> tuple[GlossPair, ...]:
        """The words that stand beside their translation."""
        return self.document.glosses


def clean_text(text: str, *, settings: Settings = DEFAULT) -> Cleaned:
    """Return `text`, one web page as plain text, cleaned.

    >>> doc = clean_text("Condividi\\n\\nIt rained all day, and nobody came to see the fair.")
    >>> doc.text
    'It rained all day, and nobody came to see the fair.'
    >>> doc.language
    'en'
    """
    return Cleaned(clean(text, settings=settings))
