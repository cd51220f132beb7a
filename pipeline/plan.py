"""The ordered plan: which stages run, and what each is bound to."""

from collections.abc import Callable
from functools import partial

from pipeline.document import Document
from pipeline.html.markup import Markup
from pipeline.io.cedict import open_dictionary
from pipeline.lines.marks import MarkRule
from pipeline.lines.site_lines import NO_LINES, Keys
from pipeline.repairs.knowledge import Knowledge
from pipeline.repairs.translation import NO_ANSWERS, Answers
from pipeline.rules import EditRule, load_rules
from pipeline.settings import Settings
from pipeline.stages.accept_answers import accept_answers
from pipeline.stages.apply_repairs import apply_repairs
from pipeline.stages.choose_body import choose_body
from pipeline.stages.compose_nfc import compose_nfc
from pipeline.stages.correct_kinds import correct_kinds
from pipeline.stages.correct_repairs import correct_repairs
from pipeline.stages.correct_segments import correct_segments
from pipeline.stages.find_fragments import find_fragments
from pipeline.stages.harvest_glosses import harvest_glosses, may_hold_glosses
from pipeline.stages.hold_back import hold_back
from pipeline.stages.infer_language import infer_language
from pipeline.stages.join_soft_breaks import join_soft_breaks
from pipeline.stages.label_alike import label_alike
from pipeline.stages.label_cards import label_cards
from pipeline.stages.label_comments import label_comments
from pipeline.stages.label_head import label_head
from pipeline.stages.label_lines import label_lines
from pipeline.stages.label_pairs import label_pairs
from pipeline.stages.label_questions import label_questions
from pipeline.stages.label_rankings import label_rankings
from pipeline.stages.label_reasoning import label_reasoning
from pipeline.stages.label_repeated import label_repeated
from pipeline.stages.label_reports import label_reports
from pipeline.stages.label_rest import label_rest
from pipeline.stages.label_title import label_title
from pipeline.stages.label_zones import label_zones
from pipeline.stages.mine_metadata import mine_metadata
from pipeline.stages.normalize_typography import TypographyRule, normalize_typography
from pipeline.stages.part_labels import part_labels
from pipeline.stages.part_ranks import part_ranks
from pipeline.stages.propose_repairs import propose_repairs
from pipeline.stages.recall_sketch import Sketch, recall_sketch
from pipeline.stages.recognize import recognize
from pipeline.stages.repair_mojibake import repair_mojibake
from pipeline.stages.sign_verdicts import sign_verdicts
from pipeline.stages.split_segments import split_segments
from pipeline.stages.strip_invisible import strip_invisible
from pipeline.stages.strip_marks import strip_marks
from pipeline.stages.tag_language import tag_language
from pipeline.stages.tag_sentences import tag_sentences
from pipeline.stages.weigh_body import weigh_body
from pipeline.stages.weigh_labels import weigh_labels
from pipeline.words.encoder import installed_encoder
from pipeline.words.lexicon import LexiconEntry
from pipeline.words.starter import load_starter

DEFAULT = Settings()


Stage = Callable[[Document], Document]


def rewriting_plan() -> dict[str, Stage]:
    """Return the stages that all others stand on: the text as it was meant to be written."""
    return {
        "repair_mojibake": repair_mojibake,
        # An invisible mark inside a word hides it from every pattern below.
        "strip_invisible": partial(strip_invisible, rules=load_rules("invisible", EditRule)),
        # Without the addresses of its links a line has no longer the width at which it was broken.
        "join_soft_breaks": partial(join_soft_breaks, rules=load_rules("markdown", MarkRule)),
        "render_markdown": partial(strip_marks, rules=load_rules("markdown", MarkRule)),
        "strip_link_numbers": partial(strip_marks, rules=load_rules("link_numbers", MarkRule)),
        "compose_nfc": compose_nfc,
    }


def harvesting_plan() -> dict[str, Stage]:
    """Return what a document tells the whole corpus in the first pass, which is its glosses."""
    return {"split_segments": split_segments, "harvest_glosses": harvest_glosses}


def reading_plan(
    settings: Settings, known: Knowledge, template: Keys = NO_LINES, found: Sketch | None = None
) -> dict[str, Stage]:
    """Return the stages that find everything out and propose what is `known`; see `knowledge`.

    `template` has the keys of lines that many pages of the document's site have; `found` is what the first pass made
    of it, which is then not done again.
    """
    return (
        rewriting_plan()
        | (harvesting_plan() if found is None else {"recall_sketch": partial(recall_sketch, sketch=found)})
        | {
            "recognize": recognize,
            "tag_language": partial(tag_language, languages=settings.languages, effort=settings.language_effort),
            "label_reasoning": label_reasoning,
            # From what a line says of itself to what only its place can tell: each labels what is still free.
            "label_lines": label_lines,
            "label_reports": label_reports,
            "label_questions": label_questions,
            "label_zones": label_zones,
            "label_comments": label_comments,
            "label_cards": label_cards,
            "choose_body": choose_body,
            "weigh_body": weigh_body,
            "label_repeated": partial(label_repeated, repeated=template),
            "label_title": label_title,
            "label_head": label_head,
            "label_rankings": label_rankings,
            "label_alike": label_alike,
            "label_pairs": label_pairs,
            "label_rest": label_rest,
            "weigh_labels": weigh_labels,
            # The model has learnt from lines as they stand on the page.
            "part_ranks": part_ranks,
            "part_labels": part_labels,
            "sign_verdicts": sign_verdicts,
            "infer_language": infer_language,
        }
        | _finding_plan(settings, known)
    )


