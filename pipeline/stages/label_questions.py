"""Label question boxes: letters glued to the lines of a site's own questions and answers."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from pipeline.document import Document, Segment
from pipeline.marked_lines import QaLetters
from pipeline.rules import load_rules
from pipeline.shape import shape

SURE = 0.95

LEAST_MARKS = 6
"""Letters of an interview: three questions with their answers."""

MAX_MARK = 4
"""Code points of a letter or two and their number."""


def label_questions(doc: Document) -> Document:
    """Return `doc` with its glued question letters as markers and what they mark as question or answer.

    Letters set off by a colon or a blank are left alone: that is how interviews are printed, and an
    interview is an article's own text. So is one whose letters are glued: boxes have a head, or a question or two.
    """
    segments = list(doc.segments)
    asked, interview = False, _interview(doc.segments)
    for i, (mark, host) in enumerate(pairwise(doc.segments)):
        if not _is_glued_mark(mark, host):
            asked = asked and mark.line != host.line
            continue
        segments[i] = mark.labelled("marker", "qa/letter", SURE)
        if i not in interview:
            asked = not asked
            segments[i + 1] = host.labelled("qa_question" if asked else "qa_answer", "qa/letter", SURE)
    return replace(doc, segments=tuple(segments))


def _interview(segments: Sequence[Segment]) -> range:
    """Return where an interview stands whose letters are glued: below a paragraph, others between its turns."""
    marks = [i for i, (mark, host) in enumerate(pairwise(segments)) if _is_glued_mark(mark, host)]
    if not marks or marks[0] == 0 or shape(segments[marks[0] - 1].text) != "prose":
        return range(0)
    own = {_letter(segments[i]) for i in marks[:2]}
    said = {i + 1 for i in marks}
    boxed = (
        i
        for i in marks[2:]
        if _letter(segments[i]) not in own or (i - 1 not in said and _is_head_of_box(segments[i - 1], segments[i + 1]))
    )
    end = next(boxed, len(segments))
    within = range(marks[0], end)
    # Where nothing is told between the questions, they may be a box whose head no table knows.
    is_told = any(shape(segments[i].text) == "prose" and i not in said and not segments[i].rule for i in within)
    return within if is_told and sum(i < end for i in marks) >= LEAST_MARKS else range(0)


def _is_head_of_box(line: Segment, question: Segment) -> bool:
    """Whether `line`, above a question of an interview, is no heading of it: the site says it, in words of its own."""
    if shape(line.text) == "prose":
        return False
    own = "und" in (line.language, question.language) or line.language == question.language
    return not own or any(cue.whole and cue.table == "chrome" for cue in line.cues)


def _is_glued_mark(mark: Segment, host: Segment) -> bool:
    glued = mark.line == host.line and mark.end == host.start and len(mark.text) <= MAX_MARK
    return glued and _letter(mark) in _marks()


def _letter(mark: Segment) -> str:
    """Return `mark` without its number."""
    return regex.sub(r"\p{Nd}", "", mark.text)


@cache
def _marks() -> frozenset[str]:
    rules = load_rules("qa_letters", QaLetters)
    return frozenset(mark for rule in rules for mark in (*rule.question, *rule.answer))
