"""Label question boxes: letters glued to the lines of a site's own questions and answers."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from pipeline.document import Document, Segment
from pipeline.marked_lines import QaLetters
from pipeline.rules import load_rules

SURE = 0.95

MAX_MARK = 4
"""Code points of a letter or two and their number."""


def label_questions(doc: Document) -> Document:
    """Return `doc` with its glued question letters as markers and what they mark as question or answer.

    Letters set off by a colon or a blank are left alone: that is how interviews are printed, and an
    interview is an article's own text.
    """
    segments = list(doc.segments)
    asked = False
    for i, (mark, host) in enumerate(pairwise(doc.segments)):
        if not _is_glued_mark(mark, host):
            asked = asked and mark.line != host.line
            continue
        asked = not asked
        label = "qa_question" if asked else "qa_answer"
        segments[i] = mark.labelled("marker", "qa/letter", SURE)
        segments[i + 1] = host.labelled(label, "qa/letter", SURE)
    return replace(doc, segments=tuple(segments))


def _is_glued_mark(mark: Segment, host: Segment) -> bool:
    glued = mark.line == host.line and mark.end == host.start and len(mark.text) <= MAX_MARK
    return glued and regex.sub(r"\p{Nd}", "", mark.text) in _marks()


@cache
def _marks() -> frozenset[str]:
    rules = load_rules("qa_letters", QaLetters)
    return frozenset(mark for rule in rules for mark in (*rule.question, *rule.answer))