def _finding_plan(settings: Settings, known: Knowledge) -> dict[str, Stage]:
    """Return the stages that rest on the labels and languages of all segments."""
    found: dict[str, Stage] = {
        # A reviewer's word is the last, and what is found out from here on rests on it.
        "correct_segments": partial(correct_segments, corrections=settings.corrections),
        "mine_metadata": mine_metadata,
        "find_fragments": partial(find_fragments, dictionary=known.dictionary),
        "correct_kinds": partial(correct_kinds, corrections=settings.corrections),
    }
    proposed = partial(propose_repairs, policy=settings.fragments, knowledge=known)
    return found | _on_demand(settings) | {"propose_repairs": proposed}


def _on_demand(settings: Settings) -> dict[str, Stage]:
    """Return the stages that only some users ask for."""
    if not settings.sentences:
        return {}
    return {
        "tag_sentences": partial(tag_sentences, languages=settings.languages, effort=settings.language_effort),
    }


def writing_plan(settings: Settings, answers: Answers = NO_ANSWERS) -> dict[str, Stage]:
    """Return the stages that change the text by what was found out; `answers` are those of a translator."""
    return {
        "accept_answers": partial(accept_answers, answers=answers),
        "correct_repairs": partial(correct_repairs, corrections=settings.corrections, policy=settings.fragments),
        "apply_repairs": partial(apply_repairs, policy=settings.fragments, min_confidence=settings.min_confidence),
        "hold_back": partial(hold_back, strict=settings.strict),
        "normalize_typography": partial(normalize_typography, rules=load_rules("typography", TypographyRule)),
    }


def full_plan(settings: Settings, lexicon: tuple[LexiconEntry, ...] = ()) -> dict[str, Stage]:
    """Return all stages in order."""
    return reading_plan(settings, knowledge(settings, lexicon)) | writing_plan(settings)


def knowledge(settings: Settings, lexicon: tuple[LexiconEntry, ...] = ()) -> Knowledge:
    """Return what repairs come from; `lexicon` is the first pass's, of the whole corpus.

    Made once for many documents: it sorts the lexicon when it is first asked, and keeps it sorted.
    """
    return Knowledge(
        user=settings.glossary,
        lexicon=lexicon,
        starter=load_starter,
        dictionary=partial(open_dictionary, settings.cedict),
        encoder=installed_encoder,
    )


def sketch(text: str, *, id: str = "", source: str = "", markup: Markup | None = None) -> Document:
    """Return `text` as the first pass sees it: rewritten and, where it may hold any, with its glosses and segments."""
    doc = _run(Document.from_raw(text, id=id, source=source, markup=markup), rewriting_plan())
    return _run(doc, harvesting_plan()) if may_hold_glosses(doc.text) else doc


def read(
    text: str,
    *,
    known: Knowledge,
    id: str = "",
    source: str = "",
    settings: Settings = DEFAULT,
    markup: Markup | None = None,
    template: Keys = NO_LINES,
    found: Sketch | None = None,
) -> Document:
    """Return `text` with everything found out about it and repairs proposed; only then can a translator be asked."""
    doc = Document.from_raw(text, id=id, source=source, markup=markup)
    return _run(doc, reading_plan(settings, known, template, found))


def write(doc: Document, *, settings: Settings = DEFAULT, answers: Answers = NO_ANSWERS) -> Document:
    """Return what `read` returned, its text repaired and normalized."""
    return _run(doc, writing_plan(settings, answers))


def clean(
    text: str,
    *,
    id: str = "",
    source: str = "",
    settings: Settings = DEFAULT,
    lexicon: tuple[LexiconEntry, ...] = (),
    markup: Markup | None = None,
) -> Document:
    """Return `text`, with its `markup` if it was HTML, with everything the plan finds out about it.

    >>> doc = clean("Condividi\\n\\nIt rained all day, and nobody came to see the fair.")
    >>> [(segment.label, segment.language) for segment in doc.segments]
    [('nav', 'it'), ('body', 'en')]
    """
    known = knowledge(settings, lexicon)
    return write(read(text, known=known, id=id, source=source, settings=settings, markup=markup), settings=settings)


def _run(doc: Document, plan: dict[str, Stage]) -> Document:
    for stage in plan.values():
        doc = stage(doc)
    return doc
