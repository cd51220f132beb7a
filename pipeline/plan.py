"""The ordered plan: which stages run, and what each is bound to."""

from collections.abc import Callable
from functools import partial

from pipeline.document import Document
from pipeline.lexicon import LexiconEntry
from pipeline.rules import EditRule, load_rules
from pipeline.settings import Settings
from pipeline.stages.choose_body import choose_body
from pipeline.stages.compose_nfc import compose_nfc
from pipeline.stages.find_fragments import find_fragments
from pipeline.stages.harvest_glosses import harvest_glosses
from pipeline.stages.infer_language import infer_language
from pipeline.stages.label_cards import label_cards
from pipeline.stages.label_comments import label_comments
from pipeline.stages.label_head import label_head
from pipeline.stages.label_lines import label_lines
from pipeline.stages.label_questions import label_questions
from pipeline.stages.label_rest import label_rest
from pipeline.stages.label_title import label_title
from pipeline.stages.label_zones import label_zones
from pipeline.stages.mine_metadata import mine_metadata
from pipeline.stages.normalize_typography import TypographyRule, normalize_typography
from pipeline.stages.recognize import recognize
from pipeline.stages.repair_fragments import load_glossary, repair_fragments
from pipeline.stages.repair_mojibake import repair_mojibake
from pipeline.stages.split_segments import split_segments
from pipeline.stages.strip_invisible import strip_invisible
from pipeline.stages.tag_language import tag_language

DEFAULT = Settings()

Stage = Callable[[Document], Document]


def sketch_plan() -> dict[str, Stage]:
    """Return the cheap first pass: what a document tells the whole corpus, which is its glosses."""
    return {
        "repair_mojibake": repair_mojibake,
        # An invisible mark inside a word hides it from every pattern below.
        "strip_invisible": partial(strip_invisible, rules=load_rules("invisible", EditRule)),
        "compose_nfc": compose_nfc,
        "split_segments": split_segments,
        "harvest_glosses": harvest_glosses,
    }


def full_plan(settings: Settings, lexicon: tuple[LexiconEntry, ...] = ()) -> dict[str, Stage]:
    """Return all stages in order; `lexicon` is what the first pass harvested from the whole corpus."""
    return sketch_plan() | {
        "recognize": recognize,
        "tag_language": partial(tag_language, languages=settings.languages),
        # From what a line says of itself to what only its place can tell: each labels what is still free.
        "label_lines": label_lines,
        "label_questions": label_questions,
        "label_zones": label_zones,
        "label_comments": label_comments,
        "label_cards": label_cards,
        "choose_body": choose_body,
        "label_title": label_title,
        "label_head": label_head,
        "label_rest": label_rest,
        "infer_language": infer_language,
        "mine_metadata": mine_metadata,
        "find_fragments": find_fragments,
        "repair_fragments": partial(
            repair_fragments,
            policy=settings.fragments,
            min_confidence=settings.min_confidence,
            lexicon=lexicon,
            glossary=load_glossary(),
        ),
        "normalize_typography": partial(normalize_typography, rules=load_rules("typography", TypographyRule)),
    }


def sketch(text: str, *, id: str = "", source: str = "") -> Document:
    """Return `text` as the first pass sees it: rewritten, in segments, with the glosses it holds."""
    return _run(Document.from_raw(text, id=id, source=source), sketch_plan())


def clean(
    text: str,
    *,
    id: str = "",
    source: str = "",
    settings: Settings = DEFAULT,
    lexicon: tuple[LexiconEntry, ...] = (),
) -> Document:
    """Return `text` with everything the plan finds out about it.

    >>> doc = clean("Condividi\\n\\nIt rained all day, and nobody came to see the fair.")
    >>> [(segment.label, segment.language) for segment in doc.segments]
    [('nav', 'it'), ('body', 'en')]
    """
    return _run(Document.from_raw(text, id=id, source=source), full_plan(settings, lexicon))


def _run(doc: Document, plan: dict[str, Stage]) -> Document:
    for stage in plan.values():
        doc = stage(doc)
    return doc
