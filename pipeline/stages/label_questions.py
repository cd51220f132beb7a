"""Label letters glued to questions and answers; in a site's own box, and in no interview, also what they mark."""

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from pipeline.borders.marked_lines import QaLetters
from pipeline.document import Document, Segment
from pipeline.lines.shape import shape, width
from pipeline.page.zone_openers import LETTER_OF_TURN
from pipeline.rules import load_rules

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
        if i in interview:
            segments[i] = mark.labelled("marker", LETTER_OF_TURN, SURE)
        else:
            asked = not asked
            segments[i] = mark.labelled("marker", "qa/letter", SURE)
            segments[i + 1] = host.labelled("qa_question" if asked else "qa_answer", "qa/letter", SURE)
    return replace(doc, segments=tuple(segments))


def _interview(segments: Sequence[Segment]) -> range:
    """Return where an interview stands whose letters are glued.

    More is written in it than around it, or it begins below a paragraph and others stand between its turns.
    """
    marks = [i for i, (mark, host) in enumerate(pairwise(segments)) if _is_glued_mark(mark, host)]
    own = {_letter(segments[i]) for i in marks[:2]}
    said = {i + 1 for i in marks}
    boxed = (
        i
        for i in marks[2:]
        if _letter(segments[i]) not in own or (i - 1 not in said and _is_head_of_box(segments, i - 1))
    )
    end = next(boxed, len(segments))
    turns = [i for i in marks if i < end]
    if len(turns) < LEAST_MARKS or any(cue.opens == "questions" for s in segments[: turns[0]][-1:] for cue in s.cues):
        return range(0)
    within = range(turns[0], turns[-1] + 1)
    is_below = turns[0] > 0 and shape(segments[turns[0] - 1].text) == "prose"
    # Where nothing is told between the questions, they may be a box whose head no table knows.
    is_told = any(shape(segments[i].text) == "prose" and i not in said and not segments[i].rule for i in within)
    return within if (is_below and is_told) or _outweighs(segments, {i + 1 for i in turns}) else range(0)


def _outweighs(segments: Sequence[Segment], said: Set[int]) -> bool:
    """Whether more is written in those `said` than in all other paragraphs of the page."""
    rest = (i for i, segment in enumerate(segments) if i not in said and shape(segment.text) == "prose")
    return sum(width(segments[i].text) for i in said) > sum(width(segments[i].text) for i in rest)


def _is_head_of_box(segments: Sequence[Segment], i: int) -> bool:
    """Whether line `i`, above a question of an interview, is no heading of it: the site says it, in words of its own.

    A card in a box of other articles is not the name of one.
    """
    above, line, question = segments[i - 1], segments[i], segments[i + 2]
    if shape(line.text) == "prose" or any(cue.whole and cue.opens for cue in above.cues):
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
